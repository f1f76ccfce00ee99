"""SUP007: something that wants to keep back what is mandatory."""

from __future__ import annotations

from playbook.diagnostics import Severity
from playbook.lint.rule import Rule

RULE = Rule(
    code="SUP007",
    name="mandatory-rule-ignored",
    severity=Severity.ERROR,
    profile="basic",
    what="A comment, waiver, baseline or setting asks to ignore a rule that playbook.toml makes mandatory.",
    why="The finding stays. Whoever wrote the request should know, and so should those who set the rule.",
    bad="""\
# playbook.toml
mandatory = ["NAM001"]
ignore = ["NAM001"]
""",
    good="""\
# playbook.toml
mandatory = ["NAM001"]
""",
)
