"""Pages as pictures of themselves, to be printed: A4, landscape."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from playbook.formats.layout import style
from playbook.formats.layout.pages.flow import pages_of
from playbook.formats.layout.pages.grid import Align, GridCell, GridRow
from playbook.formats.layout.pages.look import LEADING, PAPER
from playbook.formats.layout.pages.page import Block, Card, Page, PictureBlock, TableBlock, TextBlock
from playbook.formats.layout.pages.picture import moved_mark
from playbook.formats.layout.scene import Box, Line, Mark, Scene, Words
from playbook.formats.layout.sheet import Sheet
from playbook.shapes.document import Document
from playbook.shapes.table import Table

_BASELINE = 0.95
"""Where the baseline lies in a line of type, in sizes of the type."""
_ANCHORS: dict[Align, Literal["start", "middle", "end"]] = {"left": "start", "center": "middle", "right": "end"}


def sheets_of(shown: Document | Table) -> list[Sheet]:
    """A document or a table as pages of paper."""
    pages = pages_of(shown, PAPER)
    return [_sheet(page, shown.title, len(pages)) for page in pages]


def _sheet(page: Page, title: str, count: int) -> Sheet:
    items = [Box(0, 0, PAPER.width, PAPER.height, style.PAPER), *_title(page)]
    for block in page.blocks:
        items += _block(block)
    items += [] if page.cover else _foot(page, count)
    heading = page.title.paragraphs[0].text if page.first else ""
    return Sheet(Scene(PAPER.width, PAPER.height, title, "", list(items)), heading)


def _title(page: Page) -> Iterator[Mark]:
    if page.cover:
        yield Box(0, 0, PAPER.margin, PAPER.height, style.EARLY)
    yield from _text(page.title)


def _foot(page: Page, count: int) -> Iterator[Mark]:
    y = PAPER.height - PAPER.margin / 2 - 2
    right = PAPER.width - PAPER.margin
    yield Line(((PAPER.margin, y - 14), (right, y - 14)), style.FRAME, 0.6)
    yield Words(PAPER.margin, y, page.foot, PAPER.small, style.SOFT)
    yield Words(right, y, f"{page.number} of {count}", PAPER.small, style.SOFT, anchor="end")


def _block(block: Block) -> Iterator[Mark]:
    if isinstance(block, TextBlock):
        yield from _text(block)
    elif isinstance(block, Card):
        yield from _card(block)
    elif isinstance(block, PictureBlock):
        for mark in block.scene.marks():
            yield moved_mark(mark, block.x, block.y, block.scale)
    else:
        yield from _table(block)


def _text(block: TextBlock) -> Iterator[Mark]:
    indent = block.size * 1.2 if block.bullets else 0
    y = block.y
    for paragraph in block.paragraphs:
        if block.bullets:
            yield Words(block.x, y + block.size * _BASELINE, "•", block.size, style.SOFT)
        for line in paragraph.lines:
            yield Words(block.x + indent, y + block.size * _BASELINE, line, block.size, block.color, block.bold)
            y += block.size * LEADING
        y += block.size * 0.5


def _card(card: Card) -> Iterator[Mark]:
    yield Box(card.x, card.y, card.width, card.height, style.CARD, style.FRAME, 0.8, 5)
    y = card.y + 10
    for line in card.value.lines:
        yield Words(card.x + 10, y + card.value_size * _BASELINE, line, card.value_size, style.EARLY, bold=True)
        y += card.value_size * LEADING
    for line in card.label.lines:
        yield Words(card.x + 10, y + card.label_size * _BASELINE, line, card.label_size, style.SOFT)
        y += card.label_size * LEADING


def _table(block: TableBlock) -> Iterator[Mark]:
    y = block.y
    wide = sum(block.grid.widths)
    for row in block.rows:
        yield from _row(block, row, y)
        y += row.height
        yield Line(((block.x, y), (block.x + wide, y)), style.FRAME, 0.6)


def _row(block: TableBlock, row: GridRow, y: float) -> Iterator[Mark]:
    widths = block.grid.widths if row.kind != "section" else (sum(block.grid.widths),)
    x = block.x
    for cell, wide in zip(row.cells, widths, strict=True):
        if cell.fill:
            # A hair of white between two coloured cells keeps them apart.
            edge = 0.5 if row.kind == "body" else 0
            yield Box(x + edge, y + edge, wide - 2 * edge, row.height - 2 * edge, cell.fill)
        paint = _turned if cell.turned else _cell
        yield from paint(block, cell, Box(x, y, wide, row.height, style.PAPER))
        x += wide


def _cell(block: TableBlock, cell: GridCell, room: Box) -> Iterator[Mark]:
    size, padding = block.grid.size, block.grid.padding
    at = {
        "left": room.x + padding,
        "center": room.x + room.width / 2,
        "right": room.x + room.width - padding,
    }[cell.align]
    high = len(cell.lines) * size * LEADING
    top = {"top": padding, "middle": (room.height - high) / 2, "bottom": room.height - padding - high}[cell.stands]
    baseline = room.y + top + size * _BASELINE
    for line in cell.lines:
        yield Words(at, baseline, line, size, cell.ink, cell.bold, _ANCHORS[cell.align])
        baseline += size * LEADING


def _turned(block: TableBlock, cell: GridCell, room: Box) -> Iterator[Mark]:
    size = block.grid.size
    at = room.x + (room.width - len(cell.lines) * size * LEADING) / 2 + size * _BASELINE
    for line in cell.lines:
        bottom = room.y + room.height - block.grid.padding
        yield Words(at, bottom, line, size, cell.ink, cell.bold, turned=True)
        at += size * LEADING
