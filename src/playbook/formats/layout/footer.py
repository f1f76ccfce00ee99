"""What stands below a journey map: the legend of what occurs in it, and its notes."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.formats.layout import style
from playbook.formats.layout.measure import width, wrap
from playbook.formats.layout.outlines import flag
from playbook.formats.layout.paint import ARROWS
from playbook.formats.layout.scene import Box, Line, Mark, Scene, Shape, Words
from playbook.shapes.diagram import Diagram

_LINES = {"handoff": "work changes hands", "rework": "way back", "overlap": "may start early"}


def footer(scene: Scene, diagram: Diagram, y: float) -> float:
    """The legend of what occurs, then the notes; returns where they end."""
    x = style.MARGIN
    for mark, word in _legend(diagram):
        wide = 24 + width(word, style.DETAIL) + 18
        if x > style.MARGIN and x + wide > scene.width - style.MARGIN:
            x, y = style.MARGIN, y + 18
        scene.items += _mark(mark, x, y)
        scene.items.append(Words(x + 26, y + 9, word, style.DETAIL, style.SOFT))
        x += wide
    y += 18 if x > style.MARGIN else 0
    for note in diagram.notes:
        for line in wrap(note, style.DETAIL, scene.width - 2 * style.MARGIN):
            y += style.DETAIL * style.LEADING
            scene.items.append(Words(style.MARGIN, y, line, style.DETAIL, style.SOFT))
        y += 3
    return y


def _legend(diagram: Diagram) -> Iterator[tuple[str, str]]:
    tones = {node.tone for node in diagram.nodes if node.shape == "step"}
    for tone in ("customer", "partner", "system"):
        if tone in tones:
            yield tone, style.TONES[tone].word
    if any(node.dashed for node in diagram.nodes):
        yield "dashed", "optional, recommended or conditional"
    if any(node.shape == "milestone" for node in diagram.nodes):
        yield "milestone", style.TONES["milestone"].word
    if any(node.shape == "milestone" and node.tone == "success" for node in diagram.nodes):
        yield "value", "milestone that is value to the customer"
    kinds = {edge.kind for edge in diagram.edges}
    for kind, word in _LINES.items():
        if kind in kinds:
            yield kind, word


def _mark(mark: str, x: float, y: float) -> Iterator[Mark]:
    if mark in _LINES:
        weight = 2.2 if mark == "handoff" else 1.3
        yield Line(((x, y + 6), (x + 20, y + 6)), ARROWS[mark], weight, dashed=mark != "handoff")
        return
    if mark in ("milestone", "value"):
        tone = style.TONES["success" if mark == "value" else mark]
        yield Shape(flag((x, y, 20, 12), 5), tone.fill, tone.stroke, 1.1)
        return
    tone = style.TONES.get(mark, style.TONES["plain"])
    yield Box(x, y, 20, 12, tone.fill, tone.stroke, 1.1, 2, dashed=mark == "dashed")
    if mark != "dashed":
        yield Box(x, y, 4, 12, tone.stroke)
