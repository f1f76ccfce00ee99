"""Markdown of diagrams, timelines, documents and summaries, read by a CommonMark parser."""

from __future__ import annotations

import re
from typing import Any

import pytest
from kinds import SWIMLANES, large
from markdown_it import MarkdownIt
from samples import HOSTILE, SAMPLE, TABLE, hostile_diagram, hostile_table

from playbook.formats.flowchart.chart import chart_lines
from playbook.formats.flowchart.splitting import charts_of
from playbook.formats.flowchart.text import node_id
from playbook.formats.registry import FORMATS
from playbook.shapes.document import Document, Figures, Paragraphs, Section
from playbook.shapes.shown import Shown
from playbook.shapes.table import Column, Table
from playbook.shapes.timeline import Timeline, TimelineBar, TimelinePanel

BARS = (
    TimelineBar("step.brief", "Write the brief", "Handover", "Account Executive", 0, 0, 1, 2, due=2, critical=True),
    TimelineBar("milestone.live", "Live", "Build", "", 2.5, 4, 2.5, 4, milestone=True),
)
TIMELINE = Timeline("pilot.timeline", "Timeline", (TimelinePanel("start", "From Closed won", BARS),), ("A note.",))
DOCUMENT = Document(
    "pilot.review",
    "Pilot: review",
    "Onboarding of pilot accounts",
    (
        Section("At a glance", (Figures((("Stages", "2"), ("Steps", "4"))), Paragraphs(("One.", "Two.")))),
        Section("Who does what", (SWIMLANES,)),
        Section("Tasks", (TABLE, TIMELINE, Paragraphs(("a", "b"), bullets=True))),
    ),
    footer="Pilot 1.0.0",
)


def written(shown: Shown) -> str:
    return FORMATS["markdown"].write(shown).decode()


def tokens(text: str) -> list[Any]:
    return MarkdownIt("gfm-like", {"linkify": False}).parse(text)


def headings(text: str) -> list[tuple[str, str]]:
    found = tokens(text)
    return [(each.tag, found[at + 1].content) for at, each in enumerate(found) if each.type == "heading_open"]


def charts(text: str) -> list[str]:
    return [each.content for each in tokens(text) if each.type == "fence" and each.info == "mermaid"]


def test_a_diagram_is_a_block_of_mermaid_with_its_notes() -> None:
    text = written(SAMPLE)
    assert headings(text) == [("h1", "Pilot")]
    assert charts(text) == ["\n".join(chart_lines(SAMPLE)) + "\n"]
    assert text.endswith("\n- At any time: Cancelled, leads to Stopped\n")


def test_a_large_diagram_is_several_blocks_and_that_is_said() -> None:
    diagram = large(12, 60)
    text = written(diagram)
    parts = charts_of(diagram).parts
    assert len(charts(text)) == len(parts) == 3
    assert [tag for tag, _ in headings(text)] == ["h1", "h2", "h2", "h2"]
    assert "Mermaid draws at most 500 arrows" in text
    drawn = "".join(charts(text))
    assert all(f" {node_id(node.id)}" in drawn for node in diagram.nodes)


def test_summary_rows_stand_below_in_bold() -> None:
    table = Table(
        "t",
        "T",
        (Column("stage", "Stage"), Column("step", "Step"), Column("csm", "CSM", "center")),
        (("Build", "Go live", "R/A"),),
        section="stage",
        summary=(("Steps responsible", None, 1), (None, "Share", "50%")),
    )
    assert written(table).splitlines()[2:] == [
        "| Step | CSM |",
        "| :--- | :---: |",
        "| **Build** |  |",
        "| Go live | R/A |",
        "| **Steps responsible** | **1** |",
        "| **Share** | **50%** |",
    ]


def test_a_timeline_is_a_table_for_each_anchor() -> None:
    text = written(TIMELINE)
    assert headings(text) == [("h1", "Timeline"), ("h2", "From Closed won")]
    assert "| Write the brief | Account Executive | 0 | 1 to 2 | 2 | yes |" in text
    assert "| Live (milestone) |  | 2.5 to 4 | 2.5 to 4 |  |  |" in text
    assert text.endswith("\n- A note.\n")


def test_a_document_has_a_section_for_each_of_its_own() -> None:
    text = written(DOCUMENT)
    assert headings(text) == [
        ("h1", "Pilot: review"),
        ("h2", "At a glance"),
        ("h2", "Who does what"),
        ("h2", "Tasks"),
        ("h3", "Tasks: Pilot"),
        ("h3", "Timeline"),
        ("h4", "From Closed won"),
    ]
    assert "- **Stages**: 2\n- **Steps**: 4\n\nOne.\n\nTwo.\n" in text
    assert "\n- a\n- b\n" in text
    assert len(charts(text)) == 1
    assert text.endswith("\n---\n\nPilot 1.0.0\n")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_stay_texts(text: str) -> None:
    bar = TimelineBar("a", text, text, text, 0, 0, 1, 1)
    document = Document(
        "n",
        text,
        text,
        (
            Section(text, (Paragraphs((text, text)), Paragraphs((text,), bullets=True), Figures(((text, text),)))),
            Section(text, (hostile_diagram(text), hostile_table(text))),
            Section("Time", (Timeline("t", text, (TimelinePanel("a", text, (bar,)),), (text,)),)),
        ),
        text,
    )
    page = written(document)
    html = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(page)
    tags = set(re.findall(r"<([a-z0-9]+)", html))
    allowed = {"table", "thead", "tbody", "tr", "th", "td", "p", "strong", "br", "ul", "li", "pre", "code", "hr"}
    assert tags <= {"h1", "h2", "h3", "h4", *allowed}
    assert len(charts(page)) == 1
    assert html.count("<table>") == 2
