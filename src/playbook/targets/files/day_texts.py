"""The texts of days as a sheet writes them, each made once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
from numpy.typing import NDArray

from playbook.calendars.days import Days, date_of, is_known

_MARGIN = 366
"""Days around those that are asked for; the next accounts are likely to need them."""


class DayTexts:
    """The texts that ``write`` gives for days; what is not known is empty."""

    def __init__(self, write: Callable[[date | None], bytes]) -> None:
        self._write = write
        self._made: dict[date | None, bytes] = {}
        self._first = 0
        self._table: NDArray[np.object_] = np.array([self.of(None)], dtype=object)

    def of(self, day: date | None) -> bytes:
        """The text of one day."""
        found = self._made.get(day)
        if found is None:
            found = self._made[day] = self._write(day)
        return found

    def rows(self, days: Days) -> list[list[bytes]]:
        """The texts of a table of days."""
        known = is_known(days)
        if known.any():
            self._reach(int(days[known].min()), int(days[known].max()))
        places = np.where(known, days - self._first, len(self._table) - 1) if days.size else days
        return self._table[places].tolist()  # type: ignore[no-any-return]

    def _reach(self, first: int, last: int) -> None:
        if first >= self._first and last < self._first + len(self._table) - 1:
            return
        if len(self._table) > 1:
            first, last = min(first, self._first), max(last, self._first + len(self._table) - 2)
        self._first = first - _MARGIN
        days = [self.of(date_of(number)) for number in range(self._first, last + _MARGIN)]
        self._table = np.array([*days, self.of(None)], dtype=object)
