"""The configuration that is in effect: every value with where it comes from, and what holds for one file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playbook.checking.settings import Settings
from playbook.config import Config
from playbook.config.settings import SETTINGS
from playbook.diagnostics import Place
from playbook.lint.catalogue import Catalogue
from playbook.lint.settings import read_options
from playbook.suppression.mandatory import Mandatory
from playbook.suppression.patterns import FilePatterns
from playbook.text.globs import matches

DEFAULT = "default"
COMMAND_LINE = "command line"

_TABLES = ("per_file_ignores", "severity", "options", "targets")


@dataclass(frozen=True, slots=True)
class Row:
    """One value. ``origin`` is ``default``, ``command line`` or the place, such as ``playbook.toml:3``."""

    path: tuple[str, ...]
    value: Any
    origin: str


@dataclass(frozen=True)
class FileView:
    """What holds for one file.

    ``left_out`` are the rules that patterns leave out there, each with the place that says so; ``rules`` those
    that run on it. ``excluded`` says why it is not checked with its workspace, if it is not.
    """

    name: str
    rules: tuple[str, ...]
    left_out: dict[str, str]
    excluded: str = ""


def rows(config: Config, settings: Settings, catalogue: Catalogue) -> Iterator[Row]:
    """All values in the order of the documentation; of tables, a row for each entry."""
    told = {
        "profile": settings.profile,
        "select": list(settings.select),
        "fail_on": settings.fail_on,
        "baseline": settings.baseline.as_posix() if settings.baseline else None,
    }
    for setting in SETTINGS:
        name = setting.name
        if name in _TABLES:
            yield from _entries(config, name, catalogue)
        elif told.get(name):
            yield Row((name,), told[name], COMMAND_LINE)
        elif settings.select and name in ("extend_select", "ignore"):
            yield Row((name,), [], f"{COMMAND_LINE}, which selects")
        else:
            value = getattr(config, name)
            yield Row((name,), list(value) if isinstance(value, tuple) else value, _origin(config, name))
        if name == "ignore" and settings.ignore:
            yield Row((name,), list(settings.ignore), COMMAND_LINE)


def _entries(config: Config, table: str, catalogue: Catalogue) -> Iterator[Row]:
    if table == "per_file_ignores":
        for pattern, codes in config.per_file_ignores.items():
            yield Row((table, pattern), list(codes), _origin(config, table, pattern))
    elif table == "severity":
        for code, severity in config.severity.items():
            yield Row((table, code), severity.value, _origin(config, table, code))
    elif table == "targets":
        for target, chosen in config.targets.items():
            if not chosen:
                yield Row((table, target), {}, _origin(config, table, target))
            for name, text in chosen.items():
                yield Row((table, target, name), text, _origin(config, table, target, name))
    else:
        for code, options in read_options(config, catalogue)[0].items():
            for name, value in options.items():
                shown = list(value) if isinstance(value, tuple) else value
                yield Row((table, code, name), shown, _origin(config, table, code, name))


def _origin(config: Config, *path: str) -> str:
    return _place(config.place(*path, key=True)) if config.is_written(*path) else DEFAULT


def _place(place: Place) -> str:
    return f"{place.file}:{place.span.start.line}"


def rules_that_run(config: Config, settings: Settings, catalogue: Catalogue) -> tuple[str, ...]:
    """The codes of the rules that run, of all that there are."""
    return tuple(catalogue.chosen(settings.on(config), settings.select, settings.ignore))


def file_view(
    config: Config, settings: Settings, catalogue: Catalogue, root: Path, path: Path, name: str
) -> FileView:
    """What holds for a file of a workspace."""
    relative = path.relative_to(root).as_posix() if path.is_relative_to(root) else name
    mandatory = Mandatory(config, catalogue)
    running = rules_that_run(config, settings, catalogue)
    left_out = {
        code: _place(place)
        for code, place in FilePatterns(config, catalogue).ignored(relative).items()
        if code in running and not mandatory.holds(code)
    }
    rules = tuple(code for code in running if code not in left_out)
    return FileView(name, rules, left_out, _excluded(config, relative))


def _excluded(config: Config, relative: str) -> str:
    for at, pattern in enumerate(config.exclude):
        if matches(relative, (pattern,)):
            return f"'exclude' names it by '{pattern}' ({_place(config.place('exclude', at))})"
    if not matches(relative, config.include):
        return f"'include' does not name it ({_origin(config, 'include')})"
    return ""
