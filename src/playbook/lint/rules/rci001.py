"""RCI001: something has nobody who answers for it."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.core.process import Task
from playbook.diagnostics import Severity
from playbook.lint.kinds import metrics_of
from playbook.lint.letters import Lacking, lacking, stage_name, step_name
from playbook.lint.lost import is_lost
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import counted, named
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook, Document


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Steps, milestones and decisions need an A; routines and workstreams if they have other letters.

    A handoff's giver is accountable for it by default.
    """
    del context
    for gap in lacking(playbook, "accountable"):
        # A stage whose letters could not be read may well have had an A for its steps.
        if not is_lost(playbook.document, (*gap.path[:2], "raci")):
            yield _of_steps(playbook, gap)
    model = playbook.model
    for kind, entries in (("milestone", model.milestones), ("decision", model.decisions)):
        for id_, entry in entries.items():
            if entry.raci is None or not entry.raci.A:
                yield _of(f"the {kind} {named(entry.title, id_)}", (f"{kind}s", id_, "raci"))
    for id_, routine in model.routines.items():
        if routine.raci is not None and not routine.raci.A:
            yield _of(f"the routine {named(routine.title or routine.do, id_)}", ("routines", id_, "raci"))
    for id_, raci in model.workstreams.items():
        if not raci.A:
            yield _of(
                f"the workstream {named(None, id_)}", ("workstreams", id_), "a role under A, such as {A: csm}"
            )


def check_kpis(document: Document, context: Context) -> Iterator[Finding]:
    """A KPI is answered for by its owner or by its A."""
    del context
    metrics = metrics_of(document)
    if metrics is not None:
        for id_, kpi in metrics.kpis.items():
            if kpi.owner is None and (kpi.raci is None or not kpi.raci.A):
                yield _of(f"the KPI {named(kpi.title, id_)}", ("kpis", id_, "owner"), "one role as its owner")


def _of_steps(playbook: CompiledPlaybook, gap: Lacking) -> Finding:
    if gap.task is None:
        message = f"nobody is accountable for any of the {len(gap.tasks)} steps of {stage_name(gap.stage)}"
        expected = "one role under A on the stage, or on each of its steps"
        return Finding(message, gap.path, expected=expected)
    others = len(gap.tasks) - 1
    expected = "one role under A, on the step or on its stage"
    if others:
        expected += f" ({counted(others, 'more step')} of the stage {'has' if others == 1 else 'have'} none either)"
    return Finding(
        f"nobody is accountable for {step_name(playbook, gap.task)}",
        gap.path,
        expected=expected,
        suggestion=_doer(playbook, gap.task),
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
    playbook=check,
    document=check_kpis,
)
