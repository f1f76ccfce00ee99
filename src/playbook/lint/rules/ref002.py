"""REF002: a name that nothing bears."""

from __future__ import annotations

from playbook.diagnostics import Severity
from playbook.lint.rule import Rule

RULE = Rule(
    code="REF002",
    name="unknown-reference",
    severity=Severity.ERROR,
    profile="basic",
    what="A role, team, stage, step, event, field, KPI or the like is named, but nowhere declared.",
    why="A task for a role that does not exist reaches nobody, and a condition on an unknown field never holds.",
    bad="""\
milestones:
  first_value: {event: account.frist_report, raci: {A: csm}}
anchors:
  closed_won: {event: deal.closed_won, start: true}
  first_login: {event: account.first_report}
""",
    good="""\
milestones:
  first_value: {event: account.first_report, raci: {A: csm}}
anchors:
  closed_won: {event: deal.closed_won, start: true}
  first_login: {event: account.first_report}
""",
    fix="safe",
    fix_title="writes the name that was meant; with `--unsafe-fixes` also where that is but likely",
)
