"""SLA001: work of which nobody says how long it takes or when it is due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from playbook.diagnostics import Severity
from playbook.language.playbook import Playbook
from playbook.language.stage import Stage
from playbook.language.step import Step
from playbook.lint.bases import base_of
from playbook.lint.letters import stage_name
from playbook.lint.lost import is_lost
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed, named
from playbook.workspace import CompiledPlaybook

_SHOWN = 6


@dataclass(frozen=True, slots=True)
class _Untimed:
    """A stage without a time of its own, with the steps that have none either."""

    index: int
    stage: Stage
    steps: list[int]


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """One finding for each stage with such steps; a single one if most of the playbook's work has no time."""
    del context
    gaps = list(_untimed(playbook.model))
    if gaps and playbook.variant is not None:
        gaps = _of_variant(playbook, gaps)
    untimed = sum(len(gap.steps) for gap in gaps)
    if len(gaps) > 1:
        work = sum(_is_work(step) for stage in playbook.model.stages for step in stage.steps)
        if untimed * 2 > work:
            yield _of_playbook(gaps, untimed, work)
            return
    for gap in gaps:
        if not is_lost(playbook.document, ("stages", gap.index)):
            yield _of_stage(gap)


def _of_variant(playbook: CompiledPlaybook, gaps: list[_Untimed]) -> list[_Untimed]:
    """Of the gaps of a variant, those that its base does not have."""
    base = base_of(playbook)
    if base is None:
        return gaps
    known = {gap.stage.steps[number].id for gap in _untimed(base) for number in gap.steps}
    own = [
        _Untimed(gap.index, gap.stage, [number for number in gap.steps if gap.stage.steps[number].id not in known])
        for gap in gaps
    ]
    return [gap for gap in own if gap.steps]


def _untimed(model: Playbook) -> Iterator[_Untimed]:
    promised: set[str | None] | None = None
    for index, stage in enumerate(model.stages):
        if stage.due is None and stage.takes is None and stage.sla is None:
            steps = [number for number, step in enumerate(stage.steps) if not _has_time(step) and _is_work(step)]
            if steps:
                if promised is None:
                    milestones = model.milestones.values()
                    promised = {milestone.stage for milestone in milestones if milestone.due is not None}
                if stage.id not in promised:
                    yield _Untimed(index, stage, steps)


def _has_time(step: Step) -> bool:
    if step.due is not None or step.takes is not None or step.sla is not None:
        return True
    approval = step.approval
    return approval is not None and (approval.within or (approval.vote and approval.vote.within)) is not None


def _is_work(step: Step) -> bool:
    """Whether a step needs a time: what a system does at once, what recurs and what need not be done does not."""
    if step.automation == "automated" or step.party == "system":
        return False
    return step.repeat is None and step.run is None and step.need in ("required", "recommended")


def _of_playbook(gaps: list[_Untimed], untimed: int, work: int) -> Finding:
    how_many = f"{untimed} of the {work} steps take or when they are due, and their stages have no time either: "
    if untimed == work:
        how_many = f"any of the {work} steps takes or when it is due, and their stages have no time either: "
    return Finding(
        f"nothing says how long {how_many}{listed((gap.stage.id for gap in gaps), limit=_SHOWN)}",
        ("stages",),
        on_key=True,
        expected="due (by when) or takes (how long) on each stage, or on its steps",
    )


def _of_stage(gap: _Untimed) -> Finding:
    stage, first = gap.stage, gap.stage.steps[gap.steps[0]]
    if len(gap.steps) == 1:
        return Finding(
            f"nothing says how long the step {named(first.do, first.id)} takes or when it is due, "
            f"and {stage_name(stage)} has no time either",
            ("stages", gap.index, "steps", gap.steps[0], "due"),
            expected="due (by when) or takes (how long), on the step or on its stage",
        )
    how_many = f"{len(gap.steps)} of its {len(stage.steps)} steps have none either"
    if len(gap.steps) == len(stage.steps):
        how_many = f"none of its {len(stage.steps)} steps has one"
    return Finding(
        f"{stage_name(stage)} has no time of its own, and {how_many}: "
        f"{listed((stage.steps[number].id for number in gap.steps), limit=_SHOWN)}",
        ("stages", gap.index, "due"),
        expected="due (by when) or takes (how long) on the stage, or on each of its steps",
    )


RULE = Rule(
    code="SLA001",
    name="time-missing",
    severity=Severity.WARNING,
    profile="team",
    what="A step has no due date, duration or SLA, and neither has its stage.",
    why="Work without a date is done after all work that has one, and nobody can say that it is late.",
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
        due: 1bd after closed_won
        captures: account.use_case
        produces: brief
  - id: adoption
    enter: sales_to_cs.accepted
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}
    steps:
      - {id: run_kickoff, do: Run the kickoff call}
      - {id: connect_data, do: Connect the data source, party: customer, raci: {A: csm, R: admin}}
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
        due: 1bd after closed_won
        captures: account.use_case
        produces: brief
  - id: adoption
    enter: sales_to_cs.accepted
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}
    due: 45d after closed_won
    steps:
      - {id: run_kickoff, do: Run the kickoff call}
      - {id: connect_data, do: Connect the data source, party: customer, raci: {A: csm, R: admin}}
""",
    playbook=check,
)
