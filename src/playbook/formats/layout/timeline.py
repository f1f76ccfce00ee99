"""The whole way from a Timeline to a Scene: rows in columns, bars against working days."""

from __future__ import annotations

from playbook.formats.layout import style
from playbook.formats.layout.measure import wrap
from playbook.formats.layout.notes import add_notes, notes_height
from playbook.formats.layout.scene import Box, Scene
from playbook.formats.layout.timeline_columns import COLUMN_GAP, Columns, in_columns
from playbook.formats.layout.timeline_legend import Legend, legend_of
from playbook.formats.layout.timeline_part import painted
from playbook.formats.layout.titles import add_title
from playbook.shapes.timeline import Timeline

_LINE = style.DETAIL * style.LEADING
_AROUND = 2 * style.MARGIN
_TEXT_WIDTH = 620.0
"""The width for which the height of the title and the notes is reckoned before the page has one."""
_NARROWEST = 480.0


def compose(timeline: Timeline, ratio: float | None = None) -> Scene:
    """Lay the timeline out and paint it. The same timeline gives the same scene, on any machine."""
    legend = legend_of(timeline)
    below = legend.height(_TEXT_WIDTH) + notes_height(timeline.notes, 1000)
    if ratio is None:
        columns = in_columns(timeline, below + _heading_height(timeline, _TEXT_WIDTH) + _AROUND, _AROUND)
    else:
        columns = in_columns(timeline, below + 14, 0, ratio)
    wide = max(columns.whole, _NARROWEST)
    scene = Scene(wide + _AROUND, 0, timeline.title, _description(timeline))
    top = _heading(scene, timeline, wide)
    top = _columns(scene, timeline, columns, top)
    top = _legend(scene, legend, wide, top)
    scene.height = add_notes(scene, timeline.notes, wide, top) + style.MARGIN
    scene.items.insert(0, Box(0, 0, scene.width, scene.height, style.PAPER))
    return scene


def _description(timeline: Timeline) -> str:
    bars = sum(len(panel.bars) for panel in timeline.panels)
    anchors = ", ".join(panel.label for panel in timeline.panels)
    if bars and all(panel.first_day for panel in timeline.panels):
        return f"Timeline with {bars} bars by date"
    return f"Timeline with {bars} bars in working days, counted from: {anchors}" if bars else "Empty timeline"


def _heading_lines(timeline: Timeline, wide: float) -> list[str]:
    return wrap(timeline.title, style.TITLE, wide, bold=True)


def _heading_height(timeline: Timeline, wide: float) -> float:
    return len(_heading_lines(timeline, wide)) * style.TITLE * style.LEADING + 8


def _heading(scene: Scene, timeline: Timeline, wide: float) -> float:
    add_title(scene, _heading_lines(timeline, wide))
    return style.MARGIN + _heading_height(timeline, wide)


def _columns(scene: Scene, timeline: Timeline, columns: Columns, top: float) -> float:
    for number, column in enumerate(columns.columns):
        left = style.MARGIN + number * (columns.width + COLUMN_GAP)
        for part in column:
            scene.items += painted(part, columns, left, top, timeline.days_a_week)
    return top + columns.height + 12


def _legend(scene: Scene, legend: Legend, wide: float, top: float) -> float:
    scene.items += legend.marks(style.MARGIN, top, wide)
    return top + legend.height(wide)
