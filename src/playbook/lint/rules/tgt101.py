"""TGT101: a declared target that cannot take a playbook."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.lint.bases import base_of
from playbook.lint.handing_over import losses, named, path_of
from playbook.lint.rule import Context, Finding, Rule
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """What a target refuses; of a variant, what it does not refuse of its base."""
    if not context.targets:
        return
    base = base_of(playbook)
    told = {loss for _, loss in losses(base, context.targets)} if base is not None else set()
    for target, loss in losses(playbook, context.targets):
        if loss.refused and loss not in told:
            yield Finding(
                f"{target.title} cannot take {loss.what}{named(loss)}: {loss.why}",
                path_of(playbook, loss),
                expected=f"what 'playbook targets {target.name}' says it takes",
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
    steps:
      - {id: write_brief, do: Write the brief, raci: {A: ae}, due: 1bd after closed_won, produces: brief}
  - id: adoption
    enter: sales_to_cs.accepted
    exit: first_value.reached
    parallel: true
    raci: {A: csm}
    steps:
      - {id: connect_data, do: Connect the data}
      - {id: invite_users, do: Invite the users}
      - {id: train_users, do: Train the users}
      - {id: set_goals, do: Set the goals}
      - {id: go_live, do: Go live, after: [connect_data, invite_users, train_users, set_goals]}
---
# playbook.toml
[targets.salesforce-action-plan]
""",
    good="""\
stages:
  - id: handover
    enter: deal.closed_won
    exit: sales_to_cs.accepted
    steps:
      - {id: write_brief, do: Write the brief, raci: {A: ae}, due: 1bd after closed_won, produces: brief}
  - id: adoption
    enter: sales_to_cs.accepted
    exit: first_value.reached
    raci: {A: csm}
    steps:
      - {id: connect_data, do: Connect the data}
      - {id: go_live, do: Go live}
---
# playbook.toml
[targets.salesforce-action-plan]
""",
    graph=True,
    playbook=check,
)
