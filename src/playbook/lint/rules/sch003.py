"""SCH003: a value that is missing or of the wrong sort."""

from __future__ import annotations

from playbook.diagnostics import Severity
from playbook.lint.rule import Rule

RULE = Rule(
    code="SCH003",
    name="invalid-value",
    severity=Severity.ERROR,
    profile="basic",
    what="A required key is missing, or a value is of the wrong type or not one of those allowed.",
    why="What cannot be read is left out, and then the journey on the wall is not the one in the file.",
    bad="""\
status: live
""",
    good="""\
status: active
""",
    fix="safe",
    fix_title="writes ids, numbers and flags as they were meant; with `--unsafe-fixes` also the nearest value",
)
