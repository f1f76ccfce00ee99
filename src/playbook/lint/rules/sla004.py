"""SLA004: a clock of which it is not settled when it runs."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.core.reach import descendants
from playbook.diagnostics import Severity
from playbook.language.stage import AnyStatus, Stage
from playbook.lint.promises import Promise, promises_of
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed, named
from playbook.workspace import CompiledPlaybook

_THEIRS = {"customer": "the customer", "partner": "the partner", "joint": "the customer"}


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """SLAs that run on while others are to act, and those whose clock starts behind their own work."""
    del context
    for promise in promises_of(playbook):
        late = _starts_behind(playbook, promise)
        if late is not None:
            yield late
        unpaused = _never_pauses(promise)
        if unpaused is not None:
            yield unpaused


def _never_pauses(promise: Promise) -> Finding | None:
    if promise.sla.pause_while is not None or _has_stopped_clock(promise.stage):
        return None
    steps = [promise.step] if promise.step is not None else promise.stage.steps
    theirs = [step for step in steps if step.party in _THEIRS and step.need == "required"]
    if not theirs:
        return None
    whom = listed(dict.fromkeys(_THEIRS[step.party or ""] for step in theirs))
    work = "" if promise.step is not None else f" in {listed(f'{step.id}' for step in theirs)}"
    return Finding(
        f"the SLA of {promise.about} ({promise.sla.breach}) has no pause: its clock runs on while {whom} "
        f"{'is' if ' and ' not in whom else 'are'} to act{work}",
        (*promise.path, "pause_while"),
        expected="pause_while: the condition under which we wait for others; or a status of the stage with "
        "clock: stopped",
    )


def _has_stopped_clock(stage: Stage) -> bool:
    statuses = stage.statuses.any_of if isinstance(stage.statuses, AnyStatus) else stage.statuses
    return any(status.clock == "stopped" for status in statuses)


def _starts_behind(playbook: CompiledPlaybook, promise: Promise) -> Finding | None:
    starts, process = promise.sla.starts, playbook.process
    if starts is None or promise.step is None or starts not in playbook.steps:
        return None
    own, node = f"step.{promise.step.id}", f"step.{starts}"
    if own not in process.tasks or node not in process.tasks:
        return None
    if own != node and (node not in descendants(process, own) or own in descendants(process, node)):
        return None
    label = playbook.steps[starts].do
    behind = "that step itself" if own == node else f"the step {named(label, starts)}, which comes only behind it"
    return Finding(
        f"the SLA of {promise.about} is counted from {behind}: its clock starts when the work is done",
        (*promise.path, "starts"),
        expected="an event, milestone or step ahead of it; without starts the clock runs once the step can begin",
    )


RULE = Rule(
    code="SLA004",
    name="clock-not-settled",
    severity=Severity.WARNING,
    profile="governed",
    what="An SLA has no pause though the customer or a partner must act, or its clock starts behind its own work.",
    why="A clock that counts the customer's days is broken by nobody's fault, and soon nobody looks at it.",
    bad="""\
stages:
  - id: adoption
    enter: deal.closed_won
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: [csm, ae], C: [marketing, product], I: [revops, sales]}
    steps:
      - id: write_brief
        do: Write the account brief
        captures: account.use_case
        produces: brief
      - id: connect_data
        do: Connect the data source
        party: customer
        raci: {A: csm, R: admin}
        sla: {breach: 5bd, escalate: cs_leader}
handoffs: null
""",
    good="""\
stages:
  - id: adoption
    enter: deal.closed_won
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: [csm, ae], C: [marketing, product], I: [revops, sales]}
    statuses:
      - Connecting
      - {status: Waiting for the customer, clock: stopped, awaiting: customer}
    steps:
      - id: write_brief
        do: Write the account brief
        captures: account.use_case
        produces: brief
      - id: connect_data
        do: Connect the data source
        party: customer
        raci: {A: csm, R: admin}
        sla: {breach: 5bd, escalate: cs_leader}
handoffs: null
""",
    graph=True,
    playbook=check,
)
