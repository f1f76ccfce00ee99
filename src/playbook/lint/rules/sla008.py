"""SLA008: a promise about a part that is longer than the promise about the whole."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Related, Severity
from playbook.language.stage import Stage
from playbook.language.step import Sla, Step
from playbook.lint.letters import stage_name
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import named
from playbook.proofs.due import working_days
from playbook.proofs.spans import is_longer
from playbook.text.paths import KeyPath
from playbook.text.quantities import Duration
from playbook.workspace import CompiledPlaybook

_Part = tuple[Duration, KeyPath, str]
"""A time, where it is written, and what it is, with ``{step}`` or ``{stage}`` in the place of the name."""


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Times of steps against those of their stages, of approvals against their steps, of warnings."""
    del context
    working = working_days(playbook)
    for index, stage in enumerate(playbook.model.stages):
        place: KeyPath = ("stages", index)
        yield from _warning(stage.sla, (*place, "sla"), working, playbook)
        for number, step in enumerate(stage.steps):
            if step.sla is None and stage.sla is None:
                continue
            path: KeyPath = (*place, "steps", number)
            yield from _warning(step.sla, (*path, "sla"), working, playbook)
            for part, whole in _pairs(stage, place, step, path):
                if is_longer(part[0], whole[0], working):
                    yield _longer(part, whole, stage, step, playbook)


def _pairs(stage: Stage, place: KeyPath, step: Step, path: KeyPath) -> Iterator[tuple[_Part, _Part]]:
    of_stage = _promise(stage.sla, place, "the SLA of {stage}")
    of_step = _promise(step.sla, path, "the SLA of {step}")
    work = (step.takes, (*path, "takes"), "the work of {step}") if step.takes else None
    approval = step.approval.within if step.approval else None
    answer = (approval, (*path, "approval", "within"), "the approval of {step}") if approval else None
    for part, whole in ((of_step, of_stage), (work, of_step), (work, of_stage), (answer, of_step)):
        if part is not None and whole is not None:
            yield part, whole


def _promise(sla: Sla | None, path: KeyPath, what: str) -> _Part | None:
    return (sla.breach, (*path, "sla", "breach"), what) if sla else None


def _longer(part: _Part, whole: _Part, stage: Stage, step: Step, playbook: CompiledPlaybook) -> Finding:
    names = {"stage": stage_name(stage), "step": f"the step {named(step.do, step.id)}"}
    what, of_what = part[2].format(**names), whole[2].format(**names)
    return Finding(
        f"{what} may last {part[0]}, longer than {of_what} ({whole[0]})",
        part[1],
        related=(Related("the whole", playbook.document.locator.place(whole[1])),),
        expected=f"at most {whole[0]}",
    )


def _warning(sla: Sla | None, path: KeyPath, working: int, playbook: CompiledPlaybook) -> Iterator[Finding]:
    if sla is None or sla.warn is None:
        return
    if is_longer(sla.warn, sla.breach, working):
        yield Finding(
            f"the warning comes after {sla.warn}, when the SLA is broken already ({sla.breach})",
            (*path, "warn"),
            related=(Related("broken after", playbook.document.locator.place((*path, "breach"))),),
            expected=f"less than {sla.breach}",
        )


RULE = Rule(
    code="SLA008",
    name="part-longer-than-whole",
    severity=Severity.ERROR,
    profile="basic",
    what="A step may take longer than its stage, an approval longer than its step, or an SLA warns after it is "
    "broken.",
    why="One of the two promises cannot be kept, and each team points at the other one.",
    bad="""\
stages:
  - id: handover
    enter: deal.closed_won
    exit: sales_to_cs.accepted
    sla: {breach: 2bd, escalate: cs_leader}
    raci: {C: [marketing, product], I: revops}
    steps:
      - {id: write_brief, do: Write the handover brief, raci: {A: ae, R: ae, I: [csm, revops]}, produces: brief,
         captures: account.use_case, sla: {breach: 3bd, escalate: cs_leader}}
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
    sla: {breach: 3bd, escalate: cs_leader}
    raci: {C: [marketing, product], I: revops}
    steps:
      - {id: write_brief, do: Write the handover brief, raci: {A: ae, R: ae, I: [csm, revops]}, produces: brief,
         captures: account.use_case, sla: {breach: 2bd, escalate: cs_leader}}
  - id: adoption
    enter: sales_to_cs.accepted
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}
    steps:
      - {id: run_kickoff, do: Run the kickoff call, due: 5bd after closed_won}
      - {id: connect_data, do: Connect the data source, party: customer, raci: {A: csm, R: admin}}
""",
    playbook=check,
)
