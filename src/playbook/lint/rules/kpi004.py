"""KPI004: a time to value that ends before there is value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from playbook.diagnostics import Severity
from playbook.language.metrics import Kpi
from playbook.language.playbook import Milestone
from playbook.language.vocabulary import EVENTS
from playbook.lint.measures import kpi_name, kpis_of, name_words, points
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed
from playbook.workspace import Workspace

_VALUE = frozenset({"value", "ttv", "outcome", "roi"})
_PROGRESS = frozenset(
    {"close", "closed", "complete", "completed", "completion", "done", "finished", "golive", "handover", "kickoff"}
    | {"launch", "launched", "live", "onboarded", "signed"}
)
"""Words of points at which we are through with the customer, or the product is switched on."""


def check(workspace: Workspace, context: Context) -> Iterator[Finding]:
    """KPIs called time to value of which ``to`` is no value to the customer."""
    del context
    for document in workspace.documents:
        for id_, kpi in kpis_of(document):
            if kpi.until is None or not _is_time_to_value(id_, kpi):
                continue
            milestones = [cast(Milestone, found.value) for found in points(workspace, "milestone", kpi.until)]
            if any(milestone.value for milestone in milestones) or not _is_progress(kpi.until, milestones):
                continue
            values = _value_milestones(workspace)
            yield Finding(
                f"{kpi_name(id_, kpi)} ends with {kpi.until}: that is when we are done, not when the customer "
                "has value",
                ("kpis", id_, "to"),
                expected="a milestone or event of realized value"
                + (
                    f", such as {listed(values, 'or', limit=3)}"
                    if values
                    else "; value: true marks such a milestone"
                ),
                document=document,
            )


def _is_time_to_value(id_: str, kpi: Kpi) -> bool:
    words = name_words(id_, kpi.title)
    return "ttv" in words or ("value" in words and ("time" in words or kpi.kind == "duration"))


def _is_progress(point: str, milestones: list[Milestone]) -> bool:
    """Whether a point is surely not value: an event of our own work, or called live, complete or the like."""
    if point in EVENTS:
        return point not in ("milestone.reached", "usage.recorded")
    names = [point, *(name for milestone in milestones for name in (milestone.title, milestone.event))]
    words = name_words(*names)
    return not words & _VALUE and bool(words & _PROGRESS or {"in", "production"} <= words)


def _value_milestones(workspace: Workspace) -> list[str]:
    found = dict.fromkeys(
        id_
        for playbook in workspace.playbooks
        for id_, milestone in playbook.model.milestones.items()
        if milestone.value
    )
    return list(found)


RULE = Rule(
    code="KPI004",
    name="time-to-value-without-value",
    severity=Severity.ERROR,
    profile="team",
    what="A time to value ends when onboarding is complete or the customer is live, not when there is value.",
    why="It falls when we close onboardings sooner, whether or not the customer has got anything out of them.",
    bad="""\
metrics: onboarding
kpis:
  time_to_value: {kind: duration, from: closed_won, to: onboarding.completed, owner: cs_leader}
""",
    good="""\
metrics: onboarding
kpis:
  time_to_value: {kind: duration, from: closed_won, to: first_value, owner: cs_leader}
""",
    workspace=check,
)
