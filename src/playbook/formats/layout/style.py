"""The look of a journey map: few colours, each with a meaning that a mark or a word carries too.

Fills are tints of Okabe and Ito's colour-blind safe palette; text on them has a contrast above 7:1.
"""

from __future__ import annotations

from dataclasses import dataclass

INK = "#1f2933"
SOFT = "#52606d"
LINE = "#616e7c"
BACK = "#b34a00"
EARLY = "#00629b"
PAPER = "#ffffff"
FRAME = "#cbd2d9"
HEADER = "#e4e7eb"
CARD = "#f7f9fa"

TITLE = 18.0
STAGE = 11.0
LABEL = 10.0
DETAIL = 8.5
LEADING = 1.28


@dataclass(frozen=True, slots=True)
class Tone:
    """Fill, border and the word of the legend."""

    fill: str
    stroke: str
    word: str


TONES: dict[str, Tone] = {
    "plain": Tone("#ffffff", "#7b8794", "our task"),
    "customer": Tone("#fff4d6", "#b37a00", "customer's or joint task"),
    "partner": Tone("#f5e6f0", "#9b4f80", "partner's task"),
    "system": Tone("#e3f1fa", "#2f7fb5", "done by a system"),
    "success": Tone("#d9f0e6", "#00734f", "successful end"),
    "stop": Tone("#fbe4d8", "#b34a00", "other end"),
}

NODE_WIDTH = 176.0
TIP = 13.0
PADDING = 8.0
COLUMN_GAP = 26.0
GUTTER = 44.0
ROW_GAP = 26.0
TRACK = 9.0
FRAME_PADDING = 14.0
MARGIN = 28.0
BAND_GAP = 30.0
LONGEST_LABEL = 22
"""A condition longer than this is written in the gate, and its arrow carries a letter."""
ROWS = 8
"""So many rows a stage has at most before its steps go on in a further column."""
