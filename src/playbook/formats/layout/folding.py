"""Folding: the ranks of a stage as columns that are about equally high."""

from __future__ import annotations

from dataclasses import replace

from playbook.formats.layout import style
from playbook.formats.layout.cells import Cell

_MOST_BESIDE = 5
"""So many columns a stack of steps has at most."""


def folded(rows: list[list[Cell]], limit: float) -> list[list[Cell]]:
    """Ranks as columns of a grid: few side by side, and no higher than about the limit."""
    stacks = [_stacked([replace(cell) for cell in row], limit) for row in rows]
    if not stacks:
        return []
    columns: list[list[Cell]] = []
    for chunk in _chunks(stacks, limit):
        first = len(columns)
        columns += [[] for _ in range(max(len(row) for row in chunk))]
        for number, row in enumerate(chunk):
            for at, cell in enumerate(row):
                cell.row, cell.column = number, first + at
                columns[first + at].append(cell)
    return columns


def _stacked(row: list[Cell], limit: float) -> list[list[Cell]]:
    """A rank of more than three as a few columns, filled downwards: a stack between a fork and a join."""
    if len(row) <= 3:
        return [row]
    high = max(cell.footprint for cell in row) + style.ROW_GAP
    columns = min(_MOST_BESIDE, max(2, -(-len(row) // max(2, int(limit // high) - 1))))
    height = -(-len(row) // columns)
    return [row[at::height] for at in range(height)]


def _chunks(stacks: list[list[list[Cell]]], limit: float) -> list[list[list[Cell]]]:
    """Rows in as few columns as the limit allows, which are about equally high; stacks are not parted."""
    heights = [sum(max(cell.footprint for cell in row) + style.ROW_GAP for row in stack) for stack in stacks]
    count = len(_cut(heights, max(limit, *heights)))
    low, high = max(heights), sum(heights)
    for _ in range(20):
        middle = (low + high) / 2
        low, high = (low, middle) if len(_cut(heights, middle)) <= count else (middle, high)
    parts = [stacks[start:end] for start, end in _cut(heights, high)]
    return [[row for stack in part for row in stack] for part in parts]


def _cut(heights: list[float], limit: float) -> list[tuple[int, int]]:
    parts: list[tuple[int, int]] = []
    start, used = 0, 0.0
    for at, height in enumerate(heights):
        if used and used + height > limit + 1e-6:
            parts.append((start, at))
            start, used = at, 0.0
        used += height
    return [*parts, (start, len(heights))]
