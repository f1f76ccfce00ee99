"""The legend of a timeline: only what is drawn in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from playbook.formats.layout import style, timeline_bars
from playbook.formats.layout.measure import width
from playbook.formats.layout.scene import Box, Mark, Words
from playbook.shapes.timeline import Timeline, TimelineBar, TimelineGroup

_SWATCH = 26.0
_GAP = 20.0
_LINE = 17.0

Key = tuple[str, str]
"""What is shown, and what it means."""


@dataclass(frozen=True)
class Legend:
    """Marks with their meaning, in lines that are as wide as the page."""

    keys: tuple[Key, ...]

    def height(self, wide: float) -> float:
        """The height of all lines."""
        return (1 + max((line for line, _, _ in self._places(wide)), default=-1)) * _LINE + 6

    def marks(self, left: float, top: float, wide: float) -> Iterator[Mark]:
        """The legend with its top left corner at a place."""
        for line, x, (what, meaning) in self._places(wide):
            middle = top + line * _LINE + 6
            yield from _swatch(what, left + x, middle)
            yield Words(left + x + _SWATCH + 6, middle + 3, meaning, style.DETAIL, style.SOFT)

    def _places(self, wide: float) -> Iterator[tuple[int, float, Key]]:
        line, x = 0, 0.0
        for key in self.keys:
            need = _SWATCH + 6 + width(key[1], style.DETAIL)
            if x and x + need > wide:
                line, x = line + 1, 0.0
            yield line, x, key
            x += need + _GAP


def _swatch(what: str, left: float, middle: float) -> Iterator[Mark]:
    tone = style.TONES["plain"]
    right = left + _SWATCH
    if what == "sure":
        yield timeline_bars.sure(left, right, middle, tone)
    elif what == "possible":
        yield timeline_bars.possible(left, right, middle, tone)
    elif what == "left out":
        yield timeline_bars.sure(left, right, middle, tone, left_out=True)
    elif what == "moment":
        yield timeline_bars.moment(left + _SWATCH / 2, middle, tone)
    elif what == "due":
        yield timeline_bars.possible(left, right - 2, middle, tone)
        yield timeline_bars.due(right - 2, middle)
    elif what == "milestone":
        yield timeline_bars.diamond(left + _SWATCH / 2, middle, style.TONES["success"])
    elif what == "critical":
        yield timeline_bars.sure(left, right, middle, tone)
        yield timeline_bars.strip(left, right, middle)
    elif what in ("stage", "critical stage"):
        yield from timeline_bars.bracket(left, right, middle, critical=what == "critical stage")
    else:
        yield Box(left, middle - 4.5, _SWATCH / 2, 9, style.TONES[what].stroke, radius=2)
        yield Box(left + _SWATCH / 2, middle - 4.5, _SWATCH / 2, 9, style.TONES[what].fill, radius=2)


def legend_of(timeline: Timeline) -> Legend:
    """The keys of what is drawn."""
    bars = [bar for panel in timeline.panels for bar in panel.bars]
    steps = [bar for bar in bars if not bar.milestone]
    stages = [group for panel in timeline.panels for group in panel.groups if _is_drawn(group)]
    drawn = {
        ("sure", "at work"): any(bar.ends > bar.starts_latest and not bar.dashed for bar in steps),
        ("possible", "perhaps at work: a range, or the time there is"): any(
            _is_range(bar) and not bar.dashed for bar in steps
        ),
        ("left out", "hollow: may be left out"): any(bar.dashed for bar in steps),
        ("moment", "no time of its own"): any(bar.due is None and bar.starts == bar.ends_latest for bar in steps),
        ("due", "due"): any(bar.due is not None for bar in steps),
        ("milestone", "milestone"): any(bar.milestone for bar in bars),
        ("critical", "critical path"): any(bar.critical for bar in steps),
        ("stage", "the whole stage"): any(not group.critical for group in stages),
        ("critical stage", "critical as a whole stage"): any(group.critical for group in stages),
    }
    keys = [key for key, is_drawn in drawn.items() if is_drawn]
    tones = dict.fromkeys(bar.tone for bar in steps if bar.tone != "plain")
    keys += [(tone, style.TONES[tone].word) for tone in style.TONES if tone in tones]
    return Legend(tuple(keys))


def _is_drawn(group: TimelineGroup) -> bool:
    return group.starts is not None and group.ends is not None and group.ends > group.starts


def _is_range(bar: TimelineBar) -> bool:
    return bar.starts_latest > bar.starts or bar.ends_latest > bar.ends
