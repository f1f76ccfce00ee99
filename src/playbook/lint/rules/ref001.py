"""REF001: two things with one id."""

from __future__ import annotations

from playbook.diagnostics import Severity
from playbook.lint.rule import Rule

RULE = Rule(
    code="REF001",
    name="duplicate-id",
    severity=Severity.ERROR,
    profile="basic",
    what="An id is used twice where one name must mean one thing.",
    why="A timer or a condition that names it would follow one of the two, and nobody can say which.",
    bad="""\
anchors:
  closed_won: {event: deal.closed_won, start: true}
  first_value: {event: account.first_report}
""",
    good="""\
anchors:
  closed_won: {event: deal.closed_won, start: true}
  first_login: {event: account.first_report}
""",
    fix="unsafe",
    fix_title="gives the second of the two another id; what names it is left to people",
)
