"""KPI007: a stage that is measured by what we do."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.language.metrics import Kpi
from playbook.lint.letters import stage_name
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Stages of which every KPI counts activity; a stage without KPIs is not judged."""
    del context
    declared = playbook.workspace_symbols["kpi"]
    for index, stage in enumerate(playbook.model.stages):
        known = [declared[id_].value for id_ in stage.kpis if id_ in declared]
        if not known or len(known) < len(stage.kpis):
            continue
        if all(isinstance(kpi, Kpi) and kpi.measures == "activity" for kpi in known):
            verb = "counts" if len(known) == 1 else "count"
            yield Finding(
                f"{stage_name(stage)} is measured by activity alone: {listed(stage.kpis)} {verb} what we do, "
                "not what the customer gets",
                ("stages", index, "kpis"),
                expected="a KPI with measures: outcome, at least beside it",
            )


RULE = Rule(
    code="KPI007",
    name="only-activity-measured",
    severity=Severity.WARNING,
    profile="team",
    what="All KPIs of a stage count activity, none an outcome.",
    why="What is counted is done more often: more calls and more mails, whether or not they help.",
    bad="""\
metrics: onboarding
kpis:
  calls_held: {kind: sum, numerator: Calls held, window: 30d, unit: calls, direction: up, owner: csm,
    measures: activity}
---
stages:
  - id: adoption
    enter: deal.closed_won
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: [csm, ae, admin], C: [marketing, product], I: [revops, sales]}
    steps:
      - {id: write_brief, do: Write the account brief, captures: account.use_case, produces: brief}
    kpis: calls_held
handoffs: null
""",
    good="""\
metrics: onboarding
kpis:
  calls_held: {kind: sum, numerator: Calls held, window: 30d, unit: calls, direction: up, owner: csm,
    measures: activity}
  time_to_value: {kind: duration, from: closed_won, to: first_value, owner: cs_leader}
---
stages:
  - id: adoption
    enter: deal.closed_won
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: [csm, ae, admin], C: [marketing, product], I: [revops, sales]}
    steps:
      - {id: write_brief, do: Write the account brief, captures: account.use_case, produces: brief}
    kpis: [calls_held, time_to_value]
handoffs: null
""",
    playbook=check,
)
