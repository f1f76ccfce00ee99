"""Days as whole numbers since 1970-01-01, so that many of them are counted at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.int64]

NOT_KNOWN: Final = int(np.iinfo(np.int64).min)
"""In place of a day that nobody knows, or that lies outside the years below."""

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200

_EPOCH = date(1970, 1, 1)
FIRST_DAY: Final = (date(FIRST_YEAR, 1, 1) - _EPOCH).days
LAST_DAY: Final = (date(LAST_YEAR, 12, 31) - _EPOCH).days


def day_number(day: date) -> int:
    """The number of a day; of a date outside the years that are counted, :data:`NOT_KNOWN`."""
    number = day.toordinal() - _EPOCH.toordinal()
    return number if FIRST_DAY <= number <= LAST_DAY else NOT_KNOWN


def date_of(number: int) -> date | None:
    """The date of a day; ``None`` for one that is not known."""
    return _EPOCH + timedelta(days=int(number)) if FIRST_DAY <= number <= LAST_DAY else None


def days_of(dates: Iterable[date | None]) -> Days:
    """The numbers of many dates."""
    return np.array([NOT_KNOWN if day is None else day_number(day) for day in dates], dtype=np.int64)


def is_known(days: Days) -> NDArray[np.bool_]:
    """Whether days are known: in the years that are counted."""
    return (days >= FIRST_DAY) & (days <= LAST_DAY)
