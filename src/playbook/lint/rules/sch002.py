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
outcome:
  acheived: first_value.reached
  achieved: first_value.reached
""",
    good="""\
outcome:
  achieved: first_value.reached
""",
)
