"""Stretches of time whose limits are known: from the least to the most."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Range:
    """A number of working days, at least ``low`` and at most ``high``; both are the same where it is exact."""

    low: float
    high: float

    @property
    def middle(self) -> float:
        """Halfway between the limits."""
        return (self.low + self.high) / 2

    def plus(self, other: Range) -> Range:
        """This and then the other."""
        return Range(self.low + other.low, self.high + other.high)

    def less(self, other: Range) -> Range:
        """When something begins that takes the other and is over at this."""
        return Range(self.low - other.high, self.high - other.low)

    def later(self, other: Range) -> Range:
        """The later one of two moments."""
        return Range(max(self.low, other.low), max(self.high, other.high))

    def sooner(self, other: Range) -> Range:
        """The earlier one of two moments."""
        return Range(min(self.low, other.low), min(self.high, other.high))

    def either(self, other: Range) -> Range:
        """A moment that is one of two, nobody knows which."""
        return Range(min(self.low, other.low), max(self.high, other.high))

    def part(self, share: float, other: Range) -> Range:
        """The moment so far on the way from this to the other; ``share`` is between 0 and 1."""
        return Range(
            self.low + (other.low - self.low) * share,
            self.high + (other.high - self.high) * share,
        )


NOW = Range(0.0, 0.0)
"""No time at all; or the very day of an anchor."""
