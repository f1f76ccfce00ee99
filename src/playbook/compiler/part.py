"""One document of a workspace, compiled."""

from __future__ import annotations

from dataclasses import dataclass, replace

from playbook.compiler.opening import Opening
from playbook.compiler.plan import Expressions, expressions_among
from playbook.compiler.resolve import Resolver
from playbook.compiler.surroundings import Surroundings, View
from playbook.compiler.variants import compile_variants
from playbook.diagnostics import Diagnostic
from playbook.language.playbook import Playbook
from playbook.workspace import CompiledPlaybook


@dataclass(frozen=True)
class Part:
    """A document, compiled; ``playbook`` if it is one that could be read."""

    view: View
    diagnostics: tuple[Diagnostic, ...]
    used: frozenset[tuple[str, str]]
    expressions: Expressions = ()
    playbook: CompiledPlaybook | None = None


def compile_part(opening: Opening, surroundings: Surroundings) -> Part:
    """Compile a document, seen with the rest of its workspace."""
    view = surroundings.view()
    document = opening.document
    if document.model is None:
        return Part(view, tuple(opening.findings), frozenset())
    resolver = Resolver(view.tables, surroundings.kinds, surroundings.failed, view.lost, surroundings.lost_kinds)
    known = opening.declared if opening.declared is not None else surroundings.everywhere
    resolver.resolve(document, opening.references, known, opening.opened.lost_kinds)
    findings = [*opening.findings, *resolver.findings]
    playbook = _playbook(opening, view, resolver, findings)
    return Part(view, tuple(findings), frozenset(resolver.used), expressions_among(opening.references), playbook)


def _playbook(
    opening: Opening, view: View, resolver: Resolver, findings: list[Diagnostic]
) -> CompiledPlaybook | None:
    model = opening.document.model
    if not isinstance(model, Playbook) or opening.declared is None:
        return None
    base = CompiledPlaybook(
        opening.document,
        model,
        opening.process,
        opening.declared,
        view.tables,
        expressions=expressions_among(opening.references),
        others=view,
    )
    # What is lost, or was read as another id than is written, would be told again of each variant.
    variants = () if opening.opened.lost else compile_variants(base, resolver, findings)
    return replace(base, variants=variants)
