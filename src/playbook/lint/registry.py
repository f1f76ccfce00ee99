"""The explicit list of rules. A test compares it with the folder ``rules/``."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playbook.lint.rule import Rule

CODES: tuple[str, ...] = (
    "CAL001",
    "CAL002",
    "CAL003",
    "CAL004",
    "CRT001",
    "CRT002",
    "CRT003",
    "CRT004",
    "CRT005",
    "CRT006",
    "CRT007",
    "CRT008",
    "CRT009",
    "CRT010",
    "CRT011",
    "DOC001",
    "DOC002",
    "DOC003",
    "GOV101",
    "GOV102",
    "GOV103",
    "GOV104",
    "GOV105",
    "GOV106",
    "GOV107",
    "GOV108",
    "GOV109",
    "GOV110",
    "GRF001",
    "GRF002",
    "GRF003",
    "GRF004",
    "GRF005",
    "GRF006",
    "GRF007",
    "GRF010",
    "GRF011",
    "GRF012",
    "GRF013",
    "GRF014",
    "GRF017",
    "HND001",
    "HND002",
    "HND003",
    "HND004",
    "HND005",
    "HND006",
    "HND007",
    "HND008",
    "KPI001",
    "KPI002",
    "KPI003",
    "KPI004",
    "KPI005",
    "KPI006",
    "KPI007",
    "KPI008",
    "KPI009",
    "KPI010",
    "MAT001",
    "MAT002",
    "MAT003",
    "NAM001",
    "NAM002",
    "NAM003",
    "NAM004",
    "RCI001",
    "RCI002",
    "RCI003",
    "RCI004",
    "RCI005",
    "RCI006",
    "RCI007",
    "RCI008",
    "RCI009",
    "RCI010",
    "RCI011",
    "RCI012",
    "RCI013",
    "RCI014",
    "REF001",
    "REF002",
    "REF003",
    "REF005",
    "RSK001",
    "RSK002",
    "RUL001",
    "RUL002",
    "RUL003",
    "RUL004",
    "SCH001",
    "SCH002",
    "SCH003",
    "SCH005",
    "SCH006",
    "SCH007",
    "SEC001",
    "SEC002",
    "SEC003",
    "SEC004",
    "SEC005",
    "SEG001",
    "SEG002",
    "SEG003",
    "SEG004",
    "SEG005",
    "SEG006",
    "SLA001",
    "SLA002",
    "SLA004",
    "SLA005",
    "SLA006",
    "SLA007",
    "SLA008",
    "SLA009",
    "SLA010",
    "SND001",
    "SND003",
    "SND004",
    "SND005",
    "SUP001",
    "SUP002",
    "SUP003",
    "SUP004",
    "SUP005",
    "SUP006",
    "SUP007",
    "TCH001",
    "TCH002",
    "TCH003",
    "TCH004",
    "TGT101",
    "TGT103",
    "TGT106",
    "TRK001",
    "TRK002",
    "TRK003",
    "TRK004",
    "TRK005",
    "TRK007",
)
"""Every rule's code; its module is ``rules/<code in lower case>.py``."""


@cache
def all_rules() -> dict[str, Rule]:
    """All rules by code."""
    modules = (import_module(f"playbook.lint.rules.{code.lower()}") for code in CODES)
    return {module.RULE.code: module.RULE for module in modules}


def family_of(code: str) -> str:
    """The letters that a code begins with: ``RCI`` of ``RCI002``."""
    return code.rstrip("0123456789")


def matching(prefix: str, codes: Iterable[str] = CODES) -> tuple[str, ...]:
    """Those of some codes that a code or a family such as ``RCI`` stands for; none if it is unknown.

    The beginning of a family will do, where there is no family of just these letters.
    """
    wanted = prefix.upper()
    if not wanted:
        return ()
    exact = tuple(code for code in codes if wanted in (code, family_of(code)))
    if exact or wanted[-1:].isdigit():
        return exact
    return tuple(code for code in codes if code.startswith(wanted))


ALWAYS = frozenset({"CFG001", "SCH001", "RUL004"})
"""Codes that cannot be left out: what cannot be read or checked cannot be said to be clean."""
