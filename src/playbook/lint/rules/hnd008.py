"""HND008: what was promised in the sale stays in the sale."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from playbook.diagnostics import Related, Severity
from playbook.language.organization import Team
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed, named
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """What Sales owes the journey (``inputs``) and no handoff of Sales carries; nothing where Sales hands "
    "nothing over."""
    del context
    model = playbook.model
    if not model.inputs or not model.handoffs or playbook.document.pruned:
        return
    sales = _sales(playbook)
    given = {
        id_: handoff for id_, handoff in model.handoffs.items() if (playbook.team_of(handoff.giver) or "") in sales
    }
    if not given:
        return
    carried = {name for handoff in given.values() for name in handoff.payload}
    first, handoff = next(iter(given.items()))
    for id_, input_ in model.inputs.items():
        if (playbook.team_of(input_.owner) or "") not in sales:
            continue
        missing = [name for name in input_.data if name not in carried]
        if missing or not input_.data:
            yield Finding(
                f"{input_.owner} owes the journey {named(input_.title, id_)}, "
                + (
                    f"and the handoff {named(handoff.title, first)} does not carry {listed(missing, 'or')}"
                    if missing
                    else "and nothing says where it is kept, so no handoff can carry it"
                ),
                ("inputs", id_, "data"),
                related=(Related("the handoff", playbook.document.locator.place(("handoffs", first), key=True)),),
                expected="the same names under data of the input and under payload of the handoff",
                suggestion=f"payload: [{', '.join((*handoff.payload, *missing))}]" if missing else None,
            )


def _sales(playbook: CompiledPlaybook) -> set[str]:
    """The teams whose function is sales."""
    return {
        id_
        for id_, symbol in playbook.workspace_symbols["team"].items()
        if (cast(Team, symbol.value).function or id_) == "sales"
    }


_EXAMPLE = """\
tracking: product
fields:
  account.use_case: {{title: Use case}}
  account.promises: {{title: Promises made in the sale}}
  account.active_seats: {{title: Active seats, type: integer, captured: Product usage}}
events:
  account.first_report: {{title: First report built}}
---
inputs:
  expectations: {{title: What was promised in the sale, owner: ae, consumer: csm, data: account.promises}}
stages:
  - id: handover
    enter: deal.closed_won
    exit: sales_to_cs.accepted
    raci: {{C: [marketing, product], I: revops}}
    steps:
      - id: write_brief
        do: Write the handover brief
        raci: {{A: ae, R: ae, I: [csm, revops]}}
        captures: [account.use_case, account.promises]
        produces: brief
  - id: adoption
    enter: sales_to_cs.accepted
    exit: first_value.reached and account.active_seats >= 5
    raci: {{A: cs_leader, R: [csm, admin], C: [marketing, product], I: [revops, sales]}}
    steps:
      - {{id: run_kickoff, do: Run the kickoff call}}
handoffs:
  sales_to_cs:
    from: ae
    to: csm
    at: handover
    payload: [brief, account.use_case{0}]
    accept: {{within: 1bd}}
    reject: {{back_to: write_brief, at_most: 2}}
"""

RULE = Rule(
    code="HND008",
    name="promises-left-behind",
    severity=Severity.WARNING,
    profile="team",
    what="An input that Sales owes the journey, such as what was promised in the sale, is in the payload of no "
    "handoff "
    "from Sales.",
    why="A promise that the delivering team does not know is broken in the first meeting.",
    bad=_EXAMPLE.format(""),
    good=_EXAMPLE.format(", account.promises"),
    playbook=check,
)
