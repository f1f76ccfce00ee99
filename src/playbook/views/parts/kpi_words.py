"""KPIs in words: what is measured, what is aimed at, how it is put together."""

from __future__ import annotations

import re

from playbook.language.metrics import Kpi
from playbook.language.vocabulary import EVENTS
from playbook.text.ids import words_of
from playbook.text.quantities import QuantityError, parse_duration
from playbook.views.parts.phrases import condition
from playbook.views.parts.words import moment_name, together
from playbook.workspace import CompiledPlaybook

_TARGET = re.compile(r"\s*(<=|>=|==|=|<|>)?\s*(.+?)\s*\Z", re.DOTALL)
_COMPARED = {"<=": "at most ", ">=": "at least ", "<": "below ", ">": "above ", "==": "", "=": ""}
_EXPRESSION = re.compile(r"[a-z_]+\.[a-z_]|[<>=]=|[<>*/]")

STATISTICS: dict[str, str] = {
    "p50": "median",
    "p75": "75% of accounts are within it",
    "p90": "90% of accounts are within it",
    "mean": "average",
    "sum": "total",
    "share": "share",
    "count": "count",
    "rank_correlation": "rank correlation",
}
CLOCKS: dict[str, str] = {
    "customer": "calendar time, as the customer sees it",
    "ours": "our working time, without waiting for the customer",
}
DIRECTIONS: dict[str, str] = {"up": "higher is better", "down": "lower is better"}


def kpi_title(id_: str, kpi: Kpi) -> str:
    """What people read: the title, or the id in words."""
    return kpi.title or words_of(id_)


def target(kpi: Kpi) -> str:
    """The goal in words: ``at most 45 days``; empty if there is none."""
    match = _TARGET.match(kpi.target or "")
    if match is None:
        return ""
    try:
        value = parse_duration(match[2]).in_words()
    except QuantityError:
        value = match[2]
    return f"{_COMPARED[match[1] or '=']}{value}"


def measures(playbook: CompiledPlaybook, kpi: Kpi) -> str:
    """What is measured."""
    parts = [_what(playbook, kpi)]
    if kpi.kind == "composite" and kpi.parts:
        weighed = [
            f"{part.title or words_of(id_)} ({_weight(part.weight, kpi)})" for id_, part in kpi.parts.items()
        ]
        parts.append(f"made of {together(weighed)}")
    if kpi.where:
        parts.append(f"only where {condition(playbook, kpi.where)}")
    if kpi.window:
        parts.append(f"within {kpi.window.in_words()}")
    text = "; ".join(part for part in parts if part)
    return text[:1].upper() + text[1:]


def _weight(weight: float, kpi: Kpi) -> str:
    total = sum(part.weight for part in kpi.parts.values())
    return f"{weight / total:.0%}" if total > 0 else f"{weight:g}"


def _what(playbook: CompiledPlaybook, kpi: Kpi) -> str:
    if kpi.kind == "duration" and (kpi.since or kpi.until):
        since = f" from {point_name(playbook, kpi.since)}" if kpi.since else ""
        until = f" to {point_name(playbook, kpi.until)}" if kpi.until else ""
        return f"time{since}{until}"
    counted, of = (_said(playbook, text) for text in (kpi.numerator, kpi.denominator))
    if counted and of:
        return f"{counted}; out of: {of}"
    return counted or of


def _said(playbook: CompiledPlaybook, text: str | None) -> str:
    """A label as it is; what is written as an expression, in English."""
    if not text:
        return ""
    return condition(playbook, text) if _EXPRESSION.search(text) else text


def point_name(playbook: CompiledPlaybook, name: str) -> str:
    """What a KPI starts or ends with, as people call it."""
    for anchors in (playbook.model.anchors, playbook.model.milestones):
        for id_, each in anchors.items():
            if each.event == name:
                return each.title or words_of(id_)
    symbol = playbook.workspace_symbols["event"].get(name)
    title = getattr(symbol.value, "title", None) if symbol else None
    if title:
        return str(title)
    return words_of(name.replace(".", "_")).lower() if symbol or name in EVENTS else moment_name(playbook, name)
