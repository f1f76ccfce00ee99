"""The layout of trees, measured: no card touches another, no line runs through one, no text is cut off."""

from __future__ import annotations

import pytest
from drawn_scenes import cards, crossed, overlapping, text_area, text_mistakes
from drawn_scenes import inside as is_inside
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import HOSTILE

from playbook.formats.layout.scene import Box, Group, Scene, Words
from playbook.formats.layout.tree import compose
from playbook.shapes.diagram import Diagram, DiagramEdge, DiagramNode
from playbook.views.kpis import diagram
from subjects import shipped


def mistakes(scene: Scene) -> list[str]:
    found = [*text_mistakes(scene), *overlapping(cards(scene)), *crossed(scene, cards(scene).values())]
    areas = cards(scene)
    for item in scene.items:
        if isinstance(item, Group):
            for mark in item.marks:
                if isinstance(mark, Words) and not is_inside(text_area(mark), areas[item.id]):
                    found.append(f"{mark.text!r} leaves its card")
    return found


@pytest.mark.parametrize("name", shipped())
def test_trees_of_shipped_playbooks_have_no_mistakes(name: str) -> None:
    scene = compose(diagram(shipped()[name]))
    assert mistakes(scene) == []
    tree = diagram(shipped()[name]).nodes
    if len(tree) > 6:
        assert 1.0 <= scene.width / scene.height <= 2.2


@st.composite
def diagrams(draw: st.DrawFn) -> Diagram:
    """Trees, forests, and what is none: circles, cards with two parents, edges that lead nowhere."""
    shapes = st.sampled_from(("outcome", "milestone", "kpi", "kpi", "stage"))
    labels = st.sampled_from(
        ("Short", "A label that needs two lines or even three of them", "x" * 60, "", "客户成功")
    )
    details = st.lists(st.sampled_from(("Owner: Success Manager", "No target yet", "y" * 50)), max_size=4)
    nodes = [
        DiagramNode(
            f"n{number}", draw(labels), draw(shapes), details=tuple(draw(details)), dashed=draw(st.booleans())
        )
        for number in range(draw(st.integers(0, 24)))
    ]
    edges = []
    for number in range(1, len(nodes)):
        if draw(st.integers(0, 9)):
            edges.append(DiagramEdge(f"n{draw(st.integers(0, number - 1))}", f"n{number}"))
    for _ in range(draw(st.integers(0, 2)) if nodes else 0):
        ends = st.sampled_from([node.id for node in nodes] + ["nowhere"])
        edges.append(DiagramEdge(draw(ends), draw(ends)))
    return Diagram("random", draw(labels), tuple(nodes), tuple(edges), notes=("A note.",), kind="tree")


@settings(max_examples=120, deadline=None)
@given(diagrams())
def test_any_tree_can_be_drawn_without_mistakes(tree: Diagram) -> None:
    scene = compose(tree)
    assert mistakes(scene) == []
    assert set(cards(scene)) == {node.id for node in tree.nodes}
    assert compose(tree) == scene


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_stay_in_their_cards(name: str) -> None:
    text = HOSTILE[name]
    nodes = (
        DiagramNode("outcome", text, "outcome", details=(text,)),
        DiagramNode("m", text, "milestone", details=(text, text)),
        DiagramNode("k", text, "kpi", details=(text,)),
    )
    edges = (DiagramEdge("outcome", "m"), DiagramEdge("m", "k"))
    assert mistakes(compose(Diagram("t", text, nodes, edges, notes=(text,), kind="tree"))) == []


def test_many_kpis_of_a_milestone_stand_in_a_block_with_one_line_to_it() -> None:
    nodes = [DiagramNode("outcome", "Outcome", "outcome"), DiagramNode("m", "Milestone", "milestone")]
    nodes += [DiagramNode(f"k{number}", f"KPI {number}", "kpi") for number in range(20)]
    edges = [DiagramEdge("outcome", "m"), *(DiagramEdge("m", f"k{number}") for number in range(20))]
    scene = compose(Diagram("t", "Tree", tuple(nodes), tuple(edges), kind="tree"))
    columns = {area[0] for id_, area in cards(scene).items() if id_.startswith("k")}
    assert len(columns) > 1
    frames = [item for item in scene.items if isinstance(item, Box)]
    assert len(frames) == 2  # the page and the block
    assert 1.0 <= scene.width / scene.height <= 2.2
