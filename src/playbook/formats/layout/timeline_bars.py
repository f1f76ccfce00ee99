"""How one bar of a timeline is drawn; the legend draws the same marks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from playbook.formats.layout import style
from playbook.formats.layout.scene import Box, Line, Mark, Shape
from playbook.formats.layout.style import Tone

HEIGHT = 9.0
_LEAST = 5.0
"""A bar is drawn at least so wide (to the left of its end), so that a task of an hour is seen."""
_DIAMOND = 6.0
_STRIP = 2.4


def possible(left: float, right: float, middle: float, tone: Tone, *, left_out: bool = False) -> Box:
    """The time in which work may lie: light, with a broken border; hollow if the work may be left out."""
    wide = max(right - left, _LEAST)
    # White would look like nothing on a white page.
    fill = style.PAPER if left_out else style.HEADER if tone.fill == style.PAPER else tone.fill
    return Box(right - wide, middle - HEIGHT / 2, wide, HEIGHT, fill, tone.stroke, 0.9, 2.0, dashed=True)


def sure(left: float, right: float, middle: float, tone: Tone, *, left_out: bool = False) -> Box:
    """The time in which there is work for sure: full; hollow if the work may be left out."""
    wide = max(right - left, _LEAST)
    fill = style.PAPER if left_out else tone.stroke
    return Box(right - wide, middle - HEIGHT / 2, wide, HEIGHT, fill, tone.stroke, 1.4 if left_out else 0.9, 2.0)


def moment(at: float, middle: float, tone: Tone, *, left_out: bool = False) -> Box:
    """Work of which only the place is known: a small dot; a ring if the work may be left out."""
    fill = style.PAPER if left_out else tone.stroke
    return Box(at - 3.5, middle - 3.5, 7, 7, fill, tone.stroke, 1.4, 3.5)


def strip(left: float, right: float, middle: float) -> Box:
    """What marks the critical path: a strong line below the bar."""
    wide = max(right - left, _LEAST)
    return Box(right - wide, middle + HEIGHT / 2 + 1.4, wide, _STRIP, style.BACK)


def due(at: float, middle: float) -> Line:
    """The day of a promise: an upright stroke."""
    return Line(((at, middle - HEIGHT / 2 - 2.6), (at, middle + HEIGHT / 2 + 2.6)), style.INK, 2.0)


def diamond(at: float, middle: float, tone: Tone) -> Shape:
    """A milestone."""
    points = (
        (at, middle - _DIAMOND),
        (at + _DIAMOND, middle),
        (at, middle + _DIAMOND),
        (at - _DIAMOND, middle),
    )
    return Shape(points, tone.stroke, tone.stroke, 0.8)


def bracket(left: float, right: float, middle: float, *, critical: bool) -> Iterator[Mark]:
    """The time of a whole stage: a line with its ends turned down."""
    color, line = (style.BACK, 2.0) if critical else (style.SOFT, 1.2)
    right = max(right, left + _LEAST)
    points = ((left, middle + 3.5), (left, middle - 1), (right, middle - 1), (right, middle + 3.5))
    # Each stretch by itself: corners of such short lines would be rounded away.
    for one, other in pairwise(points):
        yield Line((one, other), color, line)
