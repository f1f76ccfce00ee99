"""SCH002: a key that the language does not have."""

from __future__ import annotations

from playbook.diagnostics import Severity
from playbook.lint.rule import Rule

RULE = Rule(
    code="SCH002",
    name="unknown-key",
    severity=Severity.ERROR,
    profile="basic",
    what="A key is not part of the language where it stands.",
    why="A misspelt key says nothing: its author believes in a rule that nobody is told of.",
    bad="""\
anchors:
  closed_won: {event: deal.closed_won, start: true, titel: Contract signed}
""",
    good="""\
anchors:
  closed_won: {event: deal.closed_won, start: true, title: Contract signed}
""",
    fix="safe",
    fix_title="renames the key to the one that was meant; with `--unsafe-fixes` also where that is but likely",
)
