"""SUP006: a comment that gives no reason."""

from __future__ import annotations

from playbook.diagnostics import Severity
from playbook.lint.rule import Rule

RULE = Rule(
    code="SUP006",
    name="ignore-without-reason",
    severity=Severity.WARNING,
    profile="governed",
    what="A comment ignores a rule and does not say why.",
    why="Whoever reads it later cannot tell a decision from a shortcut, and nobody dares to remove it.",
    bad="""\
milestones:
  # playbook: ignore[RCI001]
  first_value: {event: account.first_report, raci: {R: csm}}
""",
    good="""\
milestones:
  # playbook: ignore[RCI001] reason: the CSM is being hired
  first_value: {event: account.first_report, raci: {R: csm}}
""",
)
