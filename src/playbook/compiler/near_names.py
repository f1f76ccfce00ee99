"""What names there are of a kind, and which of them an unknown name may have meant."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from playbook.compiler.symbols import PARTS
from playbook.language.vocabulary import STATES
from playbook.text.suggest import nearest

LOOKED_UP: dict[str, tuple[str, ...]] = {
    "data": ("artifact", "field"),
    "destination": ("stage", "end"),
    "moment": ("step", "stage", "milestone", "anchor", "handoff", "event"),
    "owner": ("role", "team"),
    "part": PARTS,
    "point": ("anchor", "milestone", "event"),
    "predecessor": ("step", "milestone", "event"),
    "signal": ("field", "event"),
    "step_or_stage": ("step", "stage"),
}
"""The tables in which a kind of reference is looked up, where it is not the kind's own table alone."""

PHRASE = {
    "data": "artifact or field",
    "destination": "stage or end",
    "moment": "anchor, milestone, step, stage, handoff or event",
    "owner": "role or team",
    "part": "step, stage, handoff or other part of the playbook",
    "point": "anchor, milestone or event",
    "predecessor": "step, milestone or event",
    "signal": "field, event or state",
    "step_or_stage": "step or stage",
    "kpi": "KPI",
    "window": "change window",
    "content": "content",
}
"""What messages call what a kind of reference names, where the kind's own name would not do."""

_SOUGHT = 200
"""For so many unknown names of a document it is looked for what they may have meant."""

_Answers = dict[tuple[str, str], str | None]


def _remembered(answers: _Answers, asked: tuple[str, str], look: Callable[[], str | None]) -> str | None:
    """The answer to a question that takes a look at all that is declared; none for those past the limit.

    A document with more unknown names than :data:`_SOUGHT` is not mended name by name.
    """
    if asked not in answers:
        if len(answers) >= _SOUGHT:
            return None
        answers[asked] = look()
    return answers[asked]


class Known:
    """The names that a kind of reference could mean, in order, and the states that can be asked of some."""

    def __init__(self, names: list[str], states: list[str]) -> None:
        self.names = names
        self.states = states
        self.every = frozenset((*names, *states))
        self._by_state: dict[str, list[str]] = {}
        for state in states:
            self._by_state.setdefault(state.rpartition(".")[2], []).append(state)

    def with_state(self, name: str) -> list[str]:
        """What has the state that a name asks for."""
        return self._by_state.get(name.rpartition(".")[2], [])


class KnownNames:
    """The names that the references of one document could mean. ``table`` gives those of a kind of symbol."""

    def __init__(self, table: Callable[[str], Collection[str]]) -> None:
        self._table = table
        self._names: dict[str, Known] = {}
        self._slips: _Answers = {}
        self._near: _Answers = {}

    def of(self, kind: str) -> Known:
        """All names that a kind of reference could mean, gathered once."""
        if kind not in self._names:
            tables = LOOKED_UP.get(kind, (kind,))
            names = sorted({id_ for table in tables for id_ in self._table(table)})
            self._names[kind] = Known(names, self._states() if kind == "signal" else [])
        return self._names[kind]

    def slip(self, kind: str, name: str, events: Collection[str]) -> str | None:
        """What an unknown name surely was to be, also where nothing else is declared: it is so near to it."""

        def look() -> str | None:
            return nearest(name, self.of(kind).states) or nearest(name, events, at_most=2)

        return _remembered(self._slips, (kind, name), look)

    def meant(self, kind: str, name: str, events: Collection[str]) -> str | None:
        """What an unknown name may have meant at all."""

        def look() -> str | None:
            near = nearest(name, {*self.of(kind).every, *events})
            return near or self._titled(name, LOOKED_UP.get(kind, (kind,)))

        return _remembered(self._near, (kind, name), look)

    def _titled(self, name: str, tables: tuple[str, ...]) -> str | None:
        """The id of what people call by this name: by its title, or another word for it."""
        wanted = name.casefold()
        for table in tables:
            symbols = self._table(table)
            for id_, symbol in symbols.items() if isinstance(symbols, Mapping) else ():
                # Of what some playbook declares, a document beside it knows the ids alone.
                value = getattr(symbol, "value", None)
                called = (getattr(value, "title", None), *(getattr(value, "also", None) or ()))
                if wanted in (str(title).casefold() for title in called if title):
                    return str(id_)
        return None

    def _states(self) -> list[str]:
        """All that can be asked of what is declared: ``first_value.reached``."""
        return [
            f"{id_}.{state}" for kind, states in STATES.items() for id_ in self._table(kind) for state in states
        ]
