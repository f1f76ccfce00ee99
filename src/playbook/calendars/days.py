"""Many days at once, as arrays of whole numbers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np
from numpy.typing import NDArray

from playbook.calendars.years import FIRST_DAY, FIRST_YEAR, LAST_DAY, LAST_YEAR, NOT_KNOWN, date_of, day_number

__all__ = [
    "FIRST_DAY",
    "FIRST_YEAR",
    "LAST_DAY",
    "LAST_YEAR",
    "NOT_KNOWN",
    "Days",
    "date_of",
    "day_number",
    "days_of",
    "is_known",
]

Days = NDArray[np.int64]
"""Days since 1970-01-01, or :data:`NOT_KNOWN`."""


def days_of(dates: Iterable[date | None]) -> Days:
    """The numbers of many dates."""
    return np.array([NOT_KNOWN if day is None else day_number(day) for day in dates], dtype=np.int64)


def is_known(days: Days) -> NDArray[np.bool_]:
    """Whether days are known: in the years that are counted."""
    return (days >= FIRST_DAY) & (days <= LAST_DAY)
