"""One check: what was asked for, and the way from compiled workspaces to results."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from playbook.compiler.compile import Compiled
from playbook.diagnostics import Diagnostic
from playbook.lint.engine import lint
from playbook.lint.registry import all_rules, chosen_rules
from playbook.lint.rule import Context
from playbook.lint.settings import unknown_codes
from playbook.results import Results, RuleSummary


@dataclass(frozen=True)
class Settings:
    """What the command line says beside the paths. ``as_of`` is the day that counts as today."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    as_of: datetime.date | None = None

    @property
    def today(self) -> datetime.date:
        """The day that counts as today."""
        return self.as_of or datetime.datetime.now(tz=datetime.UTC).date()


DEFAULT = Settings()


def results_of(
    every: Sequence[Compiled], settings: Settings = DEFAULT, unread: tuple[Diagnostic, ...] = ()
) -> Results:
    """The results for some workspaces. ``unread`` are findings of what could not be read at all."""
    found = [finding for compiled in every for finding in findings_of(compiled, settings)]
    sources = {name: source for compiled in every for name, source in compiled.sources.items()}
    return Results(
        findings=tuple(sorted([*unread, *found], key=lambda finding: finding.sort_key)),
        documents=sum(compiled.checked for compiled in every),
        held_to=_held_to(every, settings),
        passed_over=tuple(sorted(name for compiled in every for name in compiled.passed_over)),
        sources=sources,
        rules={
            rule.code: RuleSummary(rule.code, rule.name, rule.severity, rule.what, rule.why)
            for rule in all_rules().values()
        },
    )


def findings_of(compiled: Compiled, settings: Settings = DEFAULT) -> tuple[Diagnostic, ...]:
    """The findings in the files that were asked for, and in the configuration."""
    rules = chosen_rules(compiled.config, settings.select, settings.ignore)
    context = Context(settings.today, compiled.config.options)
    every = sorted(
        (*unknown_codes(compiled.config), *lint(compiled.workspace, rules, compiled.config, context)),
        key=lambda finding: finding.sort_key,
    )
    return tuple(
        finding for finding in every if finding.place.file in compiled.selected or finding.code == "CFG001"
    )


def _held_to(every: Sequence[Compiled], settings: Settings) -> str:
    if settings.select:
        return f"only {', '.join(settings.select)}"
    profiles = sorted({compiled.config.profile for compiled in every})
    return f"profile{'s' if len(profiles) > 1 else ''} {', '.join(profiles)}"
