"""GRF017: what is to name earlier work names work that is not ahead."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.core.process import Process
from playbook.core.reach import leads_to
from playbook.diagnostics import Severity
from playbook.language.step import Step
from playbook.lint.letters import stage_name
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import named
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Overlaps with stages that are not ahead, ways back that lead ahead, waits for what must not be done."""
    del context
    order = {id_: index for index, id_ in enumerate(playbook.stages)}
    for index, stage in enumerate(playbook.model.stages):
        for number, overlap in enumerate(stage.overlaps):
            if overlap.stage in order and order[overlap.stage] >= order[stage.id]:
                yield Finding(
                    f"{stage_name(stage)} overlaps {overlap.stage}, which is not ahead of it",
                    ("stages", index, "overlaps", number),
                    expected="a stage that is written before it",
                )
        for number, step in enumerate(stage.steps):
            yield from _forbidden(playbook, step, ("stages", index, "steps", number))
    yield from _ways_back(playbook.process)


def _forbidden(playbook: CompiledPlaybook, step: Step, path: KeyPath) -> Iterator[Finding]:
    after = step.after or ()
    forbidden = [name for name in after if name in playbook.steps and playbook.steps[name].need == "forbidden"]
    if len(forbidden) == len(after):
        # Nothing leads to it then, which GRF003 tells.
        return
    for name in forbidden:
        yield Finding(
            f"the step {named(step.do, step.id)} waits for {name}, which must not be done",
            (*path, "after", after.index(name)),
            expected="a step that is done",
        )


def _ways_back(process: Process) -> Iterator[Finding]:
    for flow in process.flows:
        back = flow.kind == "rework" and flow.path[-1] == "back_to"
        if back and not leads_to(process, flow.target, flow.source):
            step = flow.target.partition(".")[2]
            yield Finding(
                f"a rejection sends the work to {step}, which is not ahead of the decision",
                flow.path,
                expected="a step that was done before, or an end",
            )


RULE = Rule(
    code="GRF017",
    name="not-ahead",
    severity=Severity.ERROR,
    profile="basic",
    what="A stage overlaps one that is not ahead of it, a rejection leads back to work that is not ahead of the "
    "decision, or a step waits for one that must not be done.",
    why="It reads as if the order were settled, and it is not: work begins early, or skips a gate.",
    bad="""\
stages:
  - id: handover
    enter: deal.closed_won
    exit: sales_to_cs.accepted
    overlaps: adoption
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
      - {id: connect_data, do: Connect the data source, party: customer, raci: {A: csm, R: admin}}
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
    overlaps: handover
    raci: {A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}
    steps:
      - {id: run_kickoff, do: Run the kickoff call, due: 5bd after closed_won}
      - {id: connect_data, do: Connect the data source, party: customer, raci: {A: csm, R: admin}}
""",
    graph=True,
    playbook=check,
)
