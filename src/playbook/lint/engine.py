"""Runs rules over a compiled workspace and makes one list of what they and the compiler have found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from playbook.config import Config
from playbook.diagnostics import Diagnostic, Place, Severity
from playbook.lint.guard import Yielded
from playbook.lint.registry import ALWAYS
from playbook.lint.rule import Context, Rule
from playbook.lint.yields import Applied, Yields, yields_of, yields_of_workspace
from playbook.workspace import Workspace

_NOTHING: Mapping[str, Yields] = {}


def lint(
    workspace: Workspace,
    rules: Mapping[str, Rule],
    config: Config,
    context: Context,
    known: Mapping[str, Yields] = _NOTHING,
) -> tuple[Diagnostic, ...]:
    """All findings of a workspace under ``rules``, in the order of reports.

    A variant is held to the same rules as its base; what is found at the same place of the base is not
    told again. ``known`` is what the same rules yield for documents, by name, where that is known already.
    """
    applied = Applied(rules, config, context)
    each = _yields(workspace, applied, known)
    yielded = [item for yields in each.values() for item in yields.own]
    yielded += yields_of_workspace(workspace, applied)
    of_variants = [dict(yields.of_variants) for yields in each.values() if yields.of_variants]
    return _merged(workspace, applied, yielded, of_variants)


def _yields(workspace: Workspace, applied: Applied, known: Mapping[str, Yields]) -> dict[str, Yields]:
    is_missing = any(document.kind == "playbook" and document.name not in known for document in workspace.documents)
    playbooks = {playbook.document.name: playbook for playbook in workspace.playbooks} if is_missing else {}
    return {
        document.name: known[document.name]
        if document.name in known
        else yields_of(document, playbooks.get(document.name), applied)
        for document in workspace.documents
    }


def _merged(
    workspace: Workspace,
    applied: Applied,
    yielded: list[Yielded],
    of_variants: list[dict[str, tuple[Yielded, ...]]],
) -> tuple[Diagnostic, ...]:
    rules = applied.rules
    findings = list(_told(yielded, rules))
    places = _claimed(yielded, rules)
    claimed_of_variants = {
        place for variants in of_variants for each in variants.values() for place in _claimed(each, rules)
    }
    for finding in workspace.diagnostics:
        claimed = places | claimed_of_variants if finding.variants else places
        if (finding.code in rules or finding.code in ALWAYS) and (finding.code, finding.place) not in claimed:
            findings.append(_weighed(finding, applied))
    known = {(each.code, each.place) for each in findings}
    for variants in of_variants:
        findings.extend(_of_variants(variants, rules, known))
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: finding.sort_key))


def _told(yielded: Iterable[Yielded], rules: Mapping[str, Rule]) -> Iterator[Diagnostic]:
    """What rules yield, without what another rule says better at the same place."""
    listed = list(yielded)
    said_better = {
        (code, each.finding.place.file, each.path) for each in listed for code in _instead_of(each, rules)
    }
    for each in listed:
        if (each.finding.code, each.finding.place.file, each.path) not in said_better:
            yield each.finding


def _of_variants(
    variants: Mapping[str, tuple[Yielded, ...]], rules: Mapping[str, Rule], known: set[tuple[str, Place]]
) -> Iterator[Diagnostic]:
    """What is wrong with variants only; the same finding of several variants once, with their names."""
    first: dict[tuple[str, Place], Diagnostic] = {}
    names: dict[tuple[str, Place], dict[str, None]] = {}
    for variant, yielded in variants.items():
        for finding in _told(yielded, rules):
            key = (finding.code, finding.place)
            if key not in known:
                first.setdefault(key, finding)
                names.setdefault(key, {})[variant] = None
    for key, finding in first.items():
        yield finding.in_variants(names[key])


def _claimed(yielded: Iterable[Yielded], rules: Mapping[str, Rule]) -> set[tuple[str, Place]]:
    """The codes and places of the compiler's findings that a rule says better."""
    return {(code, each.finding.place) for each in yielded for code in _instead_of(each, rules)}


def _instead_of(each: Yielded, rules: Mapping[str, Rule]) -> tuple[str, ...]:
    """What a finding says better; that a rule has failed is told though nobody asked for it by its code."""
    code = each.finding.code
    return rules[code].instead_of if code in rules else ()


def _weighed(finding: Diagnostic, applied: Applied) -> Diagnostic:
    """A finding of the compiler with the severity that the configuration gives its rule."""
    chosen = applied.config.severity.get(finding.code)
    if chosen is None or finding.severity is Severity.INFO or finding.code not in applied.rules:
        return finding
    return replace(finding, severity=chosen)
