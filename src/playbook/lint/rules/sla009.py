"""SLA009: a wait that nothing ends."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.language.stage import AnyStatus, Stage
from playbook.language.step import Step
from playbook.lint.letters import stage_name
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed, named, shortened
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook

_SHOWN = 6
_ON_SILENCE = "on_silence: escalate, approve or reject"


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Approvals without an end, and statuses in which the clock stands still while the customer is silent."""
    del context
    yield from _approvals(playbook)
    for index, stage in enumerate(playbook.model.stages):
        if stage.statuses:
            yield from _stopped(playbook, stage, ("stages", index, "statuses"))


def _approvals(playbook: CompiledPlaybook) -> Iterator[Finding]:
    """Approvals that may wait for ever; of those whose limit means nothing one, if they are the rule."""
    idle: list[tuple[Step, KeyPath, str]] = []
    limited = 0
    for index, stage in enumerate(playbook.model.stages):
        for number, step in enumerate(stage.steps):
            approval = step.approval
            if approval is None or (step.sla is not None and step.sla.escalate):
                continue
            path: KeyPath = ("stages", index, "steps", number, "approval")
            limit = approval.within or (approval.vote.within if approval.vote else None)
            if limit is not None:
                limited += 1
                if approval.on_silence == "wait":
                    idle.append((step, path, limit.in_words()))
            # A date of the step is a limit as well.
            elif step.due is None and step.sla is None:
                yield Finding(
                    f"the approval of the step {named(step.do, step.id)} may be waited for without end",
                    (*path, "within"),
                    expected="within: how long the approvers have; and on_silence: what no answer means",
                )
    if len(idle) > 1 and len(idle) == limited:
        yield Finding(
            f"the approvers of {len(idle)} steps have a time limit, and if they do not answer, nothing happens: "
            f"{listed((step.id for step, _, _ in idle), limit=_SHOWN)}",
            ("stages",),
            on_key=True,
            expected=_ON_SILENCE,
        )
        return
    for step, path, limit_in_words in idle:
        yield Finding(
            f"the approvers of the step {named(step.do, step.id)} have {limit_in_words}, and if they do not "
            "answer, nothing happens",
            (*path, "on_silence"),
            expected=_ON_SILENCE,
        )


def _stopped(playbook: CompiledPlaybook, stage: Stage, path: KeyPath) -> Iterator[Finding]:
    if isinstance(stage.statuses, AnyStatus):
        statuses, path = stage.statuses.any_of, (*path, "any_of")
    else:
        statuses = stage.statuses
    for number, status in enumerate(statuses):
        if status.clock == "stopped" and status.awaiting == "customer" and not _is_noticed(playbook, stage):
            yield Finding(
                f'in the status "{shortened(status.status)}" of {stage_name(stage)} the clock stands still until '
                "the customer acts, and nothing says how long that may last",
                (*path, number),
                expected="an interrupt for the stage, such as silent: {party: customer, for: 14d}",
            )
            return


def _is_noticed(playbook: CompiledPlaybook, stage: Stage) -> bool:
    """Whether an interrupt ends the customer's silence in a stage."""
    return any(
        interrupt.silent is not None
        and interrupt.silent.party == "customer"
        and (not interrupt.stages or stage.id in interrupt.stages)
        for interrupt in playbook.model.interrupts.values()
    )


_STAGES = """\
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
        approval: {{by: cco, {rest}on_reject: {{back_to: write_brief, at_most: 1}}}}
handoffs: null
"""

RULE = Rule(
    code="SLA009",
    name="wait-without-limit",
    severity=Severity.WARNING,
    profile="governed",
    what="An approval has no time limit or none that matters, or a stopped clock waits for the customer for ever.",
    why="What may wait for ever does: the account is on hold in every report, and on nobody's desk.",
    bad=_STAGES.format(rest=""),
    good=_STAGES.format(rest="within: 2bd, on_silence: escalate, "),
    playbook=check,
)
