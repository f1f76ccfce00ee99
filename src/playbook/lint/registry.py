"""The explicit list of rules. A test compares it with the folder ``rules/``."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from playbook.config import PROFILES, Config
from playbook.lint.rule import Rule

CODES: tuple[str, ...] = (
    "CRT001",
    "CRT002",
    "CRT003",
    "CRT004",
    "CRT005",
    "CRT006",
    "CRT008",
    "CRT011",
    "DOC002",
    "GOV101",
    "GOV102",
    "GRF001",
    "GRF002",
    "GRF003",
    "GRF004",
    "GRF005",
    "GRF007",
    "GRF010",
    "GRF011",
    "GRF017",
    "HND001",
    "HND002",
    "HND003",
    "HND004",
    "HND005",
    "KPI005",
    "NAM001",
    "RCI001",
    "RCI002",
    "RCI003",
    "RCI004",
    "RCI005",
    "RCI007",
    "RCI009",
    "REF001",
    "REF002",
    "REF003",
    "REF005",
    "RUL001",
    "SCH001",
    "SCH002",
    "SCH003",
    "SCH007",
    "SEC001",
    "SEC003",
    "SEG001",
    "SEG002",
    "SEG003",
    "SLA002",
    "SLA008",
    "SLA010",
    "SND001",
    "SND003",
    "SND004",
    "SND005",
    "TRK005",
)
"""Every rule's code; its module is ``rules/<code in lower case>.py``."""


@cache
def all_rules() -> dict[str, Rule]:
    """All rules by code."""
    modules = (import_module(f"playbook.lint.rules.{code.lower()}") for code in CODES)
    return {module.RULE.code: module.RULE for module in modules}


def matching(prefix: str) -> tuple[str, ...]:
    """The codes that a code or a family such as ``RCI`` stands for; none if it is unknown."""
    wanted = prefix.upper()
    if not wanted:
        return ()
    return tuple(
        code for code in CODES if code == wanted or (code.startswith(wanted) and not wanted[-1:].isdigit())
    )


def chosen_rules(config: Config, select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()) -> dict[str, Rule]:
    """The rules that a run applies: the selected ones, or those of the profile, less the ignored ones.

    ``select`` and ``ignore`` of the command line go before the configuration's.
    """
    rules = all_rules()
    wanted = select or config.select
    if wanted:
        codes = {code for prefix in wanted for code in matching(prefix)}
    else:
        level = PROFILES.index(config.profile)
        codes = {code for code, rule in rules.items() if PROFILES.index(rule.profile) <= level}
    dropped = {code for prefix in (*config.ignore, *ignore) for code in matching(prefix)}
    if select:
        # What is asked for by name on the command line is shown, whatever the file ignores.
        dropped = {code for prefix in ignore for code in matching(prefix)}
    return {code: rule for code, rule in rules.items() if code in codes and code not in dropped}
