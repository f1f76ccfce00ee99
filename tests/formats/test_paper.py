"""Pages of documents and tables: nothing is lost, nothing is cut off, nothing lies on anything else."""

from __future__ import annotations

import io
from itertools import pairwise

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import DOCUMENT, HOSTILE, TABLE, hostile_document, hostile_table

from playbook.formats.layout.measure import width
from playbook.formats.layout.pages.flow import pages_of
from playbook.formats.layout.pages.look import DECK, LEADING, PAPER, Look
from playbook.formats.layout.pages.page import Block, Card, Page, PictureBlock, TableBlock, TextBlock
from playbook.formats.registry import FORMATS
from playbook.shapes.document import Document, Figures, Paragraphs, Section
from playbook.shapes.table import Column, ColumnKind, Table

WORDS = st.text(st.sampled_from("abc dé "), max_size=60)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table of any size, with any texts."""
    kinds: list[ColumnKind] = ["text", "text", "letters", "level", "severity"]
    count = draw(st.integers(1, 30))
    columns = tuple(
        Column(
            f"c{at}", draw(WORDS), draw(st.sampled_from(("left", "center", "right"))), draw(st.sampled_from(kinds))
        )
        for at in range(count)
    )
    number = iter(range(100_000))

    def cell() -> str:
        # Each cell has a word of its own, so that it is known again.
        length = draw(st.sampled_from((0, 0, 3, 40, 900)))
        return f"w{next(number)}z " + "and so on " * (length // 10)

    rows = tuple(tuple(cell() for _ in columns) for _ in range(draw(st.integers(0, 12))))
    section = draw(st.sampled_from((None, "c0")))
    return Table("any", draw(WORDS), columns, rows, section, tuple(draw(st.lists(WORDS, max_size=2))))


def box(block: Block) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a block."""
    if isinstance(block, PictureBlock):
        wide, high = block.scene.width * block.scale, block.scene.height * block.scale
    elif isinstance(block, TableBlock):
        wide, high = sum(block.grid.widths), block.height
    else:
        wide, high = block.width, block.height
    return block.x, block.y, block.x + wide, block.y + high


def check(page: Page, look: Look) -> None:
    """All is between the margins, below the title and beside each other, and all texts fit."""
    title = box(page.title)
    assert width(page.foot, look.small) <= look.inner - 60
    assert title[1] >= look.top - 0.01
    boxes = [box(block) for block in page.blocks]
    for left, top, right, bottom in boxes:
        assert left >= look.margin - 0.01
        assert right <= look.width - look.margin + 0.01
        assert top >= title[3]
        assert bottom <= look.floor + 0.01
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart
    for block in (page.title, *page.blocks):
        check_texts(block)


def check_texts(block: Block) -> None:
    if isinstance(block, TextBlock):
        indent = block.size * 1.2 if block.bullets else 0
        for line in (line for paragraph in block.paragraphs for line in paragraph.lines):
            assert width(line, block.size, bold=block.bold) <= block.width - indent + 0.01
    elif isinstance(block, Card):
        for line in block.value.lines:
            assert width(line, block.value_size, bold=True) <= block.width
    elif isinstance(block, TableBlock):
        for row in block.rows:
            widths = block.grid.widths if row.kind != "section" else (sum(block.grid.widths),)
            for cell, wide in zip(row.cells, widths, strict=True):
                if cell.turned:
                    continue
                assert len(cell.lines) * block.grid.size * LEADING <= row.height + 0.01
                for line in cell.lines:
                    assert len(line) <= 1 or width(line, block.grid.size, bold=cell.bold) <= wide + 0.01


@given(tables(), st.sampled_from((DECK, PAPER)))
@settings(max_examples=50, deadline=None)
def test_any_table_fits_its_pages(table: Table, look: Look) -> None:
    pages = pages_of(table, look)
    for page in pages:
        check(page, look)
    shown = "".join(
        line
        for page in pages
        for block in page.blocks
        if isinstance(block, TableBlock)
        for row in block.rows
        for cell in row.cells
        for line in cell.lines
    )
    assert [cell for row in table.rows for cell in row if cell.split()[0] not in shown] == []


@given(st.lists(st.lists(WORDS, max_size=30), max_size=4), st.booleans())
@settings(max_examples=40, deadline=None)
def test_any_text_fits_its_pages(sections: list[list[str]], bullets: bool) -> None:
    document = Document(
        "any",
        "Any",
        "",
        tuple(
            Section("Part", (Paragraphs(tuple(texts * 3), bullets), Figures(tuple((each, each) for each in texts))))
            for texts in sections
        ),
    )
    for look in (DECK, PAPER):
        for page in pages_of(document, look):
            check(page, look)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_fit(text: str) -> None:
    for look in (DECK, PAPER):
        for shown in (hostile_document(text), hostile_table(text)):
            for page in pages_of(shown, look):
                if not page.cover:
                    check(page, look)


def test_the_heading_of_a_block_stays_with_its_rows() -> None:
    rows = tuple((f"Stage {number // 5}", f"Step {number}", "x " * (number % 7) * 20) for number in range(80))
    columns = (Column("stage", "Stage"), Column("step", "Step"), Column("text", "Text"))
    for look in (DECK, PAPER):
        tables = [
            block
            for page in pages_of(Table("t", "T", columns, rows, "stage"), look)
            for block in page.blocks
            if isinstance(block, TableBlock)
        ]
        assert len(tables) > 2
        for table in tables:
            assert table.rows[0].kind == "header"
            assert table.rows[1].kind == "section"
            assert table.rows[-1].kind == "body"
            assert not any(one.kind == other.kind == "section" for one, other in pairwise(table.rows))


def matrix(roles: int, *blocks: tuple[str, range]) -> Table:
    """A matrix of so many roles, with a step in each block; its roles in a range have a letter there."""
    columns = (
        Column("stage", "Stage"),
        Column("step", "Step"),
        *(Column(f"r{at}", f"Role {at}", "center", "letters") for at in range(roles)),
    )
    rows = tuple(
        (block, f"Step of {block}", *("A" if at in held else "" for at in range(roles))) for block, held in blocks
    )
    return Table("raci", "RACI", columns, rows, "stage")


def tables_on(shown: Table, look: Look) -> list[TableBlock]:
    return [block for page in pages_of(shown, look) for block in page.blocks if isinstance(block, TableBlock)]


def _rows_per_page(shown: Table | Document) -> list[int]:
    pages = pages_of(shown, PAPER)
    blocks = [[block for block in page.blocks if isinstance(block, TableBlock)] for page in pages]
    return [sum(len(block.rows) - 1 for block in each) for each in blocks]


def _table_of(count: int) -> Table:
    return Table("t", "T", (Column("n", "Number"),), tuple((f"row {number}",) for number in range(count)))


def test_no_page_has_a_row_or_two_alone() -> None:
    for count in range(1, 80):
        rows = _rows_per_page(_table_of(count))
        assert sum(rows) == count
        assert min(rows) >= min(count, 3), rows


def test_a_table_leaves_no_lines_alone_on_a_page() -> None:
    most = max(count for count in range(1, 80) if len(_rows_per_page(_table_of(count))) == 1)
    lines = Paragraphs(tuple(f"Line {number} above the table." for number in range(4)))
    for count in range(most // 2, most + 1):
        below = Document("d", "D", "", (Section("S", (lines, _table_of(count))),))
        assert all(_rows_per_page(below)[1:]), count
    # Where there is much above it, a table that fits a page has one of its own.
    much = Paragraphs(tuple(f"Line {number} above the table." for number in range(most // 2)))
    assert _rows_per_page(Document("d", "D", "", (Section("S", (much, _table_of(most))),)))[-1] == most


def test_a_matrix_of_many_roles_is_divided_for_slides_only() -> None:
    table = matrix(36, ("One", range(3)), ("Two", range(8, 36)), ("Three", range(10, 20)))
    deck = tables_on(table, DECK)
    assert [len(block.grid.widths) for block in deck] == [1 + 3, 1 + 28]
    # Two stages in one table are told apart there; what stands alone is named above its table.
    assert [[row.kind for row in block.rows] for block in deck] == [
        ["header", "body"],
        ["header", "section", "body", "section", "body"],
    ]
    assert [len(block.grid.widths) for block in tables_on(table, PAPER)] == [37]


def test_stages_share_a_matrix_as_long_as_their_roles_fit() -> None:
    table = matrix(40, *((f"Stage {at}", range(at * 4, at * 4 + 8)) for at in range(9)))
    shown = tables_on(table, DECK)
    assert [len(block.grid.widths) - 1 for block in shown] == [28, 16]
    said = [" ".join(row.cells[0].lines) for block in shown for row in block.rows if row.kind == "body"]
    assert said == [f"Step of Stage {at}" for at in range(9)]


def test_a_matrix_has_as_few_pages_as_smaller_type_can_save() -> None:
    columns = (Column("step", "Step"), *(Column(f"r{at}", "Role", "center", "letters") for at in range(8)))
    rows = tuple((f"A step whose name is quite long, number {at}", *["A"] * 8) for at in range(31))
    table = Table("raci", "RACI", columns, rows)
    assert len(pages_of(table, DECK)) == 2
    assert {block.grid.size for block in tables_on(table, DECK)} <= set(DECK.cells)


# -- PDF -----------------------------------------------------------------------------------------


def read(shown: Document | Table) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(FORMATS["pdf"].write(shown)))


def test_a_document_is_printed_on_a4_with_contents() -> None:
    reader = read(DOCUMENT)
    assert [round(float(each)) for each in reader.pages[0].mediabox[2:]] == [842, 595]
    assert [entry.title for entry in reader.outline] == ["Pilot", "At a glance", "Journey", "Tasks"]
    texts = [page.extract_text() for page in reader.pages]
    assert "Version 1.0.0, in use" in texts[0]
    assert "Write the brief" in texts[2]
    assert "Go live" in texts[3]
    assert all(f"{number} of 4" in text for number, text in enumerate(texts[1:], 2))
    assert reader.metadata is not None
    assert reader.metadata.title == "Pilot"


def test_a_long_table_repeats_its_header() -> None:
    rows = tuple((f"Stage {number // 20}", f"Step {number}", number, ()) for number in range(120))
    reader = read(Table("t", "Tasks", TABLE.columns, rows, "stage"))
    texts = [page.extract_text() for page in reader.pages]
    assert len(texts) > 3
    assert all("Task\n" in text and "Number" in text for text in texts)
    assert [f"Step {number}" in "\n".join(texts) for number in range(120)] == [True] * 120


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_are_printed(text: str) -> None:
    assert len(read(hostile_document(text)).pages) >= 5
