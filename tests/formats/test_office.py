"""XLSX and PPTX, read back by others: openpyxl, python-pptx and LibreOffice."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from pptx import Presentation
from pptx.util import Pt
from samples import DOCUMENT, HOSTILE, SAMPLE, TABLE, hostile_diagram, hostile_document, hostile_table

from playbook.formats.layout.pages.marks import LETTERS, LEVELS, SEVERITIES, Mark, mark_of
from playbook.formats.layout.pages.words import clean
from playbook.formats.office.sheets import Names
from playbook.formats.registry import FORMATS
from playbook.shapes.document import Document, Section
from playbook.shapes.table import Column, Table

RACI = Table(
    name="pilot.raci",
    title="RACI: Pilot",
    columns=(
        Column("stage", "Stage"),
        Column("step", "Step"),
        *(
            Column(f"role{number}", f"Implementation consultant {number}", "center", "letters")
            for number in range(12)
        ),
    ),
    rows=tuple(
        (stage, f"Step {number} of {stage}", *("A", "R", "C", "I", "R/A", *[""] * 7))
        for stage in ("Handover", "Build")
        for number in range(30)
    ),
    section="stage",
    notes=("R responsible, A accountable, C consulted, I informed.",),
    summary=(("", "Accountable", *range(12)),),
)


def book(shown: Table | Document) -> list[Worksheet]:
    return load_workbook(io.BytesIO(FORMATS["xlsx"].write(shown))).worksheets


def deck(shown: object) -> Presentation:  # type: ignore[valid-type]
    return Presentation(io.BytesIO(FORMATS["pptx"].write(shown)))  # type: ignore[arg-type]


# -- sheets --------------------------------------------------------------------------------------


def test_a_sheet_is_made_to_filter_and_to_print() -> None:
    (sheet,) = book(RACI)
    assert sheet.title == "RACI Pilot"
    assert [cell.value for cell in sheet[1]][:2] == ["Stage", "Step"]
    assert sheet.freeze_panes == "C2"
    # The filters hold the rows, not what adds up below them.
    assert sheet.auto_filter.ref == "A1:N61"
    assert [sheet["B63"].value, sheet["C63"].value] == ["Accountable", 0]
    assert sheet["A65"].value == RACI.notes[0]
    assert sheet.print_title_rows == "$1:$1"
    # One page in width, which is the default, and as many in height as it takes.
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert "RACI: Pilot" in (sheet.oddHeader.left.text or "")
    assert "P" in str(sheet.oddFooter.right.text)


def test_every_row_can_be_filtered_by_its_section() -> None:
    (sheet,) = book(RACI)
    assert {sheet.cell(row, 1).value for row in range(2, 32)} == {"Handover"}
    assert sheet["A2"].font.bold
    assert not sheet["A3"].font.bold


def test_letters_have_the_colour_of_the_weightiest() -> None:
    (sheet,) = book(RACI)
    fills = [sheet.cell(2, column).fill.fgColor.rgb[2:].lower() for column in range(3, 8)]
    expected = [LETTERS[letter].fill[1:] for letter in ("A", "R", "C", "I", "A")]
    assert fills == expected
    assert sheet["C1"].alignment.textRotation == 90


def test_columns_are_as_wide_as_their_texts() -> None:
    (sheet,) = book(TABLE)
    assert sheet.column_dimensions["B"].width >= len("Review the brief")
    assert all(dimension.width <= 50 for dimension in sheet.column_dimensions.values())


def test_values_keep_their_types() -> None:
    (sheet,) = book(TABLE)
    assert [sheet.cell(row, 3).value for row in (2, 3, 4)] == [1, 2.5, None]
    assert sheet["D2"].value == "Account Executive\nEngineer"


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_texts_stay_texts(text: str) -> None:
    (sheet,) = book(hostile_table(text))
    cell = sheet["B2"]
    assert cell.data_type in ("s", "n")
    assert (cell.value or "") == clean(text) or (cell.value or "").split() == clean(text).split()
    for sheet in book(hostile_document(text)):
        assert all(each.data_type != "f" and each.hyperlink is None for row in sheet for each in row)


def test_what_is_no_number_to_excel_is_a_text() -> None:
    (sheet,) = book(Table("n", "N", (Column("a", "A"),), ((float("inf"),), (float("nan"),), (1.5,))))
    assert [sheet.cell(row, 1).value for row in (2, 3, 4)] == ["inf", "nan", 1.5]


FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "{=1}", '=HYPERLINK("http://x")', "http://x", "internal:A!A1")


@pytest.mark.parametrize("text", FORMULAS)
def test_nothing_in_a_package_is_a_formula_or_a_link(text: str) -> None:
    for shown in (hostile_table(text), hostile_document(text)):
        with zipfile.ZipFile(io.BytesIO(FORMATS["xlsx"].write(shown))) as package:
            for name in package.namelist():
                content = package.read(name)
                for element in ET.fromstring(content).iter():
                    assert element.tag.rpartition("}")[2] not in ("f", "hyperlink", "externalReference")
                assert b'TargetMode="External"' not in content


def test_a_very_long_text_is_shortened_to_what_a_cell_holds() -> None:
    for letter in ("x", "😀"):
        (sheet,) = book(Table("long", "Long", (Column("a", "A"),), ((letter * 40_000,),)))
        value = sheet["A2"].value
        assert value.endswith("…")
        assert len(value.encode("utf-16-le")) // 2 <= 32_767


@given(st.lists(st.text(max_size=60), min_size=1, max_size=12))
@settings(max_examples=60, deadline=None)
def test_names_of_sheets_are_legal_and_their_own(wanted: list[str]) -> None:
    names = Names()
    given_names = [names.name(each) for each in [*wanted, wanted[0].upper(), "history", "x" * 50, "X" * 50]]
    assert len({name.casefold() for name in given_names}) == len(given_names)
    for name in given_names:
        assert 0 < len(name) <= 31
        assert not re.search(r"[\[\]:*?/\\]", name)
        assert not name.startswith("'")
        assert not name.endswith("'")


def test_a_document_has_a_sheet_for_each_table() -> None:
    sheets = book(replace(DOCUMENT, sections=(*DOCUMENT.sections, Section("Who", (RACI, TABLE)))))
    assert [sheet.title for sheet in sheets] == ["About", "Tasks", "Who RACI Pilot", "Who Tasks Pilot"]
    told = [cell.value for row in sheets[0] for cell in row if cell.value]
    assert told[:2] == [DOCUMENT.title, DOCUMENT.subtitle]
    assert "• Owner: Customer Success" in told
    assert any("Journey" in str(text) for text in told if "pictures" in str(text))


def test_no_table_and_no_columns() -> None:
    assert book(Table("none", "None", (), ()))
    assert book(Table("none", "None", (Column("a", "A"),), ()))
    assert book(Document("none", "", "", ()))


# -- colours -------------------------------------------------------------------------------------


def luminance(color: str) -> float:
    """The relative luminance of WCAG 2."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("mark", [*LETTERS.values(), *LEVELS, *SEVERITIES.values()])
def test_contrast(mark: Mark) -> None:
    low, high = sorted((luminance(mark.fill), luminance(mark.ink)))
    assert (high + 0.05) / (low + 0.05) >= 4.5


def test_the_weightier_the_darker() -> None:
    for marks in (list(LETTERS.values()), list(reversed(LEVELS))):
        shades = [luminance(mark.fill) for mark in marks]
        assert shades == sorted(shades)


def test_only_values_of_the_kind_have_colours() -> None:
    assert mark_of("letters", "Account Executive") is None
    assert mark_of("letters", "R*/A") == LETTERS["A"]
    assert mark_of("level", 3) == LEVELS[3]
    assert mark_of("level", "12 weeks") is None
    assert mark_of("text", "A") is None
    assert mark_of("severity", "warning") == SEVERITIES["warning"]


# -- decks ---------------------------------------------------------------------------------------


def texts_of(shapes: object) -> str:
    found = []
    for shape in shapes:  # type: ignore[attr-defined]
        if shape.shape_type == 6:
            found.append(texts_of(shape.shapes))
        elif shape.has_text_frame:
            found.append(shape.text_frame.text)
        elif shape.has_table:
            found += [cell.text_frame.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(found)


def assert_in_place(presentation: object) -> None:
    """Every shape is on its slide, and the body is below the title."""
    wide, high = presentation.slide_width, presentation.slide_height  # type: ignore[attr-defined]
    for slide in presentation.slides:  # type: ignore[attr-defined]
        title = slide.shapes.title
        ids = [element.get("id") for element in slide.shapes._spTree.iter("{*}cNvPr")]
        assert len(ids) == len(set(ids))
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= wide
            assert shape.top + shape.height <= high
            if shape.shape_id != title.shape_id:
                assert shape.top >= title.top + title.height
        foot = [shape for shape in slide.placeholders if shape.placeholder_format.type in (15, 13)]
        body = [shape for shape in slide.shapes if not shape.is_placeholder]
        for shape in body:
            assert all(shape.top + shape.height <= each.top for each in foot)


def test_a_deck_has_a_cover_and_a_slide_per_section() -> None:
    presentation = deck(DOCUMENT)
    assert (presentation.slide_width, presentation.slide_height) == (Pt(960), Pt(540))
    titles = [slide.shapes.title.text_frame.text for slide in presentation.slides]
    assert titles == ["Pilot", "At a glance", "Journey", "Tasks"]
    assert_in_place(presentation)
    assert "Version 1.0.0, in use" in texts_of(presentation.slides[0].shapes)
    assert "12 to 20" in texts_of(presentation.slides[1].shapes)
    for number, slide in enumerate(presentation.slides, 1):
        if number > 1:
            assert "Pilot 1.0.0" in texts_of(slide.shapes)
            assert f"\n{number}" in texts_of(slide.shapes)


def test_a_picture_is_made_of_shapes_that_can_be_edited() -> None:
    (slide,) = deck(SAMPLE).slides
    (picture,) = [shape for shape in slide.shapes if shape.shape_type == 6]
    said = picture._element.find(".//{*}cNvPr").get("descr")
    assert said.startswith("Pilot. Journey map with 2 stages")
    assert "Write the brief" in texts_of([picture])
    # The text of a step is in its box: who moves the one moves the other.
    boxes = [shape for shape in picture.shapes if shape.name == "Load the data"]
    assert boxes


def test_a_long_table_goes_on_with_its_header() -> None:
    presentation = deck(RACI)
    tables = [shape.table for slide in presentation.slides for shape in slide.shapes if shape.has_table]
    assert len(tables) > 2
    assert all(table.cell(0, 0).text_frame.text == "Step" for table in tables)
    rows = [table.cell(at, 0).text_frame.text for table in tables for at in range(1, len(table.rows))]
    wanted = [row[1] for row in RACI.rows]
    assert [row for row in rows if row in wanted] == wanted
    assert rows[0] == "Handover"
    assert_in_place(presentation)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_in_a_deck(text: str) -> None:
    presentation = deck(hostile_document(text))
    assert_in_place(presentation)
    shown = "".join("".join(texts_of(slide.shapes).split()) for slide in presentation.slides)
    wanted = "".join(clean(text).split()).strip("•")
    assert shown.count(wanted) >= (8 if wanted else 0)
    assert_in_place(deck(hostile_diagram(text)))


def test_the_texts_of_a_deck_are_large_enough() -> None:
    """Nothing but the inside of pictures is smaller than what can be read from afar."""
    for slide in deck(replace(DOCUMENT, sections=(*DOCUMENT.sections, Section("Who", (RACI,))))).slides:
        for shape in slide.shapes:
            sizes = [int(each.get("sz")) for each in shape._element.iter("{*}rPr") if each.get("sz")]
            assert shape.shape_type == 6 or min(sizes, default=900) >= 900


# -- packages ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["xlsx", "pptx"])
def test_a_package_knows_no_time(name: str) -> None:
    written = FORMATS[name].write(DOCUMENT)
    assert written == FORMATS[name].write(DOCUMENT)
    with zipfile.ZipFile(io.BytesIO(written)) as package:
        assert {entry.date_time[0] for entry in package.infolist()} == {1980}
        core = package.read("docProps/core.xml").decode()
    assert "dcterms:created" not in core
    assert "dcterms:modified" not in core
    assert ">Pilot<" in core


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_it(tmp_path: Path) -> None:
    shown = replace(DOCUMENT, sections=(*DOCUMENT.sections, Section("Who", (RACI,))))
    files = {"deck.pptx": FORMATS["pptx"].write(shown), "book.xlsx": FORMATS["xlsx"].write(shown)}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path), *files]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=180)
    pages = pypdf.PdfReader(tmp_path / "deck.pdf").pages
    assert len(pages) == len(deck(shown).slides)
    text = "\n".join(page.extract_text() for page in pages)
    for wanted in ("Write the brief", "Review the brief", "Load the data", "12 to 20", "Step 29 of Build"):
        assert wanted in text
    printed = pypdf.PdfReader(tmp_path / "book.pdf").pages
    assert all(float(page.mediabox.width) > float(page.mediabox.height) for page in printed)
    assert "Step 29 of Build" in "\n".join(page.extract_text() for page in printed)
