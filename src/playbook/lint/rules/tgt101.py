"""TGT101: a declared target that cannot take a playbook."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.lint.handing_over import losses, losses_of_workspace, path_of, place_of, refused
from playbook.lint.rule import Context, Finding, Rule
from playbook.workspace import CompiledPlaybook, Workspace


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """What a target refuses of a playbook or of a variant."""
    if not context.targets:
        return
    for target, loss, what in refused(losses(playbook, context.targets)):
        yield Finding(
            f"{target.name} cannot take {what}: {loss.why}",
            path_of(playbook, loss),
            expected=f"what 'playbook targets {target.name}' says it takes",
        )


def check_shared(workspace: Workspace, context: Context) -> Iterator[Finding]:
    """The same of what the playbooks of a workspace share."""
    if not context.targets:
        return
    for target, loss, what in refused(losses_of_workspace(workspace, context.targets)):
        place = place_of(workspace, loss)
        if place is not None:
            yield Finding(
                f"{target.name} cannot take {what}: {loss.why}",
                place[1],
                expected=f"what 'playbook targets {target.name}' says it takes",
                document=place[0],
            )


RULE = Rule(
    code="TGT101",
    name="target-refuses",
    severity=Severity.ERROR,
    profile="basic",
    what="A playbook goes beyond what a tool can take that `playbook.toml` declares as a target.",
    why="An export that stops on the day of the launch is too late: the limit was known when the step was written.",
    bad="""\
stages:
  - id: handover
    enter: deal.closed_won
    exit: sales_to_cs.accepted
    raci: {C: [marketing, product], I: revops}
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
      - {id: run_kickoff, do: Run the kickoff call, touch: call}
      - id: review_renewal
        do: Review the renewal
        party: customer
        raci: {A: csm, R: admin}
        due: 1500d after closed_won
---
# playbook.toml
[targets.salesforce-action-plan]
""",
    good="""\
stages:
  - id: handover
    enter: deal.closed_won
    exit: sales_to_cs.accepted
    raci: {C: [marketing, product], I: revops}
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
      - {id: run_kickoff, do: Run the kickoff call, touch: call}
      - id: review_renewal
        do: Review the renewal
        party: customer
        raci: {A: csm, R: admin}
        due: 500d after closed_won
---
# playbook.toml
[targets.salesforce-action-plan]
""",
    graph=True,
    playbook=check,
    workspace=check_shared,
)
