"""The layout of journey maps and overviews, measured: nothing overlaps, no arrow runs through a box, no text is
cut off, and the picture fills a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from samples import HOSTILE, SAMPLE, hostile_diagram

from playbook.formats.layout import style
from playbook.formats.layout.cells import GATES, exit_rectangles
from playbook.formats.layout.compose import Arranged, arrange, compose
from playbook.formats.layout.measure import width, wrap
from playbook.formats.layout.routes import Route
from playbook.formats.layout.scene import Box, Group, Scene, Shape, Words
from playbook.shapes.diagram import Diagram, DiagramEdge, DiagramGroup, DiagramNode, NodeShape
from playbook.views.journey import diagram as journey
from playbook.views.overview import diagram as overview
from subjects import shipped

Rectangle = tuple[float, float, float, float]
Point = tuple[float, float]


def drawn() -> dict[str, Diagram]:
    """The journey maps and overviews of all playbooks and variants that come with this project."""
    found = {}
    for subject in shipped().values():
        for playbook in (subject.playbook, *subject.playbook.variants):
            for view in (journey, overview):
                diagram = view(replace(subject, playbook=playbook))
                found[diagram.name] = diagram
    return found


SHIPPED = drawn()


# -- diagrams of any kind ----------------------------------------------------------------------------

_labels = st.sampled_from(
    (
        "Do it",
        "Write the brief",
        "A label that is long enough to be wrapped twice or more",
        "x" * 80,
        "客户成功",
        "",
    )
)
_details = st.lists(st.sampled_from(("Owner", "5 days after kickoff", "if the plan is x", "– an item")), max_size=3)
_texts = st.sampled_from(("", "no", "rejected", "if the size of the company is above 1,000 and it is known"))
_shapes: st.SearchStrategy[NodeShape] = st.sampled_from(
    ("step", "step", "step", "exclusive_gate", "inclusive_gate", "parallel_gate", "milestone", "elsewhere")
)


@st.composite
def diagrams(draw: st.DrawFn) -> Diagram:
    """Stages with steps, arrows anywhere: on, across, back, past several stages, to the ends."""
    groups = [DiagramGroup(f"g{n}", draw(_labels), tuple(draw(_details))) for n in range(draw(st.integers(0, 6)))]
    nodes = [DiagramNode("start", "Start", "start"), DiagramNode("end.a", "Done", "end", tone="success")]
    nodes += [DiagramNode("end.b", "Stopped", "end", tone="stop"), DiagramNode("before", "Before", "elsewhere")]
    for n in range(draw(st.integers(0, 4))):
        nodes.append(DiagramNode(f"stage{n}", draw(_labels), "stage", None, ("A goal", "Steps: 4", "Due: 5 days")))
    for group in groups:
        for n in range(draw(st.integers(0, 12))):
            nodes.append(
                DiagramNode(f"{group.id}.n{n}", draw(_labels), draw(_shapes), group.id, tuple(draw(_details)))
            )
    # Nothing leads to a start, and from an end nothing leads on.
    sources = [node.id for node in nodes if node.shape != "end"]
    targets = [node.id for node in nodes if node.id not in ("start", "before")]
    edges = []
    for group in groups:
        chain = [node.id for node in nodes if node.group == group.id]
        edges += [DiagramEdge(a, b) for a, b in pairwise(chain) if draw(st.booleans())]
    for _ in range(draw(st.integers(0, 14))):
        kind = draw(st.sampled_from(("sequence", "condition", "rework", "overlap", "handoff")))
        source, target = draw(st.sampled_from(sources)), draw(st.sampled_from(targets))
        edges.append(DiagramEdge(source, target, draw(_texts), kind))  # type: ignore[arg-type]
    return Diagram("random", "Random", tuple(nodes), tuple(dict.fromkeys(edges)), tuple(groups))


# -- measuring -----------------------------------------------------------------------------------------


def overlap(one: Rectangle, other: Rectangle, slack: float = 0.5) -> bool:
    return (
        one[0] + slack < other[0] + other[2]
        and other[0] + slack < one[0] + one[2]
        and one[1] + slack < other[1] + other[3]
        and other[1] + slack < one[1] + one[3]
    )


def mistakes(diagram: Diagram, touch: float = 1.0) -> Iterator[str]:
    arranged = arrange(diagram)
    boxes = {id_: arranged.geometry.box(cell) for id_, cell in arranged.cells.items()}
    for id_, cell in arranged.cells.items():
        boxes |= {f"{id_} tag {n}": tag for n, tag in enumerate(exit_rectangles(cell, boxes[id_]))}
    yield from misplaced(arranged, boxes)
    lines: list[tuple[Route, Point, Point]] = []
    for route in arranged.routes:
        ends = (route.source.node.id, route.target.node.id)
        for (ax, ay), (bx, by) in pairwise(arranged.geometry.points(route)):
            if abs(ax - bx) > 0.01 and abs(ay - by) > 0.01:
                yield f"the arrow {ends} is not level"
            stretch = (min(ax, bx), min(ay, by), abs(ax - bx) or 0.02, abs(ay - by) or 0.02)
            yield from run_through(arranged, boxes, stretch, ends)
            lines.append((route, (ax, ay), (bx, by)))
    yield from shared_lines(lines, touch)
    yield from covered_texts(arranged, boxes, lines)


def run_through(
    arranged: Arranged, boxes: dict[str, Rectangle], stretch: Rectangle, ends: tuple[str, str]
) -> Iterator[str]:
    for id_, (x, y, wide, high) in boxes.items():
        # An arrow starts on the slanted side of a gate, within the rectangle around it.
        edge = wide / 2 - 1 if id_ in ends and arranged.cells[id_].node.shape in GATES else 1
        edge = min(edge, 14)
        if overlap(stretch, (x + edge, y + 1, wide - 2 * edge, high - 2), 0.0):
            yield f"the arrow {ends} runs through {id_}"
    own = {arranged.cells[id_].block for id_ in ends}
    for block in arranged.blocks:
        if block.framed and block.index not in own and overlap(stretch, arranged.geometry.frame(block), 0.0):
            yield f"the arrow {ends} runs through the stage {block.title}"


def misplaced(arranged: Arranged, boxes: dict[str, Rectangle]) -> Iterator[str]:
    for (one, first), (other, second) in combinations(boxes.items(), 2):
        if overlap(first, second):
            yield f"{one} and {other} overlap"
    stages = [block for block in arranged.blocks if block.framed]
    for first, second in combinations([arranged.geometry.frame(block) for block in stages], 2):
        if overlap(first, second):
            yield "two stages overlap"
    for block in stages:
        x, y, wide, high = arranged.geometry.frame(block)
        for cell in (cell for column in block.columns for cell in column):
            left, top, w, h = boxes[cell.node.id]
            if left < x or top < y + block.head - 0.5 or left + w > x + wide or top + cell.footprint > y + high:
                yield f"{cell.node.id} stands outside its stage"
            assert h <= cell.footprint


def shared_lines(lines: list[tuple[Route, Point, Point]], touch: float) -> Iterator[str]:
    """Stretches of different arrows on top of each other, unless they branch from or join one trunk."""
    for (one, a, b), (other, c, d) in combinations(lines, 2):
        if one is other or one.source is other.source or one.target is other.target:
            continue
        for axis in (0, 1):
            level = all(abs(point[axis] - a[axis]) < 0.5 for point in (b, c, d))
            along = 1 - axis
            low = max(min(a[along], b[along]), min(c[along], d[along]))
            high = min(max(a[along], b[along]), max(c[along], d[along]))
            if level and high - low > touch:
                where = f"at {a[axis]:.0f} from {low:.0f} to {high:.0f}"
                yield f"{one.link} and {other.link} run on each other {where}"


def covered_texts(
    arranged: Arranged, boxes: dict[str, Rectangle], lines: list[tuple[Route, Point, Point]]
) -> Iterator[str]:
    """Texts of arrows that lie on a box, on each other or on another arrow."""
    placed = [(arranged.routes[number], place) for number, place in arranged.texts.items()]
    for (one, first), (other, second) in combinations(placed, 2):
        if overlap(first, second) and one.link.edge != other.link.edge:
            yield f"the texts of {one.link} and {other.link} lie on each other"
    for route, place in placed:
        for id_, box in boxes.items():
            if overlap(place, box):
                yield f"the text of {route.link} lies on {id_}"
        for other, (ax, ay), (bx, by) in lines:
            stretch = (min(ax, bx), min(ay, by), abs(ax - bx), abs(ay - by))
            if other is not route and overlap(place, stretch):
                yield f"the text of {route.link} lies on {other.link}"


def cut_off(scene: Scene) -> Iterator[str]:
    """Texts that reach over the page, or over the outline of what they stand in."""
    for words in scene.marks():
        if isinstance(words, Words):
            left, right = reach(words)
            if left < -0.5 or right > scene.width + 0.5 or not 0 < words.y < scene.height:
                yield f"{words.text} is not on the page"
    for group in scene.items:
        if isinstance(group, Group):
            outlines = [outline for mark in group.marks if (outline := around(mark)) is not None]
            for words in group.marks:
                if isinstance(words, Words) and len(words.text) > 1 and not within(words, outlines):
                    yield f"{words.text} is cut off in {group.id}"


def reach(words: Words) -> tuple[float, float]:
    wide = width(words.text, words.size, bold=words.bold)
    left = words.x - {"start": 0, "middle": wide / 2, "end": wide}[words.anchor]
    return left, left + wide


def around(mark: object) -> Rectangle | None:
    if isinstance(mark, Box):
        return mark.x, mark.y, mark.width, mark.height
    if isinstance(mark, Shape):
        xs, ys = [x for x, _ in mark.points], [y for _, y in mark.points]
        return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
    return None


def within(words: Words, outlines: list[Rectangle]) -> bool:
    left, right = reach(words)
    return any(
        x - 0.5 <= left and right <= x + wide + 0.5 and y < words.y - words.size * 0.7 and words.y < y + high
        for x, y, wide, high in outlines
    )


# -- tests ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_diagrams(name: str) -> None:
    diagram = SHIPPED[name]
    assert list(mistakes(diagram)) == []
    scene = compose(diagram)
    assert list(cut_off(scene)) == []
    # A short journey may be a strip; a long one fills a screen or a sheet.
    assert 1 <= scene.width / scene.height <= (2.2 if len(diagram.nodes) > 8 else 4)


def test_sample() -> None:
    assert list(mistakes(SAMPLE)) == []


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_labels(text: str) -> None:
    diagram = hostile_diagram(text)
    assert list(mistakes(diagram)) == []
    assert list(cut_off(compose(diagram))) == []


# Making a failing diagram smaller would take minutes.
@settings(max_examples=60, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(diagrams())
def test_random_journeys(diagram: Diagram) -> None:
    # In a crowded gutter two arrows may meet for a moment; along boxes they never do.
    assert list(mistakes(diagram, touch=style.GUTTER)) == []
    scene = compose(diagram)
    assert list(cut_off(scene)) == []
    assert scene.items == compose(diagram).items
    drawn = {item.id for item in scene.items if isinstance(item, Group)}
    early = {each.end.id for cell in arrange(diagram).cells.values() for each in cell.exits}
    early |= {node.id for node in diagram.nodes if node.shape == "end"}
    assert {node.id for node in diagram.nodes} <= drawn | early


def test_many_steps_beside_each_other_do_not_make_a_ribbon() -> None:
    nodes = tuple(DiagramNode(f"s{n}", f"Step number {n}", "step", "only") for n in range(10))
    diagram = Diagram("d", "Unordered", nodes, (), (DiagramGroup("only", "1. Only"),))
    assert list(mistakes(diagram)) == []
    scene = compose(diagram)
    assert scene.width / scene.height < 2.4


@given(st.text(max_size=200), st.floats(20, 300))
def test_wrapped_lines_fit_and_lose_nothing(text: str, limit: float) -> None:
    lines = wrap(text, style.LABEL, limit)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert width(line, style.LABEL) <= limit or len(line) == 1 or not line.strip()
