"""The layout of swimlanes, measured: nothing overlaps, no arrow runs through a box, no text is cut off."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import HOSTILE, SAMPLE
from swimlane_samples import REFERENCE, chain, with_text

from playbook.compiler.compile import compile_paths
from playbook.formats.drawing import scene_of
from playbook.formats.layout import style
from playbook.formats.layout.measure import width
from playbook.formats.layout.scene import Group, Scene, Words
from playbook.formats.layout.swimlanes.compose import compose, paint
from playbook.formats.layout.swimlanes.geometry import Point, Rectangle, box_of, circle_of, corners, way_points
from playbook.formats.layout.swimlanes.labels import LONGEST
from playbook.formats.layout.swimlanes.links import Link
from playbook.formats.layout.swimlanes.plan import Drawn, Plan, plan
from playbook.shapes.diagram import Diagram, DiagramEdge, DiagramGroup, DiagramLane, DiagramNode
from playbook.views.subject import Subject
from playbook.views.swimlanes import diagram as swimlanes
from playbook.workspace import CompiledPlaybook, Workspace

ROOT = Path(__file__).resolve().parents[2]


@lru_cache(maxsize=1)
def shipped() -> dict[str, tuple[CompiledPlaybook, Workspace]]:
    folders = [ROOT / "playbooks", ROOT / "examples", ROOT / "src" / "playbook" / "templates"]
    return {
        playbook.name: (playbook, compiled.workspace)
        for compiled in compile_paths(folders, ROOT)
        for base in compiled.playbooks
        for playbook in (base, *base.variants)
    }


# -- what is measured ------------------------------------------------------------------------------


def mistakes(diagram: Diagram, made: Plan | None = None) -> Iterator[str]:
    """Everything that is wrong with the picture of a diagram."""
    made = made or plan(diagram)
    drawn_nodes = [id_ for drawn in made.bands for id_ in drawn.band.cell]
    if sorted(drawn_nodes) != sorted(node.id for node in diagram.nodes):
        yield f"not every node is drawn once: {drawn_nodes}"
    yield from missing_arrows(made)
    for drawn in made.bands:
        boxes = {id_: box_of(drawn.occupancy, drawn.coordinates, id_) for id_ in drawn.band.cell}
        yield from misplaced_boxes(drawn, boxes)
        ways = {n: corners(way_points(drawn.occupancy, drawn.coordinates, n)) for n in drawn.occupancy.ways}
        for number, points in ways.items():
            yield from wrong_way(drawn.occupancy.links[number], points, boxes)
        yield from shared_lines(drawn, ways)
        yield from covered_labels(drawn, boxes, ways)
    yield from cut_off_texts(paint(made))


def missing_arrows(made: Plan) -> Iterator[str]:
    ids = {node.id for node in made.diagram.nodes}
    arrows = {(link.source, link.target) for drawn in made.bands for link in drawn.occupancy.links}
    circles = [one for drawn in made.bands for one in drawn.connectors]
    ends = {(one.node, one.side, one.letter) for one in circles}
    letters = {one.letter for one in circles}
    for edge in made.diagram.edges:
        if not {edge.source, edge.target} <= ids or (edge.source, edge.target) in arrows:
            continue
        if not any({(edge.source, "out", a), (edge.target, "in", a)} <= ends for a in letters):
            yield f"no arrow from {edge.source} to {edge.target}"
    for drawn in made.bands:
        if set(drawn.occupancy.ways) != set(range(len(drawn.occupancy.links))):
            yield "an arrow has no way"


def overlap(one: Rectangle, other: Rectangle, slack: float = 0.01) -> bool:
    return (
        one[0] + slack < other[0] + other[2]
        and other[0] + slack < one[0] + one[2]
        and one[1] + slack < other[1] + other[3]
        and other[1] + slack < one[1] + one[3]
    )


def misplaced_boxes(drawn: Drawn, boxes: dict[str, Rectangle]) -> Iterator[str]:
    for (one, first), (other, second) in combinations(boxes.items(), 2):
        if overlap(first, second, -4):
            yield f"{one} and {other} are less than 4 points apart"
    coordinates = drawn.coordinates
    borders = [coordinates.y[mark] for mark in coordinates.borders]
    lanes = dict(zip(coordinates.lanes, pairwise(borders), strict=True))
    for id_, (x, y, wide, high) in boxes.items():
        top, bottom = lanes[drawn.band.lanes[drawn.band.cell[id_][1]]]
        if y < top + 2 or y + high > bottom - 2 or x < 0 or x + wide > coordinates.x[-1]:
            yield f"{id_} stands outside its lane"


def wrong_way(link: Link, points: list[Point], boxes: dict[str, Rectangle]) -> Iterator[str]:
    name = f"the arrow {link.source} → {link.target}"
    for node, (x, y) in ((link.source, points[0]), (link.target, points[-1])):
        left, top, wide, high = boxes[node]
        if not (left - 0.1 <= x <= left + wide + 0.1 and top - 0.1 <= y <= top + high + 0.1):
            yield f"{name} does not touch {node}"
    for (ax, ay), (bx, by) in pairwise(points):
        if abs(ax - bx) > 0.01 and abs(ay - by) > 0.01:
            yield f"{name} is slanted"
        stretch = (min(ax, bx) - 1, min(ay, by) - 1, abs(ax - bx) + 2, abs(ay - by) + 2)
        for id_, box in boxes.items():
            if id_ not in (link.source, link.target) and overlap(stretch, box):
                yield f"{name} runs through {id_}"
    for node, end, inner in ((link.source, points[0], points[1]), (link.target, points[-1], points[-2])):
        x, y, wide, high = boxes[node]
        if link.source != link.target and inside(inner, (x + 12, y + 1, wide - 24, high - 2)):
            yield f"{name} runs through {node} at {end}"


def inside(point: Point, box: Rectangle) -> bool:
    return box[0] < point[0] < box[0] + box[2] and box[1] < point[1] < box[1] + box[3]


def shared_lines(drawn: Drawn, ways: dict[int, list[Point]]) -> Iterator[str]:
    """Arrows with different sources and different targets never lie on each other; nor do different styles."""
    for (one, first), (other, second) in combinations(ways.items(), 2):
        a, b = drawn.occupancy.links[one], drawn.occupancy.links[other]
        if a.style == b.style and (a.source == b.source or a.target == b.target):
            continue
        for p, q in pairwise(first):
            for r, s in pairwise(second):
                if lies_on(p, q, r, s):
                    yield f"{a} lies on {b} at {p}"


def lies_on(p: Point, q: Point, r: Point, s: Point) -> bool:
    for axis in (0, 1):
        along = 1 - axis
        if max(abs(point[axis] - p[axis]) for point in (q, r, s)) < 0.5:
            low = max(min(p[along], q[along]), min(r[along], s[along]))
            high = min(max(p[along], q[along]), max(r[along], s[along]))
            if high - low > 0.1:
                return True
    return False


def covered_labels(drawn: Drawn, boxes: dict[str, Rectangle], ways: dict[int, list[Point]]) -> Iterator[str]:
    placed = [(label, label.box(drawn.coordinates)) for label in drawn.labels]
    circles = circles_of(drawn)
    for one, two in combinations(circles, 2):
        if overlap(one, two):
            yield "two circles overlap"
    for (one, first), (other, second) in combinations(placed, 2):
        if overlap(first, second):
            yield f"{one.text!r} and {other.text!r} overlap"
    for label, box in placed:
        if any(overlap(box, other) for other in (*boxes.values(), *circles)):
            yield f"{label.text!r} touches a box or a circle"
        for number, points in ways.items():
            link = drawn.occupancy.links[number]
            if link.text == label.owner.text and link.style == label.owner.style:
                continue
            for (ax, ay), (bx, by) in pairwise(points):
                if overlap(box, (min(ax, bx) - 0.1, min(ay, by) - 0.1, abs(ax - bx) + 0.2, abs(ay - by) + 0.2)):
                    yield f"{label.text!r} lies on the arrow {link.source} → {link.target}"


def circles_of(drawn: Drawn) -> list[Rectangle]:
    places = [
        circle_of(drawn.occupancy, drawn.coordinates, one.node, one.side, one.letter) for one in drawn.connectors
    ]
    return [(x - 7, y - 7, 14.0, 14.0) for x, y in places]


def cut_off_texts(scene: Scene) -> Iterator[str]:
    for mark in scene.marks():
        if isinstance(mark, Words) and not in_page(mark, scene):
            yield f"{mark.text!r} is cut off"
    for item in scene.items:
        if isinstance(item, Group):
            yield from texts_beyond(item)


def extent(words: Words) -> tuple[float, float]:
    wide = width(words.text, words.size, bold=words.bold)
    left = words.x - {"start": 0, "middle": wide / 2, "end": wide}[words.anchor]
    return left, left + wide


def in_page(words: Words, scene: Scene) -> bool:
    left, right = extent(words)
    return left >= 0 and right <= scene.width + 0.5 and words.size <= words.y <= scene.height - 2


def texts_beyond(group: Group) -> Iterator[str]:
    """Texts that reach beyond the outline of their box."""
    outline = group.marks[0]
    if hasattr(outline, "points"):
        xs, ys = [x for x, _ in outline.points], [y for _, y in outline.points]
        box = (min(xs), min(ys), max(xs), max(ys))
    else:
        box = (outline.x, outline.y, outline.x + outline.width, outline.y + outline.height)  # type: ignore[union-attr]
    for mark in group.marks:
        if isinstance(mark, Words):
            left, right = extent(mark)
            one_letter = len(mark.text) == 1
            if not one_letter and (left < box[0] + 2 or right > box[2] - 2):
                yield f"{mark.text!r} is wider than {group.id}"
            if mark.y - mark.size * 0.75 < box[1] or mark.y > box[3]:
                yield f"{mark.text!r} is beyond {group.id}"


# -- all that is shipped ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", shipped())
@pytest.mark.parametrize("lanes", ["team", "role"])
def test_shipped_playbooks(name: str, lanes: str) -> None:
    playbook, workspace = shipped()[name]
    diagram = swimlanes(Subject(playbook, workspace, lanes=lanes))  # type: ignore[arg-type]
    made = plan(diagram)
    assert list(mistakes(diagram, made)) == []
    scene = paint(made)
    if len(made.bands) > 1:
        assert 1.0 <= scene.width / scene.height <= 2.2
    elif scene.width > 1100:
        assert scene.width / scene.height <= 2.2
    assert all(words_shown(edge.label, scene) for edge in diagram.edges)


def words_shown(label: str, scene: Scene) -> bool:
    shown = "".join("".join(mark.text.split()) for mark in scene.marks() if isinstance(mark, Words))
    return "".join(label.split()) in shown


# -- the reference -----------------------------------------------------------------------------------


def test_the_reference() -> None:
    assert (len(REFERENCE.nodes), len(REFERENCE.groups), len(REFERENCE.lanes)) == (40, 7, 6)
    made = plan(REFERENCE)
    assert list(mistakes(REFERENCE, made)) == []
    scene = paint(made)
    assert 1.2 <= scene.width / scene.height <= 2.0
    assert len(made.bands) == 3
    assert not made.notes
    # Lanes that have nothing in a band are left out of it.
    assert [len(drawn.coordinates.lanes) for drawn in made.bands] == [5, 4, 5]
    # No stage is torn apart, and few arrows cross each other.
    assert sorted(head.stage for drawn in made.bands for head in drawn.heads) == list(range(7))
    assert sum(drawn.occupancy.crossings(n) for drawn in made.bands for n in drawn.occupancy.ways) <= 16


def test_handoffs_stand_out() -> None:
    scene = compose(REFERENCE)
    thick = [mark for mark in scene.marks() if getattr(mark, "line", 0) > 2 and hasattr(mark, "points")]
    assert thick
    tags = [mark for mark in scene.marks() if isinstance(mark, Words) and mark.color == style.PAPER]
    assert "Success" in " ".join(mark.text for mark in tags)


def test_nodes_are_groups_with_a_name() -> None:
    groups = [item for item in compose(REFERENCE).items if isinstance(item, Group)]
    assert {group.id for group in groups} == {node.id for node in REFERENCE.nodes}
    assert {group.title for group in groups} == {node.label for node in REFERENCE.nodes}


# -- any diagram at all ------------------------------------------------------------------------------

_LABELS = st.sampled_from(
    (
        "Do it",
        "Write the brief",
        "A label that is long enough to be wrapped twice or more",
        "x" * 80,
        "客户成功",
        "",
    )
)
_TEXTS = st.sampled_from(("", "", "", "no", "a longer condition than most", "word " * 30))
_SHAPES = st.sampled_from(
    (
        "step",
        "step",
        "step",
        "exclusive_gate",
        "inclusive_gate",
        "parallel_gate",
        "milestone",
        "start",
        "end",
        "elsewhere",
    )
)
_KINDS = st.sampled_from(("sequence", "sequence", "condition", "rework", "overlap", "handoff"))


@st.composite
def diagrams(draw: st.DrawFn) -> Diagram:
    """Nodes with and without stage and lane, arrows anywhere: on, back, to themselves, twice."""
    groups = tuple(DiagramGroup(f"g{n}", draw(_LABELS)) for n in range(draw(st.integers(0, 4))))
    lanes = tuple(DiagramLane(f"l{n}", draw(_LABELS)) for n in range(draw(st.integers(0, 4))))
    nodes = []
    for number in range(draw(st.integers(0, 14))):
        group = draw(st.sampled_from([None, *(each.id for each in groups)]))
        lane = draw(st.sampled_from([None, *(each.id for each in lanes)]))
        details = draw(st.lists(st.sampled_from(("Owner", "5 days after kickoff")), max_size=2))
        nodes.append(
            DiagramNode(f"n{number}", draw(_LABELS), draw(_SHAPES), group, tuple(details), lane=lane)  # type: ignore[arg-type]
        )
    edges = []
    if nodes:
        ids = st.sampled_from([node.id for node in nodes])
        for _ in range(draw(st.integers(0, 18))):
            edges.append(DiagramEdge(draw(ids), draw(ids), draw(_TEXTS), draw(_KINDS)))  # type: ignore[arg-type]
    return Diagram("random", "Random", tuple(nodes), tuple(edges), groups, lanes=lanes, kind="swimlanes")


@settings(max_examples=60, deadline=None)
@given(diagrams())
def test_random_diagrams(diagram: Diagram) -> None:
    assert list(mistakes(diagram)) == []


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts(text: str) -> None:
    diagram = with_text(text)
    assert list(mistakes(diagram)) == []
    if len(" ".join(text.split())) <= LONGEST:
        assert words_shown(text, compose(diagram))


def test_a_diagram_that_was_made_for_another_layout() -> None:
    assert list(mistakes(SAMPLE)) == []


def test_nothing_at_all() -> None:
    scene = compose(Diagram("d", "Empty", (), (), kind="swimlanes"))
    assert scene.width > 0
    assert scene.height > 0


def test_a_stage_without_steps_is_shown() -> None:
    groups = (DiagramGroup("a", "1. First"), DiagramGroup("b", "2. Nothing yet"))
    scene = compose(Diagram("d", "D", (DiagramNode("n", "Do", "step", "a"),), (), groups, kind="swimlanes"))
    assert words_shown("2. Nothing yet", scene)


@pytest.mark.parametrize("many", [2, 6, 12, 40])
def test_long_chains_are_wrapped(many: int) -> None:
    diagram = chain(many)
    assert list(mistakes(diagram)) == []
    scene = compose(diagram)
    if many > 6:
        assert 1.0 <= scene.width / scene.height <= 2.2


def test_two_hundred_steps() -> None:
    diagram = chain(200, lanes=6, stages=14)
    assert [mistake for mistake in mistakes(diagram) if "→" in mistake or "overlap" in mistake] == []


# -- the same on every machine -------------------------------------------------------------------------


def test_the_same_with_any_hash_seed() -> None:
    code = (
        "from swimlane_samples import REFERENCE; from playbook.formats.layout.swimlanes.compose import compose;"
        "from playbook.formats.svg import svg_text; import hashlib;"
        "print(hashlib.sha256(svg_text(compose(REFERENCE)).encode()).hexdigest())"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "7")
    }
    assert len(answers) == 1


def test_drawing_chooses_the_layout_and_remembers() -> None:
    assert scene_of(REFERENCE) is scene_of(REFERENCE)
    assert re.match("Swimlanes; lanes: Customer, Sales", scene_of(REFERENCE).description)
