"""RCI009: a function that the company has, but that a stage leaves out."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.lint.functions import FUNCTIONS, functions_of
from playbook.lint.letters import stage_name
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed
from playbook.raci_analysis import raci_analysis
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Stages of a journey in which one of the five functions holds no letter on any step."""
    del context
    if playbook.model.scope != "journey":
        return
    function_of = functions_of(playbook.workspace_symbols["team"])
    present = [function for function in FUNCTIONS if function in function_of.values()]
    if not present:
        return
    holders = playbook.remembered(raci_analysis).holders
    for index, stage in enumerate(playbook.model.stages):
        if not playbook.tasks_by_stage[stage.id] or playbook.stages[stage.id] is not stage:
            continue
        taking_part = {function_of.get(playbook.team_of(holder) or "") for holder in holders[stage.id]}
        missing = [function for function in present if function not in taking_part]
        if missing:
            yield Finding(
                f"{listed(missing)} {'has' if len(missing) == 1 else 'have'} no letter in {stage_name(stage)}",
                ("stages", index, "raci"),
                expected="each of the five functions as R, A, C or I on at least one step of a stage",
                suggestion=f"I: {missing[0]}" if len(missing) == 1 else f"I: [{', '.join(missing)}]",
            )


RULE = Rule(
    code="RCI009",
    name="function-left-out",
    severity=Severity.WARNING,
    profile="governed",
    what="A function that the organization has (Sales, CS, Marketing, Product, RevOps) holds no letter in a stage.",
    why="A function that is not even informed of a stage sends its own messages and plans past it.",
    bad="""\
stages:
  - id: adoption
    enter: deal.closed_won
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: [csm, ae, admin], I: sales}
    steps:
      - id: write_brief
        do: Write the account brief
        captures: account.use_case
        produces: brief
handoffs: null
""",
    good="""\
stages:
  - id: adoption
    enter: deal.closed_won
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: [csm, ae, admin], C: [marketing, product], I: [revops, sales]}
    steps:
      - id: write_brief
        do: Write the account brief
        captures: account.use_case
        produces: brief
handoffs: null
""",
    graph=True,
    instead_of=("RCI010",),
    playbook=check,
)
