"""Placing: rows, columns and corridors get their coordinates once it is known how many arrows run in each."""

from __future__ import annotations

from playbook.formats.layout import style
from playbook.formats.layout.geometry import Geometry
from playbook.formats.layout.grid import Block
from playbook.formats.layout.laying import Layer
from playbook.formats.layout.routes import Corridor, Route


def placed(blocks: list[Block], routes: list[Route], top: float) -> Geometry:
    """Coordinates for everything; ``top`` is where the first band may begin.

    Rows come first, for they need only the number of level tracks. With their heights known, the upright
    tracks are laid, then the columns; what runs level from band to band is put in order last.
    """
    geometry = Geometry(blocks)
    layer = Layer(geometry, routes)
    layer.lay("H", "C", "M")
    _place_rows(geometry, routes, top)
    layer.lay("V", "G", "M")
    _place_columns(geometry)
    layer.lay("C")
    return geometry


def _place_rows(geometry: Geometry, routes: list[Route], y: float) -> None:
    labelled = {route.corridors[0] for route in routes if route.text and route.corridors}
    bands = max((block.band for block in geometry.blocks), default=-1) + 1
    for band in range(bands):
        y = _gap(geometry, ("C", band), y, 0) + (4 if geometry.tracks.get(("C", band)) else 0)
        members = [block for block in geometry.blocks if block.band == band]
        _even_out(members)
        above = max(
            (geometry.tracks.get(("H", block.index, -1), 0) for block in members if block.is_card), default=0
        )
        for block in members:
            if block.is_card and above:
                # Arrows above one card move all of them down.
                geometry.tracks["H", block.index, -1] = above
        for block in members:
            _place_block(geometry, block, labelled, y)
        _align_outer(geometry, members, routes, labelled, y)
        y = max(geometry.bottom[block.index] for block in members) + style.BAND_GAP / 2
    if bands:
        y = _gap(geometry, ("C", bands), y, 0)
    geometry.height = y


def _even_out(blocks: list[Block]) -> None:
    """Cards of stages that stand side by side are of one height."""
    cards = [cell for block in blocks for column in block.columns for cell in column if cell.node.shape == "stage"]
    highest = max((cell.height for cell in cards), default=0)
    for cell in cards:
        cell.height = highest


def _align_outer(
    geometry: Geometry, blocks: list[Block], routes: list[Route], labelled: set[Corridor], y: float
) -> None:
    """Move what stands outside the stages beside that what it is joined with."""
    stages = {block.index for block in blocks if block.framed or block.is_card}
    lowest = max((geometry.bottom[index] for index in stages), default=y)
    for block in blocks:
        if block.index in stages:
            continue
        for route in routes:
            pair = (route.source, route.target)
            own, other = pair if route.source.block == block.index else pair[::-1]
            if own.block != block.index or other.block not in stages:
                continue
            wanted = geometry.box_top(other) + other.height / 2 - geometry.box_top(own) - own.height / 2
            room = lowest - geometry.bottom[block.index]
            _place_block(geometry, block, labelled, y + max(0.0, min(wanted, room)))
            break


def _place_block(geometry: Geometry, block: Block, labelled: set[Corridor], y: float) -> None:
    geometry.top[block.index] = y
    y = _gap(geometry, ("H", block.index, -1), y + block.head, style.PADDING + 2 if block.framed else 0)
    for row in range(block.rows):
        geometry.row_y[block.index, row] = y
        corridor: Corridor = ("H", block.index, row)
        least = style.FRAME_PADDING if row == block.rows - 1 else style.ROW_GAP
        least = least if block.framed or row < block.rows - 1 else 0
        pitch = style.TEXT_TRACK if corridor in labelled else style.TRACK
        y = _gap(geometry, corridor, y + block.row_height(row), least, pitch)
    geometry.bottom[block.index] = y


def _place_columns(geometry: Geometry) -> None:
    start = _gap(geometry, ("M",), style.MARGIN, 0)
    for band in range(max((block.band for block in geometry.blocks), default=-1) + 1):
        x = start
        members = [block for block in geometry.blocks if block.band == band]
        for number, block in enumerate(members):
            x = _gap(geometry, ("G", band, number), x, style.BLOCK_GAP if number else 0)
            padding = style.FRAME_PADDING if block.framed else 0
            for column in range(len(block.columns)):
                x = _gap(geometry, ("V", block.index, column), x, style.COLUMN_GAP if column else padding)
                geometry.column_x[block.index, column] = x
                x += block.column_width(column)
            x = _gap(geometry, ("V", block.index, len(block.columns)), x, padding)
        x = _gap(geometry, ("G", band, len(members)), x, 0)
        geometry.width = max(geometry.width, x)
    geometry.width += style.MARGIN


def _gap(geometry: Geometry, corridor: Corridor, start: float, least: float, pitch: float = style.TRACK) -> float:
    """Make room for a corridor from ``start`` on; returns where it ends."""
    tracks = geometry.tracks.get(corridor, 0)
    end = start + max(least, (tracks + 1) * pitch if tracks else 0)
    geometry.corridor[corridor] = (start, end)
    return end
