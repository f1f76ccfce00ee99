"""GOV108: a KPI that no team has in its goals, or that two teams pull in opposite directions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from playbook.diagnostics import Related, Severity
from playbook.language.governance import Goal, Governance
from playbook.language.metrics import Kpi
from playbook.lint.kinds import governance_of, metrics_of
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import counted, listed, named
from playbook.workspace import Document, Workspace


def check(workspace: Workspace, context: Context) -> Iterator[Finding]:
    """KPIs that have a target and nobody works for, all in one finding; and goals that oppose each other."""
    del context
    governed = [
        (document, governance)
        for document in workspace.documents
        if (governance := governance_of(document)) is not None
    ]
    kpis = {
        id_: (document, kpi)
        for document in workspace.documents
        if (metrics := metrics_of(document)) is not None
        for id_, kpi in metrics.kpis.items()
    }
    if not governed or not kpis:
        return
    if workspace.complete:
        yield from _without_goal(workspace, governed, kpis)
    goals = [(document, id_, goal) for document, governance in governed for id_, goal in governance.goals.items()]
    yield from _opposed(goals)
    for document, id_, goal in goals:
        if goal.kpi in kpis:
            yield from _against(document, id_, goal, kpis[goal.kpi][1])


def _without_goal(
    workspace: Workspace, governed: list[tuple[Document, Governance]], kpis: dict[str, tuple[Document, Kpi]]
) -> Iterator[Finding]:
    if not any(governance.goals for _, governance in governed):
        yield Finding(
            f"no team has a goal on any of the {counted(len(kpis), 'KPI')}",
            ("goals",),
            on_key=True,
            expected="goals: {...: {team: ..., kpi: ...}}, so that each function is measured by what it shares in",
            document=governed[0][0],
        )
        return
    aimed_at = {goal.kpi for _, governance in governed for goal in governance.goals.values()}
    aimed_at |= {incentive.kpi for _, governance in governed for incentive in governance.incentives.values()}
    for playbook in workspace.playbooks:
        ownership = playbook.model.ownership
        if ownership is not None and ownership.dedicated is not None:
            aimed_at.update(ownership.dedicated.objectives)
    by_document: dict[str, tuple[Document, list[str]]] = {}
    for id_, (document, kpi) in kpis.items():
        if kpi.target and id_ not in aimed_at:
            by_document.setdefault(document.name, (document, []))[1].append(id_)
    for document, ids in by_document.values():
        yield Finding(
            f"no team has a goal on {listed(ids)}, which {'has a target' if len(ids) == 1 else 'have targets'}",
            ("kpis", ids[0], "target"),
            expected="a goal of the team that can move the KPI, or no target",
            suggestion=f"goals: {{{ids[0]}: {{team: ..., kpi: {ids[0]}}}}}",
            document=document,
        )


def _opposed(goals: list[tuple[Document, str, Goal]]) -> Iterator[Finding]:
    by_kpi: dict[str, list[tuple[Document, str, Goal]]] = {}
    for document, id_, goal in goals:
        by_kpi.setdefault(goal.kpi, []).append((document, id_, goal))
    for kpi, found in by_kpi.items():
        for (where, first_id, first), (document, id_, goal) in combinations(found, 2):
            directions = {_direction(first.target), _direction(goal.target)}
            if first.team != goal.team and directions == {"up", "down"}:
                place = where.locator.place(("goals", first_id, "target"))
                yield Finding(
                    f"{first.team} and {goal.team} have opposing goals on {kpi}: {first.target} and {goal.target}",
                    ("goals", id_, "target"),
                    related=(Related(f"the goal of {first.team}", place),),
                    expected="goals that pull a KPI in one direction",
                    document=document,
                )


def _against(document: Document, id_: str, goal: Goal, kpi: Kpi) -> Iterator[Finding]:
    direction = _direction(goal.target)
    if kpi.direction is not None and direction is not None and direction != kpi.direction:
        yield Finding(
            f"{goal.team} is to reach {goal.target} on {named(kpi.title, goal.kpi)}, for which "
            f"{'more' if kpi.direction == 'up' else 'less'} is better",
            ("goals", id_, "target"),
            expected=f"a target with {'>=' if kpi.direction == 'up' else '<='}",
            document=document,
        )


def _direction(target: str | None) -> str | None:
    """Which way a target pulls, as far as it begins with a comparison."""
    match = re.match(r"(<=?|>=?)", target or "")
    return None if match is None else "down" if match[1].startswith("<") else "up"


RULE = Rule(
    code="GOV108",
    name="goals-not-aligned",
    severity=Severity.WARNING,
    profile="governed",
    what="No team has a goal on a KPI with a target, or the goals on a KPI pull in opposite directions.",
    why="Teams work for what they are measured by, whatever the playbook says.",
    bad="""\
metrics: onboarding
kpis:
  time_to_value: {title: Time to value, kind: duration, direction: down, target: <= 45d, owner: cs_leader}
  adoption: {title: Adoption, kind: rate, direction: up, target: ">= 60%", owner: csm}
---
governance: onboarding
goals:
  fast: {team: customer_success, kpi: time_to_value, target: <= 45d}
""",
    good="""\
metrics: onboarding
kpis:
  time_to_value: {title: Time to value, kind: duration, direction: down, target: <= 45d, owner: cs_leader}
  adoption: {title: Adoption, kind: rate, direction: up, target: ">= 60%", owner: csm}
---
governance: onboarding
goals:
  fast: {team: customer_success, kpi: time_to_value, target: <= 45d}
  used: {team: product, kpi: adoption, target: ">= 60%"}
""",
    workspace=check,
)
