"""SUP001: a comment that keeps nothing back."""

from __future__ import annotations

from playbook.diagnostics import Severity
from playbook.lint.rule import Rule

RULE = Rule(
    code="SUP001",
    name="unused-ignore",
    severity=Severity.WARNING,
    profile="basic",
    what="A comment asks to ignore a rule where the rule finds nothing.",
    why="Once the mistake is mended, the comment only waits to hide the next one.",
    bad="""\
milestones:
  # playbook: ignore[RCI001] reason: the CSM is being hired
  first_value: {event: account.first_report, raci: {A: csm}}
""",
    good="""\
milestones:
  first_value: {event: account.first_report, raci: {A: csm}}
""",
    fix="safe",
    fix_title="removes the comment, or the codes in it that are not needed",
)
