"""Colours of the swimlanes, each with a meaning that a mark, a weight or a word carries too."""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

from playbook.formats.layout import style
from playbook.formats.layout.swimlanes.links import Style
from playbook.shapes.diagram import DiagramLane


@dataclass(frozen=True, slots=True)
class LaneTone:
    """The paper of a lane, the paper of its title, and the strong colour of its bar and its boxes' borders."""

    paper: str
    head: str
    strong: str


_BY_SIDE: dict[str, LaneTone] = {
    "customer": LaneTone("#fff8e6", "#fdeaba", "#a86f00"),
    "partner": LaneTone("#fbf1f6", "#f1d9e6", "#9b4f80"),
    "system": LaneTone("#f1f3f5", "#dfe4e9", "#5f6c7b"),
}
_OURS = (
    LaneTone("#f0f6fb", "#d3e6f4", "#2a6f9e"),
    LaneTone("#eff8f4", "#d0ebe0", "#1b7a5a"),
    LaneTone("#f4f3fa", "#dfdcf0", "#655aa6"),
    LaneTone("#f0f7f8", "#d2eaec", "#28757f"),
    LaneTone("#f7f5f0", "#e8e2d4", "#7a6a45"),
)
NOBODY = LaneTone("#f7f8f9", "#e4e7eb", "#7b8794")


def lane_tones(lanes: tuple[DiagramLane, ...]) -> list[LaneTone]:
    """The tone of each lane. Of our own teams it hangs on the id, so that a team looks alike in all pictures,
    unless its neighbour has it already.
    """
    tones: list[LaneTone] = []
    for lane in lanes:
        tone = _BY_SIDE.get(lane.tone)
        if tone is None:
            preferred = crc32(lane.id.encode("utf-8", "replace")) % len(_OURS)
            tone = _OURS[preferred]
            if tones and tones[-1] is tone:
                tone = _OURS[(preferred + 1) % len(_OURS)]
        tones.append(tone)
    return [*tones, NOBODY]


@dataclass(frozen=True, slots=True)
class Stroke:
    """How an arrow is drawn."""

    colour: str
    line: float
    dashed: bool = False

    @property
    def pen(self) -> tuple[str, float, bool]:
        """Colour, width and dashes, as lines take them."""
        return self.colour, self.line, self.dashed


STROKES: dict[Style, Stroke] = {
    "flow": Stroke(style.LINE, 1.2),
    "rework": Stroke(style.BACK, 1.3, dashed=True),
    "overlap": Stroke(style.EARLY, 1.3, dashed=True),
    "handoff": Stroke(style.HANDOFF, 2.4),
}
