"""Runs rules over a compiled workspace and turns what they yield into diagnostics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from playbook.config import Config
from playbook.diagnostics import Diagnostic, Place, Severity
from playbook.lint.lost import has_lost_parts, is_lost
from playbook.lint.rule import Context, Finding, Rule
from playbook.workspace import CompiledPlaybook, Document, Workspace

_ALWAYS = frozenset({"CFG001", "SCH001"})
"""Codes that cannot be left out: what cannot be read cannot be said to be clean."""

_Yielded = tuple[Rule, Document, Finding]


def lint(
    workspace: Workspace, rules: Mapping[str, Rule], config: Config, context: Context
) -> tuple[Diagnostic, ...]:
    """All findings of a workspace under ``rules``, in the order of reports.

    A variant is held to the same rules as its base; what is found at the same place of the base is not
    told again.
    """
    yielded = [
        (rule, document, finding)
        for rule in rules.values()
        for document, finding in _run(rule, workspace, context)
        if finding.span is not None or not is_lost(document, finding.path)
    ]
    of_variants = [_yielded_by(playbook, rules, context) for playbook in workspace.playbooks if playbook.variants]
    findings = _told(yielded, config)
    places = _claimed(yielded)
    claimed_of_variants = {
        place for variants in of_variants for each in variants.values() for place in _claimed(each)
    }
    for finding in workspace.diagnostics:
        claimed = places | claimed_of_variants if finding.variants else places
        if (finding.code in rules or finding.code in _ALWAYS) and (finding.code, finding.place) not in claimed:
            findings.append(_weighed(finding, rules, config))
    known = {(each.code, each.place) for each in findings}
    for variants in of_variants:
        findings.extend(_of_variants(variants, config, known))
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: finding.sort_key))


def _yielded_by(
    playbook: CompiledPlaybook, rules: Mapping[str, Rule], context: Context
) -> dict[str, list[_Yielded]]:
    """What rules yield for each variant of a playbook."""
    checks = [(rule, rule.playbook) for rule in rules.values() if rule.playbook is not None]
    return {
        variant.variant or "": [
            (rule, variant.document, finding) for rule, check in checks for finding in check(variant, context)
        ]
        for variant in playbook.variants
    }


def _told(yielded: list[_Yielded], config: Config) -> list[Diagnostic]:
    """What rules yield as diagnostics, without what another rule says better at the same place."""
    said_better = {
        (code, document.name, finding.path) for rule, document, finding in yielded for code in rule.instead_of
    }
    return [
        _diagnostic(rule, config.severity.get(rule.code, rule.severity), document, finding)
        for rule, document, finding in yielded
        if (rule.code, document.name, finding.path) not in said_better
    ]


def _of_variants(
    variants: Mapping[str, list[_Yielded]], config: Config, known: set[tuple[str, Place]]
) -> Iterator[Diagnostic]:
    """What is wrong with variants only; the same finding of several variants once, with their names."""
    first: dict[tuple[str, Place], Diagnostic] = {}
    names: dict[tuple[str, Place], dict[str, None]] = {}
    for variant, yielded in variants.items():
        for finding in _told(yielded, config):
            key = (finding.code, finding.place)
            if key not in known:
                first.setdefault(key, finding)
                names.setdefault(key, {})[variant] = None
    for key, finding in first.items():
        yield finding.in_variants(names[key])


def _claimed(yielded: list[_Yielded]) -> set[tuple[str, Place]]:
    """The codes and places of the compiler's findings that a rule says better."""
    return {(code, _place(document, finding)) for rule, document, finding in yielded for code in rule.instead_of}


def _weighed(finding: Diagnostic, rules: Mapping[str, Rule], config: Config) -> Diagnostic:
    """A finding of the compiler with the severity that the configuration gives its rule."""
    chosen = config.severity.get(finding.code)
    if chosen is None or finding.severity is Severity.INFO or finding.code not in rules:
        return finding
    return replace(finding, severity=chosen)


def _run(rule: Rule, workspace: Workspace, context: Context) -> Iterator[tuple[Document, Finding]]:
    if rule.playbook is not None:
        for playbook in workspace.playbooks:
            if rule.graph and playbook.document.pruned and has_lost_parts(playbook.document):
                continue
            for finding in rule.playbook(playbook, context):
                yield playbook.document, finding
    if rule.document is not None:
        for document in workspace.documents:
            for finding in rule.document(document, context):
                yield document, finding
    if rule.workspace is not None:
        for finding in rule.workspace(workspace, context):
            assert finding.document is not None, f"{rule.code} checks a workspace and must say which document"
            yield finding.document, finding


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
    )


def _place(document: Document, finding: Finding) -> Place:
    if finding.span is not None and document.source is not None:
        return Place(document.name, document.source.span(*finding.span))
    return document.locator.place(finding.path, key=finding.on_key, within=finding.within)
