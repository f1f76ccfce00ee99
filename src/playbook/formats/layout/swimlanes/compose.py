"""The whole way from a Diagram of lanes to a Scene."""

from __future__ import annotations

from playbook.formats.layout import style
from playbook.formats.layout.measure import width, wrap
from playbook.formats.layout.scene import Box, Scene, Words
from playbook.formats.layout.swimlanes.legend import legend
from playbook.formats.layout.swimlanes.painting import painted
from playbook.formats.layout.swimlanes.plan import BAND_GAP, Plan, plan
from playbook.formats.layout.titles import add_title
from playbook.shapes.diagram import Diagram

_LEAST_WIDTH = 420.0


def compose(diagram: Diagram, ratio: float | None = None) -> Scene:
    """Lay the diagram out and paint it. The same diagram gives the same scene, on any machine."""
    return paint(plan(diagram, ratio))


def paint(plan: Plan) -> Scene:
    """Paint what has its place."""
    diagram = plan.diagram
    wide = max([_LEAST_WIDTH - 2 * style.MARGIN, plan.width])
    wide = max(wide, *(width(line, style.TITLE, bold=True) for line in plan.heading))
    scene = Scene(wide + 2 * style.MARGIN, 0, diagram.title, _description(diagram))
    add_title(scene, plan.heading)
    y = style.MARGIN + len(plan.heading) * style.TITLE * style.LEADING + 12
    for drawn in plan.bands:
        scene.items += painted(plan, drawn, style.MARGIN, y, wide)
        y += drawn.height + BAND_GAP
    notes = [*plan.notes, *diagram.notes]
    items, y = legend(plan, notes, y, wide)
    scene.items += items
    for note in notes:
        for line in wrap(note, style.DETAIL, wide):
            y += style.DETAIL * style.LEADING
            scene.items.append(Words(style.MARGIN, y, line, style.DETAIL, style.SOFT))
        y += 3
    scene.height = y + style.MARGIN
    scene.items.insert(0, Box(0, 0, scene.width, scene.height, style.PAPER))
    return scene


def _description(diagram: Diagram) -> str:
    lanes = ", ".join(lane.label for lane in diagram.lanes)
    stages = ", ".join(group.label for group in diagram.groups)
    parts = [f"lanes: {lanes}" if lanes else "", f"stages: {stages}" if stages else ""]
    return "; ".join(["Swimlanes", *(part for part in parts if part)])
