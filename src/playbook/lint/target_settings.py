"""The targets that the configuration declares, held against those that there are."""

from __future__ import annotations

from playbook.config import Config
from playbook.diagnostics import Diagnostic, Severity
from playbook.text.quote import shown
from playbook.text.suggest import nearest

Targets = dict[str, dict[str, str]]


def read_targets(config: Config) -> tuple[Targets, tuple[Diagnostic, ...]]:
    """The declared targets, each with all its options, and findings (code CFG001) for what means nothing."""
    if not config.targets:
        return {}, ()
    # Most workspaces declare none, and a check of those does not wait for them.
    from playbook.targets.registry import MODULES, target_of
    from playbook.targets.settings import FORMATS, settings_of

    targets: Targets = {}
    findings: list[Diagnostic] = []
    for name, given in config.targets.items():
        if name in FORMATS:
            targets[name] = {}
            findings += [_no_options(config, name, option) for option in given]
            continue
        if name not in MODULES:
            findings.append(_unknown(config, name, (*MODULES, *FORMATS)))
            continue
        settings, wrong = settings_of(target_of(name), given)
        targets[name] = dict(settings)
        findings += [
            Diagnostic(
                "CFG001",
                Severity.ERROR,
                each.message,
                config.place("targets", name, each.option, key=not each.of_value),
                expected=each.expected,
                suggestion=each.suggestion,
            )
            for each in wrong
        ]
    return targets, tuple(findings)


def _no_options(config: Config, name: str, option: str) -> Diagnostic:
    return Diagnostic(
        "CFG001",
        Severity.ERROR,
        f"the target {name} has no option '{shown(option)}'",
        config.place("targets", name, option, key=True),
        expected=f"no options: {name} has none",
    )


def _unknown(config: Config, name: str, known: tuple[str, ...]) -> Diagnostic:
    return Diagnostic(
        "CFG001",
        Severity.ERROR,
        f"there is no target '{shown(name)}'",
        config.place("targets", name, key=True),
        expected="a target that 'playbook targets' lists",
        suggestion=nearest(name, known),
    )
