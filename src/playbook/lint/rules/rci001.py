"""RCI001: something has nobody who answers for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from playbook.core.process import Task
from playbook.diagnostics import Severity
from playbook.language.raci import Raci
from playbook.lint.kinds import metrics_of
from playbook.lint.letters import Lacking, lacking, step_name
from playbook.lint.lost import are_whole, is_lost
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import counted, named
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook, Document

_FEW = 2
"""More than these without an A have one cause."""


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Steps, milestones and decisions need an A; routines and workstreams if they have other letters.

    A handoff's giver is accountable for it by default.
    """
    del context
    gaps = list(lacking(playbook, "accountable"))
    undone = {gap.path for gap in lacking(playbook, "responsible")} if gaps else set()
    for gap in gaps:
        # A stage whose letters could not be read may well have had an A for its steps.
        if gap.stage is None or not is_lost(playbook.document, (*gap.path[:2], "raci")):
            yield _of_steps(playbook, gap, is_undone=gap.path in undone)
    model = playbook.model
    milestones = {id_: entry.title for id_, entry in model.milestones.items() if not _has_a(entry.raci)}
    yield from _of_kind(playbook, "milestone", milestones, len(model.milestones))
    decisions = {id_: entry.title for id_, entry in model.decisions.items() if not _has_a(entry.raci)}
    yield from _of_kind(playbook, "decision", decisions, len(model.decisions))
    lettered = {id_: routine for id_, routine in model.routines.items() if routine.raci is not None}
    routines = {id_: each.title or each.do for id_, each in lettered.items() if not _has_a(each.raci)}
    yield from _of_kind(playbook, "routine", routines, len(lettered))
    for id_, raci in model.workstreams.items():
        if not raci.A:
            yield _of(
                f"the workstream {named(None, id_)}", ("workstreams", id_), "a role under A, such as {A: csm}"
            )


def _has_a(raci: Raci | None) -> bool:
    return raci is not None and bool(raci.A)


def _of_kind(
    playbook: CompiledPlaybook, kind: str, lacking: Mapping[str, str | None], count: int
) -> Iterator[Finding]:
    """Each of a kind that has no A; if there are several and none has one, all of them at once."""
    key = f"{kind}s"
    if len(lacking) > _FEW and len(lacking) == count and are_whole(playbook, key):
        yield Finding(
            f"nobody is accountable for any of the {count} {key}",
            (key,),
            on_key=True,
            expected="one role under A on each of them, such as raci: {A: csm}",
        )
        return
    for id_, label in lacking.items():
        yield _of(f"the {kind} {named(label, id_)}", (key, id_, "raci"))


def check_kpis(document: Document, context: Context) -> Iterator[Finding]:
    """A KPI is answered for by its owner or by its A."""
    del context
    metrics = metrics_of(document)
    if metrics is not None:
        for id_, kpi in metrics.kpis.items():
            if kpi.owner is None and (kpi.raci is None or not kpi.raci.A):
                yield _of(
                    f"the KPI {named(kpi.title, id_)}", ("kpis", id_, "owner"), "owner: one role, such as csm"
                )


def _of_steps(playbook: CompiledPlaybook, gap: Lacking, *, is_undone: bool) -> Finding:
    """``is_undone`` if nobody does the work either: one finding for letters that are missing altogether."""
    lacks = "accountable or responsible" if is_undone else "accountable"
    letters = "one role under A and one or more under R" if is_undone else "one role under A"
    if gap.task is None:
        on = "each stage" if gap.stage is None else "the stage"
        return Finding(
            f"nobody is {lacks} for {gap.what}",
            gap.path,
            on_key=gap.stage is None,
            expected=f"{letters} on {on}, or on each of its steps",
            suggestion="raci: {A: ..., R: ...}" if is_undone else None,
        )
    others = len(gap.tasks) - 1
    expected = f"{letters}, on the step or on its stage"
    if others:
        expected += f" ({counted(others, 'more step')} of the stage {'has' if others == 1 else 'have'} none either)"
    return Finding(
        f"nobody is {lacks} for {step_name(playbook, gap.task)}",
        gap.path,
        expected=expected,
        suggestion="raci: {A: ..., R: ...}" if is_undone else _doer(playbook, gap.task),
    )


def _doer(playbook: CompiledPlaybook, task: Task) -> str | None:
    """Who does the work alone, and so may well answer for it."""
    responsible = task.owners.responsible
    if responsible is None or len(responsible.holders) != 1 or playbook.role(responsible.holders[0]) is None:
        return None
    team = playbook.team(playbook.team_of(responsible.holders[0]) or "")
    if team is not None and team.party != "internal":
        return None
    return f"A: {responsible.holders[0]}"


def _of(what: str, path: KeyPath, expected: str = "one role under A, such as raci: {A: csm}") -> Finding:
    return Finding(f"nobody is accountable for {what}", path, expected=expected)


RULE = Rule(
    code="RCI001",
    name="accountable-missing",
    severity=Severity.ERROR,
    profile="basic",
    what="A step, milestone, decision, KPI, or a routine or workstream with letters, has no Accountable.",
    why="What nobody answers for falls between the teams, and is noticed by the customer first.",
    bad="""\
milestones:
  first_value: {event: account.first_report}
""",
    good="""\
milestones:
  first_value: {event: account.first_report, raci: {A: csm}}
""",
    instead_of=("RCI003",),
    playbook=check,
    document=check_kpis,
)
