"""SLA010: a step that is due before one that it waits for."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Related, Severity
from playbook.lint.flaws import node_name
from playbook.lint.letters import step_name
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed
from playbook.proofs.due import late_steps, misplaced_timers
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """One finding for each step that is due too late for what follows it."""
    del context
    for late in late_steps(playbook):
        first = late.followers[0]
        names = listed(step_name(playbook, task) for task in late.followers)
        verb, waits = ("is", "it waits") if len(late.followers) == 1 else ("are", "they wait")
        own = playbook.steps[late.task.step].due
        yield Finding(
            f"{names} {verb} due before {step_name(playbook, late.task)} ({own}), for which {waits}",
            (*first.path, "due"),
            related=(Related("due later", playbook.document.locator.place((*late.task.path, "due"))),),
            expected=f"a time not before {own}, or another order",
        )


def check_timers(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Both kinds of times that contradict the order of the work."""
    yield from check(playbook, context)
    for task, node in misplaced_timers(playbook):
        due = playbook.steps[task.step].due
        itself = node == task.id
        behind = "itself" if itself else f"{node_name(playbook, node)}, which comes only behind it"
        yield Finding(
            f"{step_name(playbook, task)} is due {due}: its time hangs on {behind}",
            (*task.path, "due"),
            expected="a time that hangs on an anchor, or on work ahead of it",
        )


RULE = Rule(
    code="SLA010",
    name="due-before-predecessor",
    severity=Severity.ERROR,
    profile="basic",
    what="A step is due before a step that it follows.",
    why="One of the two dates cannot be kept, and the task list shows both.",
    bad="""\
stages:
  - id: handover
    enter: deal.closed_won
    exit: sales_to_cs.accepted
    raci: {C: [marketing, product], I: revops}
    steps:
      - {id: write_brief, do: Write the handover brief, raci: {A: ae, R: ae, I: [csm, revops]}, produces: brief,
         captures: account.use_case}
  - id: adoption
    enter: sales_to_cs.accepted
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}
    steps:
      - {id: run_kickoff, do: Run the kickoff call, due: 5bd after closed_won}
      - {id: connect_data, do: Connect the data source, party: customer, raci: {A: csm, R: admin},
         due: 3bd after closed_won}
""",
    good="""\
stages:
  - id: handover
    enter: deal.closed_won
    exit: sales_to_cs.accepted
    raci: {C: [marketing, product], I: revops}
    steps:
      - {id: write_brief, do: Write the handover brief, raci: {A: ae, R: ae, I: [csm, revops]}, produces: brief,
         captures: account.use_case}
  - id: adoption
    enter: sales_to_cs.accepted
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}
    steps:
      - {id: run_kickoff, do: Run the kickoff call, due: 5bd after closed_won}
      - {id: connect_data, do: Connect the data source, party: customer, raci: {A: csm, R: admin},
         due: 2w after closed_won}
""",
    graph=True,
    playbook=check_timers,
)
