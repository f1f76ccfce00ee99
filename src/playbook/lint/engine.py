"""Runs rules over a compiled workspace and turns what they yield into diagnostics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from playbook.config import Config
from playbook.diagnostics import Diagnostic, Severity
from playbook.lint.rule import Context, Finding, Rule
from playbook.text.paths import KeyPath
from playbook.workspace import Document, Workspace

_ALWAYS = frozenset({"CFG001"})
"""Codes that are no rules of a playbook and cannot be left out."""


def lint(
    workspace: Workspace, rules: Mapping[str, Rule], config: Config, context: Context
) -> tuple[Diagnostic, ...]:
    """All findings of a workspace under ``rules``, in the order of reports."""
    findings = [
        _weighed(finding, rules, config)
        for finding in workspace.diagnostics
        if finding.code in rules or finding.code in _ALWAYS
    ]
    for rule in rules.values():
        severity = config.severity.get(rule.code, rule.severity)
        findings.extend(
            _diagnostic(rule, severity, document, finding)
            for document, finding in _run(rule, workspace, context)
            if not _is_consequence(finding.path, document)
        )
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: finding.sort_key))


def _weighed(finding: Diagnostic, rules: Mapping[str, Rule], config: Config) -> Diagnostic:
    """A finding of the compiler with the severity that the configuration gives its rule."""
    chosen = config.severity.get(finding.code)
    if chosen is None or finding.severity is Severity.INFO or finding.code not in rules:
        return finding
    return replace(finding, severity=chosen)


def _run(rule: Rule, workspace: Workspace, context: Context) -> Iterator[tuple[Document, Finding]]:
    if rule.playbook is not None:
        for playbook in workspace.playbooks:
            if rule.graph and _lost_parts(playbook.document):
                continue
            for finding in rule.playbook(playbook, context):
                yield playbook.document, finding
    if rule.document is not None:
        for document in workspace.documents:
            if document.model is not None:
                for finding in rule.document(document, context):
                    yield document, finding
    if rule.workspace is not None:
        for finding in rule.workspace(workspace, context):
            if finding.document is not None:
                yield finding.document, finding


def _lost_parts(document: Document) -> bool:
    """Whether a whole stage, step, end or the like could not be read, so that the graph has holes."""
    return any(isinstance(path[-1], int) or len(path) <= 2 for path in document.pruned if path)


def _is_consequence(path: KeyPath, document: Document) -> bool:
    """Whether a finding is about something of which a part was left out: it may follow from that."""
    return any(pruned[: len(path)] == path for pruned in document.pruned if len(path) >= 2)


def _diagnostic(rule: Rule, severity: Severity, document: Document, finding: Finding) -> Diagnostic:
    return Diagnostic(
        rule.code,
        severity,
        finding.message,
        document.locator.place(finding.path, key=finding.on_key, within=finding.within),
        finding.related,
        finding.expected,
        finding.suggestion,
    )
