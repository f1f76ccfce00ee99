"""The legend: the marks that occur in the picture, and what they mean."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.formats.layout import style
from playbook.formats.layout.measure import width
from playbook.formats.layout.outlines import flag, hexagon
from playbook.formats.layout.scene import Box, Item, Line, Shape, Words
from playbook.formats.layout.swimlanes.colours import STROKES
from playbook.formats.layout.swimlanes.links import style_of
from playbook.formats.layout.swimlanes.painting import arrow
from playbook.formats.layout.swimlanes.plan import Plan

_MARK = 26.0


def legend(plan: Plan, notes: list[str], y: float, wide: float) -> tuple[list[Item], float]:
    """The legend from a height on, and where it ends. Notes that fit into its last line are taken from the list."""
    items: list[Item] = []
    x = style.MARGIN
    for name, word in _entries(plan):
        room = _MARK + 7 + width(word, style.DETAIL) + 18
        if x > style.MARGIN and x + room > style.MARGIN + wide:
            x, y = style.MARGIN, y + 17
        items += _mark(name, x, y)
        items.append(Words(x + _MARK + 6, y + 9, word, style.DETAIL, style.SOFT))
        x += room
    if items and notes and x + width(notes[0], style.DETAIL) < style.MARGIN + wide:
        items.append(Words(x, y + 9, notes.pop(0), style.DETAIL, style.SOFT))
    return items, y + (20 if items else 0)


def _entries(plan: Plan) -> Iterator[tuple[str, str]]:
    diagram = plan.diagram
    styles = {style_of(edge) for edge in diagram.edges}
    if "handoff" in styles:
        yield "handoff", "handoff: work changes hands"
    if "rework" in styles:
        yield "rework", "way back"
    if "overlap" in styles:
        yield "overlap", "may start early"
    if any(node.shape in ("exclusive_gate", "inclusive_gate") for node in diagram.nodes):
        yield "gate", "decision"
    reached = {node.tone for node in diagram.nodes if node.shape == "milestone"}
    if reached - {"success"}:
        yield "milestone", style.TONES["milestone"].word
    if "success" in reached:
        yield "success", "milestone that is value to the customer"
    tones = {node.tone for node in diagram.nodes if node.shape == "step"}
    for tone in ("customer", "partner", "system"):
        if tone in tones:
            yield tone, style.TONES[tone].word
    if any(node.dashed for node in diagram.nodes):
        yield "dashed", "optional, recommended or conditional"
    if any(drawn.connectors for drawn in plan.bands):
        yield "circle", "goes on at the same letter"


def _mark(name: str, x: float, y: float) -> Iterator[Item]:
    middle = y + 6
    if name in ("handoff", "rework", "overlap"):
        yield from arrow([(x, middle), (x + _MARK, middle)], STROKES[name])  # type: ignore[index]
    elif name == "gate":
        yield Shape(hexagon((x, y, _MARK, 12), 5), style.GATE, style.SOFT, 1.2)
    elif name in ("milestone", "success"):
        tone = style.TONES[name]
        yield Shape(flag((x, y, _MARK, 12), 6), tone.fill, tone.stroke, 1.2)
    elif name == "circle":
        yield Line(((x, middle), (x + 12, middle)), STROKES["flow"].colour, 1.2)
        yield Box(x + 12, y - 1, 14, 14, style.PAPER, STROKES["flow"].colour, 1.3, 7)
        yield Words(x + 19, y + 9.1, "A", style.DETAIL, STROKES["flow"].colour, bold=True, anchor="middle")
    else:
        tone = style.TONES.get(name, style.TONES["plain"])
        yield Box(x + 3, y, 20, 12, style.PAPER, tone.stroke, 1.1, 2, dashed=name == "dashed")
        if name != "dashed":
            yield Box(x + 3, y, 4, 12, tone.stroke)
