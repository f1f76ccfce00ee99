"""RUL004: a rule of a plugin has failed."""

from __future__ import annotations

from playbook.diagnostics import Severity
from playbook.lint.rule import Rule

RULE = Rule(
    code="RUL004",
    name="failed-plugin-rule",
    severity=Severity.ERROR,
    profile="basic",
    what="A rule that comes with an installed plugin has failed, so that nothing is known of what it looks for.",
    why="A check that has not come to its end must not look like one that has found nothing.",
    bad="""\
# playbook.toml
# ACME100 of this package divides by the number of risks.
plugins = ["acme_rules"]
---
risks: {}
""",
    good="""\
# playbook.toml
plugins = ["acme_rules"]
---
risks:
  low_adoption: {when: account.active_seats < 3, owner: csm, do: Call the champion}
""",
)
