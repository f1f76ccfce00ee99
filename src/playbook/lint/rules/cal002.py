"""CAL002: a time zone that does not exist."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.calendars.hours import time_zones
from playbook.diagnostics import Severity
from playbook.lint.kinds import calendar_of
from playbook.lint.rule import Context, Finding, Rule
from playbook.text.quote import quoted
from playbook.text.suggest import nearest
from playbook.workspace import Document


def check(document: Document, context: Context) -> Iterator[Finding]:
    """The time zone of a calendar."""
    del context
    calendar = calendar_of(document)
    if calendar is None or calendar.time_zone is None or calendar.time_zone in time_zones():
        return
    yield Finding(
        f"there is no time zone {quoted(calendar.time_zone)}",
        ("time_zone",),
        expected="a name of the IANA time zone database, such as Europe/Berlin",
        suggestion=_meant(calendar.time_zone),
    )


def _meant(name: str) -> str | None:
    """A zone that is written almost like it, or the one of that city."""
    city = name.strip().replace(" ", "_").casefold()
    cities = sorted(zone for zone in time_zones() if "/" in zone and zone.rpartition("/")[2].casefold() == city)
    return cities[0] if len(cities) == 1 else nearest(name, time_zones())


RULE = Rule(
    code="CAL002",
    name="unknown-time-zone",
    severity=Severity.ERROR,
    profile="basic",
    what="A calendar names a time zone that does not exist.",
    why="Working hours mean nothing without the place where the clock hangs; a promise in hours is then kept or "
    "broken by chance.",
    bad="""\
---
calendar: office
time_zone: Europe/Berln
""",
    good="""\
---
calendar: office
time_zone: Europe/Berlin
""",
    document=check,
)
