"""RCI009: a function that the company has, but that a stage leaves out."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.lint.functions import FUNCTIONS, functions_of
from playbook.lint.letters import stage_name
from playbook.lint.lost import are_whole
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed
from playbook.raci_analysis import raci_analysis
from playbook.workspace import CompiledPlaybook

_SEVERAL = 3
"""So many stages without a function have one cause, not each its own."""


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
    nowhere = _nowhere(playbook, present, function_of)
    if nowhere:
        yield Finding(
            f"{listed(nowhere)} {'has' if len(nowhere) == 1 else 'have'} no letter in any of the "
            f"{len(playbook.stages)} stages",
            ("stages",),
            on_key=True,
            expected="each of these functions as R, A, C or I on at least one step of a stage",
            suggestion=f"{_informed(nowhere)} in the raci of a stage",
        )
    for index, stage in enumerate(playbook.model.stages):
        if not playbook.tasks_by_stage[stage.id] or playbook.stages[stage.id] is not stage:
            continue
        taking_part = {function_of.get(playbook.team_of(holder) or "") for holder in holders[stage.id]}
        missing = [function for function in present if function not in taking_part and function not in nowhere]
        if missing:
            yield Finding(
                f"{listed(missing)} {'has' if len(missing) == 1 else 'have'} no letter in {stage_name(stage)}",
                ("stages", index, "raci"),
                expected="each of these functions as R, A, C or I on at least one step of the stage",
                suggestion=f"{_informed(missing)} in the raci of the stage",
            )


def _nowhere(playbook: CompiledPlaybook, present: list[str], function_of: dict[str, str]) -> list[str]:
    """The functions that hold no letter in any of several stages: that is one cause."""
    if len(playbook.stages) < _SEVERAL or not are_whole(playbook, "stages"):
        return []
    holders = playbook.remembered(raci_analysis).columns
    taking_part = {function_of.get(playbook.team_of(holder) or "") for holder in holders}
    return [function for function in present if function not in taking_part]


def _informed(functions: list[str]) -> str:
    return f"I: {functions[0]}" if len(functions) == 1 else f"I: [{', '.join(functions)}]"


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
