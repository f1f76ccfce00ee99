"""The working calendar of a playbook."""

from __future__ import annotations

from playbook.calendars.working_calendar import WorkingCalendar
from playbook.language.calendar import Calendar
from playbook.workspace import CompiledPlaybook, Document


def calendar_of(playbook: CompiledPlaybook) -> WorkingCalendar:
    """The calendar that a playbook names; Monday to Friday, eight hours and no holidays where it names none.

    Asking again gives the same calendar, with the tables that were made for it.
    """
    symbol = playbook.workspace_symbols["calendar"].get(playbook.model.calendar or "")
    return symbol.document.remembered(_calendar) if symbol else playbook.remembered(_usual)


def _calendar(document: Document) -> WorkingCalendar:
    return WorkingCalendar.of(document.model if isinstance(document.model, Calendar) else None)


def _usual(playbook: CompiledPlaybook) -> WorkingCalendar:
    del playbook
    return WorkingCalendar()
