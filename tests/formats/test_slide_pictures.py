"""Pictures on slides, measured: their smallest type can be read, and they take the form of the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

import pytest
from swimlane_samples import REFERENCE, chain

from playbook.formats.drawing import Drawable, scene_of
from playbook.formats.layout import style
from playbook.formats.layout.notes import add_notes, notes_height
from playbook.formats.layout.pages.flow import pages_of
from playbook.formats.layout.pages.look import DECK, PAPER, Look
from playbook.formats.layout.pages.page import Page, PictureBlock
from playbook.formats.layout.pages.picture import picture_of
from playbook.formats.layout.scene import Scene, Words
from playbook.formats.layout.swimlanes.geometry import box_of, corners, way_points
from playbook.formats.layout.swimlanes.placing import placed
from playbook.formats.layout.swimlanes.plan import plan
from playbook.shapes.diagram import Diagram, DiagramEdge, DiagramLane, DiagramNode
from playbook.shapes.document import Document
from playbook.views.registry import VIEWS
from subjects import shipped

REVIEWED = ("customer_onboarding", "enterprise_onboarding", "implementation", "new_sales", "ownership_programme")


@lru_cache(maxsize=8)
def review(name: str) -> Document:
    shown = VIEWS["review"].build("document", shipped()[name])
    assert isinstance(shown, Document)
    return shown


@lru_cache(maxsize=8)
def pages(name: str, look: Look) -> tuple[Page, ...]:
    return pages_of(review(name), look)


def pictures(name: str, look: Look) -> Iterator[tuple[Page, PictureBlock]]:
    for page in pages(name, look):
        yield from ((page, block) for block in page.blocks if isinstance(block, PictureBlock))


def smallest_type(block: PictureBlock) -> float:
    return block.scale * min(mark.size for mark in block.scene.marks() if isinstance(mark, Words))


@pytest.mark.parametrize(
    ("name", "look", "least"), [*((name, DECK, 6.0) for name in REVIEWED), (REVIEWED[0], PAPER, 5.6)]
)
def test_the_smallest_type_can_be_read(name: str, look: Look, least: float) -> None:
    found = list(pictures(name, look))
    assert found
    too_small = [
        f"page {page.number}, {page.title.paragraphs[0].text}: {smallest_type(block):.2f} pt"
        for page, block in found
        if smallest_type(block) < least - 0.05
    ]
    assert too_small == []


@pytest.mark.parametrize("name", REVIEWED)
def test_pictures_stay_on_their_slides(name: str) -> None:
    for page, block in pictures(name, DECK):
        assert block.x >= DECK.margin - 0.01
        assert block.x + block.scene.width * block.scale <= DECK.width - DECK.margin + 0.01
        assert block.y >= page.title.y + page.title.height
        assert block.y + block.scene.height * block.scale <= DECK.floor + 0.01


def needed(shown: Drawable, ratio: float, laid_out_for: float | None) -> float:
    """The height of the page of a form that a picture needs."""
    scene = picture_of(shown, laid_out_for) if laid_out_for else scene_of(replace(shown, title=""))
    return max(scene.width / ratio, scene.height)


@pytest.mark.parametrize("view", ["swimlanes", "overview", "journey", "kpis"])
def test_a_picture_takes_the_form_of_its_page(view: str) -> None:
    name = "enterprise_onboarding" if view == "swimlanes" else "customer_onboarding"
    shown = VIEWS[view].build("diagram", shipped()[name])
    assert isinstance(shown, Diagram)
    for ratio in (1.0, 3.0):
        own = needed(shown, ratio, ratio)
        assert all(own <= 1.08 * needed(shown, ratio, other) for other in (1.0, 2.0, 3.0))


def test_what_is_read_well_in_one_line_is_not_wrapped() -> None:
    assert len(plan(chain(4), 2.0).bands) == 1


def test_a_long_journey_as_one_picture() -> None:
    shown = VIEWS["swimlanes"].build("diagram", shipped()["customer_onboarding"])
    assert isinstance(shown, Diagram)
    scene = scene_of(shown)
    assert scene.width < 2900
    assert 1.3 <= scene.width / scene.height <= 1.6


def two_lanes(edge: DiagramEdge, *more: DiagramNode) -> Diagram:
    nodes = (DiagramNode("a", "A", "step", lane="x"), DiagramNode("b", "B", "step", lane="y"), *more)
    lanes = tuple(DiagramLane(each, each.upper()) for each in "xyz")
    return Diagram("d", "D", nodes, (edge,), lanes=lanes, kind="swimlanes")


def test_what_follows_in_another_lane_may_stand_below() -> None:
    diagram = two_lanes(DiagramEdge("a", "b"))
    assert placed(diagram).column == {"a": 0, "b": 1}
    assert placed(diagram, dense=True).column == {"a": 0, "b": 0}


@pytest.mark.parametrize(
    "edge", [DiagramEdge("a", "b", "if so"), DiagramEdge("a", "b", "", "handoff")], ids=["text", "handoff"]
)
def test_arrows_that_need_room_run_to_the_next_column(edge: DiagramEdge) -> None:
    assert placed(two_lanes(edge), dense=True).column == {"a": 0, "b": 1}


def test_nothing_stands_between_a_step_and_the_one_below_it() -> None:
    between = DiagramNode("c", "C", "step", lane="y")
    below = replace(two_lanes(DiagramEdge("a", "c"), DiagramNode("z", "Z", "step", lane="z")), edges=())
    diagram = replace(below, nodes=(*below.nodes, between), edges=(DiagramEdge("a", "z"),))
    columns = placed(diagram, dense=True).column
    # B and C stand in the first column between the lanes of A and Z.
    assert columns["b"] == columns["c"] == columns["a"] == 0
    assert columns["z"] == 1


def test_arrows_to_what_stands_below_are_straight() -> None:
    made = plan(REFERENCE, 2.0)
    straight = 0
    for drawn in made.bands:
        boxes = {id_: box_of(drawn.occupancy, drawn.coordinates, id_) for id_ in drawn.band.cell}
        for number, link in enumerate(drawn.occupancy.links):
            (left, _), (right, _) = drawn.band.cell[link.source], drawn.band.cell[link.target]
            if left == right and link.style == "flow":
                points = corners(way_points(drawn.occupancy, drawn.coordinates, number))
                straight += len(points) == 2 and points[0][0] == points[1][0]
                assert boxes[link.source][0] <= points[0][0] <= boxes[link.source][0] + boxes[link.source][2]
    assert straight or not any(made.places.column[a] == made.places.column[b] for a, b in quiet_pairs())


def quiet_pairs() -> Iterator[tuple[str, str]]:
    return ((edge.source, edge.target) for edge in REFERENCE.edges if edge.kind == "sequence" and not edge.label)


def test_notes_stand_in_two_columns_where_there_is_room() -> None:
    notes = ("One.", "Two, and a little more.", "Three.")
    assert notes_height(notes, 1000) == pytest.approx(2 * style.DETAIL * style.LEADING)
    assert notes_height(notes, 500) == pytest.approx(3 * style.DETAIL * style.LEADING)
    scene = Scene(1056, 100, "", "")
    assert add_notes(scene, notes, 1000, 10) == pytest.approx(10 + notes_height(notes, 1000))
    words = [mark for mark in scene.marks() if isinstance(mark, Words)]
    assert [mark.text for mark in words] == list(notes)
    assert words[0].x == words[1].x < words[2].x
    assert notes_height((), 1000) == 0
