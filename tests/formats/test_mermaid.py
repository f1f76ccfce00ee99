"""Mermaid text, read back by the real mermaid parser under Node."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from typing import Any

import pytest
from kinds import KINDS, SWIMLANES, large
from samples import HOSTILE, SAMPLE, hostile_diagram

from node_oracle import ORACLES, answers_of
from playbook.formats import mermaid
from playbook.formats.flowchart.chart import chart_lines
from playbook.formats.flowchart.splitting import charts_of
from playbook.formats.flowchart.text import group_id, node_id, remark_id
from playbook.shapes.diagram import Diagram
from playbook.views.registry import VIEWS
from subjects import shipped

TEMPLATES = ("enterprise_onboarding", "mid_market_onboarding", "self_serve_onboarding")


def drawn() -> dict[str, Diagram]:
    """The journeys of all playbooks, and all that is drawn of the templates."""
    views = [view for view in VIEWS.values() if view.of == "playbook" and "diagram" in view.gives]
    found = {
        f"{name} {view.name}": view.build("diagram", subject)
        for name, subject in shipped().items()
        for view in views
        if view.name == "journey" or name in TEMPLATES
    }
    return {name: shown for name, shown in found.items() if isinstance(shown, Diagram)}


DIAGRAMS: dict[str, Diagram] = {
    "sample": SAMPLE,
    **KINDS,
    **{f"hostile {name}": hostile_diagram(text) for name, text in HOSTILE.items()},
    **drawn(),
    **{
        f"large {number}": part
        for number, part in enumerate((*charts_of(large(12, 60)).parts, *charts_of(large(1, 900)).parts))
    },
}


@pytest.fixture(scope="module")
def parsed() -> dict[str, Any]:
    if shutil.which("node") is None:
        pytest.skip("node is not installed")
    if not (ORACLES / "node_modules" / "mermaid").is_dir() or not (ORACLES / "node_modules" / "jsdom").is_dir():
        pytest.skip("the npm packages mermaid and jsdom are not installed: 'make test' installs them")
    texts = {
        **{name: mermaid.write(diagram).decode() for name, diagram in DIAGRAMS.items()},
        "too large": "\n".join(chart_lines(large(12, 60))),
        "large as a file": mermaid.write(large(12, 60)).decode(),
        "broken": "flowchart TB\n  a --> \n  ][",
    }
    return answers_of("mermaid/parse.mjs", texts)


def test_the_oracle_rejects_what_is_broken(parsed: dict[str, Any]) -> None:
    assert not parsed["broken"]["ok"]


def shown(text: str) -> str:
    """What a reader sees of a label: mermaid writes ``#35;`` as ``ﬂ°°35¶ß`` until it draws."""
    entity = re.compile(r"ﬂ°°(?P<inner>\d+)¶ß|#(?P<plain>\d+);|(?P<line><br/?>)")
    return entity.sub(lambda match: "\n" if match["line"] else chr(int(match["inner"] or match["plain"])), text)


def cleaned(text: str) -> str:
    """A text as a picture can show it: without control characters, white space folded."""
    safe = re.sub(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]",
        "\ufffd",
        text.replace("\r", ""),
    )
    return "\n".join(" ".join(part.split()) for part in safe.split("\n"))


@pytest.mark.parametrize("name", DIAGRAMS)
def test_the_parsed_graph_is_the_diagram(name: str, parsed: dict[str, Any]) -> None:
    diagram, answer = DIAGRAMS[name], parsed[name]
    assert answer["ok"], answer
    assert answer["type"].startswith("flowchart")
    ids = {node["id"]: node for node in answer["nodes"]}
    ours = {node_id(node.id): node for node in diagram.nodes}
    framed = diagram.kind != "swimlanes"
    remarks = {remark_id(group.id): group.details for group in diagram.groups if group.details and framed}
    assert set(ids) == {*ours, *remarks}
    for id_, node in ours.items():
        wanted = "\n".join(cleaned(text) for text in (node.label, *node.details)).split()
        found = shown(ids[id_]["text"]).split()
        if wanted:
            assert found[found[:1] == ["○"] :] == wanted, id_
    for id_, details in remarks.items():
        assert shown(ids[id_]["text"]).split() == "\n".join(map(cleaned, details)).split()
    edges = [(edge["source"], edge["target"], shown(edge["text"]).split()) for edge in answer["edges"]]
    assert sorted(edges) == sorted(
        (node_id(edge.source), node_id(edge.target), cleaned(edge.label).split()) for edge in diagram.edges
    )
    groups = {group["id"]: group for group in answer["groups"]}
    for frame in diagram.groups if framed else diagram.lanes:
        members = {node_id(node.id) for node in diagram.nodes if (node.group if framed else node.lane) == frame.id}
        found_frame = groups.pop(group_id(frame.id))
        assert set(found_frame["nodes"]) - {remark_id(frame.id)} == members
        assert shown(found_frame["title"]).split() == cleaned(frame.label).split()
    assert not groups


def test_what_is_too_large_for_mermaid_is_the_stages_and_says_so(parsed: dict[str, Any]) -> None:
    assert not parsed["too large"]["ok"]
    answer = parsed["large as a file"]
    assert answer["ok"], answer
    assert len(answer["nodes"]) == 12 + 2
    text = mermaid.write(large(12, 60)).decode()
    assert "%% Mermaid draws at most 500 arrows" in text
    assert "--stage draws one stage" in text
    assert "Mermaid draws at most" not in mermaid.write(SAMPLE).decode()


def test_a_handoff_is_thick_and_swimlanes_run_to_the_right() -> None:
    text = mermaid.write(SWIMLANES).decode()
    assert "flowchart LR" in text
    assert 'n_step_o_brief ==>|"The brief"| n_step_o_review' in text


def test_a_note_is_no_directive() -> None:
    noted = replace(SAMPLE, notes=("%%{init: {'theme': 'dark'}}%%",))
    assert "%%{" not in mermaid.write(noted).decode()
