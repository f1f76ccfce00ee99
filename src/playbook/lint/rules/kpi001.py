"""KPI001: a KPI that two people would work out differently."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.language.metrics import Kpi
from playbook.lint.measures import kpi_name, kpis_of
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed, shortened
from playbook.text.paths import KeyPath
from playbook.workspace import Document

_NEEDED: dict[str, tuple[str, ...]] = {
    "duration": ("from", "to"),
    "rate": ("numerator", "denominator", "window", "cohort", "direction"),
    "score": ("numerator", "denominator", "unit", "direction"),
    "ratio": ("numerator", "denominator", "unit", "direction"),
    "sum": ("numerator", "window", "unit", "direction"),
    "composite": ("parts", "unit", "direction"),
    "correlation": ("numerator", "direction"),
}
"""What a number of each kind needs. A duration has its unit in itself, and less of it is better."""

_BARE = re.compile(r"(?:[<>≤≥]=?)?\s*[0-9]+(?:[.,][0-9]+)?")

_FORMS = {
    "from": "from: the anchor, milestone or event with which the clock starts",
    "to": "to: the one with which it ends",
    "numerator": "numerator: what is counted",
    "denominator": "denominator: what it is divided by",
    "window": "window: how long after the start something counts, such as 90d",
    "cohort": "cohort: the event that puts an account into a cohort",
    "unit": "unit: what is shown, such as % of accounts",
    "direction": "direction: up or down, whichever is better",
    "parts": "parts: each with its weight",
}


def check(document: Document, context: Context) -> Iterator[Finding]:
    """All that a KPI lacks in one finding; its owner is RCI001's. Times without a unit; weights that miss 1."""
    del context
    for id_, kpi in kpis_of(document):
        lacking = [key for key in _NEEDED[kpi.kind] if not _is_said(kpi, key)]
        path: KeyPath = ("kpis", id_)
        if lacking:
            # One key is asked for where it would stand: if it could not be read, that has been said.
            yield Finding(
                _message(kpi_name(id_, kpi), lacking),
                (*path, lacking[0]) if len(lacking) == 1 else path,
                on_key=len(lacking) > 1,
                expected="; ".join(_FORMS[key] for key in lacking),
            )
        yield from _bare(id_, kpi)
        total = math.fsum(part.weight for part in kpi.parts.values())
        if kpi.parts and not math.isclose(total, 1, abs_tol=0.005):
            yield Finding(
                f"the weights of the {len(kpi.parts)} parts of {kpi_name(id_, kpi)} add up to {total:g}",
                (*path, "parts"),
                on_key=True,
                expected="weights that add up to 1",
            )


def _bare(id_: str, kpi: Kpi) -> Iterator[Finding]:
    """Numbers of a duration without a unit: 45 may be days, hours or business days."""
    if kpi.kind != "duration" or kpi.unit:
        return
    for key, text in (("target", kpi.target), ("baseline", kpi.baseline)):
        if text is not None and _BARE.fullmatch(text.strip()):
            yield Finding(
                f'the {key} "{shortened(text)}" of {kpi_name(id_, kpi)} has no unit',
                ("kpis", id_, key),
                expected="a time with its unit, such as 45d",
            )


def _message(name: str, lacking: list[str]) -> str:
    if lacking == ["direction"]:
        return f"{name} does not say which way is better"
    return f"{name} has no {listed(lacking, 'or')}, and cannot be worked out the same way twice"


def _is_said(kpi: Kpi, key: str) -> bool:
    if key == "direction":
        # A target of "<= 45d" says which way is better.
        return kpi.direction is not None or (kpi.target or "").startswith(("<", ">"))
    if key == "cohort":
        return kpi.cohort is not None or kpi.since is not None
    if key == "numerator" and kpi.until is not None:
        return True
    if key == "denominator" and kpi.since is not None:
        return True
    return bool(getattr(kpi, {"from": "since", "to": "until"}.get(key, key)))


RULE = Rule(
    code="KPI001",
    name="kpi-not-defined",
    severity=Severity.ERROR,
    profile="team",
    what="A KPI lacks what its kind needs to be worked out, such as numerator, denominator, window, cohort, unit "
    "or direction.",
    why="Two reports show two numbers under one name, and the meeting is about which of them is right.",
    bad="""\
metrics: onboarding
kpis:
  activation_rate: {kind: rate, numerator: Accounts that built a report, owner: cs_leader}
""",
    good="""\
metrics: onboarding
kpis:
  activation_rate:
    kind: rate
    numerator: Accounts that built a report within the window
    denominator: Accounts of the cohort that are at least as old as the window
    window: 30d
    cohort: deal.closed_won
    matured: window
    direction: up
    owner: cs_leader
""",
    document=check,
)
