"""What can be written at a place, before it is shaped for an editor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from playbook.compiler.near_names import LOOKED_UP
from playbook.editor.markdown import words
from playbook.editor.view import View
from playbook.expressions.parse import FUNCTIONS
from playbook.language.vocabulary import BUILT_IN_FIELDS, EVENTS, STATES
from playbook.text.ids import words_of
from playbook.text.suggest import with_article

Sort = Literal["key", "value", "id", "state", "unit", "word", "function", "code"]


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be written: ``detail`` says beside it what it is, ``meaning`` explains it.

    ``insert`` is what is written, where that is more than the label. ``rank`` orders offers.
    """

    label: str
    sort: Sort
    detail: str = ""
    meaning: str = ""
    insert: str | None = None
    rank: int = 0
    again: bool = False
    """Whether what comes next can be offered at once."""


def references(view: View, kind: str) -> Iterator[Offer]:
    """The ids that a reference of some kind may name."""
    tables = LOOKED_UP.get(kind, (kind,))
    for rank, table in enumerate(tables):
        for id_, symbol in view.symbols(table).items():
            title = next(view.titles(symbol), None)
            meaning = words(getattr(symbol.value, "description", None) or "")
            yield Offer(id_, "id", f"{table}: {title}" if title else table, meaning, rank=rank)
    if "event" in tables:
        known = view.symbols("event")
        yield from (Offer(name, "id", "built-in event", rank=len(tables)) for name in EVENTS if name not in known)
    if "field" in tables:
        known = view.symbols("field")
        yield from (
            Offer(name, "id", "built-in field", rank=len(tables)) for name in BUILT_IN_FIELDS if name not in known
        )
    if kind in ("moment", "signal"):
        yield from states(view)


def states(view: View) -> Iterator[Offer]:
    """What can be asked of what is declared: ``first_value.reached``."""
    for kind, names in STATES.items():
        for id_, symbol in view.symbols(kind).items():
            title = next(view.titles(symbol), words_of(id_))
            for name in names:
                yield Offer(f"{id_}.{name}", "state", f"{title} {name}", f"State of {with_article(kind)}.", rank=5)


def names_in_expressions(view: View) -> Iterator[Offer]:
    """What an expression may speak of."""
    for offer in references(view, "signal"):
        type_ = view.type_of(offer.label)
        detail = offer.detail
        if type_ is not None and offer.sort == "id" and not type_.moment:
            detail = f"{type_.kind}{f' in {type_.unit}' if type_.unit else ''}, {offer.detail}"
        yield Offer(offer.label, offer.sort, detail, offer.meaning, rank=offer.rank)
    if view.kind in ("maturity", "governance"):
        yield from references(view, "kpi")
    for function in FUNCTIONS:
        yield Offer(function, "function", "function", insert=f"{function}(", rank=7)
    for word in ("and", "or", "not", "in", "True", "False"):
        yield Offer(word, "word", "word", rank=8)


def once(offers: Iterable[Offer]) -> list[Offer]:
    """Each offer once, in the order in which they are to be shown."""
    found: dict[str, Offer] = {}
    for offer in offers:
        found.setdefault(offer.label, offer)
    return sorted(found.values(), key=lambda offer: offer.rank)
