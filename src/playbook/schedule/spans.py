"""Moments of many accounts at once, from the least to the most: :mod:`playbook.schedule.ranges` on arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce

import numpy as np

from playbook.schedule.axis import Moments
from playbook.text.quantities import Duration, Unit

Ahead = Callable[[Moments, float, Unit], Moments]
"""When work is over: of when it begins, and how long it takes."""


@dataclass(frozen=True, slots=True, eq=False)
class Span:
    """Moments that lie between ``low`` and ``high``; both are the same array where they are exact."""

    low: Moments
    high: Moments

    @property
    def is_exact(self) -> bool:
        """Whether nothing lies between the limits."""
        return self.low is self.high

    def later(self, other: Span) -> Span:
        """The later one of two moments; one of which nothing is said does not count."""
        low = np.fmax(self.low, other.low)
        return Span(low, low if self.is_exact and other.is_exact else np.fmax(self.high, other.high))

    def either(self, other: Span) -> Span:
        """A moment that is one of two, nobody knows which."""
        return Span(np.fmin(self.low, other.low), np.fmax(self.high, other.high))

    def ahead(self, ahead: Ahead, duration: Duration) -> Span:
        """This, and then so long, as work is counted ``ahead``."""
        low, high = shortest(duration), longest(duration)
        least = ahead(self.low, low, duration.unit)
        if self.is_exact and low == high:
            return Span(least, least)
        return Span(least, ahead(self.high, high, duration.unit))


def shortest(duration: Duration) -> float:
    """The least of a duration."""
    return duration.low or 0


def longest(duration: Duration) -> float:
    """The most of a duration; where it has no upper end, the least is taken for it."""
    return duration.high if duration.high is not None else duration.low or 0


def latest_of(moments: Iterable[Moments]) -> Moments | None:
    """The latest of several moments; ``None`` of none."""
    found = list(moments)
    return reduce(np.fmax, found) if found else None


def soonest_of(moments: Iterable[Moments]) -> Moments | None:
    """The soonest of several moments; ``None`` of none."""
    found = list(moments)
    return reduce(np.fmin, found) if found else None
