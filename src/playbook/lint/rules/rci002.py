"""RCI002: several roles answer for one thing."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.language.raci import AnyOf, names
from playbook.lint.kinds import metrics_of
from playbook.lint.letters import beside_steps, is_own, step_name
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed, named
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook, Document


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """More than one holder of A, together or as a choice. An inherited A is reported at its stage."""
    del context
    for thing in beside_steps(playbook):
        holders = names(thing.raci.A)
        if len(set(holders)) > 1:
            yield _finding(thing.name, holders, isinstance(thing.raci.A, AnyOf), (*thing.path, "A"))
    for task in playbook.process.tasks.values():
        letter = task.owners.accountable
        if letter is not None and len(letter.holders) > 1 and is_own(letter) and len(set(letter.holders)) > 1:
            yield _finding(step_name(playbook, task), letter.holders, letter.choice, letter.path)


def check_kpis(document: Document, context: Context) -> Iterator[Finding]:
    """A KPI has an owner or an A, or both are the same role."""
    del context
    metrics = metrics_of(document)
    if metrics is not None:
        for id_, kpi in metrics.kpis.items():
            holders = names(kpi.raci.A) if kpi.raci else ()
            everyone = tuple(dict.fromkeys((*((kpi.owner,) if kpi.owner else ()), *holders)))
            if holders and len(everyone) > 1:
                choice = kpi.raci is not None and isinstance(kpi.raci.A, AnyOf)
                yield _finding(f"the KPI {named(kpi.title, id_)}", everyone, choice, ("kpis", id_, "raci", "A"))


def _finding(what: str, holders: tuple[str, ...], choice: bool, path: KeyPath) -> Finding:
    distinct = list(dict.fromkeys(holders))
    if choice:
        message = f"it is left open who is accountable for {what}: {listed(distinct, 'or')}"
    else:
        message = f"{len(distinct)} are accountable for {what}: {listed(distinct)}"
    return Finding(
        message,
        path,
        expected="exactly one role under A",
        suggestion=f"A: {distinct[0]}, and {listed(distinct[1:])} under R or C",
    )


RULE = Rule(
    code="RCI002",
    name="several-accountable",
    severity=Severity.ERROR,
    profile="basic",
    what="A step, stage, milestone, handoff, decision, workstream, routine or KPI has several Accountables.",
    why="Where two answer for a result, each may count on the other, and the customer waits for both.",
    bad="""\
milestones:
  first_value: {event: account.first_report, raci: {A: [csm, ae]}}
""",
    good="""\
milestones:
  first_value: {event: account.first_report, raci: {A: csm, C: ae}}
""",
    playbook=check,
    document=check_kpis,
)
