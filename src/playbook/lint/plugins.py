"""Rules in Python that come with installed packages: those that ``plugins`` in playbook.toml names.

Whoever writes a playbook must not be able to have code run by whoever checks it. So only what is installed is
looked for, by its name, and nothing that lies in the workspace or in the folder that the check was started in.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from playbook.config import Config
from playbook.diagnostics import Diagnostic, Severity
from playbook.lint.rule import Rule
from playbook.lint.team.flaws import is_ours
from playbook.text.quote import shown
from playbook.text.suggest import nearest

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "playbook.rules"
"""The group of entry points by which a package offers rules."""


@dataclass(frozen=True)
class PluginRules:
    """The rules of plugins by code. ``complete`` says whether all that was named could be loaded."""

    rules: Mapping[str, Rule] = field(default_factory=dict)
    findings: tuple[Diagnostic, ...] = ()
    complete: bool = True


def plugin_rules(config: Config, root: str, known: Mapping[str, Rule]) -> PluginRules:
    """The rules of the plugins that a configuration names, beside those that are ``known`` without them."""
    if not config.plugins:
        return PluginRules()
    rules: dict[str, Rule] = {}
    findings: list[Diagnostic] = []
    complete = True
    paths = trusted_paths(sys.path, (root, os.getcwd()))  # noqa: PTH109 - as sys.path has it
    for name in dict.fromkeys(config.plugins):
        loaded = _load(name, paths)
        mistakes = list(loaded.mistakes)
        complete = complete and not mistakes
        for rule in loaded.rules:
            if rule.code in known or rule.code in rules:
                mistakes.append(_taken(name, rule, rules))
            else:
                rules[rule.code] = rule
        findings += (_finding(config, name, mistake) for mistake in mistakes)
    return PluginRules(dict(sorted(rules.items())), tuple(findings), complete)


def trusted_paths(paths: Iterable[str], untrusted: Iterable[str]) -> tuple[str, ...]:
    """Of the folders that Python imports from, those that do not belong to what is checked.

    A virtual environment may lie in there: what is installed in it counts.
    """
    folders = [os.path.realpath(folder) for folder in untrusted]

    def is_trusted(path: str) -> bool:
        real = Path(os.path.realpath(path))
        installed = {"site-packages", "dist-packages"} & set(real.parts)
        return bool(installed) or not any(real.is_relative_to(folder) for folder in folders)

    return tuple(path for path in paths if path and is_trusted(path))


@dataclass(frozen=True, slots=True)
class _Mistake:
    message: str
    expected: str
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class _Loaded:
    rules: tuple[Rule, ...] = ()
    mistakes: tuple[_Mistake, ...] = ()


@lru_cache(maxsize=64)
def _load(name: str, paths: tuple[str, ...]) -> _Loaded:
    """What an installed plugin offers. It is loaded once: Python keeps what it has imported."""
    offered = _offered(paths)
    if name not in offered:
        listed = ", ".join(sorted(offered)) or "none is installed here"
        expected = f'the name of an installed entry point of the group "{GROUP}": {listed}'
        mistake = _Mistake(f"there is no plugin '{shown(name)}'", expected, nearest(name, offered))
        return _Loaded(mistakes=(mistake,))
    if len(offered[name]) > 1:
        packages = " and ".join(sorted(_package(each) for each in offered[name]))
        message = f"several installed packages have a plugin '{shown(name)}': {packages}"
        return _Loaded(mistakes=(_Mistake(message, "only one of them installed"),))
    try:
        with _importing_from(paths):
            found = offered[name][0].load()
            every = [found] if isinstance(found, Rule) else list(found)
    except (Exception, SystemExit) as error:
        return _Loaded(mistakes=(_Mistake(f"the plugin {name} cannot be loaded: {told(error)}", _ITS_AUTHORS),))
    return _sorted_out(name, every)


_ITS_AUTHORS = "a plugin that can be loaded: its authors can mend it"


def told(error: BaseException) -> str:
    """An exception on one line, as a finding tells it."""
    try:
        text = " ".join(str(error).split())
    except Exception:  # the exception is a plugin's own: saying it may fail too
        text = ""
    return f"{type(error).__name__}: {shown(text)}" if text else type(error).__name__


def _offered(paths: Sequence[str]) -> dict[str, list[EntryPoint]]:
    """The entry points of our group by name; of a package that is found twice, the first."""
    from importlib.metadata import distributions

    offered: dict[str, list[EntryPoint]] = {}
    seen = set()
    for distribution in distributions(path=list(paths)):
        try:
            entries = [entry for entry in distribution.entry_points if entry.group == GROUP]
            package = distribution.metadata["Name"].lower() if entries else ""
        except Exception:  # a broken package of others, which is none of ours
            continue
        if package not in seen:
            for entry in entries:
                offered.setdefault(entry.name, []).append(entry)
        seen.add(package)
    return offered


def _package(entry: EntryPoint) -> str:
    return str(entry.dist.metadata["Name"]) if entry.dist is not None else entry.value


@contextmanager
def _importing_from(paths: tuple[str, ...]) -> Iterator[None]:
    before = sys.path[:]
    sys.path[:] = paths
    try:
        yield
    finally:
        sys.path[:] = before


def _sorted_out(name: str, every: list[object]) -> _Loaded:
    rules: dict[str, Rule] = {}
    mistakes = []
    for each in every:
        what = _wrong_with(each)
        if what is not None:
            mistakes.append(_Mistake(f"the plugin {name} {what}", "rules that playbook.lint.rule describes"))
        elif isinstance(each, Rule):
            if each.code in rules:
                message = f"the plugin {name} has two rules of the code {each.code}"
                mistakes.append(_Mistake(message, "a code for each"))
            rules.setdefault(each.code, each)
    # What a plugin says must not take the place of what others say.
    own = {code: tuple(set(rule.instead_of) & set(rules)) for code, rule in rules.items()}
    return _Loaded(
        tuple(replace(rule, plugin=name, instead_of=own[code]) for code, rule in rules.items()), tuple(mistakes)
    )


def _wrong_with(rule: object) -> str | None:
    """What keeps an object of a plugin from being a rule."""
    from playbook.config import PROFILES
    from playbook.language.rules import CODE

    if not isinstance(rule, Rule):
        return f"gives {shown(type(rule).__name__)} where a Rule is wanted"
    if not isinstance(rule.code, str) or not CODE.match(rule.code):
        return f"has a rule of the code {shown(repr(rule.code))}, which is not of the form ACME001"
    if is_ours(rule.code):
        return f"has a rule {rule.code}, a code of the rules of playbook itself"
    texts = (rule.name, rule.what, rule.why, rule.bad, rule.good, rule.since)
    if not all(isinstance(text, str) for text in texts):
        return f"has a rule {rule.code} whose words are no texts"
    if not isinstance(rule.severity, Severity) or rule.profile not in PROFILES:
        return f"has a rule {rule.code} without a severity or profile that there is"
    checks = [check for check in (rule.playbook, rule.document, rule.workspace) if check is not None]
    if not checks or not all(map(callable, checks)):
        return f"has a rule {rule.code} that checks nothing"
    return None


def _taken(name: str, rule: Rule, rules: Mapping[str, Rule]) -> _Mistake:
    other = rules.get(rule.code)
    by = f"the plugin {other.plugin}" if other is not None else "a rules document of this workspace"
    return _Mistake(
        f"the rule {rule.code} of the plugin {name} never runs: {by} has one of that code",
        "codes that nobody else uses",
    )


def _finding(config: Config, name: str, mistake: _Mistake) -> Diagnostic:
    return Diagnostic(
        "CFG001",
        Severity.ERROR,
        mistake.message,
        config.place("plugins", config.plugins.index(name)),
        expected=mistake.expected,
        suggestion=mistake.suggestion,
    )
