"""Amounts of time that can be added and compared though their units differ.

A business day is at least a day and a month between 28 and 31 days, so two amounts in different units can
be compared only with care. What is told here is certain, whatever the day on which the clock starts.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from playbook.text.quantities import Duration, Unit, in_words

_EXACT: dict[Unit, float] = {"min": 1 / 1440, "h": 1 / 24, "d": 1.0, "w": 7.0}
"""Days in a unit that has always the same length."""

USUAL_DAYS: dict[Unit, float] = {**_EXACT, "bh": 1.4 / 8, "bd": 1.4, "mo": 30.4}
"""Days in a unit as they usually are."""

MOST_DAYS: dict[Unit, float] = {**_EXACT, "bh": 1, "bd": 2, "mo": 31}
"""More days than a unit is on average, apart from long holidays."""

_SECOND = 1 / 86_400

_HOLIDAYS = 14
"""More days off in a row than any calendar has."""


@dataclass(frozen=True, slots=True)
class Span:
    """A sum of amounts by unit. ``working`` is how many days of a week are worked."""

    amounts: tuple[tuple[Unit, float], ...] = ()
    working: int = 5

    def plus(self, amount: float, unit: Unit) -> Span:
        """This and so many units more."""
        if not self.amounts:
            return Span(((unit, amount),), self.working) if amount else self
        amounts = dict(self.amounts)
        amounts[unit] = amounts.get(unit, 0) + amount
        return Span(tuple(sorted((each, value) for each, value in amounts.items() if value)), self.working)

    def and_then(self, other: Span) -> Span:
        """This and another one after it."""
        if not self.amounts:
            return other
        total = self
        for unit, amount in other.amounts:
            total = total.plus(amount, unit)
        return total

    def less(self, other: Span) -> Span:
        """What is left of this without another one."""
        return self.and_then(Span(tuple((unit, -amount) for unit, amount in other.amounts), other.working))

    @property
    def usual_days(self) -> float:
        """How many days it usually is: near enough to sort by."""
        return sum(amount * USUAL_DAYS[unit] for unit, amount in self.amounts) if self.amounts else 0

    @property
    def least_days(self) -> float:
        """The fewest days that it can be."""
        return sum(
            _days(abs(amount), unit, self.working, most=amount < 0) * _sign(amount) for unit, amount in self.amounts
        )

    @property
    def most_days(self) -> float:
        """The most days that it can be."""
        return sum(
            _days(abs(amount), unit, self.working, most=amount > 0) * _sign(amount) for unit, amount in self.amounts
        )

    def is_longer_than(self, other: Span) -> bool:
        """Whether it is longer for sure.

        Amounts in one and the same unit compare exactly. In sums of several units the order counts (a day
        after a Friday, then a business day, is no longer than the business day alone), so bounds do.
        """
        units = {unit for unit, _ in (*self.amounts, *other.amounts)}
        # A part of a day is a sum of fractions: what is less than a second is none.
        if len(units) == 1:
            return self.less(other).least_days > _SECOND
        return self.least_days - other.most_days > _SECOND

    def in_words(self) -> str:
        """The amounts in English: ``5 days and 2 business days``."""
        parts = [in_words(amount, unit) for unit, amount in self.amounts]
        return " and ".join(parts) if parts else "no time"


def lowest(duration: Duration, working: int = 5) -> Span:
    """The least that a duration allows."""
    return Span((), working).plus(duration.low or 0, duration.unit)


def highest(duration: Duration, working: int = 5) -> Span | None:
    """The most that a duration allows; ``None`` if it is open."""
    return None if duration.high is None else Span((), working).plus(duration.high, duration.unit)


@lru_cache(maxsize=4096)
def is_longer(part: Duration, whole: Duration, working: int) -> bool:
    """Whether the least of one duration is longer than the most of another, for sure."""
    limit = highest(whole, working)
    return limit is not None and lowest(part, working).is_longer_than(limit)


def _sign(amount: float) -> int:
    return 1 if amount > 0 else -1


def _days(amount: float, unit: Unit, working: int, *, most: bool) -> float:
    """The fewest or most days in so many units."""
    if unit in _EXACT:
        return amount * _EXACT[unit]
    if unit == "mo":
        return amount * (31 if most else 28)
    if unit == "bh":
        # A working day may have 24 hours, or one.
        return _days(amount, "bd", working, most=True) if most else amount / 24
    free = 7 - working
    if most:
        return amount + free * math.ceil(amount / working) + _HOLIDAYS
    # From the last day off on, so many days are worked before the next one comes.
    return amount + free * max(0, math.ceil(amount / working) - 1)
