"""The playbooks that are ready to use: clean, complete, and in our own words."""

from __future__ import annotations

import re

import pytest
from shipped_content import REPOSITORY, SHARED, compiled, findings, playbook_of, source_text, tables_of

from playbook.config import Config
from playbook.language.governance import Governance
from playbook.language.maturity import Dimension, Maturity
from playbook.language.metrics import Kpi, Metrics
from playbook.lint.catalogue import built_in

HERE = "playbooks"


def metrics() -> Metrics:
    """The KPI library."""
    return next(d.model for d in compiled(HERE).workspace.documents if isinstance(d.model, Metrics))


def matrices() -> dict[str, Maturity]:
    """Both maturity matrices."""
    models = [d.model for d in compiled(HERE).workspace.documents if isinstance(d.model, Maturity)]
    return {model.maturity: model for model in models}


# -- clean ---------------------------------------------------------------------------------------


def test_nothing_is_found() -> None:
    found = [
        f"{item.place.file}:{item.place.span.start.line} {item.code} {item.message}" for item in findings(HERE)
    ]
    assert found == []


def test_no_rule_is_left_out() -> None:
    config = compiled(HERE).config
    assert config.profile == "governed"
    assert set(built_in().chosen(config)) == set(built_in().chosen(Config(profile="governed")))


def test_whatever_is_declared_is_used() -> None:
    workspace = compiled(HERE).workspace
    unused = [
        f"{kind} {id_}"
        for tables in (workspace.symbols, *(playbook.symbols for playbook in workspace.playbooks))
        for kind, table in tables.items()
        # Work that happens by itself is named by nothing but what may remove it.
        if kind not in ("playbook", "stage", "step", "decision", "interrupt", "routine", "risk")
        for id_ in table
        if (kind, id_) not in workspace.used
    ]
    assert unused == []


# -- the programmes ------------------------------------------------------------------------------

PROGRAMMES = {
    "ownership_programme": ["Diagnose", "Decide", "Design", "Align", "Operationalize", "Evolve"],
    "shared_ownership_programme": ["Define", "Map", "Assign", "Operationalize", "Instrument", "Review", "Improve"],
}


@pytest.mark.parametrize(("id_", "stages"), PROGRAMMES.items())
def test_programme(id_: str, stages: list[str]) -> None:
    playbook = playbook_of(HERE, id_)
    assert playbook.model.scope == "programme"
    assert [stage.label for stage in playbook.model.stages] == stages
    for stage in playbook.model.stages:
        assert len(stage.steps) >= 3, stage.id
        assert stage.raci is not None
        assert all((stage.raci.A, stage.enter, stage.exit, stage.goal, stage.kpis)), stage.id
        assert any(step.produces for step in stage.steps), stage.id


@pytest.mark.parametrize(
    ("id_", "source", "target"),
    [
        ("ownership_programme", "evolve", "decide"),
        ("shared_ownership_programme", "improve", "define"),
        ("shared_ownership_programme", "improve", "review"),
    ],
)
def test_programme_leads_back(id_: str, source: str, target: str) -> None:
    way = (f"next.{source}", f"enter.{target}")
    flows = playbook_of(HERE, id_).process.flows
    assert [flow.bounded for flow in flows if (flow.source, flow.target) == way] == [True]


@pytest.mark.parametrize(("id_", "name"), [("ownership_programme", "000"), ("shared_ownership_programme", "001")])
def test_programme_has_the_stages_of_its_article(id_: str, name: str) -> None:
    text = article(name)
    (line,) = [line for line in text.splitlines() if line.count("→") >= 5]
    assert [word.strip() for word in line.split("→")] == PROGRAMMES[id_]


# -- customer onboarding -------------------------------------------------------------------------


def test_onboarding_is_the_whole_journey() -> None:
    model = playbook_of(HERE, "customer_onboarding").model
    assert model.scope == "journey"
    assert [anchor.event for anchor in model.anchors.values() if anchor.start] == ["deal.closed_won"]
    assert [id_ for id_, goal in model.milestones.items() if goal.value] == ["first_value", "value_realized"]
    assert set(model.workstreams) == {"messaging", "orchestration", "implementation", "education", "expansion"}
    assert {"cancelled", "stalled"} <= set(model.interrupts)
    for part in ("segments", "variants", "risks", "routines", "inputs", "interfaces", "handoffs", "decisions"):
        assert getattr(model, part), part


def test_all_five_functions_hold_a_letter_in_every_stage() -> None:
    playbook = playbook_of(HERE, "customer_onboarding")
    for stage in playbook.model.stages:
        tasks = [task for task in playbook.process.tasks.values() if task.stage == stage.id]
        teams = {playbook.team_of(holder) for task in tasks for holder in task.owners.everyone()}
        assert {"sales", "customer_success", "marketing", "product", "revops"} <= teams, stage.id


def test_every_step_says_when_where_and_who() -> None:
    playbook = playbook_of(HERE, "customer_onboarding")
    for step in playbook.steps.values():
        owners = playbook.process.tasks[f"step.{step.id}"].owners
        assert all((step.due, step.touch, step.system, owners.responsible)), step.id
        assert owners.accountable is not None, step.id
        assert len(owners.accountable.holders) == 1, step.id


def test_maturity_and_governance_name_only_kpis_that_exist() -> None:
    known = set(metrics().kpis)
    governance = next(d.model for d in compiled(HERE).workspace.documents if isinstance(d.model, Governance))
    assert {goal.kpi for goal in governance.goals.values()} <= known
    assert governance.council is not None
    assert governance.council.quorum
    assert governance.council.chair in governance.council.members


# -- the KPI library -----------------------------------------------------------------------------

# Each row of the collected definitions, and what it became.
KPIS = {
    "Activation Rate(W)": ["activation_rate"],
    "Time-to-Value": ["time_to_value"],
    "Onboarding Time-to-Value (S1 KPI)": ["onboarding_time_to_value"],
    "Onboarding Completion Rate(W)": ["onboarding_completion_rate"],
    "Adoption": ["adoption"],
    "Onboarding CSAT": ["onboarding_csat"],
    "Onboarding NPS": ["onboarding_nps"],
    "Onboarding Program NPS (Internal)": ["program_nps_internal"],
    "Early churn(W)": ["early_churn"],
    "Early GRR(d)": ["early_grr"],
    "Early NRR(d) / NRR (Year 1)": ["early_nrr", "nrr_year_1"],
    "Early expansion rate(W)": ["early_expansion_rate"],
    "First-year renewal rate": ["first_year_renewal_rate"],
    "SLA breach rate": ["sla_breach_rate"],
    "Handoff Quality Score": ["handoff_quality_score"],
    "Onboarding Accountability Score": ["onboarding_accountability_score"],
    "Data Completeness": ["data_completeness"],
    "Signal Coverage": ["signal_coverage"],
    "Engagement with Onboarding Communications": ["engagement_with_communications"],
    "Stakeholder engagement": ["stakeholder_engagement"],
    "Onboarding time vs retention/expansion": ["time_vs_retention"],
    "Time in stage, drop-off": ["time_in_stage", "stage_drop_off"],
    "Conformance fitness": ["conformance_fitness"],
    "Automation ratio": ["automation_ratio"],
    "Status": ["on_track_share"],
    "Coordination load / complexity index": ["coordination_load", "complexity_index"],
}


def test_every_kpi_is_in_the_library_and_no_other() -> None:
    assert set(metrics().kpis) == {id_ for ids in KPIS.values() for id_ in ids}


def test_every_collected_definition_is_covered() -> None:
    (table,) = [t for t in tables_of(source_text("design", "kpis.md")) if t[0][0] == "KPI"]
    rows = [re.sub(r" per handoff h$| \((?:per account|evolve)\)$", "", row[0]) for row in table[1:]]
    assert rows == list(KPIS)


@pytest.mark.parametrize("id_", [id_ for ids in KPIS.values() for id_ in ids])
def test_kpi_is_computable(id_: str) -> None:
    kpi: Kpi = metrics().kpis[id_]
    for key in ("title", "numerator", "denominator", "window", "cohort", "matured", "unit", "direction", "owner"):
        assert getattr(kpi, key), f"{id_} has no {key}"
    assert all((kpi.statistic, kpi.source, kpi.per, kpi.minimum_sample)), id_
    assert kpi.owner in compiled(HERE).workspace.symbols["role"], f"{id_} is not owned by a role"
    if kpi.kind == "duration":
        assert all((kpi.since, kpi.until, kpi.clock)), id_


@pytest.mark.parametrize(
    ("id_", "weights"),
    [
        ("handoff_quality_score", [0.35, 0.20, 0.20, 0.15, 0.10]),
        ("onboarding_accountability_score", [0.30, 0.20, 0.20, 0.15, 0.15]),
    ],
)
def test_score_has_its_weights(id_: str, weights: list[float]) -> None:
    kpi = metrics().kpis[id_]
    assert kpi.kind == "composite"
    assert [part.weight for part in kpi.parts.values()] == weights
    assert sum(weights) == pytest.approx(1)
    assert all(part.measures for part in kpi.parts.values())
    assert "our proposal" in (kpi.description or "")


# -- the maturity matrices -----------------------------------------------------------------------

OWNERS = {
    "CRO / CMO / CCO": ["cro", "cmo", "cco"],
    "RevOps": ["revops_leader"],
    "RevOps / Analytics": ["revops_leader", "analytics_lead"],
    "RevOps / IT": ["revops_leader", "it_lead"],
    "Onboarding Lead / CS Leadership": ["onboarding_lead", "cs_leader"],
    "Marketing / Content / CS": ["marketing_leader", "content_lead", "cs_leader"],
    "CCO / CRO": ["cco", "cro"],
    "CS Leadership": ["cs_leader"],
    "Marketing Ops / CS Ops": ["marketing_ops_manager", "cs_ops_manager"],
    "Customer Experience / CS": ["cx_lead", "cs_leader"],
}
PRIMARY = {
    "Onboarding Accountability Score": ["onboarding_accountability_score"],
    "Activation Rate": ["activation_rate"],
    "Onboarding Time-to-Value": ["onboarding_time_to_value"],
    "Data Completeness & Signal Coverage": ["data_completeness", "signal_coverage"],
    "Onboarding Program NPS (Internal)": ["program_nps_internal"],
    "Onboarding CSAT": ["onboarding_csat"],
    "Time-to-Value, NRR (Year 1)": ["time_to_value", "nrr_year_1"],
    "Handoff Quality Score": ["handoff_quality_score"],
    "Onboarding Completion Rate": ["onboarding_completion_rate"],
    "Engagement with Onboarding Communications": ["engagement_with_communications"],
    "Onboarding Time vs. Retention/Expansion": ["time_vs_retention"],
    "Onboarding NPS / CSAT": ["onboarding_nps", "onboarding_csat"],
}
MATRICES = {"onboarding_ownership": "000", "shared_onboarding_ownership": "001"}


def article(number: str) -> str:
    """One of the two articles, by the number that its file name begins with."""
    folder = SHARED / "seeds"
    names = sorted(path.name for path in folder.glob(f"{number}_*.txt")) or [f"{number}.txt"]
    return source_text("seeds", names[0])


@pytest.mark.parametrize("id_", MATRICES)
def test_matrix_has_six_rows_with_owner_kpi_and_five_levels(id_: str) -> None:
    rows = matrices()[id_].dimensions
    assert len(rows) == 6
    for name, row in rows.items():
        assert all((row.owner, row.kpi, row.worst, row.best)), name
        assert list(row.levels) == ["0", "1", "2", "3", "4"], name
        assert all(level.title for level in row.levels.values()), name
        assert all(row.levels[level].check for level in "1234"), name


@pytest.mark.parametrize("id_", MATRICES)
def test_matrix_has_each_row_of_its_article(id_: str) -> None:
    (table,) = tables_of(article(MATRICES[id_]))
    ours: list[Dimension] = list(matrices()[id_].dimensions.values())
    assert [row.title for row in ours] == [line[0] for line in table[1:]]
    for row, (name, worst, best, owner, kpi) in zip(ours, table[1:], strict=True):
        assert list(row.owner) == OWNERS[owner], name
        assert list(row.kpi) == PRIMARY[kpi], name
        assert row.worst.casefold() != worst.casefold(), name
        assert row.best.casefold() != best.casefold(), name


# -- our own words -------------------------------------------------------------------------------

SOURCES = {
    "playbooks": ["seeds"],
    "examples/posthog_success_plan": ["cases/pb-posthog-30day-success-plan"],
    "examples/cloudgov_ato": ["cases/pb-cloudgov-ato"],
    "examples/gitlab_csm_to_cse_handover": ["cases/pb-gitlab-csm-to-cse-handover"],
}
RUN = 8


@pytest.mark.parametrize("folder", SOURCES)
def test_no_sentence_is_taken_over(folder: str) -> None:
    texts = [
        path
        for source in SOURCES[folder]
        for path in sorted((SHARED / source).glob("*"))
        if path.suffix in (".md", ".txt") and path.name not in ("LICENSE.md", "PROVENANCE.md", "expected.md")
    ]
    if not texts:
        pytest.skip(f"the sources of {folder} are not at hand; they lie outside the repository")
    theirs = {run for path in texts for run in _runs(path.read_text(encoding="utf-8"))}
    taken = {
        " ".join(run)
        for path in sorted((REPOSITORY / folder).rglob("*.*"))
        if path.suffix in (".yaml", ".md")
        for run in _runs(path.read_text(encoding="utf-8"))
        if run in theirs
    }
    assert taken == set()


def _runs(text: str) -> set[tuple[str, ...]]:
    # Addresses and ids are no sentences.
    prose = re.sub(r"`[^`\n]*`|https?://\S+|[\w-]+(?:/[\w.-]+)+", " ", text.casefold())
    words = re.findall(r"[a-z0-9_]+", prose)
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
