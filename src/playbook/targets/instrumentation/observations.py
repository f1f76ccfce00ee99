"""The table that KPIs are measured over, and the semantic model of it: a row for each observation of a KPI."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from playbook.targets.instrumentation.kpis import Library, aggregation, carried, dimensions

_COLUMNS = {
    "observation_id": "The key of the row.",
    "account_id": "The account that it is about.",
    "cohort_day": "The day on which the account came into the cohort, or on which it was observed.",
    "numerator": "Of a rate or ratio: 1 or 0 for what is counted, or the amount that is summed.",
    "denominator": "Of a rate or ratio: 1 for what takes part, or the amount that it is divided by.",
    "value": "Of a duration: the days, empty while they run. Of a sum: the amount.",
}


def observation_model(table: str, found: Iterable[Library]) -> dict[str, Any]:
    """The dbt model that is to be made, with what each column holds."""
    libraries = tuple(found)
    columns = [{"name": name, "description": text} for name, text in _COLUMNS.items()]
    told = f"The id of the KPI: {', '.join(carried(libraries))}."
    columns.insert(1, {"name": "kpi", "description": told})
    columns += [{"name": name, "description": "What KPIs are broken down by."} for name in dimensions(libraries)]
    description = "A row for each observation of a KPI, of those only that take part. Filled by you."
    return {"name": table, "description": description, "columns": columns}


def semantic_model(table: str, found: Iterable[Library]) -> dict[str, Any]:
    """Entities, dimensions and the measures that some KPI needs."""
    libraries = tuple(found)
    kpis = carried(libraries).values()
    measures: dict[str, dict[str, Any]] = {}
    if any(kpi.kind in ("rate", "ratio") for kpi in kpis):
        measures = {name: {"name": name, "agg": "sum", "expr": name} for name in ("numerator", "denominator")}
    for kpi in kpis:
        if kpi.kind not in ("rate", "ratio"):
            name, kind, parameters = aggregation(kpi)
            measure: dict[str, Any] = {"name": name, "agg": kind}
            measure["expr"] = "observation_id" if kind == "count_distinct" else "value"
            measures[name] = measure | ({"agg_params": parameters} if parameters else {})
    return {
        "name": "kpi_observations",
        "description": "Observations of KPIs.",
        "model": f"ref('{table}')",
        "defaults": {"agg_time_dimension": "cohort_day"},
        "entities": [
            {"name": "observation", "type": "primary", "expr": "observation_id"},
            {"name": "account", "type": "foreign", "expr": "account_id"},
        ],
        "dimensions": [
            {"name": "cohort_day", "type": "time", "type_params": {"time_granularity": "day"}},
            {"name": "kpi", "type": "categorical"},
            *({"name": name, "type": "categorical"} for name in dimensions(libraries)),
        ],
        "measures": list(measures.values()),
    }
