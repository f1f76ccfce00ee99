"""JSON of every shape."""

from __future__ import annotations

import json
from typing import Any

import pytest
from kinds import KINDS, SWIMLANES
from samples import SAMPLE, TABLE
from test_markdown_format import DOCUMENT, TIMELINE

from playbook.formats.registry import FORMATS
from playbook.shapes.shown import Shown, shape_of
from playbook.shapes.table import Column, Table


def written(shown: Shown) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(FORMATS["json"].write(shown))
    return content


@pytest.mark.parametrize(
    "shown", [SAMPLE, *KINDS.values(), TABLE, TIMELINE, DOCUMENT], ids=lambda shown: shown.name
)
def test_it_says_what_it_is(shown: Shown) -> None:
    content = written(shown)
    assert list(content)[:4] == ["version", "shape", "name", "title"]
    assert (content["version"], content["shape"], content["name"]) == (1, shape_of(shown), shown.name)


def test_a_diagram_keeps_all_its_fields() -> None:
    content = written(SWIMLANES)
    assert content["kind"] == "swimlanes"
    assert [node["id"] for node in content["nodes"]] == [node.id for node in SWIMLANES.nodes]
    assert content["nodes"][1] == {
        "id": "step.brief",
        "label": "Write the brief",
        "shape": "step",
        "group": "handover",
        "details": ["Account Executive"],
        "tone": "plain",
        "dashed": False,
        "lane": "sales",
    }
    assert content["edges"][1] == {
        "source": "step.brief",
        "target": "step.review",
        "label": "The brief",
        "kind": "handoff",
    }


def test_a_table_keeps_its_summary_apart_from_its_rows() -> None:
    table = Table("t", "T", (Column("a", "A", kind="letters"),), (("R",), (("x", "y"),)), summary=((2,),))
    content = written(table)
    assert content["rows"] == [{"a": "R"}, {"a": ["x", "y"]}]
    assert content["summary"] == [{"a": 2}]
    assert content["columns"] == [{"key": "a", "title": "A", "align": "left", "kind": "letters"}]


def test_parts_of_a_document_say_their_shape() -> None:
    parts = [part for section in written(DOCUMENT)["sections"] for part in section["parts"]]
    assert [part["shape"] for part in parts] == [
        "figures",
        "paragraphs",
        "diagram",
        "table",
        "timeline",
        "paragraphs",
    ]
    assert parts[3]["rows"][0]["task"] == "Write the brief"
