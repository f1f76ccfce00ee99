"""A table as a sheet that people filter and print."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from math import ceil, isfinite
from typing import TYPE_CHECKING, Any

from playbook.formats.layout import style
from playbook.formats.layout.measure import width, wrap
from playbook.formats.layout.pages.marks import mark_of
from playbook.formats.layout.pages.words import clean
from playbook.shapes.table import Cell, Column, Table

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

SIZE = 10.0
"""The size of all type in a sheet."""
_LONGEST_TEXT = 32_767
"""A cell of Excel holds no more characters (Microsoft, "Excel specifications and limits")."""
_CHARACTER = 5.6
"""A width of 1 in Excel is about this many points of text in the size that we use."""
_INSET = 12.0
"""What a cell keeps free at its sides: the indent, and the borders."""
_WIDEST, _NARROWEST = 45.0, 5.0
_HIGHEST_ROW = 400.0
_NARROW_TITLE = 14.0
"""The titles of columns of letters are turned where there are many, so that a matrix stays on a page."""
_MANY = 8
_PRINTED = 770.0
"""The width of a printed page between its margins, in points."""
_SMALLEST_PRINT = 0.55
"""A sheet that would be printed smaller than this is printed over several pages in width."""
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31


@dataclass
class Names:
    """Gives each sheet a legal name that no other sheet has, also when letters differ in their case only."""

    taken: set[str] = field(default_factory=lambda: {"history"})

    def name(self, wanted: str) -> str:
        """The wanted name as Excel allows it."""
        legal = " ".join(_FORBIDDEN_IN_NAMES.sub(" ", clean(wanted)).split()) or "Table"
        number, name = 1, legal[:_LONGEST_NAME].strip()
        while name.casefold() in self.taken:
            number += 1
            end = f" {number}"
            name = legal[: _LONGEST_NAME - len(end)].strip() + end
        self.taken.add(name.casefold())
        return name


@dataclass
class Styles:
    """The formats of a workbook, each made once."""

    workbook: Workbook
    made: dict[tuple[tuple[str, Any], ...], Format] = field(default_factory=dict)

    def get(self, **properties: Any) -> Format:
        """A format with these properties beside those that all cells have."""
        key = tuple(sorted(properties.items()))
        if key not in self.made:
            basic = {"font_name": "Arial", "font_size": SIZE, "font_color": style.INK, "valign": "top"}
            self.made[key] = self.workbook.add_format({**basic, **properties})
        return self.made[key]


def text_of(cell: Cell) -> str:
    """The text of a cell within the limits of Excel; the entries of a list have a line each."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    text = clean("\n".join(cell) if isinstance(cell, tuple) else str(cell))
    # Excel counts in UTF-16, in which rare characters are two.
    if len(text.encode("utf-16-le")) // 2 > _LONGEST_TEXT:
        text = text.encode("utf-16-le")[: (_LONGEST_TEXT - 1) * 2].decode("utf-16-le", "ignore") + "…"
    return text


def put(sheet: Worksheet, row: int, column: int, cell: Cell, look: Format) -> None:
    """Write a cell. A text stays a text, whatever it looks like: nothing is a formula, a link or a number.

    What is no number to Excel (infinity) is a text.
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool) and isfinite(cell):
        sheet.write_number(row, column, cell, look)
    elif text := text_of(cell):
        sheet.write_string(row, column, text, look)
    else:
        sheet.write_blank(row, column, None, look)


@dataclass
class TableSheet:
    """Writes one table: a frozen header with filters, the rows, below them what adds up, and the notes."""

    table: Table
    sheet: Worksheet
    styles: Styles

    def write(self) -> None:
        """All of it, and how it is printed."""
        self._header()
        last = self._rows()
        self._notes(last + 2)
        if self.table.columns:
            self.sheet.autofilter(0, 0, max(len(self.table.rows), 1), len(self.table.columns) - 1)
        self.sheet.freeze_panes(1, min(self._leading, 2))
        for at, wide in enumerate(self.widths):
            self.sheet.set_column(at, at, wide)
        pages = max(1, ceil(sum(self.widths) * _CHARACTER * _SMALLEST_PRINT / _PRINTED))
        print_setup(self.sheet, self.table.title, pages)
        self.sheet.repeat_rows(0)
        if pages > 1:
            self.sheet.repeat_columns(0, self._leading - 1)

    @cached_property
    def turned(self) -> frozenset[int]:
        """The columns of letters, where there are many."""
        letters = [at for at, column in enumerate(self.table.columns) if column.kind in ("letters", "level")]
        long = any(len(self.table.columns[at].title) > _NARROW_TITLE for at in letters)
        return frozenset(letters if len(letters) > _MANY and long else ())

    @cached_property
    def widths(self) -> list[float]:
        """How wide each column is, in Excel's characters, by its measured texts."""
        return [self._width(at) for at in range(len(self.table.columns))]

    @property
    def _leading(self) -> int:
        """So many columns at the left say what a row is."""
        return 2 if self.table.section == (self.table.columns[0].key if self.table.columns else None) else 1

    def _width(self, at: int) -> float:
        column = self.table.columns[at]
        bold = column.kind != "text" or column.key == self.table.section
        texts = [text_of(row[at]) for row in (*self.table.rows, *self.table.summary)]
        lines = [line for text in texts for line in text.split("\n")]
        longest = max((width(line, SIZE, bold=bold) for line in lines), default=0.0)
        if at not in self.turned:
            # The button of the filter stands beside the title.
            words = [width(word, SIZE, bold=True) for word in clean(column.title).split()]
            longest = max(longest, max(words, default=0.0) + 16)
        return max(_NARROWEST, min(_WIDEST, (longest + _INSET + 2) / _CHARACTER))

    def _header(self) -> None:
        plain = {"bold": True, "bg_color": style.HEADER, "bottom": 1, "bottom_color": style.LINE, "text_wrap": True}
        highest = 0.0
        for at, column in enumerate(self.table.columns):
            turned = at in self.turned
            more = {"rotation": 90, "align": "center", "valign": "top"} if turned else _aligned(column)
            put(self.sheet, 0, at, column.title, self.styles.get(**{"valign": "bottom", **plain, **more}))
            if turned:
                # Room for the button of the filter below the title.
                highest = max(highest, min(width(clean(column.title), SIZE, bold=True) * 0.9, 190.0) + 20)
            else:
                lines = wrap(clean(column.title), SIZE, self.widths[at] * _CHARACTER - 14, bold=True)
                highest = max(highest, len(lines) * SIZE * 1.3 + 8)
        self.sheet.set_row(0, min(_HIGHEST_ROW, highest))

    def _rows(self) -> int:
        section = next((at for at, each in enumerate(self.table.columns) if each.key == self.table.section), None)
        band, before = False, None
        for number, row in enumerate(self.table.rows, 1):
            begins = section is not None and (number == 1 or row[section] != before)
            if section is not None and begins:
                band, before = not band, row[section]
            self._row(number, row, banded=band and section is not None, begins=begins, section=section)
        first = len(self.table.rows) + 2
        for number, row in enumerate(self.table.summary, first):
            look = {"bold": True, "bg_color": style.HEADER, "text_wrap": True}
            for at, cell in enumerate(row):
                put(self.sheet, number, at, cell, self.styles.get(**_aligned(self.table.columns[at]), **look))
            self._set_height(number, row)
        return first + len(self.table.summary) - 1 if self.table.summary else len(self.table.rows)

    def _row(self, number: int, row: tuple[Cell, ...], *, banded: bool, begins: bool, section: int | None) -> None:
        # A line alone stands in the middle, so that it does not touch the border.
        stands = "vcenter" if self._lines(row) == 1 else "top"
        for at, cell in enumerate(row):
            column = self.table.columns[at]
            look: dict[str, Any] = {**_aligned(column), "text_wrap": True, "valign": stands}
            if begins and number > 1:
                look |= {"top": 1, "top_color": style.LINE}
            if banded:
                look["bg_color"] = style.CARD
            if at == section:
                # Filters need it in every row; the eye needs it once.
                look |= {"bold": True} if begins else {"font_color": style.SOFT}
            mark = mark_of(column.kind, cell)
            if mark:
                look |= {"bg_color": mark.fill, "font_color": mark.ink, "bold": mark.bold}
                look |= {"border": 1, "border_color": style.PAPER, "valign": "vcenter"}
            put(self.sheet, number, at, cell, self.styles.get(**look))
        self._set_height(number, row)

    def _set_height(self, number: int, row: Iterable[Cell]) -> None:
        """Programs other than Excel do not make rows high enough by themselves."""
        self.sheet.set_row(number, min(_HIGHEST_ROW, self._lines(row) * SIZE * 1.3 + 6))

    def _lines(self, row: Iterable[Cell]) -> int:
        """So many lines the longest cell of a row has."""
        return max(
            (
                len(wrap(text_of(cell), SIZE, self.widths[at] * _CHARACTER - _INSET, bold=self._bold(at)))
                for at, cell in enumerate(row)
            ),
            default=1,
        )

    def _bold(self, at: int) -> bool:
        return self.table.columns[at].kind != "text" or self.table.columns[at].key == self.table.section

    def _notes(self, first: int) -> None:
        for number, note in enumerate(self.table.notes, first):
            put(self.sheet, number, 0, note, self.styles.get(font_color=style.SOFT, italic=True))


def _aligned(column: Column) -> dict[str, Any]:
    return {"align": "center"} if column.align == "center" else {"align": column.align, "indent": 1}


def print_setup(sheet: Worksheet, title: str, pages: int = 1) -> None:
    """A4 landscape, as wide as so many pages, with the title above and the page numbers below."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(pages, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    # An ampersand would begin a code; a header holds 255 characters.
    sheet.set_header('&L&"Arial,Bold"&12' + _doubled(" ".join(clean(title).split()), 200))
    sheet.set_footer('&L&"Arial"&9&A&R&"Arial"&9&P of &N')
    sheet.hide_gridlines(2)


def _doubled(text: str, most: int) -> str:
    """A text for the head of a page. A digit in front would be read as the size of the type."""
    text = text.replace("&", "&&")
    text = text if len(text) <= most else text[:most].rstrip("&") + "…"
    return f" {text}" if text[:1].isdigit() else text
