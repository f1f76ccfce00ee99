"""The KPIs of a workspace as metrics: how observations are put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from playbook.language.metrics import Kpi, Metrics
from playbook.targets.instrumentation.events import whole
from playbook.text.ids import words_of
from playbook.views.parts.shared_names import documents_of, owner_title
from playbook.workspace import Workspace

METRIC_KINDS = ("duration", "rate", "ratio", "sum")
"""The kinds of KPIs that can be metrics."""

_RESERVED = frozenset(
    ("metric_time", "dsi_internal", "second", "minute", "hour", "day", "week", "month", "quarter", "year")
)
_TIMES = re.compile(r"(?:.*_)?(?:day|week|month|quarter|year)\Z")


@dataclass(frozen=True, slots=True)
class Library:
    """The KPIs of one document."""

    id: str
    kpis: dict[str, Kpi]
    dashboards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """What the metrics of a KPI are called."""

    metric: str
    numerator: str
    denominator: str


def libraries(workspace: Workspace) -> tuple[Library, ...]:
    """Every library of KPIs; a KPI that two of them have is in the first."""
    seen: set[str] = set()
    found: dict[str, Library] = {}
    for id_, model in documents_of(workspace, "metrics"):
        document = cast(Metrics, model)
        kpis = {kpi_id: kpi for kpi_id, kpi in document.kpis.items() if kpi_id not in seen}
        seen.update(kpis)
        former = found.get(id_, Library(id_, {}, ()))
        found[id_] = Library(id_, former.kpis | kpis, (*former.dashboards, *document.dashboards))
    return tuple(found.values())


def carried(found: Iterable[Library]) -> dict[str, Kpi]:
    """The KPIs that become metrics."""
    return {id_: kpi for each in found for id_, kpi in each.kpis.items() if kpi.kind in METRIC_KINDS}


def aggregation(kpi: Kpi) -> tuple[str, str, dict[str, Any] | None]:
    """How the values of a KPI are put together: name of the measure, aggregation, its parameters."""
    if kpi.kind == "sum":
        if kpi.statistic == "count":
            return ("observation_count", "count_distinct", None)
        return ("value_average", "average", None) if kpi.statistic == "mean" else ("value_sum", "sum", None)
    if kpi.statistic in ("p75", "p90"):
        share = {"p75": 0.75, "p90": 0.9}[kpi.statistic]
        parameters = {"percentile": share, "use_discrete_percentile": False, "use_approximate_percentile": False}
        return (f"value_{kpi.statistic}", "percentile", parameters)
    if kpi.statistic in ("mean", "sum"):
        return ("value_average", "average", None) if kpi.statistic == "mean" else ("value_sum", "sum", None)
    return ("value_median", "median", None)


def metric_names(found: Iterable[Library]) -> dict[str, Names]:
    """Names of metrics by KPI, as MetricFlow allows them, no two alike."""
    taken: set[str] = set()

    def free(name: str) -> str:
        name = re.sub(r"_+", "_", name).strip("_")
        if len(name) < 2 or name in _RESERVED or not name[0].isalpha():
            name = f"kpi_{name}"
        number = 2
        while (numbered := name if number == 2 and name not in taken else f"{name}_{number}") in taken:
            number += 1
        taken.add(numbered)
        return numbered

    kpis = carried(found)
    own = {id_: free(id_) for id_ in kpis}
    return {id_: Names(name, free(f"{name}_numerator"), free(f"{name}_denominator")) for id_, name in own.items()}


def dimensions(found: Iterable[Library]) -> tuple[str, ...]:
    """What the KPIs are broken down by, as names of columns; parts of time follow from the day of the cohort."""
    named: dict[str, None] = {}
    for kpi in carried(found).values():
        for text in kpi.per:
            name = re.sub(r"_+", "_", re.sub(r"[^a-z0-9]+", "_", text.lower())).strip("_")
            if len(name) > 1 and name[0].isalpha() and not _TIMES.match(name) and name not in ("account", "kpi"):
                named[name] = None
    return tuple(named)


def metrics(workspace: Workspace, library: Library, names: dict[str, Names]) -> list[dict[str, Any]]:
    """The metrics of a library."""
    return [
        metric
        for id_, kpi in library.kpis.items()
        if kpi.kind in METRIC_KINDS
        for metric in _metrics(workspace, id_, kpi, names[id_])
    ]


def _metrics(workspace: Workspace, id_: str, kpi: Kpi, names: Names) -> Iterator[dict[str, Any]]:
    label = _harmless(kpi.title or words_of(id_))
    only = f"{{{{ Dimension('observation__kpi') }}}} = '{id_}'"
    description = _harmless(" ".join(_sentences(kpi)))
    about = {
        **({"description": description} if description else {}),
        "label": label,
        "config": {"meta": _meta(workspace, kpi)},
    }
    if kpi.kind in ("rate", "ratio"):
        for name, part, words in (
            (names.numerator, "numerator", kpi.numerator),
            (names.denominator, "denominator", kpi.denominator),
        ):
            yield {
                "name": name,
                "description": _harmless(words or f"The {part} of {label}; the playbook does not say what it is."),
                "label": f"{label}: {part}",
                "type": "simple",
                "type_params": {"measure": part},
                "filter": only,
            }
        parameters = {"numerator": {"name": names.numerator}, "denominator": {"name": names.denominator}}
        yield {"name": names.metric, **about, "type": "ratio", "type_params": parameters}
    else:
        measure = {"measure": aggregation(kpi)[0]}
        yield {"name": names.metric, **about, "type": "simple", "type_params": measure, "filter": only}


def _sentences(kpi: Kpi) -> Iterator[str]:
    """What the rows of a KPI are to hold, in words."""
    parts = [
        (kpi.description, ""),
        (kpi.numerator, "Numerator: "),
        (kpi.denominator, "Denominator: "),
        (f"{kpi.since} to {kpi.until}" if kpi.since and kpi.until else None, "From "),
        (kpi.where, "Only where: "),
        (kpi.window.in_words() if kpi.window else None, "Window: "),
        (kpi.cohort, "Cohort: "),
        ("accounts younger than the window stay out of the denominator" if kpi.matured == "window" else None, ""),
        ("calendar time" if kpi.clock == "customer" else None, "Clock: "),
        ("working time without waiting for the customer" if kpi.clock == "ours" else None, "Clock: "),
        ("accounts that have not arrived are not in it" if kpi.kind == "duration" else None, "Caution: "),
        ("A share from 0 to 1" if kpi.kind == "rate" else None, ""),
    ]
    for text, head in parts:
        if text:
            told = " ".join(f"{head}{text}".split())
            told = told[0].upper() + told[1:]
            yield told if told.endswith((".", "!", "?")) else f"{told}."


def _meta(workspace: Workspace, kpi: Kpi) -> dict[str, Any]:
    """What people agree on beside the calculation."""
    clamp = kpi.clamp
    limits = [whole(limit) for limit in (clamp.low, clamp.high) if limit is not None] if clamp else []
    said: dict[str, Any] = {
        "owner": owner_title(workspace.symbols, kpi.owner),
        "unit": kpi.unit,
        "better": kpi.direction,
        "target": kpi.target,
        "baseline": kpi.baseline,
        "minimum_sample": kpi.minimum_sample,
        "measures": kpi.measures,
        "limits": limits,
        "per": [_harmless(each) for each in kpi.per],
    }
    return {name: _harmless(value) if isinstance(value, str) else value for name, value in said.items() if value}


def _harmless(text: str) -> str:
    """A text that dbt, which reads its files as templates of Jinja, leaves as it is."""
    return re.sub(r"\{(?=[{%#])", "{ ", " ".join(text.split()))
