"""The variants of a playbook, each compiled as if it had been written out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from playbook.compiler.desugar import desugar
from playbook.compiler.edits import lay_over
from playbook.compiler.losses import lost_ids
from playbook.compiler.overlay import Overlay, VariantLocator
from playbook.compiler.plan import expressions_among, references_in
from playbook.compiler.resolve import Resolver
from playbook.compiler.symbols import own_symbols
from playbook.compiler.validate import validate
from playbook.diagnostics import Diagnostic, Place, Related, Severity
from playbook.language.playbook import Playbook
from playbook.reader import read_values
from playbook.text.paths import KeyPath
from playbook.text.quote import shown
from playbook.workspace import CompiledPlaybook, Document

_NAME = re.compile(r"[a-z][a-z0-9_.]*")
_SHOWN = 5
"""So many of the places that still need a removed part are shown."""


def compile_variants(
    base: CompiledPlaybook, resolver: Resolver, findings: list[Diagnostic]
) -> tuple[CompiledPlaybook, ...]:
    """The variants of a playbook. What is wrong with them, and not with the base, is added to ``findings``.

    A document that has lost parts has none: what it lacks would be told again of each.
    """
    document = base.document
    if not base.model.variants or document.pruned or document.source is None:
        return ()
    value = read_values(document.source).value
    if not isinstance(value, dict):
        return ()
    known = {(finding.code, finding.place) for finding in findings}
    found: list[CompiledPlaybook] = []
    mistakes: dict[tuple[str, Place], tuple[Diagnostic, list[str]]] = {}
    for id_, variant in base.model.variants.items():
        overlay = lay_over(value, id_, variant, document.locator)
        compiled, inside, own = _compile(base, id_, overlay, resolver)
        for finding in inside:
            names = mistakes.setdefault((finding.code, finding.place), (finding, []))[1]
            names.extend(() if id_ in names else (id_,))
        for finding in own:
            mistakes.setdefault((finding.code, finding.place), (finding.only_in((id_,)), []))
        if compiled is not None:
            found.append(replace(compiled, segments=variant.segments, variant_title=variant.title))
    for key, (finding, names) in mistakes.items():
        if key not in known:
            findings.append(finding.in_variants(names) if names else finding)
    return tuple(found)


def _compile(
    base: CompiledPlaybook, id_: str, overlay: Overlay, resolver: Resolver
) -> tuple[CompiledPlaybook | None, list[Diagnostic], list[Diagnostic]]:
    """A variant; what is wrong inside it; and what is wrong with its edits themselves, which name it."""
    document = base.document
    locator = VariantLocator(document.locator, overlay)
    result = validate(Playbook, overlay.value, locator)
    findings = list(result.diagnostics)
    if not isinstance(result.model, Playbook) or result.pruned or result.misspelled:
        resolver.used |= _named_in(overlay.value, base)
        return None, findings, overlay.findings
    model = result.model
    edited = Document(document.name, document.kind, document.id, model, locator, document.source)
    symbols = own_symbols(edited, model, findings)
    names = resolver.anew()
    references = references_in(model)
    names.resolve(edited, references, symbols)
    # What only a value under `set` names is used as well.
    resolver.used |= names.used
    findings += [finding for finding in names.findings if finding.severity is not Severity.INFO]
    still_needed = _still_needed(names.unknown, _gone(base.model, model, overlay))
    compiled = CompiledPlaybook(
        edited,
        model,
        desugar(model),
        symbols,
        base.workspace_symbols,
        variant=id_,
        base=base.process,
        applied=overlay,
        expressions=expressions_among(references),
        others=base.others,
    )
    inside = [finding for finding in findings if finding not in still_needed]
    return compiled, inside, [*overlay.findings, *_removals(id_, overlay, still_needed, document)]


def _named_in(value: object, base: CompiledPlaybook) -> set[tuple[str, str]]:
    """What some values may name, where they could not be read: it is not to be called unused."""
    names = {name for text in lost_ids(value, [()]) for name in _NAME.findall(text)}
    return {(kind, id_) for kind, table in base.workspace_symbols.items() for id_ in names.intersection(table)}


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
