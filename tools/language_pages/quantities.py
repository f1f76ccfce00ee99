"""The page about quantities of time, whose tables come from the code that reads them."""

from __future__ import annotations

from language_pages.markdown import table
from language_pages.reference import GENERATED
from playbook.text.quantities import UNITS, parse_cadence, parse_duration, parse_timing

_DURATIONS = ("5bd", "30min", "1..2bd", "..2w", "2w..", "1w..2w", "~8w", "1.5h")
_TIMINGS = (
    ("5bd after kickoff", "kickoff", ""),
    ("14d before go_live", "go_live", ""),
    ("6..8w after launch", "launch", ""),
    ("0d after closed_won", "closed_won", ""),
    ("50% between trial_start and trial_end", "trial_start", "trial_end"),
)
_CADENCES = (
    "daily",
    "day",
    "weekly",
    "week",
    "monthly",
    "month",
    "quarterly",
    "quarter",
    "yearly",
    "year",
    "2w",
    "1..2w",
)
_UNITS_OF_CADENCES: dict[str, tuple[str, str]] = {
    **{str(unit): names for unit, names in UNITS.items()},
    "quarter": ("quarter", "quarters"),
    "year": ("year", "years"),
}


def quantities_page() -> str:
    """Durations, timings and cadences."""
    units = table(("Unit", "Means"), [(f"`{unit}`", names[1]) for unit, names in UNITS.items()])
    durations = table(
        ("Written", "Read as"), [(f"`{text}`", parse_duration(text).in_words()) for text in _DURATIONS]
    )
    timings = table(
        ("Written", "Read as"),
        [(f"`{text}`", parse_timing(text).in_words(name, until)) for text, name, until in _TIMINGS],
    )
    cadences = table(("Written", "Read as"), [(f"`{text}`", _cadence(text)) for text in _CADENCES])
    return f"""{GENERATED}
# Quantities of time

## Units

{units}
`m` is refused, since it is read as minutes by some and as months by others; a number without a unit is refused too
(SCH007). Business days and hours are counted on the playbook's [calendar](calendar.md).

## Durations

`takes`, `within`, `lasts`, `warn`, `breach`, …

{durations}
## Timings

`due`, `starts`, `outcome.within`, a routine's `from`: a duration, `after` or `before`, and what it hangs on: an
anchor, milestone, step, stage, handoff or event.

{timings}
A timing that hangs on an anchor with `moves: true` follows it when it moves.

## Cadences

`every`: an interval, or a calendar rhythm. Of a range, the shorter interval comes first.

{cadences}"""


def _cadence(text: str) -> str:
    cadence = parse_cadence(text)
    one, many = _UNITS_OF_CADENCES[cadence.unit]
    if cadence.most is not None:
        return f"every {cadence.count:g} to {cadence.most:g} {many}"
    return f"every {one}" if cadence.count == 1 else f"every {cadence.count:g} {many}"
