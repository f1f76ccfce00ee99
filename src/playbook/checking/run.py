"""One check: what was asked for, and the way from compiled workspaces to results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from playbook.checking.held import held_to, strictest
from playbook.checking.settings import DEFAULT, Settings
from playbook.compiler.compile import Compiled
from playbook.diagnostics import Diagnostic
from playbook.lint.catalogue import Catalogue, built_in, catalogue_of
from playbook.lint.engine import lint
from playbook.lint.rule import Context, Rule
from playbook.lint.settings import read_options, settings_findings
from playbook.lint.target_settings import read_targets
from playbook.lint.yields import Applied, Yields
from playbook.results import Results, RuleSummary
from playbook.suppression.stages import Checked, Outcome, Wishes, suppress
from playbook.suppression.waivers import waivers_in

__all__ = ["DEFAULT", "Settings", "applied_to", "catalogue_for", "findings_of", "results_of"]

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
    catalogues = [catalogue_for(compiled) for compiled in every]
    outcome = _kept(every, catalogues, settings, known)
    sources = {name: source for compiled in every for name, source in compiled.sources.items()}
    return Results(
        findings=tuple(sorted([*unread, *outcome.findings], key=lambda finding: finding.sort_key)),
        documents=sum(compiled.checked for compiled in every),
        held_to=held_to([settings.on(compiled.config) for compiled in every], settings),
        passed_over=tuple(sorted(name for compiled in every for name in compiled.passed_over)),
        suppressed=tuple(outcome.suppressed),
        mended=outcome.mended,
        sources={**sources, **outcome.sources},
        rules=_summaries(catalogues),
        fail_on=settings.fail_on or strictest(compiled.config.fail_on for compiled in every),
        files=tuple(sorted(name for compiled in every for name in _asked_for(compiled))),
        applied=frozenset(
            code
            for compiled, catalogue in zip(every, catalogues, strict=True)
            for code in catalogue.chosen(settings.on(compiled.config), settings.select, settings.ignore)
        ),
        every_rule=all(catalogue.complete for catalogue in catalogues),
        mandatory=outcome.mandatory,
    )


def findings_of(
    compiled: Compiled, settings: Settings = DEFAULT, known: Mapping[str, Yields] = _NOTHING
) -> tuple[Diagnostic, ...]:
    """The findings in the files that were asked for and in the configuration, without those kept back."""
    return tuple(_kept([compiled], [catalogue_for(compiled)], settings, known).findings)


def _summaries(catalogues: Sequence[Catalogue]) -> dict[str, RuleSummary]:
    """All rules that there are: ours first, then those of the workspaces."""
    rules: dict[str, Rule] = {}
    for catalogue in (built_in(), *catalogues):
        for code, rule in catalogue.rules.items():
            rules.setdefault(code, rule)
    return {code: RuleSummary(code, rule.name, rule.severity, rule.what, rule.why) for code, rule in rules.items()}


def _kept(
    every: Sequence[Compiled], catalogues: Sequence[Catalogue], settings: Settings, known: Mapping[str, Yields]
) -> Outcome:
    """All findings, parted into those that are told and those that comments and the like keep back."""
    wishes = Wishes(
        settings.today,
        settings.home or Path.cwd(),
        settings.select,
        settings.ignore,
        settings.baseline,
        settings.use_baseline,
    )
    checked = [
        _checked(compiled, catalogue, settings, known)
        for compiled, catalogue in zip(every, catalogues, strict=True)
    ]
    return suppress(checked, wishes)


def _checked(compiled: Compiled, catalogue: Catalogue, settings: Settings, known: Mapping[str, Yields]) -> Checked:
    config, workspace = settings.on(compiled.config), compiled.workspace
    applied = applied_to(compiled, settings, catalogue)
    every = (
        *settings_findings(config, catalogue),
        *read_options(config, catalogue)[1],
        *read_targets(config)[1],
        *lint(workspace, applied.rules, config, applied.context, known),
    )
    # What is wrong with the configuration concerns every file, also if it is a plugin that has failed.
    source = config.source.name if config.source is not None else None
    findings = tuple(
        finding
        for finding in every
        if finding.place.file in compiled.selected or finding.code == "CFG001" or finding.place.file == source
    )
    return Checked(
        config,
        Path(workspace.root),
        tuple(sorted(findings, key=lambda finding: finding.sort_key)),
        catalogue,
        frozenset(applied.rules),
        compiled.sources,
        compiled.selected,
        (*(document.name for document in workspace.documents), *compiled.passed_over),
        compiled.paths,
        waivers_in(workspace),
        lambda: workspace.complete,
    )


def applied_to(compiled: Compiled, settings: Settings = DEFAULT, catalogue: Catalogue | None = None) -> Applied:
    """The rules that a workspace is held to, and what they may depend on beside its documents."""
    config = settings.on(compiled.config)
    known = catalogue or catalogue_for(compiled)
    options, _ = read_options(config, known)
    rules = known.chosen(config, settings.select, settings.ignore)
    return Applied(rules, config, Context(settings.today, options, read_targets(config)[0]))


def catalogue_for(compiled: Compiled) -> Catalogue:
    """The rules that there are for a workspace."""
    return catalogue_of(compiled.workspace.documents, compiled.config, compiled.workspace.root)


def _asked_for(compiled: Compiled) -> Iterator[str]:
    """The names of the documents that were asked for."""
    return (each.name for each in compiled.workspace.documents if each.name in compiled.selected)
