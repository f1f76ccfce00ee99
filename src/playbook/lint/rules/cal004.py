"""CAL004: a week or a change window without any day on which somebody works."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.lint.kinds import calendar_of
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed
from playbook.workspace import Document


def check(document: Document, context: Context) -> Iterator[Finding]:
    """The working days, and all windows that have days of their own."""
    del context
    calendar = calendar_of(document)
    if calendar is None:
        return
    if not calendar.working_days:
        yield Finding(
            "the calendar has no working days", ("working_days",), expected="at least one day of the week"
        )
        return
    for id_, days in calendar.windows.items():
        if not set(days) & set(calendar.working_days):
            yield Finding(
                f'the change window "{id_}" is never open: '
                + (f"nobody works on {listed(days)}" if days else "it has no days"),
                ("windows", id_),
                expected=f"at least one of the working days {listed(calendar.working_days)}",
            )


RULE = Rule(
    code="CAL004",
    name="never-open",
    severity=Severity.ERROR,
    profile="basic",
    what="A calendar has no working days, or a change window has none of them.",
    why="What waits for that window could never be done; its dates are worked out as if there were no window.",
    bad="""\
---
calendar: office
windows: {deploy: [sat, sun]}
""",
    good="""\
---
calendar: office
windows: {deploy: [tue, thu]}
""",
    document=check,
)
