"""SUP004: a comment or waiver for a rule that there is not."""

from __future__ import annotations

from playbook.diagnostics import Severity
from playbook.lint.rule import Rule

RULE = Rule(
    code="SUP004",
    name="ignore-of-unknown-rule",
    severity=Severity.ERROR,
    profile="basic",
    what="A comment or a waiver is for a rule that does not exist.",
    why="A slip in the code leaves the finding where it was, or hides that the comment is not needed.",
    bad="""\
milestones:
  # playbook: ignore[RCI001, RCI0O2] reason: the CSM is being hired
  first_value: {event: account.first_report, raci: {R: csm}}
""",
    good="""\
milestones:
  # playbook: ignore[RCI001] reason: the CSM is being hired
  first_value: {event: account.first_report, raci: {R: csm}}
""",
)
