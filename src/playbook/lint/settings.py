"""What the configuration says of rules, held against the rules that there are."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from playbook.config import Config
from playbook.diagnostics import Diagnostic, Related, Severity
from playbook.lint.catalogue import Catalogue
from playbook.lint.rule import Option, OptionValue
from playbook.text.quote import shown
from playbook.text.suggest import nearest

Options = dict[str, dict[str, OptionValue]]

_LISTS = ("select", "extend_select", "ignore", "mandatory")


def settings_findings(config: Config, catalogue: Catalogue) -> tuple[Diagnostic, ...]:
    """Findings for what the configuration says of rules and means nothing, but for their options."""
    return (*catalogue.findings, *unknown_codes(config, catalogue), *_contradictions(config, catalogue))


def unknown_codes(config: Config, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Findings for what the configuration calls rules and is none."""
    named: list[tuple[tuple[str | int, ...], str]]
    named = [((name, at), code) for name in _LISTS for at, code in enumerate(getattr(config, name))]
    named += [
        (("per_file_ignores", pattern, at), code)
        for pattern, codes in config.per_file_ignores.items()
        for at, code in enumerate(codes)
    ]
    for path, code in named:
        if catalogue.is_unknown(code):
            yield _unknown(config, path, code, "rule or family of rules", catalogue.nearest(code))
    # A severity is that of one rule: a family would be passed over in silence.
    for table in ("severity", "options"):
        for code in getattr(config, table):
            if code not in catalogue.rules and (catalogue.matching(code) or catalogue.is_unknown(code)):
                near = catalogue.nearest(code, families=False)
                yield _unknown(config, (table, code), code, "rule", near, key=True)


def _unknown(
    config: Config, path: tuple[str | int, ...], code: str, what: str, near: str | None, *, key: bool = False
) -> Diagnostic:
    return Diagnostic(
        "CFG001",
        Severity.ERROR,
        f"there is no {what} '{shown(code)}'",
        config.place(*path, key=key),
        expected=f"a {what} that 'playbook rule' lists",
        suggestion=near,
    )


def _contradictions(config: Config, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Findings for a rule that is asked for and left out in one file."""
    asked = {
        code.upper(): (name, at)
        for name in ("extend_select", "select")
        for at, code in enumerate(getattr(config, name))
    }
    for at, code in enumerate(config.ignore):
        if code.upper() in asked and catalogue.matching(code):
            name, index = asked[code.upper()]
            yield Diagnostic(
                "CFG001",
                Severity.WARNING,
                f'\'{shown(code)}\' stands in "{name}" and in "ignore": it is left out',
                config.place("ignore", at),
                (Related("asked for here", config.place(name, index)),),
                expected="one of both",
            )


def read_options(config: Config, catalogue: Catalogue) -> tuple[Options, tuple[Diagnostic, ...]]:
    """The options of rules as far as they are right, and findings for the others; those keep their default."""
    options: Options = {}
    findings: list[Diagnostic] = []
    rules = catalogue.rules
    for code, settings in config.options.items():
        if code not in rules:
            continue
        known = {option.name: option for option in rules[code].options}
        for name, value in settings.items():
            option = known.get(name)
            read = _read(option, value) if option is not None else None
            if option is None:
                findings.append(_unknown_option(config, code, name, known))
            elif read is None:
                findings.append(_wrong_option(config, code, option, value))
            else:
                options.setdefault(code, {})[name] = read
    return options, tuple(findings)


def _unknown_option(config: Config, code: str, name: str, known: Mapping[str, Option]) -> Diagnostic:
    return Diagnostic(
        "CFG001",
        Severity.ERROR,
        f"{code} has no option '{shown(name)}'",
        config.place("options", code, name, key=True),
        expected="one of " + ", ".join(known) if known else f"no options: {code} has none",
        suggestion=nearest(name, known),
    )


def _wrong_option(config: Config, code: str, option: Option, value: Any) -> Diagnostic:
    what = kind_of(option)
    quoted = shown(value if isinstance(value, str) else toml(value))
    return Diagnostic(
        "CFG001",
        Severity.ERROR,
        f"'{quoted}' is not {what}, which {code} needs for '{option.name}'",
        config.place("options", code, option.name),
        expected=f"{what}, such as {option.name} = {toml(option.default)}",
    )


def kind_of(option: Option) -> str:
    """What an option's value must be, in words."""
    if isinstance(option.default, bool):
        return "true or false"
    if isinstance(option.default, int):
        return "a whole number, 0 or more"
    if isinstance(option.default, float):
        return "a number, 0 or more"
    return "a text" if isinstance(option.default, str) else "a list of texts"


def _read(option: Option, value: Any) -> OptionValue | None:
    """A value as the option's type; ``None`` if it is of another."""
    default = option.default
    found: OptionValue | None = None
    if isinstance(default, bool) or isinstance(value, bool):
        found = value if isinstance(default, bool) and isinstance(value, bool) else None
    elif isinstance(default, int):
        found = value if isinstance(value, int) and value >= 0 else None
    elif isinstance(default, float):
        found = value if isinstance(value, int | float) and math.isfinite(value) and value >= 0 else None
    elif isinstance(default, str):
        found = value if isinstance(value, str) else None
    elif isinstance(value, list) and all(isinstance(item, str) for item in value):
        found = tuple(value)
    return found


def toml(value: Any) -> str:
    """A value as TOML has it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return str(value)
