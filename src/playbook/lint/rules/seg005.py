"""SEG005: a variant in which the promises and controls of its base no longer hold."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Related, Severity
from playbook.language.playbook import Variant
from playbook.language.step import Step
from playbook.lint.letters import stage_name
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed, named
from playbook.raci_analysis import raci_analysis
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook

_CONTROLS = {"sla": "SLA", "approval": "approval"}


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """SLAs and approvals that a variant takes from work that it keeps, and handoffs between roles that it keeps.

    What leaves with its step or stage is no relaxation, and a step that is replaced under a new id has left.
    A letter that is lost is RCI001, and a handoff between teams that still follow each other is HND001, in the
    variant as in any playbook.
    """
    del context
    for compiled in playbook.variants:
        id_ = compiled.variant or ""
        variant = playbook.model.variants[id_]
        yield from _of_steps(playbook, compiled, id_, variant)
        for stage_id, stage in playbook.stages.items():
            kept = compiled.stages.get(stage_id)
            if kept is not None and stage.sla is not None and kept.sla is None:
                yield _finding(playbook, id_, ["sla"], stage_name(stage), _edit(id_, variant, stage_id, "sla"))
        yield from _of_handoffs(playbook, compiled, id_, variant)


def _of_steps(
    playbook: CompiledPlaybook, compiled: CompiledPlaybook, id_: str, variant: Variant
) -> Iterator[Finding]:
    for step_id, step in playbook.steps.items():
        if step.sla is None and step.approval is None:
            continue
        kept = compiled.steps.get(step_id)
        lost = _lost(step, kept) if kept is not None else []
        if lost:
            path = _edit(id_, variant, step_id, lost[0])
            yield _finding(playbook, id_, lost, f"the step {named(step.do, step_id)}", path)


def _lost(step: Step, kept: Step) -> list[str]:
    return [key for key in _CONTROLS if getattr(step, key) is not None and getattr(kept, key) is None]


def _edit(id_: str, variant: Variant, part: str, key: str) -> KeyPath:
    """The edit that takes a key from a step or stage."""
    place: KeyPath = ("variants", id_)
    if part in variant.replace:
        return (*place, "replace", part)
    return (*place, "set", f"{part}.{key}") if f"{part}.{key}" in variant.set else place


def _finding(playbook: CompiledPlaybook, id_: str, lost: list[str], what: str, path: KeyPath) -> Finding:
    names = listed([_CONTROLS[key] for key in lost])
    return Finding(
        f"the variant {named(playbook.model.variants[id_].title, id_)} drops the {names} of {what}",
        path,
        on_key=len(path) > 2,
        expected=f"the {names} of the base, or another one for these accounts",
        suggestion="a waiver under governance, with its reason and its last day, if it is meant",
    )


def _of_handoffs(
    playbook: CompiledPlaybook, compiled: CompiledPlaybook, id_: str, variant: Variant
) -> Iterator[Finding]:
    for handoff_id, handoff in playbook.model.handoffs.items():
        if handoff_id in compiled.model.handoffs or handoff_id not in variant.remove:
            continue
        if playbook.team_of(handoff.giver) != playbook.team_of(handoff.receiver):
            continue
        working = compiled.remembered(raci_analysis).accountable
        if working[handoff.giver] and working[handoff.receiver]:
            yield Finding(
                f"the variant {named(variant.title, id_)} drops the handoff "
                f"{named(handoff.title, handoff_id)}, and "
                f"{handoff.giver} and {handoff.receiver} both still answer for steps",
                ("variants", id_, "remove", variant.remove.index(handoff_id)),
                related=(
                    Related("the handoff", playbook.document.locator.place(("handoffs", handoff_id), key=True)),
                ),
                expected="the handoff, for as long as the work changes hands",
                suggestion="a waiver under governance, with its reason and its last day, if it is meant",
            )


_SEGMENTS = """\
segments:
  small: {{when: account.active_seats < 10}}
  large: {{otherwise: true}}
variants:
  light: {{for: small, set: {{write_brief.sla: {}}}}}
stages:
  - id: handover
    enter: deal.closed_won
    exit: sales_to_cs.accepted
    raci: {{C: [marketing, product], I: revops}}
    steps:
      - id: write_brief
        do: Write the handover brief
        raci: {{A: ae, R: ae, I: [csm, revops]}}
        sla: {{warn: 4bh, breach: 1bd, escalate: cs_leader}}
        captures: account.use_case
        produces: brief
  - id: adoption
    enter: sales_to_cs.accepted
    exit: first_value.reached and account.active_seats >= 5
    raci: {{A: cs_leader, R: [csm, admin], C: [marketing, product], I: [revops, sales]}}
    steps:
      - {{id: run_kickoff, do: Run the kickoff call, due: 5bd after closed_won}}
"""

RULE = Rule(
    code="SEG005",
    name="variant-relaxes-governance",
    severity=Severity.ERROR,
    profile="governed",
    what="A variant keeps a step or stage and drops its SLA or its approval, or drops a handoff between roles that "
    "both go on working.",
    why="The exception for a few small accounts is how a control that all agreed on disappears unseen.",
    bad=_SEGMENTS.format("null"),
    good=_SEGMENTS.format("{warn: 1bd, breach: 2bd, escalate: cs_leader}"),
    playbook=check,
)
