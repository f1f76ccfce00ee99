"""The journey map's layout, measured: nothing overlaps, no arrow runs through a box, no text is cut off."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import HOSTILE, SAMPLE, hostile_diagram

from playbook.formats.layout import style
from playbook.formats.layout.compose import Arranged, arrange, compose
from playbook.formats.layout.measure import width, wrap
from playbook.formats.layout.scene import Words
from playbook.shapes.diagram import Diagram, DiagramEdge, DiagramGroup, DiagramNode
from playbook.views.journey import diagram
from subjects import shipped

ROOT = Path(__file__).resolve().parents[2]
Rectangle = tuple[float, float, float, float]


def journeys() -> dict[str, Diagram]:
    return {name: diagram(subject) for name, subject in shipped().items()}


SHIPPED = journeys()


@st.composite
def diagrams(draw: st.DrawFn) -> Diagram:
    """Stages with steps, arrows anywhere: on, across, back, past several stages, to the ends."""
    groups = [DiagramGroup(f"g{n}", draw(_labels)) for n in range(draw(st.integers(0, 6)))]
    nodes = [DiagramNode("start", "Start", "start"), DiagramNode("end.a", "Done", "end", tone="success")]
    for group in groups:
        for n in range(draw(st.integers(0, 12))):
            shape = draw(st.sampled_from(("step", "step", "step", "exclusive_gate", "parallel_gate")))
            nodes.append(DiagramNode(f"{group.id}.n{n}", draw(_labels), shape, group.id, tuple(draw(_details))))  # type: ignore[arg-type]
    ids = [node.id for node in nodes]
    edges = []
    for group in groups:
        chain = [node.id for node in nodes if node.group == group.id]
        edges += [DiagramEdge(a, b) for a, b in pairwise(chain) if draw(st.booleans())]
    for _ in range(draw(st.integers(0, 14))):
        kind = draw(st.sampled_from(("sequence", "condition", "rework", "overlap")))
        source, target = draw(st.sampled_from(ids)), draw(st.sampled_from(ids))
        if source != target:
            edges.append(
                DiagramEdge(source, target, draw(st.sampled_from(("", "no", "a much longer condition"))), kind)
            )  # type: ignore[arg-type]
    return Diagram("random", "Random", tuple(nodes), tuple(dict.fromkeys(edges)), tuple(groups))


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
_details = st.lists(st.sampled_from(("Owner", "5 days after kickoff", "if account.plan == 'x'")), max_size=3)


def overlap(one: Rectangle, other: Rectangle, slack: float = 0.5) -> bool:
    return (
        one[0] + slack < other[0] + other[2]
        and other[0] + slack < one[0] + one[2]
        and one[1] + slack < other[1] + other[3]
        and other[1] + slack < one[1] + one[3]
    )


def mistakes(diagram: Diagram) -> Iterator[str]:
    arranged = arrange(diagram)
    boxes = {id_: arranged.geometry.box(cell) for id_, cell in arranged.cells.items()}
    yield from misplaced(arranged, boxes)
    lines = []
    for route in arranged.routes.routes:
        ends = {route.edge.source, route.edge.target}
        for (ax, ay), (bx, by) in pairwise(arranged.geometry.points(route)):
            if abs(ax - bx) > 0.01 and abs(ay - by) > 0.01:
                yield f"the arrow {ends} is not level"
            stretch = (min(ax, bx), min(ay, by), abs(ax - bx) or 0.02, abs(ay - by) or 0.02)
            for id_, box in boxes.items():
                # An arrow starts on the slanted side of a gate, within the rectangle around it.
                edge = 14 if id_ in (route.edge.source, route.edge.target) else 1
                if overlap(stretch, (box[0] + edge, box[1] + 1, box[2] - 2 * edge, box[3] - 2), 0.0):
                    yield f"the arrow {ends} runs through {id_}"
            lines.append((route, (ax, ay), (bx, by)))
    yield from shared_lines(lines)


def misplaced(arranged: Arranged, boxes: dict[str, Rectangle]) -> Iterator[str]:
    for (one, first), (other, second) in combinations(boxes.items(), 2):
        if overlap(first, second):
            yield f"{one} and {other} overlap"
    stages = [block for block in arranged.blocks if block.group is not None]
    for first, second in combinations([arranged.geometry.frame(block) for block in stages], 2):
        if overlap(first, second):
            yield "two stages overlap"
    for block in stages:
        x, y, wide, high = arranged.geometry.frame(block)
        for cell in (cell for column in block.columns for cell in column):
            left, top, w, h = boxes[cell.node.id]
            if left < x or top < y + block.head - 0.5 or left + w > x + wide or top + h > y + high:
                yield f"{cell.node.id} stands outside its stage"


def shared_lines(lines: list[tuple[object, tuple[float, float], tuple[float, float]]]) -> Iterator[str]:
    """Stretches of different arrows on top of each other, unless they branch from or join one trunk."""
    for (one, a, b), (other, c, d) in combinations(lines, 2):
        if one is other or one.source is other.source or one.target is other.target:  # type: ignore[attr-defined]
            continue
        for axis in (0, 1):
            level = all(abs(point[axis] - a[axis]) < 0.5 for point in (b, c, d))
            along = 1 - axis
            low = max(min(a[along], b[along]), min(c[along], d[along]))
            high = min(max(a[along], b[along]), max(c[along], d[along]))
            # Within a crowded gutter two arrows may meet for a moment; along boxes they never do.
            if level and high - low > style.GUTTER:
                where = f"at {a[axis]:.0f} from {low:.0f} to {high:.0f}"
                yield f"{one.edge} and {other.edge} run on each other {where}"  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_journeys(name: str) -> None:
    assert list(mistakes(SHIPPED[name])) == []
    scene = compose(SHIPPED[name])
    # A short journey may be a strip; a long one fills a screen or a sheet.
    assert 0.4 <= scene.width / scene.height <= (2.4 if len(SHIPPED[name].nodes) > 15 else 3)


def test_sample() -> None:
    assert list(mistakes(SAMPLE)) == []


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_labels(text: str) -> None:
    assert list(mistakes(hostile_diagram(text))) == []


@settings(max_examples=150, deadline=None)
@given(diagrams())
def test_random_journeys(diagram: Diagram) -> None:
    assert list(mistakes(diagram)) == []
    assert compose(diagram).items == compose(diagram).items


@pytest.mark.parametrize("name", SHIPPED)
def test_text_stays_on_the_page(name: str) -> None:
    scene = compose(SHIPPED[name])
    for item in scene.marks():
        if isinstance(item, Words):
            wide = width(item.text, item.size, bold=item.bold)
            left = item.x - {"start": 0, "middle": wide / 2, "end": wide}[item.anchor]
            assert left >= 0, item
            assert left + wide <= scene.width + 0.5, item
            assert 0 < item.y < scene.height


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
