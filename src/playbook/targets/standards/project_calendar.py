"""The calendar of an MSPDI file: a working week."""

from __future__ import annotations

from collections.abc import Collection

from playbook.language.calendar import Weekday
from playbook.targets.files.xml_text import Element, element

HOURS = 8
"""The hours of a working day in the calendar of the file: 8:00 to 12:00 and 13:00 to 17:00."""


_DAYS: dict[Weekday, int] = {"sun": 1, "mon": 2, "tue": 3, "wed": 4, "thu": 5, "fri": 6, "sat": 7}
"""The days of the week by their numbers in the file."""


def calendars(week: Collection[Weekday]) -> Element:
    """One calendar, in which the days of a week are worked."""
    days = [_weekday(number, day in week) for day, number in _DAYS.items()]
    return element(
        "Calendars",
        element(
            "Calendar",
            Element("UID", 1),
            Element("Name", "Standard"),
            Element("IsBaseCalendar", 1),
            Element("BaseCalendarUID", -1),
            element("WeekDays", *days),
        ),
    )


def _weekday(day: int, works: bool) -> Element:
    times = element(
        "WorkingTimes",
        *(
            element("WorkingTime", Element("FromTime", start), Element("ToTime", end))
            for start, end in (("08:00:00", "12:00:00"), ("13:00:00", "17:00:00"))
        ),
    )
    return element("WeekDay", Element("DayType", day), Element("DayWorking", int(works)), times if works else None)
