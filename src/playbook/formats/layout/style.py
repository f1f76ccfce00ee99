"""The look of all pictures: few colours, each with a meaning that a mark or a word carries too.

Fills are tints of Okabe and Ito's colour-blind safe palette; text on them has a contrast above 7:1.
"""

from __future__ import annotations

from dataclasses import dataclass

INK = "#1f2933"
SOFT = "#52606d"
LINE = "#616e7c"
BACK = "#b34a00"
HANDOFF = "#7a2f73"
EARLY = "#00629b"
PAPER = "#ffffff"
FRAME = "#cbd2d9"
HEADER = "#e4e7eb"
BAR = "#33475b"
GATE = "#e9edf1"
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
    "milestone": Tone("#e8e6f5", "#5b4fa0", "milestone"),
    "stop": Tone("#fbe4d8", "#b34a00", "other end"),
}

NODE_WIDTH = 176.0
CARD_WIDTH = 196.0
"""The width of the card of a stage in the overview."""
TIP = 13.0
PADDING = 8.0
COLUMN_GAP = 26.0
GUTTER = 44.0
BLOCK_GAP = 20.0
ROW_GAP = 24.0
TRACK = 9.0
TEXT_TRACK = 15.0
"""The distance of tracks where texts stand on arrows."""
FRAME_PADDING = 14.0
MARGIN = 28.0
BAND_GAP = 30.0
PAGE_RATIO = 1.65
"""Between a wide screen and a sheet of paper."""
ENOUGH = 480.0
"""On slides and in papers: what needs no higher a page than this is read well, and need not become larger."""

CAPTION_WIDTH = 88.0
"""The width of a text between two cards."""
FACT = 64.0
"""How far the facts of a card stand behind their headings."""

LABEL_ROOM = 80.0
REWORK_ROOM = 60.0
"""A text that is wider does not stand on its arrow, but has a place of its own."""
EXIT_WIDTH = 80.0
EXIT_GAP = 9.0
"""The tag of an early end, and how far below its node it hangs."""

BULLET = "– "
HANGING = "\u2003"
INDENT = 8.0
"""How far the items of a list are set in; a line that goes on begins with the space above."""
