"""The entries of every collection in the order in which they are written out."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.formatting.shapes import Shape, place_of
from playbook.language.base import Model
from playbook.reader.concrete import ALIAS, Collection, Entry, Leaf, Part

Orders = dict[Collection, list[Entry]]


def orders(root: Part | None, shape: Shape) -> Orders:
    """The order of the entries of each collection.

    A key never comes to stand before the anchor that it repeats.
    """
    found: Orders = {}
    if isinstance(root, Collection):
        _order(root, shape, found, anchored=any(_names(root)))
    return found


def _order(collection: Collection, shape: Shape, found: Orders, *, anchored: bool) -> None:
    model = None
    entries = collection.entries
    if collection.is_mapping:
        model = shape.model_for(_text(entry.key) for entry in entries)
        entries = _sorted(entries, model, anchored=anchored) if model else entries
    found[collection] = entries
    for entry in entries:
        if isinstance(entry.value, Collection):
            inner = shape.inside(_text(entry.key), model) if collection.is_mapping else shape
            _order(entry.value, inner, found, anchored=anchored)


def _sorted(entries: list[Entry], model: type[Model], *, anchored: bool) -> list[Entry]:
    wanted = sorted(entries, key=lambda entry: place_of(_text(entry.key), model))
    if not anchored or wanted == entries:
        return wanted
    return _without_conflicts(entries, wanted)


def _without_conflicts(entries: list[Entry], wanted: list[Entry]) -> list[Entry]:
    """The wanted order, but entries that share an anchor stay in the order in which they are written."""
    names = {entry: list(_names(entry)) for entry in entries}
    earlier: dict[Entry, list[Entry]] = {}
    for index, entry in enumerate(entries):
        earlier[entry] = [other for other in entries[:index] if _conflict(names[other], names[entry])]
    result: list[Entry] = []
    waiting = list(wanted)
    while waiting:
        ready = next(entry for entry in waiting if all(other in result for other in earlier[entry]))
        waiting.remove(ready)
        result.append(ready)
    return result


def _conflict(first: list[tuple[str, bool]], second: list[tuple[str, bool]]) -> bool:
    return any(name == other and (defines or redefines) for name, defines in first for other, redefines in second)


def _names(part: Part | Entry | None) -> Iterator[tuple[str, bool]]:
    """Anchors (``True``) and aliases (``False``) in a part, by name."""
    if isinstance(part, Entry):
        yield from _names(part.key)
        yield from _names(part.value)
    elif isinstance(part, Leaf) and part.style == ALIAS:
        yield part.value, False
    elif part is not None:
        if part.anchor is not None:
            yield part.anchor, True
        if isinstance(part, Collection):
            for entry in part.entries:
                yield from _names(entry)


def _text(key: Part | None) -> str:
    return key.value if isinstance(key, Leaf) and key.style != ALIAS else ""
