"""What is declared where: the tables in which names are looked up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from playbook.compiler.remedies import id_remedy
from playbook.diagnostics import Diagnostic, Related, Severity
from playbook.fixing.changes import offered
from playbook.language.playbook import Playbook
from playbook.reader.limits import MAX_FINDINGS
from playbook.text.paths import KeyPath
from playbook.text.quote import shown
from playbook.text.suggest import with_article
from playbook.workspace import Document, Symbol

SHARED_KINDS = (
    "team",
    "role",
    "system",
    "calendar",
    "window",
    "playbook",
    "field",
    "event",
    "kpi",
    "content",
)
OWN_KINDS = (
    "stage",
    "step",
    "milestone",
    "anchor",
    "end",
    "segment",
    "artifact",
    "handoff",
    "workstream",
    "decision",
    "interrupt",
    "routine",
    "risk",
)

PARTS = (
    "step",
    "stage",
    "handoff",
    "milestone",
    "anchor",
    "end",
    "decision",
    "interrupt",
    "routine",
    "risk",
    "artifact",
)
"""The kinds of symbols that a variant may name by their id alone, in the order in which an id is looked up."""

_MAPS: dict[str, tuple[tuple[str, str], ...]] = {
    "organization": (("teams", "team"), ("roles", "role"), ("systems", "system")),
    "tracking": (("fields", "field"), ("events", "event")),
    "metrics": (("kpis", "kpi"),),
    "governance": (("content", "content"),),
    "calendar": (("windows", "window"),),
}
"""Which map of which kind of document declares which kind of symbol."""

DECLARED_IN: dict[tuple[str, str], tuple[str, ...]] = {
    **{(document, attribute): (kind,) for document, maps in _MAPS.items() for attribute, kind in maps},
    **{("playbook", f"{kind}s"): (kind,) for kind in OWN_KINDS},
    ("playbook", "stages"): ("stage", "step", "artifact"),
}
"""The kinds of symbols that a top-level key of a kind of document declares."""

# Two things that a timer or an expression could mean by one name are a mistake, also across kinds.
_ONE_NAME_EACH = (("role", "team"), ("stage", "step", "milestone", "anchor", "handoff"))
_RIVALS = {kind: kinds for kinds in _ONE_NAME_EACH for kind in kinds}
"""The kinds that share their ids with a kind; one that is not named here has them to itself."""


Declared = dict[str, dict[str, Symbol]]
"""Symbols by kind and id, while they are collected."""


def shared_symbols(documents: Iterable[Document], findings: list[Diagnostic]) -> Declared:
    """What all playbooks of a workspace see, and a finding for each id that is declared twice.

    The playbooks themselves have an empty table: whoever looks one up is to have it compiled only then,
    see :class:`playbook.compiler.surroundings.Playbooks`.
    """
    tables: Declared = {kind: {} for kind in SHARED_KINDS}
    first_of_kind: dict[tuple[str, str], Symbol] = {}
    for document in documents:
        is_playbook = document.kind == "playbook"
        if document.kind and document.id:
            value = None if is_playbook else document.model
            whole = Symbol(document.kind, document.id, document, (document.kind,), value)
            before = first_of_kind.setdefault((document.kind, document.id), whole)
            if before is not whole:
                findings.append(_duplicate(whole, before))
            elif document.kind in tables and not is_playbook:
                tables[document.kind][document.id] = whole
        model = None if is_playbook else document.model
        for attribute, kind in _MAPS.get(document.kind or "", ()) if model else ():
            for id_, value in getattr(model, attribute).items():
                _declare(tables, Symbol(kind, id_, document, (attribute, id_), value), findings)
    return tables


def own_symbols(document: Document, playbook: Playbook, findings: list[Diagnostic]) -> Declared:
    """What a playbook declares for itself."""
    tables: Declared = {kind: {} for kind in OWN_KINDS}
    maps: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("anchors", "anchor", playbook.anchors),
        ("milestones", "milestone", playbook.milestones),
        ("ends", "end", playbook.ends),
        ("segments", "segment", playbook.segments),
        ("artifacts", "artifact", playbook.artifacts),
    )
    for attribute, kind, entries in maps:
        for id_, value in entries.items():
            _declare(tables, Symbol(kind, id_, document, (attribute, id_), value), findings)
    for index, stage in enumerate(playbook.stages):
        place: KeyPath = ("stages", index)
        _declare(tables, Symbol("stage", stage.id, document, (*place, "id"), stage), findings)
        for number, step in enumerate(stage.steps):
            path: KeyPath = (*place, "steps", number)
            _declare(tables, Symbol("step", step.id, document, (*path, "id"), step), findings)
    findings += _choices_twice(document, playbook)
    for attribute, kind, entries in (
        ("handoffs", "handoff", playbook.handoffs),
        ("workstreams", "workstream", playbook.workstreams),
        ("decisions", "decision", playbook.decisions),
        ("interrupts", "interrupt", playbook.interrupts),
        ("routines", "routine", playbook.routines),
        ("risks", "risk", playbook.risks),
    ):
        for id_, value in entries.items():
            _declare(tables, Symbol(kind, id_, document, (attribute, id_), value), findings)
    for symbol in _implied(document, playbook):
        tables[symbol.kind].setdefault(symbol.id, symbol)
    return tables


def _implied(document: Document, playbook: Playbook) -> Iterator[Symbol]:
    """Artifacts, which exist by being produced, and what only variants add."""
    for index, stage in enumerate(playbook.stages):
        for number, step in enumerate(stage.steps):
            for at, artifact in enumerate(step.produces):
                path: KeyPath = ("stages", index, "steps", number, "produces", at)
                yield Symbol("artifact", artifact, document, path)
    if playbook.interface:
        for at, name in enumerate(playbook.interface.needs):
            if "." not in name:
                yield Symbol("artifact", name, document, ("interface", "needs", at))
    for id_, variant in playbook.variants.items():
        for at, addition in enumerate(variant.add):
            place: KeyPath = ("variants", id_, "add", at)
            if addition.step:
                yield Symbol("step", addition.step.id, document, (*place, "step", "id"), addition.step)
            if addition.stage:
                yield Symbol("stage", addition.stage.id, document, (*place, "stage", "id"), addition.stage)
                for number, step in enumerate(addition.stage.steps):
                    yield Symbol("step", step.id, document, (*place, "stage", "steps", number, "id"), step)
        for old, step in variant.replace.items():
            yield Symbol("step", step.id, document, ("variants", id_, "replace", old, "id"), step)


def _choices_twice(document: Document, playbook: Playbook) -> Iterator[Diagnostic]:
    """Steps that stand in two choices of a stage: which of them would it be?"""
    for index, stage in enumerate(playbook.stages):
        seen: dict[str, KeyPath] = {}
        for number, choice in enumerate(stage.choose or ()):
            for key, members in (("one_of", choice.one_of), ("any_of", choice.any_of)):
                for at, step in enumerate(members):
                    path: KeyPath = ("stages", index, "choose", number, key, at)
                    if step in seen:
                        first = Related("first chosen here", document.locator.place(seen[step]))
                        yield Diagnostic(
                            "REF001",
                            Severity.ERROR,
                            f'the step "{shown(step)}" stands in two choices',
                            document.locator.place(path),
                            related=(first,),
                            expected="a step that stands in one choice",
                        )
                    seen.setdefault(step, path)


def _declare(tables: Declared, symbol: Symbol, findings: list[Diagnostic]) -> None:
    for kind in _RIVALS.get(symbol.kind, (symbol.kind,)):
        before = tables[kind].get(symbol.id) if kind in tables else None
        if before is not None:
            if len(findings) < MAX_FINDINGS:
                findings.append(_duplicate(symbol, before))
            break
    tables[symbol.kind].setdefault(symbol.id, symbol)


def _duplicate(symbol: Symbol, before: Symbol) -> Diagnostic:
    path = symbol.path
    on_key = path[-1] != "id" and len(path) > 1
    what = f"{symbol.kind} id"
    if symbol.kind != before.kind:
        what = f"id of {with_article(symbol.kind)} and of {with_article(before.kind)}"
    first = before.document.locator.place(before.path, key=before.path[-1] != "id" and len(before.path) > 1)
    return Diagnostic(
        "REF001",
        Severity.ERROR,
        f'duplicate {what} "{shown(symbol.id)}"',
        symbol.document.locator.place(path, key=on_key),
        related=(Related(f"first used for {with_article(before.kind)} here", first),),
        expected="an id that is used once",
        fixes=offered(symbol.document.locator, id_remedy(path, symbol.id, symbol.kind, before.kind, on_key=on_key)),
    )
