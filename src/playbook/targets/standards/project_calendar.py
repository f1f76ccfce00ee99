"""The calendar of an MSPDI file: a working week."""

from __future__ import annotations

from playbook.targets.files.xml_text import Element, element

HOURS = 8
"""The hours of a working day in the calendar of the file: 8:00 to 12:00 and 13:00 to 17:00."""


def calendars(working_days: int) -> Element:
    """One calendar with a week that begins on Monday; of six working days the sixth is Saturday."""
    week = [_weekday(day, (day + 5) % 7 < working_days) for day in range(1, 8)]
    return element(
        "Calendars",
        element(
            "Calendar",
            Element("UID", 1),
            Element("Name", "Standard"),
            Element("IsBaseCalendar", 1),
            Element("BaseCalendarUID", -1),
            element("WeekDays", *week),
        ),
    )


def _weekday(day: int, works: bool) -> Element:
    """A day of the week; 1 is Sunday."""
    times = element(
        "WorkingTimes",
        *(
            element("WorkingTime", Element("FromTime", start), Element("ToTime", end))
            for start, end in (("08:00:00", "12:00:00"), ("13:00:00", "17:00:00"))
        ),
    )
    return element("WeekDay", Element("DayType", day), Element("DayWorking", int(works)), times if works else None)
