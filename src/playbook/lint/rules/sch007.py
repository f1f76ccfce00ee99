"""SCH007: a unit of time that is unknown, or that two people read differently."""

from __future__ import annotations

from playbook.diagnostics import Severity
from playbook.lint.rule import Rule

RULE = Rule(
    code="SCH007",
    name="unclear-unit",
    severity=Severity.ERROR,
    profile="basic",
    what="A duration has no unit, an unknown one, or one with two readings. Units are min, bh, h, bd, d, w and mo.",
    why="5m is five minutes to one reader and five months to another, and both will keep to it.",
    bad="""\
outcome:
  achieved: first_value.reached
  within: 3m after closed_won
""",
    good="""\
outcome:
  achieved: first_value.reached
  within: 3mo after closed_won
""",
    fix="safe",
    fix_title="writes a unit that has one reading as the language spells it",
)
