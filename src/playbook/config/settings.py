"""Every key of ``playbook.toml``: its kind, what it is for, and an example.

The reader, the schema, the page and ``playbook config`` are made from this one list.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from playbook.config.model import PROFILES
from playbook.results import FAIL_ON

Kind = Literal["choice", "text", "names", "patterns", "codes", "ignores", "severities", "options", "targets"]


@dataclass(frozen=True, slots=True)
class Setting:
    """One key. ``example`` is TOML, ``choices`` are the words that a choice allows."""

    name: str
    kind: Kind
    what: str
    example: str
    choices: tuple[str, ...] = ()


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "profile",
        "choice",
        "How much is asked for. Each profile asks for what the one before it asks, and more.",
        'profile = "team"',
        PROFILES,
    ),
    Setting(
        "include",
        "patterns",
        "The files that belong to the workspace, as patterns seen from its folder.",
        'include = ["journeys/**/*.yaml"]',
    ),
    Setting(
        "exclude",
        "patterns",
        "Files that don't belong to the workspace, though `include` names them.",
        'exclude = ["drafts/**"]',
    ),
    Setting(
        "select",
        "codes",
        "Only these rules or families of rules, in the place of the profile's.",
        'select = ["SCH", "REF", "RCI001"]',
    ),
    Setting(
        "extend_select",
        "codes",
        "These rules or families of rules too, beside those of the profile or of `select`.",
        'extend_select = ["GOV101"]',
    ),
    Setting("ignore", "codes", "Without these rules or families of rules.", 'ignore = ["NAM001"]'),
    Setting(
        "mandatory",
        "codes",
        "Rules or families of rules whose findings nothing can keep back: no `ignore`, comment, waiver or "
        "baseline, and no `--ignore`. A rule that is named by its code also runs if the profile lacks it.",
        'mandatory = ["RCI001", "SEC"]',
    ),
    Setting(
        "fail_on",
        "choice",
        "From which severity on a finding makes `playbook check` exit with 1.",
        'fail_on = "error"',
        FAIL_ON,
    ),
    Setting(
        "baseline",
        "text",
        "A file with findings that were there before, seen from the folder of the workspace. "
        "`playbook check --write-baseline` writes it.",
        'baseline = "baseline.json"',
    ),
    Setting(
        "plugins",
        "names",
        "Installed Python packages with more rules, by the names of their entry points in the group "
        "`playbook.rules`.",
        'plugins = ["acme_rules"]',
    ),
    Setting(
        "per_file_ignores",
        "ignores",
        "Rules or families of rules that are left out in some files, by pattern.",
        '[per_file_ignores]\n"drafts/**" = ["GOV", "KPI"]',
    ),
    Setting(
        "severity",
        "severities",
        "How much a rule's findings weigh: error, warning or info.",
        '[severity]\nRCI002 = "warning"',
    ),
    Setting(
        "options",
        "options",
        "The numbers and words that a rule goes by; its page lists them.",
        "[options.RCI007]\nat_most = 6",
    ),
    Setting(
        "targets",
        "targets",
        "The tools that the playbooks go to, a table each, with what there is to choose; `playbook targets` lists "
        "them. `playbook check` then tells what a tool cannot take (TGT rules).",
        '[targets.hubspot-pipelines]\nobject = "tickets"',
    ),
)
BY_NAME = {setting.name: setting for setting in SETTINGS}
