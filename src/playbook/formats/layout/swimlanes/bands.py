"""Long journeys are wrapped: which columns make a band, so that the picture fills a screen or a sheet."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import accumulate, pairwise

from playbook.formats.layout import style
from playbook.formats.layout.swimlanes.placing import Places
from playbook.formats.layout.swimlanes.sizing import SIGN, Sized

_LANE_HEAD = 104.0
_GAP = 30.0
_ROW_GAP = 17.0
_HEAD = 62.0
_AROUND = 110.0
_BEST_RATIO = 1.6
"""Between a wide screen (16:9) and a sheet of paper (1.41:1)."""
_NARROW = 960.0
"""Up to this width nothing is wrapped."""
_WIDEST, _NARROWEST = 2.15, 1.08
_MOST = 24
"""More bands than this are not tried."""
_SPLIT_STAGE = 0.35
"""What it costs to tear a stage apart, in widths of a column."""


@dataclass(frozen=True)
class _Measures:
    """Of each column its width, its stage, and per lane how many boxes it has and how high they are."""

    ends: list[float]
    """Where each column ends if all stand in one line; the first entry is where they begin."""
    stages: list[int]
    stacks: list[dict[int, tuple[int, float]]]

    def width(self, first: int, end: int) -> float:
        return self.ends[end] - self.ends[first] + _GAP

    def height(self, first: int, end: int) -> float:
        rows: dict[int, tuple[int, float]] = {}
        for stack in self.stacks[first:end]:
            for lane, (count, high) in stack.items():
                known = rows.get(lane, (0, 0.0))
                rows[lane] = max(known[0], count), max(known[1], high)
        return _HEAD + sum(count * (high + _ROW_GAP) for count, high in rows.values())


@dataclass(frozen=True, slots=True)
class Cuts:
    """Where columns are cut into bands, and about how large a page must be for that."""

    page: float
    columns: list[int]
    """The first and one past the last column of each band."""


def split(places: Places, boxes: dict[str, Sized], ratio: float | None = None) -> list[Cuts]:
    """One way to cut for each number of bands worth trying; best first. ``ratio`` is the form of the page."""
    measures = _measures(places, boxes)
    columns = len(measures.stages)
    whole = measures.width(0, columns) + _LANE_HEAD
    if columns < 2 or (ratio is None and whole <= _NARROW):
        return [Cuts(max(whole, 0.0), [0, columns])]
    tried: list[Cuts] = []
    for count, cuts in enumerate(_cuts(measures, min(columns, _MOST)), 1):
        wide = max(measures.width(a, b) for a, b in pairwise(cuts)) + _LANE_HEAD + 56
        high = sum(measures.height(a, b) for a, b in pairwise(cuts)) + _AROUND
        torn = sum(measures.stages[cut - 1] == measures.stages[cut] for cut in cuts[1:-1])
        # The page that it fills is as large as this: the smaller, the larger the letters on paper.
        page = max(wide, high * (ratio or _BEST_RATIO))
        if ratio is not None:
            page = max(page, style.ENOUGH * ratio)
        page *= 1 + 0.03 * torn + 0.01 * count
        if ratio is None and (wide / high > _WIDEST or (count > 1 and wide / high < _NARROWEST)):
            page *= 10
        tried.append(Cuts(page, cuts))
    return sorted(tried, key=lambda each: each.page)


def _measures(places: Places, boxes: dict[str, Sized]) -> _Measures:
    columns = len(places.stages)
    widths = [SIGN] * columns
    stacks: list[dict[int, tuple[int, float]]] = [{} for _ in range(columns)]
    for id_, column in places.column.items():
        box, lane = boxes[id_], places.lane[id_]
        widths[column] = max(widths[column], box.width)
        count, high = stacks[column].get(lane, (0, 0.0))
        stacks[column][lane] = count + 1, max(high, box.height)
    return _Measures([0.0, *accumulate(wide + _GAP for wide in widths)], places.stages, stacks)


def _cuts(measures: _Measures, most: int) -> list[list[int]]:
    """Where to cut into one band, two, three and so on, so that the widest is as narrow as can be.

    It is sooner cut between stages than within one.
    """
    columns = len(measures.stages)
    torn = [_SPLIT_STAGE * measures.ends[-1] / columns if one == other else 0.0 for one, other in _seams(measures)]
    best: list[tuple[float, list[int]]] = [(0.0, [0])] + [(math.inf, [0])] * columns
    found = []
    for _ in range(most):
        following: list[tuple[float, list[int]]] = [(math.inf, [0])] * (columns + 1)
        for end in range(1, columns + 1):
            for first in range(end):
                before, cuts = best[first]
                # The widest band counts; the squares of the others keep them even.
                wide = measures.ends[end] - measures.ends[first]
                cost = max(before, wide) + wide * wide / 1e6 + torn[end]
                if cost < following[end][0]:
                    following[end] = cost, [*cuts, end]
        best = following
        found.append(best[columns][1])
    return found


def _seams(measures: _Measures) -> list[tuple[int, int]]:
    """The stages at both sides of where each column ends, the beginning and the end included."""
    return list(pairwise([-1, *measures.stages, -2]))
