"""The variants of a playbook, each compiled as if it had been written out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from playbook.compiler.desugar import desugar
from playbook.compiler.overlay import Overlay, VariantLocator, lay_over
from playbook.compiler.plan import expressions_among, references_in
from playbook.compiler.resolve import Resolver
from playbook.compiler.symbols import own_symbols
from playbook.compiler.validate import validate
from playbook.diagnostics import Diagnostic, Related, Severity
from playbook.language.playbook import Playbook
from playbook.reader import read_values
from playbook.text.paths import KeyPath
from playbook.text.quote import shown
from playbook.workspace import CompiledPlaybook, Document, Table

_SHOWN = 5
"""So many of the places that still need a removed part are shown."""


def compile_variants(
    document: Document,
    model: Playbook,
    shared: Mapping[str, Table],
    resolver: Resolver,
    findings: list[Diagnostic],
) -> tuple[CompiledPlaybook, ...]:
    """The variants of a playbook. What is wrong with them, and not with the base, is added to ``findings``.

    A document that has lost parts has none: what it lacks would be told again of each.
    """
    if not model.variants or document.pruned or document.source is None:
        return ()
    base = read_values(document.source).value
    if not isinstance(base, dict):
        return ()
    known = {(finding.code, finding.place) for finding in findings}
    found: list[CompiledPlaybook] = []
    for id_, variant in model.variants.items():
        overlay = lay_over(base, id_, variant, document.locator)
        compiled, mistakes = _compile(document, model, id_, overlay, shared, resolver)
        for finding in (*overlay.findings, *mistakes):
            if (finding.code, finding.place) not in known:
                known.add((finding.code, finding.place))
                findings.append(finding)
        if compiled is not None:
            found.append(replace(compiled, segments=variant.segments))
    return tuple(found)


def _compile(
    document: Document,
    base: Playbook,
    id_: str,
    overlay: Overlay,
    shared: Mapping[str, Table],
    resolver: Resolver,
) -> tuple[CompiledPlaybook | None, list[Diagnostic]]:
    locator = VariantLocator(document.locator, overlay)
    result = validate(Playbook, overlay.value, locator)
    findings = list(result.diagnostics)
    if not isinstance(result.model, Playbook) or result.pruned:
        return None, [finding.in_variants((id_,)) for finding in findings]
    model = result.model
    edited = Document(document.name, document.kind, document.id, model, locator, document.source)
    symbols = own_symbols(edited, model, findings)
    names = resolver.anew()
    references = references_in(model)
    names.resolve(edited, references, symbols)
    # What only a value under `set` names is used as well.
    resolver.used |= names.used
    findings += [finding for finding in names.findings if finding.severity is not Severity.INFO]
    still_needed = _still_needed(names.unknown, _gone(base, model, overlay))
    mistakes = [finding.in_variants((id_,)) for finding in findings if finding not in still_needed]
    mistakes += _removals(id_, overlay, still_needed, document)
    compiled = CompiledPlaybook(
        edited,
        model,
        desugar(model),
        symbols,
        shared,
        variant=id_,
        applied=overlay,
        expressions=expressions_among(references),
    )
    return compiled, mistakes


def _gone(base: Playbook, model: Playbook, overlay: Overlay) -> dict[str, str]:
    """Names that the variant no longer has, each with the removed id that took it away."""
    gone = {id_: id_ for id_ in overlay.removed}
    produced = {artifact for stage in model.stages for step in stage.steps for artifact in step.produces}
    for stage in base.stages:
        for step in stage.steps:
            if step.id in overlay.removed:
                gone.update((artifact, step.id) for artifact in step.produces if artifact not in produced)
    return gone


def _still_needed(unknown: Mapping[Diagnostic, str], gone: Mapping[str, str]) -> dict[Diagnostic, str]:
    """The findings about unknown names that a removal has caused, each with the removed id."""
    found = {}
    for finding, name in unknown.items():
        cause = gone.get(name) or gone.get(name.rpartition(".")[0])
        if cause is not None:
            found[finding] = cause
    return found


def _removals(
    id_: str, overlay: Overlay, still_needed: Mapping[Diagnostic, str], document: Document
) -> list[Diagnostic]:
    """One finding for each removal that leaves something behind that needs what was removed."""
    by_removal: dict[tuple[KeyPath, str], list[Diagnostic]] = {}
    for finding, removed in still_needed.items():
        by_removal.setdefault((overlay.removed[removed], removed), []).append(finding)
    found = []
    for (path, removed), dependants in by_removal.items():
        places = dict.fromkeys(dependant.place for dependant in dependants)
        related = tuple(Related("needed here", place) for place in places)
        replaced = "replace" in path
        verb = "replaces" if replaced else "removes"
        more = f", in {len(related)} places" if len(related) > 1 else ""
        found.append(
            Diagnostic(
                "SEG003",
                Severity.ERROR,
                f'variant "{shown(id_)}" {verb} "{shown(removed)}", which is still needed{more}',
                document.locator.place(path, key=replaced),
                related[:_SHOWN],
                "a variant that also removes or changes (under set) what depends on it",
            )
        )
    return found
