"""One-file HTML: read by a parser, and opened in a browser that may reach nothing else."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from samples import HOSTILE, SAMPLES, hostile_diagram, hostile_table

from browsing import AXE, Window, browsing, missing, violations
from playbook.formats.page.engine import clean
from playbook.formats.registry import FORMATS
from playbook.shapes.document import Document, Figures, Paragraphs, Section
from playbook.shapes.shown import Shown
from playbook.shapes.table import Column, Table
from playbook.shapes.timeline import Timeline, TimelineBar, TimelinePanel

MATRIX = Table(
    "pilot.raci",
    "RACI: Pilot",
    (
        Column("stage", "Stage"),
        Column("step", "Step"),
        *(Column(f"role_{at}", f"Role {at}", "center", "letters") for at in range(6)),
        Column("level", "Level", kind="level"),
        Column("severity", "Severity", kind="severity"),
    ),
    tuple(
        (f"Stage {at // 4}", f"Step {at}", "R/A", "C*", "", "I", None, "A", at % 5, "warning") for at in range(8)
    ),
    section="stage",
    notes=("R responsible.",),
    summary=(("", "Responsible", "8", 0, 0, 0, 0, 0, "", ""),),
)
TIMELINE = Timeline(
    "pilot.timeline",
    "Timeline: Pilot",
    (
        TimelinePanel(
            "closed_won",
            "Closed won",
            (TimelineBar("step.a", "Write the brief", "Handover", "AE", 0, 0, 1, 2, due=2, critical=True),),
        ),
    ),
)


def shown() -> dict[str, Shown]:
    return {
        **{name: each for name, each in SAMPLES.items() if name != "process"},
        "matrix": MATRIX,
        "timeline": TIMELINE,
    }


def page_of(shown: Shown) -> html.HtmlElement:
    return html.document_fromstring(FORMATS["html"].write(shown).decode())


@pytest.mark.parametrize("name", shown())
def test_a_page_stands_alone(name: str) -> None:
    page = page_of(shown()[name])
    assert page.get("lang") == "en"
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("string(//title)") == page.xpath("string(//h1)")
    assert not page.xpath("//@src | //link | //@style")
    assert all(link.startswith("#") for link in page.xpath("//@href"))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", shown())
def test_only_its_own_style_and_script_may_run(name: str) -> None:
    text = FORMATS["html"].write(shown()[name]).decode()
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    for part in ("style", "script"):
        (content,) = re.findall(f"<{part}>(.*?)</{part}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{part}-src &#39;sha256-{digest}&#39;;" in policy


def test_a_table_says_what_its_cells_are() -> None:
    page = page_of(MATRIX)
    assert page.xpath("//thead//th/@scope") == ["col"] * 9
    assert page.xpath("string(//table/caption)") == "RACI: Pilot"
    assert page.xpath("//tr[@class='block']/th/@scope") == ["rowgroup"] * 2
    assert len(page.xpath("//tbody//th[@scope='row']")) == 8
    first = page.xpath("//tbody[1]/tr[2]")[0]
    assert [letter.text for letter in first.xpath(".//span")] == ["R", "A", "C*", "I", "A", "warning"]
    assert first.xpath(".//span/@class")[:3] == ["letter letter-R", "letter letter-A", "letter letter-C"]
    assert "level-3" in page.xpath("//tbody[1]/tr[5]/td/@class")[-2]
    assert page.xpath("//tfoot/tr/th")[0].text == "Responsible"
    assert page.xpath("//p[@class='note']")[0].text == "R responsible."


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_are_only_texts(text: str) -> None:
    paragraphs = Section(text, (Paragraphs((text,), bullets=True), Figures(((text, text),)), hostile_table(text)))
    every = (hostile_table(text), hostile_diagram(text), Document("hostile", text, text, (paragraphs,)))
    for each in every:
        page = page_of(each)
        assert len(page.xpath("//script")) == 1
        assert not page.xpath("//img | //iframe | //object | //embed | //base | //form")
        for element in page.iter():
            assert not [key for key in element.attrib if key.startswith("on")]
    # A table shows every text whole; a picture breaks it into lines.
    cells = [cell.text_content().split() for cell in page_of(every[0]).xpath("//td | //th")]
    wanted = clean(text).split()
    assert cells.count(wanted) >= 3 if wanted else True


@pytest.fixture(scope="module")
def window() -> Iterator[Window]:
    if missing() is not None:
        pytest.skip(str(missing()))
    with browsing("file:") as window:
        yield window


@pytest.mark.parametrize("name", shown())
def test_it_opens_from_the_disk(window: Window, tmp_path: Path, name: str) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(FORMATS["html"].write(shown()[name]))
    window.troubles.clear()
    page: Any = window.open(file.as_uri(), color_scheme="light")
    assert page.get_by_role("button", name="Dark").is_visible()
    for at in range(page.locator(".drawing").count()):
        assert page.locator(".drawing").nth(at).get_by_role("button", name="Zoom in").is_visible()
    if AXE.is_file():
        assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    page.get_by_role("button", name="Light").wait_for()
    if AXE.is_file():
        assert violations(page, "color-contrast") == []
    page.context.close()
    assert window.troubles == []


def test_the_matrix_can_be_filtered(window: Window, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(FORMATS["html"].write(MATRIX))
    page: Any = window.open(file.as_uri())
    rows = page.locator("tbody tr:not(.block):visible")
    assert rows.count() == 8
    page.get_by_label("Role").select_option(label="Role 2")
    assert rows.count() == 0
    page.get_by_role("button", name="Show all").click()
    page.get_by_label("Containing").fill("step 3")
    assert rows.count() == 1
    page.context.close()


def test_the_level_that_is_claimed_stands_out() -> None:
    columns = (
        Column("dimension", "Dimension"),
        *(Column(f"level_{at}", f"Level {at}") for at in range(5)),
        Column("claimed", "Claimed level", kind="level"),
    )
    rows = (("Data", "a", "b", "c", "d", "e", 3), ("People", "a", "b", "c", "d", "e", None))
    page = page_of(Table("m", "Maturity", columns, rows))
    assert [cell.text for cell in page.xpath("//td[contains(@class, 'claimed')]")] == ["d"]
    assert page.xpath("//td[contains(@class, 'claimed')]/@class") == ["text level-3 claimed"]
