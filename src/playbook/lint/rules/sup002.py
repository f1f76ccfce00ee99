"""SUP002: entries of a baseline that nobody finds any more."""

from __future__ import annotations

from playbook.diagnostics import Severity
from playbook.lint.rule import Rule

RULE = Rule(
    code="SUP002",
    name="baseline-entry-gone",
    severity=Severity.INFO,
    profile="basic",
    what="The baseline has a finding that is no longer there.",
    why="What is mended should not come back unseen: without its entry in the baseline it is told again.",
    bad="""\
# playbook.toml
baseline = "baseline.json"
---
# baseline.json
{
  "version": 1,
  "findings": [
    {"file": "playbook.yaml", "code": "RCI001", "fingerprint": "0123456789abcdef0123456789abcdef"}
  ]
}
""",
    good="""\
# playbook.toml
baseline = "baseline.json"
---
# baseline.json
{
  "version": 1,
  "findings": []
}
""",
)
