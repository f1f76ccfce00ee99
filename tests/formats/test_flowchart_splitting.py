"""Diagrams over Mermaid's limits: every part can be drawn, and nothing is lost between them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kinds import SWIMLANES, large
from samples import SAMPLE

from playbook.formats import mermaid
from playbook.formats.flowchart.chart import chart_lines
from playbook.formats.flowchart.splitting import MOST_CHARACTERS, MOST_EDGES, charts_of
from playbook.formats.flowchart.text import length
from playbook.shapes.diagram import Diagram, DiagramEdge, DiagramGroup, DiagramNode


def assert_drawn_and_whole(diagram: Diagram) -> None:
    """Each part is within the limits; each node and each arrow is in one of them at least."""
    charts = charts_of(diagram)
    for part in charts.parts:
        assert len(part.edges) <= MOST_EDGES
        assert length("\n".join(chart_lines(part))) <= MOST_CHARACTERS
        ids = [node.id for node in part.nodes]
        assert len(set(ids)) == len(ids)
        assert {end for edge in part.edges for end in (edge.source, edge.target)} <= set(ids)
    own = {node.id for part in charts.parts for node in part.nodes if node.shape != "elsewhere"}
    assert own >= {node.id for node in diagram.nodes if node.shape != "elsewhere"}
    edges = {(edge.source, edge.target, edge.kind) for part in charts.parts for edge in part.edges}
    assert edges >= {(edge.source, edge.target, edge.kind) for edge in diagram.edges}
    assert bool(charts.note) == (charts.parts != (diagram,))
    assert len({part.title for part in charts.parts}) == len(charts.parts)
    assert length(mermaid.write(diagram).decode()) <= MOST_CHARACTERS


def test_what_fits_is_left_as_it_is() -> None:
    assert charts_of(SAMPLE).parts == (SAMPLE,)
    assert charts_of(SAMPLE).note == ""
    exactly = replace(SAMPLE, edges=SAMPLE.edges * 50)
    assert len(exactly.edges) == MOST_EDGES
    assert charts_of(exactly).parts == (exactly,)
    assert len(charts_of(replace(exactly, edges=(*exactly.edges, SAMPLE.edges[0]))).parts) > 1


def test_the_stages_come_first_then_runs_of_stages() -> None:
    charts = charts_of(large(12, 60))
    stages, *others = charts.parts
    assert [node.label for node in stages.nodes if node.shape == "stage"] == [f"{n}. Stage" for n in range(1, 13)]
    assert stages.nodes[0].shape == "start"
    assert stages.nodes[1].details == ("60 steps",)
    assert [part.title for part in others] == [
        "Large: 1. Stage to 6. Stage",
        "Large: 7. Stage to 12. Stage",
    ]
    (before,) = [node for node in others[1].nodes if node.shape == "elsewhere"]
    assert before.details == ("6. Stage",)
    assert "It is given in 3 parts" in charts.note
    assert "733" in charts.note


@pytest.mark.parametrize(
    "diagram",
    [
        large(12, 60),
        large(1, 900),
        large(600, 2),
        large(3, 40, "word " * 200),
        large(2, 3, "word " * 20_000),
        replace(large(12, 60), groups=()),
        replace(SAMPLE, title="title " * 20_000, notes=("note " * 20_000, "another")),
        replace(SAMPLE, groups=tuple(DiagramGroup(g.id, g.label, ("criterion",) * 9_000) for g in SAMPLE.groups)),
        replace(SWIMLANES, edges=SWIMLANES.edges * 60),
    ],
    ids=["stages", "one stage", "many stages", "long", "very long", "no stages", "title", "criteria", "lanes"],
)
def test_large_ones(diagram: Diagram) -> None:
    assert_drawn_and_whole(diagram)


def test_a_node_with_more_arrows_than_can_be_drawn() -> None:
    nodes = (DiagramNode("hub", "Hub", "step"), *(DiagramNode(f"s{n}", f"Step {n}", "step") for n in range(1300)))
    assert_drawn_and_whole(Diagram("n", "Star", nodes, tuple(DiagramEdge("hub", node.id) for node in nodes[1:])))


def test_long_texts_are_cut_only_if_need_be_and_that_is_said() -> None:
    assert "cut" not in charts_of(large(12, 60)).note
    assert "cut" in charts_of(large(2, 3, "word " * 20_000)).note


@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_any_diagram(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 60))
    ids = [f"n{number}" for number in range(count)]
    groups = tuple(DiagramGroup(f"g{number}", f"G{number}") for number in range(data.draw(st.integers(0, 5))))
    places: st.SearchStrategy[str | None] = st.sampled_from([None, *(group.id for group in groups)])
    words = "a ü 字 # " * data.draw(st.integers(1, 300))
    nodes = tuple(DiagramNode(id_, words, "step", data.draw(places)) for id_ in ids)
    ends = st.tuples(st.sampled_from(ids), st.sampled_from(ids))
    repeated = data.draw(st.integers(1, 20))
    edges = tuple(DiagramEdge(*pair) for pair in data.draw(st.lists(ends, max_size=60))) * repeated
    assert_drawn_and_whole(Diagram("n", "T", nodes, edges, groups))
