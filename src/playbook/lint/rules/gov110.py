"""GOV110: a dedicated team in name only."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.lint.lost import is_lost
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed, named
from playbook.workspace import CompiledPlaybook

_FORMS = {
    "leader": "leader: the role that leads the team",
    "budget": "budget: what it may spend",
    "objectives": "objectives: the revenue-linked KPIs that it answers for",
}


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Journeys that a dedicated team owns, with all that the team lacks in one finding."""
    del context
    ownership = playbook.model.ownership
    if ownership is None or ownership.model != "dedicated" or playbook.model.scope == "part":
        return
    missing = [key for key in _FORMS if ownership.dedicated is None or not getattr(ownership.dedicated, key)]
    missing = [key for key in missing if not is_lost(playbook.document, ("ownership", "dedicated", key))]
    if missing:
        yield Finding(
            f"{named(playbook.model.title, playbook.id)} is owned by a dedicated team that has no "
            f"{listed(missing, 'or')}",
            ("ownership", "dedicated") if ownership.dedicated is not None else ("ownership", "model"),
            on_key=ownership.dedicated is not None,
            expected=f"dedicated: {{{'; '.join(_FORMS[key] for key in missing)}}}",
        )


RULE = Rule(
    code="GOV110",
    name="dedicated-team-without-means",
    severity=Severity.ERROR,
    profile="governed",
    what="Onboarding is owned by a dedicated team without a leader, a budget or revenue-linked objectives.",
    why="A team without means takes the blame for onboarding, and changes nothing about it.",
    bad="""\
ownership:
  model: dedicated
  accountable: cs_leader
  sponsor: cco
  decision: Minutes of the board, 2 March
  dedicated: {leader: cs_leader}
""",
    good="""\
metrics: onboarding
kpis:
  nrr_year_1: {title: Net revenue retention, kind: ratio, owner: cs_leader}
---
ownership:
  model: dedicated
  accountable: cs_leader
  sponsor: cco
  decision: Minutes of the board, 2 March
  dedicated: {leader: cs_leader, budget: 4 people and 50 k EUR a year, objectives: nrr_year_1}
""",
    playbook=check,
)
