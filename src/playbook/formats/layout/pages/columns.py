"""How wide the columns of a table are, and which of them stand on one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from playbook.formats.layout.measure import width, wrap
from playbook.formats.layout.pages.look import LEADING
from playbook.formats.layout.pages.words import in_words
from playbook.shapes.table import Table

_LONGEST_WORD = 110.0
"""A word that is wider is broken."""
_STEP = 4.0
"""Room is given to columns in steps of so many points."""
_TURNED = 1.7
"""A column under a turned title is this many times as wide as its type is high, at least."""
_AIRY = 3.4
"""And so many times, if there is room."""
HIGHEST_TITLE = 130.0
"""A turned title that is longer goes on in a second line."""
TURNED_LINES = 3


@dataclass(frozen=True, slots=True)
class Measured:
    """A column: the width in which no word breaks, that in which no line does, and whether its title is turned."""

    at: int
    least: float
    wanted: float
    turned: bool = False


def measured(table: Table, size: float, padding: float) -> list[Measured]:
    """All columns that are shown: the one that heads blocks of rows is not."""
    return [
        _measured(table, at, size, padding)
        for at, column in enumerate(table.columns)
        if column.key != table.section
    ]


def _measured(table: Table, at: int, size: float, padding: float) -> Measured:
    texts = [in_words(row[at]) for row in (*table.rows, *table.summary)]
    bold = table.columns[at].kind != "text"
    title = in_words(table.columns[at].title)
    words = max((width(word, size, bold=bold) for text in texts for word in text.split()), default=0)
    heading = max((width(word, size, bold=True) for word in title.split()), default=0)
    lines = max((width(line, size, bold=bold) for text in texts for line in text.split("\n")), default=0)
    least = min(max(words, heading), _LONGEST_WORD)
    wanted = max(lines, width(title, size, bold=True) / 2, least)
    return Measured(at, least + 2 * padding, max(wanted, least) + 2 * padding)


def turned(table: Table, columns: Sequence[Measured], size: float, padding: float) -> list[Measured]:
    """The same columns with the titles of those turned that hold letters: a matrix of many roles."""
    return [
        _narrow(table, column, size, padding) if table.columns[column.at].kind in ("letters", "level") else column
        for column in columns
    ]


def _narrow(table: Table, column: Measured, size: float, padding: float) -> Measured:
    texts = [in_words(row[column.at]) for row in (*table.rows, *table.summary)]
    words = max((width(text, size, bold=True) for text in texts), default=0)
    lines = min(len(wrap(in_words(table.columns[column.at].title), size, HIGHEST_TITLE, bold=True)), TURNED_LINES)
    least = min(max(words, size * _TURNED, lines * size * LEADING), _LONGEST_WORD) + padding
    return Measured(column.at, least, max(least, size * _AIRY), turned=True)


def in_parts(columns: Sequence[Measured], room: float) -> list[list[Measured]]:
    """The columns in parts that each fit into ``room``: the first column leads every part."""
    if not columns:
        return [[]]
    first, *others = columns
    parts: list[list[Measured]] = [[first]]
    for column in others:
        if len(parts[-1]) > 1 and sum(each.least for each in parts[-1]) + column.least > room:
            parts.append([first])
        parts[-1].append(column)
    return parts


def shared_out(columns: Sequence[Measured], room: float) -> list[float]:
    """The widths of columns that fill ``room``: what is over the least goes where texts are longest."""
    widths = [column.least for column in columns]
    over = room - sum(widths)
    if over <= 0:
        return [each * room / sum(widths) for each in widths]
    limits = [column.wanted if column.turned else max(column.wanted, column.least) for column in columns]
    while over > _STEP:
        # The column whose text is broken into the most lines; of a tie, the first.
        lines = [limit / wide if wide < limit else 0.0 for limit, wide in zip(limits, widths, strict=True)]
        if not any(lines):
            break
        # Letters fit into any column; what rows are called comes first.
        texts = [0.0 if column.turned else each for column, each in zip(columns, lines, strict=True)]
        waiting = texts if any(texts) else lines
        longest = waiting.index(max(waiting))
        widths[longest] += _STEP
        over -= _STEP
    if over <= _STEP or any(column.turned for column in columns):
        # A matrix is as wide as it is; any other table is as wide as the page.
        return widths
    return [each * room / sum(widths) for each in widths]
