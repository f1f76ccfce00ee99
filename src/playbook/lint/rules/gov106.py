"""GOV106: escalations that may stay open for ever."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.lint.kinds import governance_of
from playbook.lint.rule import Context, Finding, Rule
from playbook.workspace import CompiledPlaybook, Workspace


def check(workspace: Workspace, context: Context) -> Iterator[Finding]:
    """Governance without a limit for escalations, where steps or stages escalate.

    Whether an escalation has been open for longer is a question to the log of what happened.
    """
    del context
    governed = [
        (document, governance)
        for document in workspace.documents
        if (governance := governance_of(document)) is not None
    ]
    if not governed or any(governance.escalate_within is not None for _, governance in governed):
        return
    count = sum(_escalations(playbook) for playbook in workspace.playbooks)
    if count:
        who = f"{count} steps and stages escalate" if count > 1 else "a step or stage escalates"
        yield Finding(
            f"{who}, but nothing says how long an escalation may stay open",
            ("escalate_within",),
            on_key=True,
            expected="escalate_within: by when an escalation must be settled, such as 2bd",
            document=governed[0][0],
        )


def _escalations(playbook: CompiledPlaybook) -> int:
    """How many steps and stages of a playbook tell somebody above of a breach or of silence."""
    stages = sum(stage.sla is not None and bool(stage.sla.escalate) for stage in playbook.stages.values())
    steps = sum(
        (step.sla is not None and bool(step.sla.escalate))
        or (step.approval is not None and step.approval.on_silence == "escalate")
        for step in playbook.steps.values()
    )
    return stages + steps


RULE = Rule(
    code="GOV106",
    name="escalation-without-limit",
    severity=Severity.WARNING,
    profile="governed",
    what="Steps or stages escalate, and governance does not say how long an escalation may stay open.",
    why="An escalation without a limit is a message that somebody has read; the customer goes on waiting.",
    bad="""\
governance: onboarding
narrative: The one onboarding story
---
stages:
  - id: handover
    enter: deal.closed_won
    exit: sales_to_cs.accepted
    raci: {C: [marketing, product], I: revops}
    sla: {breach: 2bd, escalate: cs_leader}
    steps:
      - id: write_brief
        do: Write the handover brief
        raci: {A: ae, R: ae, I: [csm, revops]}
        captures: account.use_case
        produces: brief
  - id: adoption
    enter: sales_to_cs.accepted
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}
    steps:
      - id: run_kickoff
        do: Run the kickoff call
      - id: connect_data
        do: Connect the data source
        party: customer
        raci: {R: admin}
""",
    good="""\
governance: onboarding
narrative: The one onboarding story
escalate_within: 2bd
---
stages:
  - id: handover
    enter: deal.closed_won
    exit: sales_to_cs.accepted
    raci: {C: [marketing, product], I: revops}
    sla: {breach: 2bd, escalate: cs_leader}
    steps:
      - id: write_brief
        do: Write the handover brief
        raci: {A: ae, R: ae, I: [csm, revops]}
        captures: account.use_case
        produces: brief
  - id: adoption
    enter: sales_to_cs.accepted
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}
    steps:
      - id: run_kickoff
        do: Run the kickoff call
      - id: connect_data
        do: Connect the data source
        party: customer
        raci: {R: admin}
""",
    workspace=check,
)
