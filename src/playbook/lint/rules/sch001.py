"""SCH001: the file cannot be read as YAML."""

from __future__ import annotations

from playbook.diagnostics import Severity
from playbook.lint.rule import Rule

RULE = Rule(
    code="SCH001",
    name="invalid-yaml",
    severity=Severity.ERROR,
    profile="basic",
    what="The file is not valid YAML 1.2, or says one thing twice.",
    why="A file that tools read differently, or not at all, cannot be the one place where the journey is defined.",
    bad="""\
playbook: sample
title: Sample: the second colon needs quotes
stages: []
""",
    good="""\
title: "Sample: the second colon has quotes"
""",
)
