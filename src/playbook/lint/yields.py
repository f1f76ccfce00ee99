"""What rules yield: for one document, which depends on no other check, and for the workspace as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from playbook.config import Config
from playbook.diagnostics import Diagnostic, Place, Severity
from playbook.fixing.changes import offered
from playbook.lint.guard import Yielded, guarded, sound
from playbook.lint.lost import has_lost_parts, is_lost
from playbook.lint.rule import Context, Finding, Rule
from playbook.workspace import CompiledPlaybook, Document, Workspace


@dataclass(frozen=True, slots=True)
class Yields:
    """What the rules yield for one document: for itself, and for each of its variants."""

    own: tuple[Yielded, ...] = ()
    of_variants: tuple[tuple[str, tuple[Yielded, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Applied:
    """The rules that are applied, and what they may depend on beside the documents."""

    rules: Mapping[str, Rule]
    config: Config
    context: Context


def yields_of(document: Document, playbook: CompiledPlaybook | None, applied: Applied) -> Yields:
    """What the rules yield for a document; ``playbook`` if it is one that could be read."""
    own: list[Yielded] = []
    for rule in applied.rules.values():
        own += guarded(rule, document, partial(_own, rule, document, playbook, applied), applied.config)
    if playbook is None:
        return Yields(tuple(own))
    of_variants = tuple((variant.variant or "", _of_variant(variant, applied)) for variant in playbook.variants)
    return Yields(tuple(own), of_variants)


def _own(rule: Rule, document: Document, playbook: CompiledPlaybook | None, applied: Applied) -> list[Yielded]:
    return [
        _yielded(rule, document, finding, applied)
        for finding in sound(rule, _of_document(rule, document, playbook, applied.context))
        if finding.span is not None or not is_lost(document, finding.path)
    ]


def _of_document(
    rule: Rule, document: Document, playbook: CompiledPlaybook | None, context: Context
) -> Iterator[Finding]:
    has_holes = rule.graph and document.pruned and has_lost_parts(document)
    if rule.playbook is not None and playbook is not None and not has_holes:
        yield from rule.playbook(playbook, context)
    if rule.document is not None:
        yield from rule.document(document, context)


def _of_variant(variant: CompiledPlaybook, applied: Applied) -> tuple[Yielded, ...]:
    return tuple(
        yielded
        for rule in applied.rules.values()
        if rule.playbook is not None
        for yielded in guarded(
            rule, variant.document, partial(_own_of_variant, rule, variant, applied), applied.config
        )
    )


def _own_of_variant(rule: Rule, variant: CompiledPlaybook, applied: Applied) -> list[Yielded]:
    found = rule.playbook(variant, applied.context) if rule.playbook is not None else iter(())
    return [_yielded(rule, variant.document, finding, applied) for finding in sound(rule, found)]


def yields_of_workspace(workspace: Workspace, applied: Applied) -> Iterator[Yielded]:
    """What the rules yield that look at the workspace as a whole."""
    for rule in applied.rules.values():
        if rule.workspace is not None:
            yield from guarded(rule, None, partial(_of_workspace, rule, workspace, applied), applied.config)


def _of_workspace(rule: Rule, workspace: Workspace, applied: Applied) -> list[Yielded]:
    yielded = []
    found = rule.workspace(workspace, applied.context) if rule.workspace is not None else iter(())
    for finding in sound(rule, found):
        document = finding.document
        assert document is not None, f"{rule.code} checks a workspace and must say which document"
        if finding.span is not None or not is_lost(document, finding.path):
            yielded.append(_yielded(rule, document, finding, applied))
    return yielded


def _yielded(rule: Rule, document: Document, finding: Finding, applied: Applied) -> Yielded:
    severity = applied.config.severity.get(rule.code, rule.severity)
    return Yielded(finding.path, _diagnostic(rule, severity, document, finding))


def _diagnostic(rule: Rule, severity: Severity, document: Document, finding: Finding) -> Diagnostic:
    return Diagnostic(
        rule.code,
        severity,
        finding.message,
        _place(document, finding),
        finding.related,
        finding.expected,
        finding.suggestion,
        finding.sensitive,
        fixes=offered(document.locator, finding.fix),
    )


def _place(document: Document, finding: Finding) -> Place:
    if finding.span is not None and document.source is not None:
        return Place(document.name, document.source.span(*finding.span))
    return document.locator.place(finding.path, key=finding.on_key, within=finding.within)
