"""RCI010: teams that work on one stage and do not talk."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.core.process import Task
from playbook.diagnostics import Severity
from playbook.lint.letters import stage_name
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import counted, listed
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Stages of several steps that two or more of our teams do or answer for, without any C or I."""
    del context
    for index, stage in enumerate(playbook.model.stages):
        tasks = playbook.tasks_by_stage[stage.id]
        if len(tasks) < 2 or playbook.stages[stage.id] is not stage:
            continue
        if any(task.owners.consulted or task.owners.informed for task in tasks):
            continue
        teams = _teams(playbook, tasks)
        if len(teams) > 1:
            yield Finding(
                f"{listed(teams)} share {stage_name(stage)}, but nobody is consulted or informed on any of its "
                f"{counted(len(tasks), 'step')}",
                ("stages", index, "raci"),
                expected="C for who is asked before the work is done, or I for who is told once it is done",
                suggestion=f"I: [{', '.join(teams)}]",
            )


def _teams(playbook: CompiledPlaybook, tasks: list[Task]) -> list[str]:
    """The teams of our own that do or answer for one of the steps."""
    holders = dict.fromkeys(
        holder
        for task in tasks
        for letter in (task.owners.accountable, task.owners.responsible)
        if letter is not None
        for holder in letter.holders
    )
    teams = dict.fromkeys(playbook.team_of(holder) for holder in holders)
    return [id_ for id_ in teams if id_ and (team := playbook.team(id_)) is not None and team.party == "internal"]


RULE = Rule(
    code="RCI010",
    name="nobody-asked-or-told",
    severity=Severity.INFO,
    profile="team",
    what="Several teams share a stage, and none of its steps has a Consulted or an Informed.",
    why="Teams that neither ask nor tell each other find out from the customer what the other one did.",
    bad="""\
scope: part
stages:
  - id: adoption
    enter: deal.closed_won
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader}
    steps:
      - {id: write_brief, do: Write the account brief, raci: {R: ae}, captures: account.use_case, produces: brief}
      - {id: run_kickoff, do: Run the kickoff call, raci: {R: csm}}
      - {id: connect_data, do: Connect the data source, party: customer, raci: {R: admin}}
handoffs: null
""",
    good="""\
scope: part
stages:
  - id: adoption
    enter: deal.closed_won
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, I: [marketing, product, revops]}
    steps:
      - id: write_brief
        do: Write the account brief
        raci: {R: ae, I: csm}
        captures: account.use_case
        produces: brief
      - {id: run_kickoff, do: Run the kickoff call, raci: {R: csm, C: ae}}
      - {id: connect_data, do: Connect the data source, party: customer, raci: {R: admin}}
handoffs: null
""",
    graph=True,
    playbook=check,
)
