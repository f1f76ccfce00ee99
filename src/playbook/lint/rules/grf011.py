"""GRF011: a stage in which nothing is done."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.lint.letters import stage_name
from playbook.lint.rule import Context, Finding, Rule
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Stages without a step."""
    del context
    for index, stage in enumerate(playbook.model.stages):
        if not stage.steps:
            yield Finding(
                f"{stage_name(stage)} has no steps",
                ("stages", index, "steps"),
                expected="at least one step: what is done, and by whom",
            )


RULE = Rule(
    code="GRF011",
    name="stage-without-steps",
    severity=Severity.ERROR,
    profile="basic",
    what="A stage has no steps.",
    why="A stage in which nothing is to be done only waits; nobody is told who moves the account on.",
    bad="""\
stages:
  - id: handover
    enter: deal.closed_won
    exit: account.use_case != ""
    raci: {C: [marketing, product]}
    steps:
      - id: write_brief
        do: Write the handover brief
        raci: {A: csm, R: [ae, admin], I: [sales, revops]}
        captures: account.use_case
        produces: brief
  - id: adoption
    enter: account.use_case != ""
    exit: first_value.reached and account.active_seats >= 5
handoffs: null
""",
    good="""\
stages:
  - id: handover
    enter: deal.closed_won
    exit: account.use_case != ""
    raci: {C: [marketing, product]}
    steps:
      - id: write_brief
        do: Write the handover brief
        raci: {A: csm, R: [ae, admin], I: [sales, revops]}
        captures: account.use_case
        produces: brief
  - id: adoption
    enter: account.use_case != ""
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}
    steps:
      - id: run_kickoff
        do: Run the kickoff call
handoffs: null
""",
    graph=True,
    playbook=check,
)
