"""KPI005: a KPI that nothing measures."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.expressions.parse import parse_expression
from playbook.language.metrics import Kpi
from playbook.lint.kinds import metrics_of
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import named
from playbook.text.paths import KeyPath
from playbook.workspace import Document, Workspace


def check(workspace: Workspace, context: Context) -> Iterator[Finding]:
    """Points that no event stands for, and fields that nothing fills."""
    del context
    for document in workspace.documents:
        metrics = metrics_of(document)
        for id_, kpi in metrics.kpis.items() if metrics else ():
            yield from _points(workspace, document, id_, kpi)
            yield from _fields(workspace, document, id_, kpi)


def _points(workspace: Workspace, document: Document, id_: str, kpi: Kpi) -> Iterator[Finding]:
    for key, point in (("from", kpi.since), ("to", kpi.until), ("cohort", kpi.cohort)):
        kind = _unmeasured(workspace, point) if point else None
        if kind is not None:
            yield Finding(
                f"the KPI {named(kpi.title, id_)} hangs on the {kind} {point}, which has no event and no condition",
                ("kpis", id_, key),
                expected=f"an event on the {kind}, so that it has a time",
                document=document,
            )


def _unmeasured(workspace: Workspace, point: str) -> str | None:
    """Whether a point is a milestone or an anchor of which nothing says when it is reached."""
    for kind in ("milestone", "anchor"):
        found = [
            playbook.symbols[kind][point].value
            for playbook in workspace.playbooks
            if point in playbook.symbols[kind]
        ]
        keys = ("event", "when") if kind == "milestone" else ("event", "field")
        if found and not any(getattr(value, key) for value in found for key in keys):
            return kind
    return None


def _fields(workspace: Workspace, document: Document, id_: str, kpi: Kpi) -> Iterator[Finding]:
    path: KeyPath = ("kpis", id_, "where")
    for use in parse_expression(kpi.where).names if kpi.where else ():
        symbol = workspace.symbols["field"].get(use.name)
        if symbol is None or symbol.value.captured or symbol.value.system:  # type: ignore[attr-defined]
            continue
        if not any(
            use.name in step.captures for playbook in workspace.playbooks for step in playbook.steps.values()
        ):
            yield Finding(
                f"the KPI {named(kpi.title, id_)} asks for {use.name}, which no step captures; where it comes from "
                "is not said",
                path,
                within=(use.start, use.end),
                expected=f"captures: {use.name} on a step, or captured: or system: in the tracking plan",
                document=document,
            )


RULE = Rule(
    code="KPI005",
    name="not-measured",
    severity=Severity.ERROR,
    profile="team",
    what="A KPI hangs on a milestone or anchor without an event, or asks for a field that nothing fills.",
    why="The number has a definition, an owner and a target, and can never be worked out.",
    bad="""\
metrics: onboarding
kpis:
  time_to_value: {kind: duration, from: closed_won, to: value_agreed, owner: cs_leader}
---
milestones:
  first_value: {event: account.first_report, raci: {A: csm}}
  value_agreed: {title: Value agreed with the sponsor, raci: {A: csm}}
""",
    good="""\
metrics: onboarding
kpis:
  time_to_value: {kind: duration, from: closed_won, to: first_value, owner: cs_leader}
---
milestones:
  first_value: {event: account.first_report, raci: {A: csm}}
""",
    workspace=check,
)
