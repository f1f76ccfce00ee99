"""The layout of timelines, measured: texts are clear of each other and of the bars, rows of each other."""

from __future__ import annotations

from dataclasses import replace

import pytest
from drawn_scenes import box_area, overlap, overlapping, text_area, text_mistakes
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import HOSTILE

from playbook.formats.layout import style
from playbook.formats.layout.scene import Box, Group, Line, Mark, Scene, Shape, Words
from playbook.formats.layout.timeline import compose
from playbook.formats.layout.timeline_axis import axis_of
from playbook.formats.layout.timeline_columns import in_columns
from playbook.formats.layout.timeline_legend import legend_of
from playbook.shapes.timeline import Timeline, TimelineBar, TimelineGroup, TimelinePanel
from playbook.views.timeline import timeline
from subjects import shipped

Rectangle = tuple[float, float, float, float]


def area_of(mark: Mark) -> Rectangle:
    if isinstance(mark, Box):
        return box_area(mark)
    if isinstance(mark, Words):
        return text_area(mark)
    across, down = [x for x, _ in mark.points], [y for _, y in mark.points]
    return min(across), min(down), max(across) + 0.01, max(down) + 0.01


def mistakes(scene: Scene) -> list[str]:
    found = list(text_mistakes(scene))
    rows: dict[str, Rectangle] = {}
    for item in scene.items:
        if not isinstance(item, Group):
            continue
        areas = [area_of(mark) for mark in item.marks]
        rows[item.id] = tuple(choose(area[at] for area in areas) for at, choose in enumerate((min, min, max, max)))  # type: ignore[assignment]
        texts = [area_of(mark) for mark in item.marks if isinstance(mark, Words) and mark.text.strip()]
        marks = [area_of(mark) for mark in item.marks if isinstance(mark, Box | Line | Shape)]
        found += [
            f"the bar of {item.id} touches its label" for one in texts for other in marks if overlap(one, other)
        ]
        found += [f"{item.id} leaves the page" for area in marks if area[0] < 0 or area[2] > scene.width]
    return [*found, *overlapping(rows)]


def size(shown: Timeline) -> int:
    return sum(len(panel.bars) for panel in shown.panels)


@pytest.mark.parametrize("name", shipped())
def test_timelines_of_shipped_playbooks_have_no_mistakes(name: str) -> None:
    shown = timeline(shipped()[name])
    scene = compose(shown)
    assert mistakes(scene) == []
    if size(shown) > 3:
        assert 1.0 <= scene.width / scene.height <= 2.2


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    labels = st.sampled_from(
        ("Short", "A label that needs two lines or even three of them", "x" * 70, "", "客户成功")
    )
    owners = st.sampled_from(
        ("", "Success Manager", "Success Manager, Consultant and the customer's Administrator")
    )
    scale = draw(st.sampled_from((0.01, 1.0, 40.0, 5e5)))
    panels = []
    for number in range(draw(st.integers(0, 3))):
        groups = [f"{at}. {draw(labels)}" for at in range(draw(st.integers(1, 3)))]
        bars: list[TimelineBar] = []
        for group in groups:
            for _ in range(draw(st.integers(1, 6))):
                at = sorted(draw(st.integers(-5, 20)) * scale for _ in range(4))
                known = [bar.id for bar in bars]
                bars.append(
                    TimelineBar(
                        *(f"b{number}.{len(bars)}", draw(labels), group, draw(owners), *at),
                        due=draw(st.sampled_from((None, at[3]))),
                        critical=draw(st.booleans()),
                        milestone=draw(st.integers(0, 5)) == 0,
                        after=tuple(draw(st.lists(st.sampled_from(known), max_size=1))) if known else (),
                        dashed=draw(st.booleans()),
                    )
                )
        spans = tuple(TimelineGroup(group, -5 * scale, 5 * scale) for group in groups)
        panels.append(TimelinePanel(f"a{number}", draw(labels), tuple(bars), spans))
    return Timeline("random", draw(labels), tuple(panels), ("A note. " * 30,), draw(st.integers(1, 7)))


@settings(max_examples=70, deadline=None)
@given(timelines())
def test_any_timeline_can_be_drawn_without_mistakes(shown: Timeline) -> None:
    scene = compose(shown)
    assert mistakes(scene) == []
    assert {item.id for item in scene.items if isinstance(item, Group)} == {
        bar.id for panel in shown.panels for bar in panel.bars
    }
    assert compose(shown) == scene


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_stay_in_their_places(name: str) -> None:
    text = HOSTILE[name]
    bars = tuple(TimelineBar(f"b{number}", text, text, text, 0, 1, 2, 3, 3) for number in range(3))
    shown = Timeline("t", text, (TimelinePanel("a", text, bars, (TimelineGroup(text, 0, 3),)),), (text,))
    assert mistakes(compose(shown)) == []


def test_bars_stand_where_the_axis_says() -> None:
    bars = (
        TimelineBar("range", "Range", "1. One", "", 0, 5, 10, 15),
        TimelineBar("exact", "Exact", "1. One", "", -5, -5, 5, 5, due=5),
    )
    panel = TimelinePanel("a", "Anchor", bars)
    shown = Timeline("t", "Timeline", (panel,))
    axis = axis_of(panel, in_columns(shown, 0, 0).chart, 5)
    assert (axis.first, axis.last) == (-5, 15)
    groups = {item.id: item for item in compose(shown).items if isinstance(item, Group)}
    light, full = [mark for mark in groups["range"].marks if isinstance(mark, Box)]
    assert (light.dashed, full.dashed) == (True, False)
    # Three times five days, of which the middle five are sure.
    assert light.width == pytest.approx(3 * full.width)
    assert full.x - light.x == pytest.approx(full.width)
    (exact,) = [mark for mark in groups["exact"].marks if isinstance(mark, Box)]
    assert exact.width == pytest.approx(2 * full.width)
    (due,) = [mark for mark in groups["exact"].marks if isinstance(mark, Line)]
    assert due.points[0][0] == pytest.approx(exact.x + exact.width)


def legend(shown: Timeline) -> set[str]:
    return {meaning for _, meaning in legend_of(shown).keys}


def drawn(bar: TimelineBar, *groups: TimelineGroup) -> tuple[list[Mark], set[str]]:
    shown = Timeline("t", "Timeline", (TimelinePanel("a", "Anchor", (bar,), groups),))
    (group,) = [item for item in compose(shown).items if isinstance(item, Group)]
    return [mark for mark in group.marks if not isinstance(mark, Words)], legend(shown)


def test_work_of_one_day_that_may_be_left_out_is_a_ring() -> None:
    sure, optional = (TimelineBar("b", "B", "g", "", 3, 3, 3, 3, dashed=each) for each in (False, True))
    (dot,), said = drawn(sure)
    assert isinstance(dot, Box)
    assert (dot.fill, said) == (dot.stroke, {"no time of its own"})
    (ring,), said = drawn(optional)
    assert isinstance(ring, Box)
    assert (ring.fill, said) == (style.PAPER, {"no time of its own", "hollow: may be left out"})
    (stroke,), said = drawn(replace(sure, due=3))
    assert isinstance(stroke, Line)
    assert said == {"due"}
    marks, said = drawn(replace(optional, due=3))
    assert [type(mark) for mark in marks] == [Line, Box]
    assert marks[1] == ring
    assert said == {"due", "hollow: may be left out"}


def test_the_axis_has_room_for_whole_stages_and_the_legend_names_only_what_is_drawn() -> None:
    bar = TimelineBar("b", "B", "1. One", "", 0, 0, 0, 0)
    stage = TimelineGroup("1. One", -12, 8)
    axis = axis_of(TimelinePanel("a", "A", (bar,), (stage,)), 300, 5)
    assert (axis.first, axis.last) == (-15, 10)
    assert "the whole stage" in drawn(bar, stage)[1]
    assert "the whole stage" not in drawn(bar, replace(stage, starts=8.0))[1]
    assert "the whole stage" not in drawn(bar, replace(stage, starts=None))[1]
    critical = drawn(bar, replace(stage, critical=True))[1]
    assert "critical as a whole stage" in critical
    assert "the whole stage" not in critical


def test_weeks_are_named_as_far_as_there_is_room() -> None:
    def panel(last: float) -> TimelinePanel:
        return TimelinePanel("a", "A", (TimelineBar("b", "B", "", "", 0, 0, last, last),))

    narrow, wide = axis_of(panel(130), 200, 5), axis_of(panel(15), 200, 5)
    assert [cell.label for cell in wide.cells()] == ["1", "2", "3"]
    assert list(wide.days()) == [0, 5, 10, 15] or len(list(wide.days())) == 16
    assert [cell.label for cell in narrow.cells()] == ["1", "5", "9", "13", "17", "21", "25"]
    before = axis_of(panel(-10), 200, 5)
    assert [cell.label for cell in before.cells()] == ["–2", "–1"]


def test_long_timelines_stand_in_several_columns_and_say_that_they_go_on() -> None:
    bars = tuple(
        TimelineBar(f"b{n}", f"Step {n}", f"{n // 15}. Stage", "Owner", n, n, n + 2, n + 2) for n in range(60)
    )
    scene = compose(Timeline("t", "Timeline", (TimelinePanel("a", "Anchor", bars),)))
    assert 1.0 <= scene.width / scene.height <= 2.2
    texts = [mark.text for mark in scene.marks() if isinstance(mark, Words)]
    assert "Working days from: Anchor (continued)" in texts
