"""Workspaces with tracking plans and KPIs: all that are shipped, and one that is hard on every tool."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from tests.subjects import ROOT, shipped, subject_from
from tests.targets.standard_plans import settings

from playbook.targets.registry import workspace_files
from playbook.workspace import Workspace

CONTRACTS = ROOT.parent / "shared" / "contracts"

HARD = {
    "playbook.yaml": """
        playbook: pilot
        stages:
          - id: one
            steps: [{id: first, do: Begin, raci: {A: csm}}]
    """,
    "organization.yaml": """
        organization: acme
        teams: {cs: {title: 'Customer "Success": & Co'}}
        roles: {csm: {team: cs}}
        systems: {product: {title: Our product}}
    """,
    "tracking.yaml": """
        tracking: hard
        title: "≥ 9 Ereignisse: <Plan> & mehr, ein langer Titel, der in keinen Anzeigenamen passt"
        description: "1 plan: no: yes"
        fields:
          account.seats: {title: Seats, type: integer, at_least: 1, at_most: 5000}
          account.share: {type: number, at_least: 0.5}
          account.plan: {title: Plan, type: choice, values: ['yes', 'no', 'on']}
          account.levels: {type: choice, values: [1, 2, 3]}
          account.mixed: {type: choice, values: [1, x]}
          account.tags: {type: list, values: [a, b]}
          account.live: {title: Live, type: boolean}
          account.due: {type: date}
          account.seen: {type: datetime, personal: true}
          contact.twice: {type: text}
          account.twice: {type: number}
        events:
          plan.agreed:
            title: "=Plan agreed, 12:30"
            description: "Said: \\"yes\\" # or no"
            properties:
              [account_id, seats, share, plan, levels, mixed, tags, live, due, account.seen, twice, "the value"]
            source: product
            owner: csm
            activity: true
            personal: true
          plan.agreed_again: {title: "=Plan agreed, 12:30", properties: ["the value"]}
          plan_agreed.again: {properties: ["価値", "the_value"]}
          plan.none: {title: No properties}
    """,
    "metrics.yaml": """
        metrics: hard_kpis
        kpis:
          time_to_value:
            {kind: duration, from: plan.agreed, to: plan.none, statistic: p75, per: [Segment Name, cohort_month]}
          time_to_live: {kind: duration, statistic: mean, clock: ours}
          time_to_live_p90: {kind: duration, statistic: p90}
          activation: {kind: rate, numerator: "50% & more: {{ x }}", denominator: 'All', minimum_sample: 5}
          activation_numerator: {kind: ratio}
          seats: {kind: sum, statistic: sum, unit: seats, clamp: {low: 0, high: 10}}
          calls: {kind: sum, statistic: count}
          month: {kind: rate}
          x__y: {kind: rate}
          q: {kind: sum}
          nps: {kind: score, statistic: share}
          quality: {kind: composite, parts: {a: {weight: 1}}}
          relation: {kind: correlation}
        dashboards: {board: {kpis: [seats]}}
    """,
}


@lru_cache(maxsize=1)
def workspaces() -> Mapping[str, Workspace]:
    """By name."""
    found: dict[int, tuple[str, Workspace]] = {}
    for name, subject in shipped().items():
        found.setdefault(id(subject.workspace), (name, subject.workspace))
    return dict(found.values()) | {"hard": subject_from(HARD).workspace}


def written(target: str, workspace: Workspace, **said: str) -> dict[str, bytes]:
    """The files of a workspace by their names."""
    return {file.name: file.data for file in workspace_files(target, workspace, settings(target, **said))}


def contract(*path: str) -> Path:
    """A vendor's specification, which may not be there."""
    return CONTRACTS.joinpath(*path)
