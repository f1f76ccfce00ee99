"""CAL003: working hours or a closure that end before they begin."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.calendars.hours import office_hours
from playbook.diagnostics import Severity
from playbook.lint.kinds import calendar_of
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import named
from playbook.text.quote import quoted
from playbook.workspace import Document


def check(document: Document, context: Context) -> Iterator[Finding]:
    """The working hours and all closures."""
    del context
    calendar = calendar_of(document)
    if calendar is None:
        return
    if calendar.working_hours is not None and office_hours(calendar.working_hours) is None:
        begins, _, ends = calendar.working_hours.partition("-")
        late = ends > "24:00"
        yield Finding(
            f"the working hours {quoted(calendar.working_hours)} "
            + ("end after midnight" if late else "have no time between their ends"),
            ("working_hours",),
            expected="the hours of one day, the earlier one first, 24:00 at the latest",
            suggestion=f"{ends}-{begins}" if not late and begins != ends and not begins.startswith("24") else None,
        )
    for index, closure in enumerate(calendar.closures):
        if closure.until is not None and closure.until < closure.since:
            what = f"the closure {named(closure.title, str(closure.since))}" if closure.title else "a closure"
            yield Finding(
                f"{what} ends on {closure.until}, before it begins on {closure.since}",
                ("closures", index, "until"),
                expected="the first day in `from`, the last one in `until`",
            )


RULE = Rule(
    code="CAL003",
    name="ends-before-it-begins",
    severity=Severity.ERROR,
    profile="basic",
    what="The working hours or a closure of a calendar end before they begin.",
    why="Nothing is closed or worked in such a time, though whoever wrote it counts on it.",
    bad="""\
---
calendar: office
closures:
  - {from: 2027-01-01, until: 2026-12-24, title: Year-end closure}
""",
    good="""\
---
calendar: office
closures:
  - {from: 2026-12-24, until: 2027-01-01, title: Year-end closure}
""",
    document=check,
)
