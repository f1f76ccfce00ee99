"""Documentation pages of rules, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable

from playbook.config import PROFILES
from playbook.lint.examples import as_written
from playbook.lint.guard import FAILED
from playbook.lint.registry import ALWAYS
from playbook.lint.rule import Rule
from playbook.lint.settings import kind_of, toml

_FAMILIES = {
    "SCH": "Syntax and schema",
    "REF": "Identity and references",
    "GRF": "Stage and step graph",
    "SND": "Behaviour",
    "CRT": "Criteria",
    "RCI": "RACI and people",
    "HND": "Handoffs",
    "SLA": "Time and service levels",
    "KPI": "Indicators",
    "TRK": "Instrumentation",
    "SEG": "Segments and variants",
    "TCH": "Touches and content",
    "NAM": "Names",
    "DOC": "Documentation",
    "GOV": "Governance and ownership",
    "RSK": "Risks",
    "MAT": "Maturity",
    "SEC": "Security",
    "SUP": "What keeps findings back",
    "RUL": "Rules of your own",
}


def rule_page(rule: Rule, mended: str = "") -> str:
    """The page of one rule: what it finds, why that matters, how it looks and how it is mended.

    ``mended`` is what the fixes of the rule change in the bad example, as a patch.
    """
    found_by = "" if rule.playbook or rule.document or rule.workspace else f"\n{_found_by(rule)}\n"
    return f"""\
# {rule.code}: {rule.name}

**{rule.severity.value}** · profile `{rule.profile}` · since {rule.since}

{rule.what}

## Why

{rule.why}
{found_by}
## Bad

```yaml
{as_written(rule.bad)}```

## Good

```yaml
{as_written(rule.good)}```

The examples show the keys that matter; the rest of the playbook is the same in both.
{_more_in(rule)}{_fix_of(rule, mended)}
## Settings

{_left_out_by(rule)}{_selected(rule)}
{_options_of(rule)}"""


def _found_by(rule: Rule) -> str:
    if rule.code == FAILED:
        return "It is found when such a rule is applied."
    return "It is found while files are read and resolved."


def _left_out_by(rule: Rule) -> str:
    weight = "`[severity]` gives it another weight."
    if rule.code in ALWAYS:
        return f'It cannot be left out. In `playbook.toml`, a line `{rule.code} = "warning"` under\n{weight}'
    ignore = f'`ignore = ["{rule.code}"]` leaves the rule out'
    return f'In `playbook.toml`, {ignore}, and a line `{rule.code} = "info"` under\n{weight}'


def _selected(rule: Rule) -> str:
    # By itself the failing of others is not found: they must run.
    return "" if rule.code == FAILED else f" `playbook check --select {rule.code}` looks for nothing else."


def _options_of(rule: Rule) -> str:
    """The options of a rule, if it has any, with an example."""
    if not rule.options:
        return ""
    rows = "".join(
        f"| `{option.name}` | `{toml(option.default)}` | {kind_of(option)} | {option.what} |\n"
        for option in rule.options
    )
    first = rule.options[0]
    return f"""
| Option | Default | Must be | What it is for |
|---|---|---|---|
{rows}
```toml
[options.{rule.code}]
{first.name} = {toml(first.default)}
```
"""


def _fix_of(rule: Rule, mended: str) -> str:
    """What ``--fix`` does about a finding, and what it makes of the bad example."""
    if rule.fix is None:
        return ""
    option = "--fix" if rule.fix == "safe" else "--fix --unsafe-fixes"
    careful = "" if rule.fix == "safe" else " Look at what it writes: it may not be what was meant."
    example = f"In the bad example:\n\n```diff\n{_hunks(mended)}```\n" if mended else _ONLY_PEOPLE
    return f"\n## Fix\n\n`playbook check {option}` {rule.fix_title}.{careful}\n\n{example}"


_ONLY_PEOPLE = "In the bad example it changes nothing: only its author knows what was meant.\n"


def _hunks(patch: str) -> str:
    """The lines of a patch that change, without where they stand."""
    return "".join(line + "\n" for line in patch.splitlines() if not line.startswith(("---", "+++", "@@")))


def rule_index(rules: Iterable[Rule]) -> str:
    """The list of all rules, by family."""
    by_family: dict[str, list[Rule]] = {}
    for rule in rules:
        by_family.setdefault(rule.code[:3], []).append(rule)
    profiles = " → ".join(f"`{profile}`" for profile in PROFILES)
    parts = [
        "# Rules\n",
        f"Each profile asks for what the one before it asks, and more: {profiles}. `basic` holds from the start.\n",
    ]
    order = [family for family in _FAMILIES if family in by_family]
    order += [family for family in by_family if family not in _FAMILIES]
    for family in order:
        parts.append(f"## {_FAMILIES.get(family, family)}\n")
        parts.append("| Code | Name | Severity | Profile | What it finds |\n|---|---|---|---|---|")
        parts.extend(
            f"| [{rule.code}]({rule.code}.md) | {rule.name} | {rule.severity.value} | {rule.profile} | "
            f"{rule.what.replace('|', chr(92) + '|')} |"
            for rule in by_family[family]
        )
        parts.append("")
    return "\n".join(parts)


def _more_in(rule: Rule) -> str:
    if not rule.instead_of:
        return ""
    others = ", ".join(f"[{code}]({code}.md)" for code in rule.instead_of)
    return f"\nWhere it applies, {others} keeps silent about the same place: one cause, one finding.\n"
