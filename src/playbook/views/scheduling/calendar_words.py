"""The working time of a playbook in words."""

from __future__ import annotations

from playbook.language.calendar import Calendar
from playbook.views.parts.words import together
from playbook.workspace import CompiledPlaybook

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")


def calendar_in_words(playbook: CompiledPlaybook) -> str:
    """The working time that dates are counted on."""
    symbol = playbook.workspace_symbols["calendar"].get(playbook.model.calendar or "")
    calendar = symbol.value if symbol else None
    if not isinstance(calendar, Calendar):
        return "Monday to Friday, no public holidays, since the playbook names no calendar"
    days = tuple(calendar.working_days)
    words = "Monday to Friday" if days == _WEEKDAYS else together(day.capitalize() for day in days)
    region = "-".join(part for part in (calendar.country, calendar.subdivision) if part)
    holidays = f"public holidays of {region}" if region else "no public holidays"
    closures = f", {len(calendar.closures)} closure{'s' if len(calendar.closures) > 1 else ''}"
    return f"{calendar.title or calendar.calendar}: {words}, {holidays}{closures if calendar.closures else ''}"
