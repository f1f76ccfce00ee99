"""SUP003: a comment that means to ignore something, and does not say it clearly."""

from __future__ import annotations

from playbook.diagnostics import Severity
from playbook.lint.rule import Rule

RULE = Rule(
    code="SUP003",
    name="unclear-ignore",
    severity=Severity.ERROR,
    profile="basic",
    what="A comment asks to ignore something, but not in the form that is understood.",
    why="It keeps nothing back, or its author believes that it does more or lasts less long than it does.",
    bad="""\
milestones:
  # playbook: ignore until=2027-03-31
  first_value: {event: account.first_report, raci: {R: csm}} # playbook: ignore[RCI001]
""",
    good="""\
milestones:
  # playbook: ignore[RCI001] until=2027-03-31
  first_value: {event: account.first_report, raci: {R: csm}}
""",
)
