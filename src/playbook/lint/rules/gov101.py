"""GOV101: no executive stands behind the journey."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import named
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Journeys and programmes without a sponsor. A part has that of the journey that runs it."""
    del context
    ownership = playbook.model.ownership
    if playbook.model.scope != "part" and (ownership is None or ownership.sponsor is None):
        yield Finding(
            f"no executive sponsor stands behind {named(playbook.model.title, playbook.id)}",
            ("ownership", "sponsor"),
            expected="ownership: {sponsor: ...} with the executive's role, such as the CCO, CRO or head of revenue",
        )


RULE = Rule(
    code="GOV101",
    name="sponsor-missing",
    severity=Severity.ERROR,
    profile="governed",
    what="A playbook has no executive sponsor.",
    why="Where five functions must give time, only somebody above all of them can settle who gives how much.",
    bad="""\
ownership: {accountable: cs_leader}
handoffs:
  sales_to_cs:
    from: ae
    to: csm
    at: handover
    payload: [brief, account.use_case]
    accept: {within: 1bd, by: cco}
    reject: {back_to: write_brief, at_most: 2}
""",
    good="""\
ownership: {accountable: cs_leader, sponsor: cco}
""",
    playbook=check,
)
