"""HND002: a handoff that hands nothing over."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.language.playbook import Handoff
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import named
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Handoffs without a payload; what the steps before it yield is suggested."""
    del context
    for id_, handoff in playbook.model.handoffs.items():
        if not handoff.payload:
            yielded = _yielded(playbook, handoff)
            yield Finding(
                f"the handoff {named(handoff.title, id_)} hands nothing over: it has no payload",
                ("handoffs", id_, "payload"),
                expected="the artifacts and fields that the receiver needs",
                suggestion=f"payload: [{', '.join(yielded)}]" if yielded else None,
            )


def _yielded(playbook: CompiledPlaybook, handoff: Handoff) -> list[str]:
    """What the step or the stage at whose end the handoff is produces and captures."""
    at = handoff.at or ""
    stage = playbook.stages.get(at)
    step = playbook.steps.get(at)
    steps = stage.steps if stage else (step,) if step else ()
    return list(dict.fromkeys(name for step in steps for name in (*step.produces, *step.captures)))


RULE = Rule(
    code="HND002",
    name="handoff-without-payload",
    severity=Severity.ERROR,
    profile="basic",
    what="A handoff does not say which artifacts and fields go along.",
    why="A deal tossed over the wall makes the receiver ask the customer everything a second time.",
    bad="""\
handoffs:
  sales_to_cs:
    from: ae
    to: csm
    at: handover
    accept: {within: 1bd}
    reject: {back_to: write_brief, at_most: 2}
""",
    good="""\
handoffs:
  sales_to_cs:
    from: ae
    to: csm
    at: handover
    payload: [brief, account.use_case]
    accept: {within: 1bd}
    reject: {back_to: write_brief, at_most: 2}
""",
    playbook=check,
)
