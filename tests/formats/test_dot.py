"""DOT of every kind of diagram, read and laid out by Graphviz."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

import pytest
from kinds import KINDS, SWIMLANES
from samples import SAMPLE

from playbook.formats.registry import FORMATS
from playbook.shapes.diagram import Diagram

SVG = "{http://www.w3.org/2000/svg}"
DIAGRAMS = {"sample": SAMPLE, **KINDS}


def read(diagram: Diagram) -> Any:
    pygraphviz = pytest.importorskip("pygraphviz", reason="pygraphviz has no wheel here")
    return pygraphviz.AGraph(string=FORMATS["dot"].write(diagram).decode())


@pytest.mark.parametrize("name", DIAGRAMS)
def test_it_is_read_and_drawn(name: str) -> None:
    diagram = DIAGRAMS[name]
    graph = read(diagram)
    assert {str(node) for node in graph.nodes()} == {node.id for node in diagram.nodes}
    assert {(str(one), str(other)) for one, other in graph.edges()} == {
        (edge.source, edge.target) for edge in diagram.edges
    }
    drawn = ET.fromstring(graph.draw(format="svg", prog="dot"))
    shown = " ".join("".join(element.itertext()) for element in drawn.iter(f"{SVG}text"))
    for text in (diagram.title, *(node.label for node in diagram.nodes), *(edge.label for edge in diagram.edges)):
        assert " ".join(text.split()) in shown


def test_lanes_are_clusters_from_left_to_right() -> None:
    graph = read(SWIMLANES)
    assert graph.graph_attr["rankdir"] == "LR"
    assert {cluster.name: {str(node) for node in cluster.nodes()} for cluster in graph.subgraphs()} == {
        f"cluster_{lane.id}": {node.id for node in SWIMLANES.nodes if node.lane == lane.id}
        for lane in SWIMLANES.lanes
    }


def test_what_a_shape_or_a_line_means_can_be_seen() -> None:
    graph = read(SWIMLANES)
    shapes = {str(node): graph.get_node(node).attr["shape"] for node in graph.nodes()}
    assert shapes["milestone.live"] == "cds"
    assert shapes["fork"] == "diamond"
    assert graph.get_node("fork").attr["label"] == "○"
    assert graph.get_node("ask").attr["label"] == "○\\nWhich of them?"
    assert graph.get_node("join").attr["label"] == "×"
    assert "dashed" in graph.get_node("step.sso").attr["style"]
    assert graph.get_edge("step.brief", "step.review").attr["penwidth"] == "3"
    assert graph.get_edge("step.review", "step.brief").attr["style"] == "dashed"
