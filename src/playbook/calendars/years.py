"""The years that are counted, and their days as whole numbers since 1970-01-01; all that needs no arrays."""

from __future__ import annotations

from datetime import date
from typing import Final

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200

_EPOCH: Final = date(1970, 1, 1).toordinal()
FIRST_DAY: Final = date(FIRST_YEAR, 1, 1).toordinal() - _EPOCH
LAST_DAY: Final = date(LAST_YEAR, 12, 31).toordinal() - _EPOCH

NOT_KNOWN: Final = -(2**63)
"""In place of a day that nobody knows, or that lies outside these years: the least whole number of 64 bits."""


def day_number(day: date) -> int:
    """The number of a day; of a date outside the years that are counted, :data:`NOT_KNOWN`."""
    number = day.toordinal() - _EPOCH
    return number if FIRST_DAY <= number <= LAST_DAY else NOT_KNOWN


def date_of(number: int) -> date | None:
    """The date of a day; ``None`` for one that is not known."""
    return date.fromordinal(int(number) + _EPOCH) if FIRST_DAY <= number <= LAST_DAY else None
