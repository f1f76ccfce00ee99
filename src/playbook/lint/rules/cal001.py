"""CAL001: public holidays of a country or subdivision that nobody knows."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.calendars.public_holidays import is_country, subdivision_codes, subdivisions
from playbook.diagnostics import Severity
from playbook.language.calendar import Calendar
from playbook.lint.kinds import calendar_of
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed
from playbook.text.quote import quoted
from playbook.text.suggest import nearest
from playbook.workspace import Document

_MEANT = {"UK": "GB", "EN": "GB", "EL": "GR"}
"""Codes in use that are not those of ISO 3166."""


def check(document: Document, context: Context) -> Iterator[Finding]:
    """The country, and the subdivision if the country is known."""
    del context
    calendar = calendar_of(document)
    if calendar is None:
        return
    if calendar.country is None:
        if calendar.subdivision is not None and ("country",) not in document.pruned:
            yield Finding(
                f"the subdivision {quoted(calendar.subdivision)} has no country, so that no holidays are known",
                ("subdivision",),
                expected="a country beside it, such as DE",
            )
    elif not is_country(calendar.country):
        yield Finding(
            f"no public holidays are known of a country {quoted(calendar.country)}",
            ("country",),
            expected="a code of two letters (ISO 3166-1), such as DE or US",
            suggestion=_MEANT.get(calendar.country),
        )
    elif calendar.subdivision is not None:
        yield from _subdivision(calendar, calendar.country, calendar.subdivision)


def _subdivision(calendar: Calendar, country: str, subdivision: str) -> Iterator[Finding]:
    known = subdivisions(country)
    if subdivision in known:
        return
    bare = subdivision.removeprefix(f"{country}-")
    yield Finding(
        f"no subdivision {quoted(subdivision)} of {calendar.country} has public holidays of its own",
        ("subdivision",),
        expected=f"one of {listed(subdivision_codes(country), 'or', limit=20)}"
        if known
        else "no subdivision: the holidays of this country are the same everywhere",
        suggestion=bare if bare in known else nearest(subdivision, known),
    )


RULE = Rule(
    code="CAL001",
    name="unknown-holidays",
    severity=Severity.ERROR,
    profile="basic",
    what="A calendar names a country or a subdivision whose public holidays are not known.",
    why="Work is then planned for days on which nobody works, and every date behind them is wrong.",
    bad="""\
---
calendar: office
country: DE
subdivision: Bavaria
""",
    good="""\
---
calendar: office
country: DE
subdivision: BY
""",
    document=check,
)
