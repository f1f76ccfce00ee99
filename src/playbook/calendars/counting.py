"""Where an amount of time leads from a day: the rules by which all timers are counted.

- Working days and hours go from worked day to worked day; the day that is counted from is day 0, so that one
  working day after a Friday, a Saturday and a Sunday all are the Monday. By the rule ``day_1``, the day itself is
  the first (if it is not worked, the first worked day after it is).
- Days go from day to day, weeks to the same day of the week, months to the same day of the month, or its last day
  where it has no such day. ``day_1`` counts for days too, not for weeks and months. Where this leads to a day that
  is not worked, the calendar's roll rule says what day it is.
- Hours and minutes make whole days; what is left of them stays on the day that these lead to.
- Before a day is counted back in the same way; the day itself is day 0 by both rules.
"""

from __future__ import annotations

import math
from typing import Literal

import numpy as np

from playbook.calendars.days import NOT_KNOWN, Days, is_known
from playbook.calendars.working_calendar import WorkingCalendar
from playbook.text.quantities import CALENDAR_DAYS, DAYS_A_MONTH, Unit

_SAME = 1e-9


def moved(
    calendar: WorkingCalendar, days: Days, amount: float, unit: Unit, direction: Literal["after", "before"]
) -> Days:
    """The days that are so long after or before some days."""
    sign = 1 if direction == "after" else -1
    if unit in ("bd", "bh"):
        return _by_working_days(calendar, days, amount / calendar.hours_a_day if unit == "bh" else amount, sign)
    if unit == "mo":
        return calendar.roll(add_months(days, sign * amount))
    counts = calendar.counting == "day_1" and sign > 0 and unit != "w"
    return calendar.roll(_plus(days, sign * _whole(amount * CALENDAR_DAYS[unit], counts)))


def add_months(days: Days, months: float) -> Days:
    """The same day so many months later, or the last of the month; a part of a month is that part of 30.4 days."""
    whole = math.trunc(months)
    known = is_known(days)
    given = np.where(known, days, 0).astype("datetime64[D]")
    month = given.astype("datetime64[M]")
    target = month + np.timedelta64(whole, "M")
    last = (target + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
    found = np.minimum(target.astype("datetime64[D]") + (given - month.astype("datetime64[D]")), last)
    moved_ = found.astype(np.int64) + math.trunc((months - whole) * DAYS_A_MONTH)
    return np.where(known & is_known(moved_), moved_, NOT_KNOWN)


def _by_working_days(calendar: WorkingCalendar, days: Days, amount: float, sign: int) -> Days:
    if amount == 0:
        return calendar.roll(days)
    table = calendar.table
    counts = calendar.counting == "day_1" and sign > 0
    whole = _whole(amount, counts)
    if counts:
        return table.day_at(_stepped(table.position_from(days), whole))
    if whole:
        return calendar.add_working_days(days, sign * whole)
    return calendar.roll(days, "forward" if sign > 0 else "backward")


def _whole(amount: float, counts: bool) -> int:
    """The whole days of an amount; where the first day counts, those that come after it."""
    return max(math.ceil(amount - _SAME) - 1, 0) if counts else math.floor(amount + _SAME)


def _plus(days: Days, count: int) -> Days:
    found = np.where(is_known(days), days, 0) + count
    return np.where(is_known(days) & is_known(found), found, NOT_KNOWN)


def _stepped(positions: Days, count: int) -> Days:
    return np.where(positions == NOT_KNOWN, -1, positions + count)
