"""SUP005: a comment whose last day is over."""

from __future__ import annotations

from playbook.diagnostics import Severity
from playbook.lint.rule import Rule

RULE = Rule(
    code="SUP005",
    name="expired-ignore",
    severity=Severity.WARNING,
    profile="basic",
    what="The last day of a comment that ignores a rule is over; the finding is told again.",
    why="Somebody promised to be done by that day. Either it is done, or the day has to be set anew.",
    bad="""\
milestones:
  # playbook: ignore[RCI002] until=2026-03-31 reason: merger in progress
  first_value: {event: account.first_report, raci: {A: csm}}
""",
    good="""\
milestones:
  first_value: {event: account.first_report, raci: {A: csm}}
""",
    fix="safe",
    fix_title="removes the comment, which has no effect any more",
)
