"""SLA007: a ladder of escalation that does not lead up."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.lint.promises import promises_of
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed
from playbook.workspace import CompiledPlaybook

_HIGHEST = 20
"""So many levels up are looked at: the reporting lines may run in a circle."""


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Ladders with a rung below one ahead of it, by the reporting lines, and those with a rung twice."""
    del context
    for promise in promises_of(playbook):
        ladder = promise.sla.escalate
        if len(ladder) < 2:
            continue
        for number, rung in enumerate(ladder):
            higher = next((each for each in ladder[:number] if each in _above(playbook, rung)), None)
            if higher is None and rung not in ladder[:number]:
                continue
            reason = f"{rung} hears of it after {higher}, to whom the role reports"
            yield Finding(
                f"the escalation of {promise.about} does not lead up: "
                f"{reason if higher is not None else f'{rung} is told twice'}",
                (*promise.path, "escalate", number),
                expected=f"each role once, from the nearest to the highest: {listed(_in_order(playbook, ladder))}",
            )
            break


def _above(playbook: CompiledPlaybook, id_: str) -> list[str]:
    """The roles that a role reports to, the nearest first."""
    above: list[str] = []
    role = playbook.role(id_)
    while role is not None and role.reports_to is not None and len(above) < _HIGHEST:
        if role.reports_to in above or role.reports_to == id_:
            break
        above.append(role.reports_to)
        role = playbook.role(role.reports_to)
    return above


def _in_order(playbook: CompiledPlaybook, ladder: tuple[str, ...]) -> list[str]:
    """Each rung once, none behind one that it reports to, otherwise as they were written."""
    found: list[str] = []
    for rung in dict.fromkeys(ladder):
        above = _above(playbook, rung)
        at = next((number for number, other in enumerate(found) if other in above), len(found))
        found.insert(at, rung)
    return found


_ORGANIZATION = """\
organization: acme
teams:
  sales: {title: Sales}
  customer_success: {title: Customer Success}
  marketing: {title: Marketing}
  product: {title: Product}
  revops: {title: Revenue Operations}
  customer: {title: Customer, party: customer}
roles:
  ae: {title: Account Executive, team: sales}
  csm: {title: Customer Success Manager, team: customer_success, reports_to: cs_leader}
  cs_leader: {title: VP Customer Success, team: customer_success, reports_to: cco}
  cco: {title: Chief Customer Officer, team: customer_success}
  admin: {title: Customer admin, team: customer}
"""
_STAGES = """\
---
stages:
  - id: adoption
    enter: deal.closed_won
    exit: first_value.reached and account.active_seats >= 5
    raci: {{A: cs_leader, R: [csm, ae, admin], C: [marketing, product], I: [revops, sales]}}
    steps:
      - id: write_brief
        do: Write the account brief
        captures: account.use_case
        produces: brief
        sla: {{breach: 1bd, escalate: [{ladder}]}}
handoffs: null
"""

RULE = Rule(
    code="SLA007",
    name="escalation-not-upwards",
    severity=Severity.WARNING,
    profile="governed",
    what="An escalation tells somebody after the role that they report to, or tells the same role twice.",
    why="Whoever could have mended it hears of it from above, when it is already a question of blame.",
    bad=_ORGANIZATION + _STAGES.format(ladder="cco, cs_leader"),
    good=_ORGANIZATION + _STAGES.format(ladder="cs_leader, cco"),
    playbook=check,
)
