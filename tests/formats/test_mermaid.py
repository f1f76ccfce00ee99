"""Mermaid text, read back by the real mermaid parser under Node."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from samples import HOSTILE, SAMPLE, hostile_diagram

from playbook.formats import mermaid
from playbook.shapes.diagram import Diagram, DiagramEdge, DiagramNode
from playbook.views.journey import diagram
from subjects import shipped

ROOT = Path(__file__).resolve().parents[2]
ORACLE = ROOT / "tests" / "oracles"


def journeys() -> dict[str, Diagram]:
    return {name: diagram(subject) for name, subject in shipped().items()}


DIAGRAMS = {
    "sample": SAMPLE,
    **{f"hostile {name}": hostile_diagram(text) for name, text in HOSTILE.items()},
    **journeys(),
}


@pytest.fixture(scope="module")
def parsed() -> dict[str, Any]:
    if shutil.which("node") is None:
        pytest.skip("node is not installed")
    if not (ORACLE / "node_modules" / "mermaid").is_dir() or not (ORACLE / "node_modules" / "jsdom").is_dir():
        pytest.skip("the npm packages mermaid and jsdom are not installed: 'make test' installs them")
    texts = {name: mermaid.write(diagram).decode() for name, diagram in DIAGRAMS.items()}
    texts["broken"] = "flowchart TB\n  a --> \n  ]["
    done = subprocess.run(
        ["node", "mermaid/parse.mjs"],
        cwd=ORACLE,
        input=json.dumps(texts).encode(),
        capture_output=True,
        timeout=300,
        check=True,
    )
    answers: dict[str, Any] = json.loads(done.stdout)
    return answers


def test_the_oracle_rejects_what_is_broken(parsed: dict[str, Any]) -> None:
    assert not parsed["broken"]["ok"]


def shown(text: str) -> str:
    """What a reader sees of a label: mermaid writes ``#35;`` as ``ﬂ°°35¶ß`` until it draws."""
    entity = re.compile(r"ﬂ°°(?P<inner>\d+)¶ß|#(?P<plain>\d+);|(?P<line><br/?>)")
    return entity.sub(lambda match: "\n" if match["line"] else chr(int(match["inner"] or match["plain"])), text)


def cleaned(text: str) -> str:
    """A text as a picture can show it: without control characters, white space folded."""
    safe = re.sub(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]",
        "\ufffd",
        text,
    )
    return "\n".join(" ".join(part.split()) for part in safe.replace("\r", "").split("\n"))


@pytest.mark.parametrize("name", DIAGRAMS)
def test_the_parsed_graph_is_the_diagram(name: str, parsed: dict[str, Any]) -> None:
    diagram, answer = DIAGRAMS[name], parsed[name]
    assert answer["ok"], answer
    assert answer["type"].startswith("flowchart")
    ids = {node["id"]: node for node in answer["nodes"]}
    ours = {mermaid.node_id(node.id): node for node in diagram.nodes}
    assert set(ids) == set(ours)
    for id_, node in ours.items():
        if node.label or node.details:
            wanted = "\n".join(cleaned(text) for text in (node.label, *node.details))
            assert shown(ids[id_]["text"]).split() == wanted.split(), id_
    edges = [(edge["source"], edge["target"], shown(edge["text"]).split()) for edge in answer["edges"]]
    assert sorted(edges) == sorted(
        (mermaid.node_id(edge.source), mermaid.node_id(edge.target), cleaned(edge.label).split())
        for edge in diagram.edges
    )
    groups = {group["id"]: group for group in answer["groups"]}
    for group in diagram.groups:
        members = {mermaid.node_id(node.id) for node in diagram.nodes if node.group == group.id}
        assert set(groups[mermaid.group_id(group.id)]["nodes"]) == members


def test_more_than_mermaid_draws_is_said(parsed: dict[str, Any]) -> None:
    nodes = tuple(DiagramNode(f"step.s{n}", f"Step {n}", "step") for n in range(600))
    edges = tuple(DiagramEdge(f"step.s{n}", f"step.s{n + 1}") for n in range(599))
    large = replace(SAMPLE, nodes=nodes, edges=edges, groups=())
    assert b"%% This diagram has 599 arrows; mermaid draws at most 500" in mermaid.write(large)
    assert b"%% This diagram" not in mermaid.write(SAMPLE)
