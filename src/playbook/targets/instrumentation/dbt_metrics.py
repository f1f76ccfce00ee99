"""``dbt-metrics``: KPIs as metrics of the dbt semantic layer (MetricFlow).

What counts and over whom is said in words in a playbook, so that no SQL follows from it. A table that you fill has
a row for each observation of a KPI, and the metrics say how observations are put together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from playbook.targets.files.yaml_text import yaml_bytes
from playbook.targets.instrumentation.kpis import METRIC_KINDS, Library, libraries, metric_names, metrics
from playbook.targets.instrumentation.observations import observation_model, semantic_model
from playbook.targets.target import Evidence, File, Loss, Option, Settings, Target
from playbook.workspace import Workspace

_LEFT_OUT = {
    "composite": "a weighted sum that drops parts without data cannot be said in MetricFlow",
    "correlation": "MetricFlow has no correlation",
    "score": "the points of a score are no plain share, sum or mean",
}

TARGET = Target(
    name="dbt-metrics",
    title="dbt semantic layer",
    tool="dbt (MetricFlow)",
    what="KPIs as metrics, over a table of observations that you fill.",
    form="YAML",
    group="Instrumentation",
    modes=("workspace",),
    carries={},
    updates=True,
    how=(
        "Make a dbt model of the name that `table` says, with the columns that `kpi_observations.yml` describes: "
        "a row for each observation of a KPI.",
        "Put the files into the folder `models` of your dbt project; it needs a time spine.",
        "Run `dbt parse`, then `mf validate-configs`.",
    ),
    options=(Option("table", "The dbt model with the observations.", "onboarding_kpi_observations"),),
    evidence=(
        Evidence(
            "The semantic model and the metrics are valid, and refer to each other",
            "proven",
            "parser and SemanticManifestValidator of dbt-semantic-interfaces in the tests",
        ),
        Evidence(
            "Measures are deprecated in the newer specification of dbt (1.12 and later, Fusion), to which dbt can "
            "migrate these files",
            "documented",
            "docs.getdbt.com/docs/build/measures and about-metricflow",
        ),
        Evidence(
            "A time spine is needed",
            "documented",
            "docs.getdbt.com/docs/build/metricflow-time-spine",
        ),
    ),
    keys={"workspace": "`name` of a metric, which is the id of the KPI"},
)


def workspace(workspace: Workspace, settings: Settings) -> Iterator[File]:
    """The semantic model, and the metrics of each library of KPIs."""
    found = libraries(workspace)
    told = [library for library in found if any(kpi.kind in METRIC_KINDS for kpi in library.kpis.values())]
    if told:
        table = settings["table"] if _is_table(settings["table"]) else "onboarding_kpi_observations"
        model = {
            "version": 2,
            "models": [observation_model(table, found)],
            "semantic_models": [semantic_model(table, found)],
        }
        yield File("kpi_observations.yml", yaml_bytes(model))
    names = metric_names(found)
    for library in told:
        content = {"version": 2, "metrics": metrics(workspace, library, names)}
        yield File(f"{library.id}.metrics.yml", yaml_bytes(content, _comments(library)))


def workspace_losses(workspace: Workspace, settings: Settings) -> Iterator[Loss]:
    """KPIs that MetricFlow cannot calculate, and what it leaves out of others."""
    if not _is_table(settings["table"]):
        yield Loss("the option table", f"{settings['table']!r} is not the name of a dbt model", refused=True)
    kpis = {id_: kpi for library in libraries(workspace) for id_, kpi in library.kpis.items()}
    if not any(kpi.kind in METRIC_KINDS for kpi in kpis.values()):
        yield Loss("metrics", "no metrics document here declares a KPI that can be one", refused=True)
    for kind, why in _LEFT_OUT.items():
        where = tuple(id_ for id_, kpi in kpis.items() if kpi.kind == kind)
        if where:
            yield Loss(f"KPIs that are a {kind}", why, where)
    carried = {id_: kpi for id_, kpi in kpis.items() if kpi.kind in METRIC_KINDS}
    for what, why, where in (
        (
            "accounts that have not arrived yet",
            "MetricFlow knows no censored values: durations are of those that have arrived, and so too short",
            tuple(id_ for id_, kpi in carried.items() if kpi.kind == "duration"),
        ),
        (
            "smallest samples",
            "a metric is shown however few accounts it is of; `minimum_sample` is among its meta data",
            tuple(id_ for id_, kpi in carried.items() if kpi.minimum_sample),
        ),
        (
            "cohorts, windows and conditions",
            "the rows of the table are to hold only who takes part; they are in the descriptions",
            tuple(id_ for id_, kpi in carried.items() if kpi.window or kpi.cohort or kpi.where),
        ),
        (
            "limits of single values",
            "the rows are to keep to them",
            tuple(id_ for id_, kpi in carried.items() if kpi.clamp),
        ),
    ):
        if where:
            yield Loss(what, why, where, part=True)
    dashboards = tuple(id_ for library in libraries(workspace) for id_ in library.dashboards)
    if dashboards:
        yield Loss("dashboards", "the semantic layer has none", dashboards)


def _is_table(name: str) -> bool:
    return bool(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name))


def _comments(library: Library) -> Iterator[str]:
    """What is missing, for those who read the file alone."""
    left_out: dict[str, Any] = {}
    for id_, kpi in library.kpis.items():
        if kpi.kind in _LEFT_OUT:
            left_out.setdefault(kpi.kind, []).append(id_)
    for kind, ids in left_out.items():
        yield f"Left out: {', '.join(ids)}: {_LEFT_OUT[kind]}."
