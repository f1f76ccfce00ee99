"""One check: what was asked for, and the way from compiled workspaces to results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from playbook.checking.held import held_to, strictest
from playbook.checking.settings import DEFAULT, Settings
from playbook.compiler.compile import Compiled
from playbook.diagnostics import Diagnostic
from playbook.lint.engine import lint
from playbook.lint.registry import all_rules, chosen_rules
from playbook.lint.rule import Context, Rule
from playbook.lint.settings import read_options, settings_findings
from playbook.lint.yields import Applied, Yields
from playbook.results import Results, RuleSummary
from playbook.suppression.stages import Checked, Outcome, Wishes, suppress
from playbook.suppression.waivers import waivers_in

__all__ = ["DEFAULT", "Settings", "applied_to", "findings_of", "results_of"]

_NOTHING: Mapping[str, Yields] = {}


def results_of(
    every: Sequence[Compiled],
    settings: Settings = DEFAULT,
    unread: tuple[Diagnostic, ...] = (),
    known: Mapping[str, Yields] = _NOTHING,
) -> Results:
    """The results for some workspaces. ``unread`` are findings of what could not be read at all.

    ``known`` is what the rules yield for documents, by name, where that is known already.
    """
    outcome = _kept(every, settings, known)
    sources = {name: source for compiled in every for name, source in compiled.sources.items()}
    return Results(
        findings=tuple(sorted([*unread, *outcome.findings], key=lambda finding: finding.sort_key)),
        documents=sum(compiled.checked for compiled in every),
        held_to=held_to([compiled.config for compiled in every], settings),
        passed_over=tuple(sorted(name for compiled in every for name in compiled.passed_over)),
        suppressed=tuple(outcome.suppressed),
        mended=outcome.mended,
        sources={**sources, **outcome.sources},
        rules={
            rule.code: RuleSummary(rule.code, rule.name, rule.severity, rule.what, rule.why)
            for rule in all_rules().values()
        },
        fail_on=settings.fail_on or strictest(compiled.config.fail_on for compiled in every),
        files=tuple(sorted(name for compiled in every for name in _asked_for(compiled))),
        applied=frozenset(code for compiled in every for code in _rules_of(compiled, settings)),
        mandatory=outcome.mandatory,
    )


def findings_of(
    compiled: Compiled, settings: Settings = DEFAULT, known: Mapping[str, Yields] = _NOTHING
) -> tuple[Diagnostic, ...]:
    """The findings in the files that were asked for and in the configuration, without those kept back."""
    return tuple(_kept([compiled], settings, known).findings)


def _kept(every: Sequence[Compiled], settings: Settings, known: Mapping[str, Yields]) -> Outcome:
    """All findings, parted into those that are told and those that comments and the like keep back."""
    wishes = Wishes(
        settings.today,
        settings.home or Path.cwd(),
        settings.select,
        settings.ignore,
        settings.baseline,
        settings.use_baseline,
    )
    return suppress([_checked(compiled, settings, known) for compiled in every], wishes)


def _checked(compiled: Compiled, settings: Settings, known: Mapping[str, Yields]) -> Checked:
    config, workspace = compiled.config, compiled.workspace
    applied = applied_to(compiled, settings)
    every = (
        *settings_findings(config),
        *read_options(config)[1],
        *lint(workspace, applied.rules, config, applied.context, known),
    )
    findings = tuple(
        finding for finding in every if finding.place.file in compiled.selected or finding.code == "CFG001"
    )
    return Checked(
        config,
        Path(workspace.root),
        tuple(sorted(findings, key=lambda finding: finding.sort_key)),
        frozenset(applied.rules),
        compiled.sources,
        compiled.selected,
        (*(document.name for document in workspace.documents), *compiled.passed_over),
        compiled.paths,
        waivers_in(workspace),
        lambda: workspace.complete,
    )


def applied_to(compiled: Compiled, settings: Settings = DEFAULT) -> Applied:
    """The rules that a workspace is held to, and what they may depend on beside its documents."""
    options, _ = read_options(compiled.config)
    return Applied(_rules_of(compiled, settings), compiled.config, Context(settings.today, options))


def _rules_of(compiled: Compiled, settings: Settings) -> dict[str, Rule]:
    return chosen_rules(compiled.config, settings.select, settings.ignore)


def _asked_for(compiled: Compiled) -> Iterator[str]:
    """The names of the documents that were asked for."""
    return (each.name for each in compiled.workspace.documents if each.name in compiled.selected)
