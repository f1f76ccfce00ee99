"""Table or document → XLSX: a sheet per table, to filter, to sort and to print."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from playbook.formats.layout import style
from playbook.formats.layout.measure import wrap
from playbook.formats.layout.pages.words import clean
from playbook.formats.office.package import settled
from playbook.formats.office.sheets import Names, Styles, TableSheet, print_setup, put
from playbook.shapes.document import Document, Figures, Paragraphs
from playbook.shapes.table import Table

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_LABEL, _VALUE = 34, 90
"""The widths of the two columns of the first sheet of a document."""


def write(shown: Table | Document) -> bytes:
    """A workbook. Pictures are left out, and the first sheet of a document says so."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    # Nothing is guessed from how a text looks, and nothing is written to the disk.
    workbook = Workbook(
        out,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    title = " ".join(clean(shown.title).split())[:255]
    workbook.set_properties({"title": title, "author": "playbook"})
    names, styles = Names(), Styles(workbook)
    if isinstance(shown, Document):
        _document(shown, workbook, names, styles)
    else:
        _sheet(shown, shown.title, workbook, names, styles)
    workbook.close()
    return settled(out.getvalue())


def _sheet(table: Table, name: str, workbook: Workbook, names: Names, styles: Styles) -> None:
    TableSheet(table, workbook.add_worksheet(names.name(name)), styles).write()


def _document(document: Document, workbook: Workbook, names: Names, styles: Styles) -> None:
    _About(document, workbook.add_worksheet(names.name("About")), styles).write()
    for section in document.sections:
        tables = [part for part in section.parts if isinstance(part, Table)]
        for table in tables:
            name = section.title if len(tables) == 1 else f"{section.title} {table.title}"
            _sheet(table, name, workbook, names, styles)


class _About:
    """The first sheet of a document: all that is text or figures."""

    def __init__(self, document: Document, sheet: Worksheet, styles: Styles) -> None:
        self._document = document
        self._sheet = sheet
        self._styles = styles
        self._row = 0

    def write(self) -> None:
        """The title, and every section with what it says."""
        self._sheet.set_column(0, 0, _LABEL)
        self._sheet.set_column(1, 1, _VALUE)
        self._put(self._document.title, bold=True, font_size=16)
        self._sheet.set_row(0, 26)
        self._put(self._document.subtitle, font_color=style.SOFT)
        pictures: list[str] = []
        for section in self._document.sections:
            told = [part for part in section.parts if isinstance(part, Paragraphs | Figures)]
            if told:
                self._row += 1
                self._put(section.title, bold=True, font_size=12)
            for part in told:
                self._told(part)
            if any(not isinstance(part, Paragraphs | Figures | Table) for part in section.parts):
                pictures.append(section.title)
        if pictures:
            self._row += 1
            self._wrapped(f"The pictures are in the deck and in the PDF: {', '.join(pictures)}.")
        print_setup(self._sheet, self._document.title)

    def _told(self, part: Paragraphs | Figures) -> None:
        if isinstance(part, Figures):
            for label, value in part.pairs:
                put(self._sheet, self._row, 0, label, self._styles.get(font_color=style.SOFT, text_wrap=True))
                put(self._sheet, self._row, 1, value, self._styles.get(bold=True, text_wrap=True))
                self._row += 1
            return
        for text in part.texts:
            self._wrapped(f"• {text}" if part.bullets else text)

    def _put(self, text: str, **look: object) -> None:
        put(self._sheet, self._row, 0, text, self._styles.get(**look))
        self._row += 1

    def _wrapped(self, text: str) -> None:
        """A text over both columns. Merged cells do not grow by themselves, so its height is measured."""
        lines = wrap(clean(text), 10, (_LABEL + _VALUE) * 5.6 - 10)
        look = self._styles.get(text_wrap=True)
        self._sheet.merge_range(self._row, 0, self._row, 1, "", look)
        put(self._sheet, self._row, 0, text, look)
        self._sheet.set_row(self._row, min(400.0, len(lines) * 13 + 4))
        self._row += 1
