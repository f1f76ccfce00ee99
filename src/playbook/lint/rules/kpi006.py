"""KPI006: a target of which nobody can say how far away it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.lint.measures import kpi_name, kpis_of
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import shortened
from playbook.workspace import Document

_NUMBER = r"(-?[0-9]+(?:[.,][0-9]+)*)"
_TARGET = re.compile(rf"(<=|>=|<|>|≤|≥)\s*{_NUMBER}\s*(\D*)\Z")
_BASELINE = re.compile(rf"~?\s*{_NUMBER}\s*(\D*)\Z")
_FEW = 2
"""Of more KPIs than these, it is the habit that is told, not each of them."""


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Targets without a baseline, and those that the baseline meets already."""
    del context
    aimed = [(id_, kpi) for id_, kpi in kpis_of(document) if kpi.target is not None]
    lacking = [id_ for id_, kpi in aimed if kpi.baseline is None]
    is_habit = len(lacking) > _FEW and len(lacking) == len(aimed)
    if is_habit:
        yield Finding(
            f"none of the {len(aimed)} KPIs with a target has a baseline: nothing says where they stood when the "
            "targets were set",
            ("kpis",),
            on_key=True,
            expected="baseline on each: the value when the target was set, or that there was none",
        )
    for id_, kpi in aimed if not is_habit else ():
        if kpi.target is None:
            continue
        if kpi.baseline is None:
            yield Finding(
                f'{kpi_name(id_, kpi)} has the target "{shortened(kpi.target)}" and no baseline: '
                "nothing says where it stood when the target was set",
                ("kpis", id_, "baseline"),
                expected="baseline: the value when the target was set, or that there was none",
            )
        elif _is_met(kpi.target, kpi.baseline):
            yield Finding(
                f'{kpi_name(id_, kpi)} had reached its target "{shortened(kpi.target)}" when the target was set: '
                f'the baseline is "{shortened(kpi.baseline)}"',
                ("kpis", id_, "target"),
                expected="a target that the baseline does not meet",
            )


def _is_met(target: str, baseline: str) -> bool:
    """Whether a baseline meets a target, as far as both are numbers in the same unit."""
    wanted, stood = _TARGET.match(target.strip()), _BASELINE.match(baseline.strip())
    if wanted is None or stood is None or wanted[3].strip() != stood[2].strip():
        return False
    limit, value = _value(wanted[2]), _value(stood[1])
    if limit is None or value is None:
        return False
    return {"<": value < limit, ">": value > limit, "≤": value <= limit, "≥": value >= limit}.get(
        wanted[1].replace("<=", "≤").replace(">=", "≥"), False
    )


def _value(text: str) -> float | None:
    """A number; one with a comma may be of thousands or of a part, and is left alone."""
    try:
        return None if "," in text else float(text)
    except ValueError:
        return None


RULE = Rule(
    code="KPI006",
    name="target-without-baseline",
    severity=Severity.WARNING,
    profile="governed",
    what="A KPI has a target and no baseline, or its baseline meets the target already.",
    why="Nobody can say whether the target was bold or met from the start, nor whether anything has improved.",
    bad="""\
metrics: onboarding
kpis:
  time_to_value: {kind: duration, from: closed_won, to: first_value, target: <= 45d, owner: cs_leader}
""",
    good="""\
metrics: onboarding
kpis:
  time_to_value:
    kind: duration
    from: closed_won
    to: first_value
    target: <= 45d
    baseline: 62d
    owner: cs_leader
""",
    document=check,
)
