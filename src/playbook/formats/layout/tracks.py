"""Tracks: arrows that share a corridor run beside each other in it, and cross as seldom as can be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import permutations

_MOST_TRIED = 6
"""Up to so many tracks all orders are tried; above, neighbours are exchanged as long as that helps."""
_ON_EACH_OTHER = 50


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of an arrow that runs in a corridor, from where it comes in to where it goes out.

    ``start`` and ``end`` are places along the corridor; the sides tell whether the arrow comes from or goes to
    the side of the first track (-1), that of the last one (1), or neither (0).
    """

    start: float
    end: float
    start_side: int
    end_side: int
    route: int
    part: int
    spare: float = 0.0
    """How much further a text on it reaches."""

    @property
    def low(self) -> float:
        """Its first place."""
        return min(self.start, self.end) - self.spare

    @property
    def high(self) -> float:
        """Its last place."""
        return max(self.start, self.end) + self.spare


def tracked(stretches: list[Stretch], shares: Callable[[Stretch, Stretch], bool]) -> list[list[Stretch]]:
    """The stretches of a corridor on tracks; ``shares`` tells which may lie on each other."""
    tracks: list[list[Stretch]] = []
    for stretch in sorted(stretches, key=lambda s: (s.high - s.low, s.low, s.route, s.part)):
        for track in tracks:
            if all(shares(stretch, other) or _apart(stretch, other) for other in track):
                track.append(stretch)
                break
        else:
            tracks.append([stretch])
    return _ordered(tracks, shares)


def _apart(one: Stretch, other: Stretch) -> bool:
    return one.high < other.low - 1e-6 or other.high < one.low - 1e-6


def _ordered(tracks: list[list[Stretch]], shares: Callable[[Stretch, Stretch], bool]) -> list[list[Stretch]]:
    """The tracks in the order with the fewest crossings."""
    count = len(tracks)
    # What it costs that one track lies before another does not depend on the rest.
    before = [
        [sum(_cost(a, b, shares) for a in one for b in other) if one is not other else 0 for other in tracks]
        for one in tracks
    ]

    def cost(order: tuple[int, ...]) -> int:
        return sum(before[order[a]][order[b]] for a in range(count) for b in range(a + 1, count))

    best = tuple(range(count))
    if count <= _MOST_TRIED:
        best = min(permutations(best), key=cost)
    else:
        changed = True
        while changed:
            changed = False
            for at in range(count - 1):
                one, other = best[at], best[at + 1]
                if before[other][one] < before[one][other]:
                    best = (*best[:at], other, one, *best[at + 2 :])
                    changed = True
    return [tracks[number] for number in best]


def _cost(first: Stretch, second: Stretch, shares: Callable[[Stretch, Stretch], bool]) -> int:
    """What it costs that the one lies on an earlier track than the other."""
    if shares(first, second):
        return 0
    cost = 0
    for place, side in ((first.start, first.start_side), (first.end, first.end_side)):
        # What goes off to the far side crosses what lies between.
        if side > 0 and second.low < place < second.high:
            cost += 1
        for other, at in ((second.start, second.start_side), (second.end, second.end_side)):
            if side > 0 > at and abs(place - other) < 3:
                cost += _ON_EACH_OTHER
    for place, side in ((second.start, second.start_side), (second.end, second.end_side)):
        if side < 0 and first.low < place < first.high:
            cost += 1
    return cost
