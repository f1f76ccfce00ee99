"""CRT010: a gate that waits for the customer, who is never reminded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from playbook.core.process import Task
from playbook.diagnostics import Related, Severity
from playbook.expressions.parse import NameUse, parse_expression
from playbook.language.stage import AnyStatus, Stage
from playbook.lint.letters import stage_name, step_name
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook

_SHOWN = 3


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Entry and exit criteria that read what only a step of the customer's yields, where nothing limits the wait.

    A criterion that may be waived, or met in another way, is none. One finding for a gate.
    """
    del context
    if playbook.document.pruned:
        # What could not be read may well limit the wait.
        return
    only = _only_theirs(playbook)
    every = "\n".join(each.check for stage in playbook.model.stages for each in (*stage.enter, *stage.exit))
    only = {name: task for name, task in only.items() if name in every}
    if not only:
        return
    watched = _watched(playbook)
    said: set[str] = set()
    for index, stage in enumerate(playbook.model.stages):
        for key, criteria in (("enter", stage.enter), ("exit", stage.exit)):
            waits = [
                _Wait(only[use.name], use, ("stages", index, key, number, "check"))
                for number, criterion in enumerate(criteria)
                if criterion.waivable is None
                for use in parse_expression(criterion.check).names
                if use.name in only and " or " not in criterion.check and use.name not in watched
            ]
            new = [wait for wait in waits if wait.task.step not in said and wait.task.stage not in watched]
            open_ = [wait for wait in new if not _is_limited(playbook, wait.task, stage)]
            said.update(wait.task.step for wait in open_)
            if open_:
                yield _finding(playbook, stage, key, open_)


@dataclass(frozen=True, slots=True)
class _Wait:
    """A name that a criterion reads, and the customer's step that it waits for."""

    task: Task
    use: NameUse
    path: KeyPath


def _only_theirs(playbook: CompiledPlaybook) -> dict[str, Task]:
    """What only steps of the customer's yield, each with the first of them: states, fields and artifacts."""
    theirs: dict[str, Task] = {}
    ours: set[str] = set()
    for task in playbook.process.tasks.values():
        step = playbook.steps[task.step]
        yielded = [*step.captures, *(f"{id_}.produced" for id_ in step.produces)]
        if step.party != "customer":
            ours.update(yielded)
            continue
        for name in (*yielded, f"{step.id}.completed", f"{step.id}.started"):
            theirs.setdefault(name, task)
    fields = playbook.workspace_symbols["field"] if theirs else {}
    return {
        name: task
        for name, task in theirs.items()
        if name not in ours and not ((symbol := fields.get(name)) and getattr(symbol.value, "captured", None))
    }


def _watched(playbook: CompiledPlaybook) -> set[str]:
    """Stages in which silence leads somewhere, and names that a routine or an interrupt waits for as well.

    Stages of which a status says that they wait for the customer are the matter of SLA009.
    """
    found = {stage.id for stage in playbook.model.stages if stage.statuses and _has_wait(stage)}
    for interrupt in playbook.model.interrupts.values():
        if interrupt.silent is not None and interrupt.silent.party == "customer":
            found.update(interrupt.stages or playbook.stages)
        found.update(_names(interrupt.when))
    for routine in playbook.model.routines.values():
        found.update((*_names(routine.when), *_names(routine.until)))
    return found


def _has_wait(stage: Stage) -> bool:
    statuses = stage.statuses.any_of if isinstance(stage.statuses, AnyStatus) else stage.statuses
    return any(status.clock == "stopped" and status.awaiting == "customer" for status in statuses)


def _names(expression: str | None) -> list[str]:
    return [use.name for use in parse_expression(expression).names] if expression else []


def _is_limited(playbook: CompiledPlaybook, task: Task, stage: Stage) -> bool:
    """Whether the step or one of the two stages has a day, a clock or a rhythm."""
    step, home = playbook.steps[task.step], playbook.stages[task.stage]
    if step.due or step.sla or step.repeat:
        return True
    return any(each.due or each.sla for each in (home, stage))


def _finding(playbook: CompiledPlaybook, stage: Stage, key: str, waits: list[_Wait]) -> Finding:
    first = waits[0]
    names = dict.fromkeys(wait.use.name for wait in waits)
    tasks = list(dict.fromkeys(wait.task.step for wait in waits))
    who = step_name(playbook, first.task) if len(tasks) == 1 else f"{len(tasks)} steps of the customer's"
    place = playbook.document.locator.place
    return Finding(
        f"{stage_name(stage)} is {'entered' if key == 'enter' else 'left'} only on "
        f"{listed(names, limit=3)}, which {'waits' if len(names) == 1 else 'wait'} for {who}; nothing happens "
        "if the customer does not do it",
        first.path,
        within=(first.use.start, first.use.end),
        related=tuple(
            Related("the customer's step", place((*playbook.process.tasks[f"step.{step}"].path, "id")))
            for step in tasks[:_SHOWN]
        ),
        expected="due, sla or repeat on the step; or an interrupt with silent: {for: ...}",
    )


_STAGES = """\
stages:
  - id: handover
    enter: deal.closed_won
    exit: sales_to_cs.accepted
    raci: {{C: [marketing, product], I: revops}}
    steps:
      - {{id: write_brief, do: Write the handover brief, raci: {{A: ae, R: ae, I: [csm, revops]}}, produces: brief,
         captures: account.use_case}}
  - id: adoption
    enter: sales_to_cs.accepted
    exit: connect_data.completed and account.active_seats >= 5
    raci: {{A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}}
    steps:
      - {{id: run_kickoff, do: Run the kickoff call, due: 5bd after closed_won}}
      - {{id: connect_data, do: Connect the data source, party: customer, raci: {{A: csm, R: admin}}{0}}}
"""

RULE = Rule(
    code="CRT010",
    name="waits-for-the-customer",
    severity=Severity.WARNING,
    profile="governed",
    what="A stage is entered or left on something that only the customer can do, and no day, clock, rhythm or "
    "interrupt notices when it is not done.",
    why="The account waits for the customer and the customer for us; both think that all is well.",
    bad=_STAGES.format(""),
    good=_STAGES.format(", due: 10bd after closed_won"),
    graph=True,
    playbook=check,
)
