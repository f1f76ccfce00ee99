"""KPI008: what every onboarding is judged by, and this library does not measure."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.lint.measures import kpis_of, name_words
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed
from playbook.workspace import Workspace

_SEEDS: tuple[tuple[str, tuple[frozenset[str], ...]], ...] = tuple(
    (what, tuple(frozenset(words.split()) for words in ways))
    for what, ways in (
        ("activation rate", ("activation", "activated")),
        ("time to value", ("ttv", "time value", "days value")),
        ("CSAT or NPS", ("csat", "nps", "satisfaction", "ces")),
        ("completion rate", ("completion", "completed", "complete")),
        ("early churn", ("churn", "churned", "logo retention", "cancellation")),
        ("NRR or GRR", ("nrr", "grr", "net retention", "gross retention", "dollar retention", "revenue retention")),
        ("handoff quality", ("handoff quality", "handover quality", "handoff score", "handover score")),
        ("accountability", ("accountability",)),
        ("data coverage", ("data completeness", "data coverage", "data quality", "signal coverage")),
        (
            "engagement with communications",
            ("engagement communications", "engagement communication", "engagement mails", "engagement email"),
        ),
    )
)
"""The ten that both source articles ask for, each with the words of ids and titles by which it is known."""


def check(workspace: Workspace, context: Context) -> Iterator[Finding]:
    """One finding, at the first library of KPIs, that lists all that are missing."""
    del context
    libraries = [document for document in workspace.documents if document.kind == "metrics"]
    if not libraries or any(document.model is None or document.pruned for document in libraries):
        return
    present = [name_words(id_, kpi.title) for document in libraries for id_, kpi in kpis_of(document)]
    missing = [what for what, ways in _SEEDS if not any(words <= name for words in ways for name in present)]
    if missing:
        yield Finding(
            f"{len(missing)} of the {len(_SEEDS)} KPIs that an onboarding is judged by are not defined: "
            f"{listed(missing, limit=len(_SEEDS))}",
            ("kpis",),
            on_key=True,
            expected="a KPI for each; the library of KPIs that comes with the project has them ready to copy",
            document=libraries[0],
        )


RULE = Rule(
    code="KPI008",
    name="seed-kpi-missing",
    severity=Severity.INFO,
    profile="governed",
    what="The KPIs lack one of ten: activation, time to value, CSAT or NPS, completion, early churn, NRR or GRR, "
    "handoff quality, accountability, data coverage, engagement.",
    why="Each of them shows what the others hide: fast onboardings that churn, happy customers who never start.",
    bad="""\
metrics: onboarding
kpis:
  time_to_value: {kind: duration, from: closed_won, to: first_value, owner: cs_leader}
""",
    good="""\
metrics: onboarding
kpis:
  time_to_value: {kind: duration, from: closed_won, to: first_value, owner: cs_leader}
  activation_rate: {kind: rate, title: Activation rate, owner: cs_leader}
  onboarding_csat: {kind: score, title: Onboarding CSAT, owner: cs_leader}
  completion_rate: {kind: rate, title: Completion rate, owner: cs_leader}
  early_churn: {kind: rate, title: Early churn, owner: cs_leader}
  early_nrr: {kind: ratio, title: Early NRR, owner: cs_leader}
  handoff_quality: {kind: composite, title: Handoff quality score, owner: cs_leader}
  accountability: {kind: composite, title: Accountability score, owner: cco}
  data_completeness: {kind: ratio, title: Data completeness, owner: csm}
  engagement: {kind: rate, title: Engagement with communications, owner: csm}
""",
    workspace=check,
)
