"""RCI009: a function that the company has, but that a stage leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from playbook.core.process import Task
from playbook.diagnostics import Severity
from playbook.language.organization import Team
from playbook.lint.letters import stage_name
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed
from playbook.workspace import CompiledPlaybook

_FUNCTIONS = ("sales", "customer_success", "marketing", "product", "revops")


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Stages of a journey in which one of the five functions holds no letter on any step."""
    del context
    if playbook.model.scope != "journey":
        return
    function_of = _functions(playbook)
    present = [function for function in _FUNCTIONS if function in function_of.values()]
    if not present:
        return
    for index, stage in enumerate(playbook.model.stages):
        tasks = playbook.tasks_by_stage[stage.id]
        if not tasks or playbook.stages[stage.id] is not stage:
            continue
        taking_part = {function_of.get(playbook.team_of(holder) or "") for holder in _holders(tasks)}
        missing = [function for function in present if function not in taking_part]
        if missing:
            yield Finding(
                f"{listed(missing)} {'has' if len(missing) == 1 else 'have'} no letter in {stage_name(stage)}",
                ("stages", index, "raci"),
                expected="each of the five functions as R, A, C or I on at least one step of a stage",
                suggestion=f"I: {missing[0]}" if len(missing) == 1 else f"I: [{', '.join(missing)}]",
            )


def _functions(playbook: CompiledPlaybook) -> dict[str, str]:
    """The function of each team of the company itself, where it is one of the five."""
    found: dict[str, str] = {}
    for id_, symbol in playbook.workspace_symbols["team"].items():
        team = cast(Team, symbol.value)
        function = team.function or id_
        if team.party == "internal" and function in _FUNCTIONS:
            found[id_] = function
    return found


def _holders(tasks: list[Task]) -> set[str]:
    """All who hold a letter on one of the tasks."""
    found: set[str] = set()
    seen: set[int] = set()
    for task in tasks:
        owners = task.owners
        for letter in (owners.accountable, owners.responsible, owners.consulted, owners.informed):
            # Steps share the letters that they inherit.
            if letter is not None and id(letter) not in seen:
                seen.add(id(letter))
                found.update(letter.holders)
    return found


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
    playbook=check,
)
