"""Durations in working days, so that all of a playbook can be drawn against one axis."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.calendars.hours import FULL_DAY, office_hours
from playbook.language.calendar import Calendar
from playbook.proofs.due import working_days
from playbook.schedule.ranges import Range
from playbook.text.quantities import CALENDAR_DAYS, Duration, Timing, Unit
from playbook.workspace import CompiledPlaybook


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """How much working time there is in a week and a day.

    Without dates, calendar days can only be converted on average: a week has seven days and so many working
    days. Public holidays and closures need a date and are left out.
    """

    days_a_week: int = 5
    hours_a_day: float = FULL_DAY

    def days(self, amount: float, unit: Unit) -> float:
        """The working days in an amount of a unit."""
        if unit == "bd":
            return amount
        if unit == "bh":
            return amount / self.hours_a_day
        return amount * CALENDAR_DAYS[unit] * self.days_a_week / 7

    def range(self, duration: Duration) -> Range:
        """The working days of a duration. Where it has no upper end, the least is taken for it."""
        low = self.days(duration.low or 0, duration.unit)
        return Range(low, low if duration.high is None else self.days(duration.high, duration.unit))

    def moment(self, base: Range, timing: Timing) -> Range | None:
        """When a timing is, counted as what it hangs on is; ``None`` for a share between two moments."""
        if timing.offset is None:
            return None
        offset = self.range(timing.offset)
        return base.plus(offset) if timing.direction == "after" else base.less(offset)


def working_time(playbook: CompiledPlaybook) -> WorkingTime:
    """The working time of a playbook's calendar: five days of eight hours where there is none."""
    symbol = playbook.workspace_symbols["calendar"].get(playbook.model.calendar or "")
    calendar = symbol.value if symbol else None
    hours = office_hours(calendar.working_hours) if isinstance(calendar, Calendar) else None
    return WorkingTime(working_days(playbook), hours.length if hours else FULL_DAY)
