"""GRF012: a journey that can only succeed."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.lint.letters import stage_name
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed
from playbook.workspace import CompiledPlaybook

_EXPECTED = "an interrupt that leads to an end, a stage or another playbook, or a way to an end that is no success"


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Stages of a journey that no interrupt leads out of, and no branch or rejection to an end without success."""
    del context
    process = playbook.process
    if playbook.model.scope != "journey" or not process.tasks:
        return
    covered = {stage for interrupt in process.interrupts for stage in interrupt.stages}
    failures = {node for node, end in process.ends.items() if not end.success}
    covered.update(
        process.gates[flow.source].stage
        for flow in process.flows
        if flow.target in failures and flow.source in process.gates
    )
    bare = [index for index, stage in enumerate(playbook.model.stages) if stage.id not in covered]
    if not bare:
        return
    stages = playbook.model.stages
    if len(bare) == len(stages):
        subject = f"the journey cannot fail: none of its {len(stages)} stages has"
        if len(stages) == 1:
            subject = f"the journey cannot fail: {stage_name(stages[0])} does not have"
        message = f"{subject} a way out for an account that gives up, pauses or gets lost"
    else:
        names = [stage_name(stages[index]) for index in bare]
        message = (
            f"{listed(names)} {'has' if len(bare) == 1 else 'have'} no way out for an account that gives up, "
            "pauses "
            "or gets lost"
        )
    yield Finding(message, ("stages", bare[0], "id"), expected=_EXPECTED)


RULE = Rule(
    code="GRF012",
    name="no-way-to-fail",
    severity=Severity.WARNING,
    profile="governed",
    what="A stage of a journey has no way out for accounts that cancel, pause or fail.",
    why="Some accounts always do. Without a way out they stay in the stage for ever, or leave it unrecorded, and "
    "every rate counted on it is wrong.",
    bad="""\
interrupts: null
ends:
  onboarded: {title: Onboarded, success: true}
""",
    good="""\
interrupts:
  cancelled: {event: subscription.churned, end: stopped}
ends:
  onboarded: {title: Onboarded, success: true}
  stopped: {title: Stopped before value}
""",
    graph=True,
    playbook=check,
)
