"""KPI009: a KPI whose owner alone says when it is reached."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from playbook.diagnostics import Severity
from playbook.language.organization import System
from playbook.language.playbook import Milestone
from playbook.language.raci import names
from playbook.language.tracking import TrackedEvent
from playbook.lint.measures import kpi_name, kpis_of, points
from playbook.lint.rule import Context, Finding, Rule
from playbook.workspace import Workspace

_MEASURED = frozenset({"engage", "analyse"})


def check(workspace: Workspace, context: Context) -> Iterator[Finding]:
    """KPIs that end with a milestone or event which nobody but their owner has a hand in."""
    del context
    for document in workspace.documents:
        for id_, kpi in kpis_of(document):
            if kpi.until is None or kpi.owner is None:
                continue
            controllers = _controllers(workspace, kpi.until)
            if controllers == {kpi.owner}:
                yield Finding(
                    f"{kpi_name(id_, kpi)} ends with {kpi.until}, which its owner {kpi.owner} alone declares: "
                    "nobody else has a hand in it",
                    ("kpis", id_, "to"),
                    expected="a second pair of eyes: somebody else responsible, the customer consulted, an event "
                    "that a system measures, or another owner of the KPI",
                    document=document,
                )


def _controllers(workspace: Workspace, point: str) -> set[str]:
    """Who has a hand in a milestone or event; nobody if it is measured by conditions or by a system."""
    milestones = [cast(Milestone, symbol.value) for symbol in points(workspace, "milestone", point)]
    found: set[str] = set()
    for milestone in milestones:
        raci = milestone.raci
        if milestone.when or raci is None or (milestone.event and _is_measured(workspace, milestone.event)):
            return set()
        found.update(names(raci.A), names(raci.R), names(raci.C))
        event = _event(workspace, milestone.event)
        if event is not None and event.owner is not None:
            found.add(event.owner)
    event = _event(workspace, point)
    if not milestones and event is not None and event.owner is not None and not _is_measured(workspace, point):
        found.add(event.owner)
    return found


def _event(workspace: Workspace, name: str | None) -> TrackedEvent | None:
    symbol = workspace.symbols["event"].get(name or "")
    return symbol.value if symbol is not None and isinstance(symbol.value, TrackedEvent) else None


def _is_measured(workspace: Workspace, name: str) -> bool:
    """Whether an event comes from the product or the like, where it happens, and not from whoever records it."""
    event = _event(workspace, name)
    symbol = workspace.symbols["system"].get(event.source or "") if event is not None else None
    return symbol is not None and isinstance(symbol.value, System) and bool(_MEASURED & set(symbol.value.purpose))


RULE = Rule(
    code="KPI009",
    name="kpi-judged-by-its-owner",
    severity=Severity.WARNING,
    profile="certified",
    what="The milestone or event that ends a KPI is declared by the KPI's owner alone.",
    why="Whoever is measured by a date should not be the only one who sets it, or the date will look well.",
    bad="""\
metrics: onboarding
kpis:
  time_to_value: {kind: duration, from: closed_won, to: first_value, owner: csm}
---
milestones:
  first_value: {event: account.first_report, raci: {A: csm, R: csm}}
""",
    good="""\
metrics: onboarding
kpis:
  time_to_value: {kind: duration, from: closed_won, to: first_value, owner: csm}
---
milestones:
  first_value: {event: account.first_report, raci: {A: csm, R: csm, C: admin}}
""",
    workspace=check,
)
