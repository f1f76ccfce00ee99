"""Names to symbols: every reference of a document looked up, and what is unknown reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass, field, replace

from playbook.compiler.near_names import LOOKED_UP, PHRASE, KnownNames
from playbook.compiler.plan import Found
from playbook.compiler.remedies import Misnomer, reference_remedy
from playbook.diagnostics import Diagnostic, Related, Severity
from playbook.expressions.parse import EXPECTED, NameUse, parse_expression
from playbook.fixing.changes import offered
from playbook.language.vocabulary import BUILT_IN_FIELDS, EVENTS, STATES
from playbook.text.paths import KeyPath
from playbook.text.quote import shown
from playbook.text.suggest import with_article
from playbook.workspace import Document, Table

_DECLARED_BY = {
    "role": "organization",
    "team": "organization",
    "system": "organization",
    "field": "tracking",
    "event": "tracking",
    "kpi": "metrics",
    "content": "governance",
    "calendar": "calendar",
    "window": "calendar",
}
"""The kind of document that declares a kind of symbol."""

DECLARING = frozenset(_DECLARED_BY.values())
"""The kinds of documents that declare what others name."""

Ids = Mapping[str, Collection[str]]
"""Declared ids by kind of symbol."""

_OTHERS = 3
"""So many of the other places of an undeclared name are shown."""

_SHOWN = 12
"""So many names are listed in a message before it says how many more there are."""


@dataclass
class Resolver:
    """Looks names up for one workspace.

    ``failed`` are kinds of documents of which one could not be read: what they would declare is not
    reported as unknown. ``lost`` are ids that a mistake elsewhere may have hidden, ``lost_kinds`` kinds of
    symbols of which one may have been. ``kinds`` are the kinds of documents that exist.
    """

    shared: Mapping[str, Table]
    kinds: frozenset[str]
    failed: frozenset[str]
    lost: Container[str]
    lost_kinds: frozenset[str] = frozenset()
    findings: list[Diagnostic] = field(default_factory=list)
    used: set[tuple[str, str]] = field(default_factory=set)
    unknown: dict[Diagnostic, str] = field(default_factory=dict)
    """The findings about names that nothing declares, each with the name."""

    def anew(self) -> Resolver:
        """A resolver for the same workspace that has found nothing yet."""
        return Resolver(self.shared, self.kinds, self.failed, self.lost, self.lost_kinds)

    def resolve(
        self,
        document: Document,
        found: Iterable[Found],
        own: Ids,
        lost_kinds: frozenset[str] = frozenset(),
    ) -> None:
        """Look up all that a document names; ``own`` are the symbols of the playbook itself.

        ``lost_kinds`` are kinds of symbols that the document itself may declare without our knowing.
        """
        _Lookup(self, document, own, lost_kinds | self.lost_kinds).run(found)


class _Lookup:
    """The references of one document."""

    def __init__(self, resolver: Resolver, document: Document, own: Ids, lost_kinds: frozenset[str]) -> None:
        self._resolver = resolver
        self._document = document
        self._own = own
        self._lost_kinds = lost_kinds
        self._searched: dict[str, tuple[tuple[str, Collection[str]], ...]] = {}
        """The tables for each kind of reference that has been met, with their kinds."""
        self._undeclared: dict[str, list[tuple[str, KeyPath, tuple[int, int] | None]]] = {}
        self._mistaken: list[tuple[Diagnostic, Misnomer]] = []
        self._names = KnownNames(self._table)

    def run(self, found: Iterable[Found]) -> None:
        for kind, name, path, within in found:
            if kind == "expression":
                self._expression(name, path)
            elif kind == "signal":
                self._signal(NameUse(name, 0, len(name)), path)
            elif kind == "moment":
                self._state_or_name(name, path, within, kind)
            else:
                self._name(kind, name, path, within)
        self._report_unknown()
        self._report_undeclared()

    # -- plain references ------------------------------------------------------------------------

    def _table(self, kind: str) -> Collection[str]:
        table = self._own.get(kind)
        return table if table is not None else self._resolver.shared.get(kind, {})

    def _tables(self, kind: str) -> tuple[tuple[str, Collection[str]], ...]:
        tables = self._searched.get(kind)
        if tables is None:
            tables = tuple((table, self._table(table)) for table in LOOKED_UP.get(kind, (kind,)))
            self._searched[kind] = tables
        return tables

    def _find(self, kind: str, name: str) -> bool:
        for table, symbols in self._tables(kind):
            if name in symbols:
                self._resolver.used.add((table, name))
                return True
        return False

    def _name(self, kind: str, name: str, path: KeyPath, within: tuple[int, int] | None) -> None:
        if self._find(kind, name):
            return
        tables = LOOKED_UP.get(kind, (kind,))
        if ("event" in tables and name in EVENTS) or ("field" in tables and name in BUILT_IN_FIELDS):
            return
        self._unknown(kind, name, path, within)

    def _unknown(
        self, kind: str, name: str, path: KeyPath, within: tuple[int, int] | None, expected: str | None = None
    ) -> None:
        tables = LOOKED_UP.get(kind, (kind,))
        declared_by = [_DECLARED_BY[table] for table in tables if table in _DECLARED_BY]
        if self._may_be_lost(name, tables, declared_by):
            return
        known = self._names.of(kind)
        asked = known.with_state(name)
        events = EVENTS if "event" in tables and "." in name else ()
        slip = self._names.slip(kind, name, events)
        missing = self._missing_document(name, declared_by)
        if missing and not slip:
            self._undeclared.setdefault(missing, []).append((name, path, within))
            return
        phrase = PHRASE.get(kind, kind)
        near = slip or self._names.meant(kind, name, events)
        finding = Diagnostic(
            "REF002",
            Severity.ERROR,
            f'unknown {phrase} "{shown(name)}"',
            self._document.locator.place(path, within=within),
            # Whoever asks for a state of something undeclared means something else that has this state.
            expected=expected
            or _listed(phrase, asked or known.names, declared_by, built_in=bool(events) and not asked),
            suggestion=near,
        )
        self._mistaken.append((finding, Misnomer(name, near, known.every.union(events), path, within)))

    def _report_unknown(self) -> None:
        """With the fix, which depends on how often a name is written.

        A name that is near to none has lost its declaration, and is told once.
        """
        times = Counter(misnomer.name for _, misnomer in self._mistaken)
        undeclared: dict[str, list[Diagnostic]] = {}
        for finding, misnomer in self._mistaken:
            remedy = reference_remedy(misnomer, once=times[misnomer.name] == 1)
            fixes = offered(self._document.locator, remedy)
            mendable = replace(finding, fixes=fixes) if fixes else finding
            self._resolver.unknown[mendable] = misnomer.name
            if misnomer.near is not None:
                self._resolver.findings.append(mendable)
            elif mendable.message in undeclared:
                undeclared[mendable.message].append(mendable)
            else:
                undeclared[mendable.message] = [mendable]
        for alike in undeclared.values():
            told = _once(alike)
            self._resolver.findings.append(told)
            self._resolver.unknown[told] = self._resolver.unknown[alike[0]]

    def _may_be_lost(self, name: str, tables: tuple[str, ...], declared_by: list[str]) -> bool:
        """Whether a mistake elsewhere may hide the declaration."""
        resolver = self._resolver
        failed = any(declarer in resolver.failed for declarer in declared_by)
        return name in resolver.lost or failed or not self._lost_kinds.isdisjoint(tables)

    def _missing_document(self, name: str, declared_by: list[str]) -> str | None:
        """The kind of document that would declare the name, if the workspace has none of it yet."""
        if not declared_by or any(declarer in self._resolver.kinds for declarer in declared_by):
            return None
        is_signal = declared_by[0] == "tracking" and "." in name
        return declared_by[0] if declared_by[0] == "organization" or is_signal else None

    def _report_undeclared(self) -> None:
        """A workspace without an organization or a tracking plan: said once, not at every name."""
        for missing, places in self._undeclared.items():
            names = sorted({name for name, _, _ in places})
            name, path, within = places[0]
            what = "roles, teams and systems" if missing == "organization" else "fields and events"
            more = f" and {len(names) - 1} more" if len(names) > 1 else ""
            self._resolver.findings.append(
                Diagnostic(
                    "REF002",
                    Severity.INFO,
                    f'"{shown(name)}"{more} cannot be checked: no document declares {what}',
                    self._document.locator.place(path, within=within),
                    expected=f"{with_article(repr(missing + ':'))} document in the workspace that declares them",
                )
            )

    # -- expressions and moments -----------------------------------------------------------------

    def _expression(self, text: str, path: KeyPath) -> None:
        parsed = parse_expression(text)
        for mistake in parsed.mistakes:
            self._resolver.findings.append(
                Diagnostic(
                    "SCH003",
                    Severity.ERROR,
                    f"not a valid expression: {mistake.message}",
                    self._document.locator.place(path, within=(mistake.start, mistake.end)),
                    expected=EXPECTED,
                    suggestion=mistake.suggestion,
                )
            )
        if self._document.kind in ("maturity", "governance"):
            # Their conditions speak of measured numbers, which have no declaration to look up.
            for use in parsed.names:
                self._find("signal", use.name)
                self._find("kpi", use.name)
            return
        for use in parsed.names:
            self._signal(use, path)

    def _signal(self, use: NameUse, path: KeyPath) -> None:
        if self._find("signal", use.name) or use.name in EVENTS or use.name in BUILT_IN_FIELDS:
            return
        self._state_or_name(use.name, path, (use.start, use.end), "signal")

    def _state_or_name(self, name: str, path: KeyPath, within: tuple[int, int] | None, kind: str) -> None:
        """``first_value.reached``, or (for a moment) ``first_value`` alone."""
        base, dot, state = name.rpartition(".")
        if not dot:
            if kind == "moment":
                self._name(kind, name, path, within)
            else:
                self._bare(name, path, within)
            return
        owners = [table for table in STATES if base in self._table(table)]
        for table in owners:
            if state in STATES[table]:
                self._resolver.used.add((table, base))
                return
        if owners:
            states = STATES[owners[0]]
            names = [f"{base}.{known}" for known in states]
            self._unknown("signal", name, path, within, f"a state of the {owners[0]}: " + ", ".join(names))
            return
        if kind == "moment":
            self._name(kind, name, path, within)
        else:
            self._unknown_signal(name, path, within)

    def _bare(self, name: str, path: KeyPath, within: tuple[int, int] | None) -> None:
        """A name without a dot means nothing by itself in an expression."""
        for table, states in STATES.items():
            if name in self._table(table):
                self._resolver.used.add((table, name))
                expected = f"what is asked of the {table}: " + ", ".join(f"{name}.{state}" for state in states)
                self._unknown("signal", name, path, within, expected)
                return
        self._unknown_signal(name, path, within)

    def _unknown_signal(self, name: str, path: KeyPath, within: tuple[int, int] | None) -> None:
        base, _, state = name.rpartition(".")
        if base in self._resolver.lost or any(state in STATES.get(kind, ()) for kind in self._lost_kinds):
            return
        self._unknown("signal", name, path, within)


def _once(alike: list[Diagnostic]) -> Diagnostic:
    """One finding for several of one message, with some of the other places."""
    first, *others = alike
    if not others:
        return first
    return replace(
        first,
        message=f"{first.message}, {len(alike)} times in this file",
        related=tuple(Related("here as well", other.place) for other in others[:_OTHERS]),
    )


def _listed(phrase: str, names: list[str], declared_by: list[str], *, built_in: bool) -> str:
    if not names:
        if built_in:
            return "a built-in event such as deal.closed_won, or one that a 'tracking:' document declares"
        where = f" in the '{declared_by[0]}:' document" if declared_by else " in this playbook"
        return f"{with_article(phrase)} that is declared; none is{where if len(declared_by) < 2 else ''}"
    listed = f"one of {', '.join(map(shown, names[:_SHOWN]))}"
    if len(names) > _SHOWN:
        listed += f" and {len(names) - _SHOWN} more"
    return listed + (", or a built-in event such as deal.closed_won" if built_in else "")
