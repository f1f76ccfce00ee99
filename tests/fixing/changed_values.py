"""What a change comes to in plain values: the oracle for edits of texts."""

from __future__ import annotations

import copy
import random
from collections import Counter
from typing import Any

from playbook.diagnostics import Edit
from playbook.fixing.apply import edited
from playbook.fixing.changes import Add, Change, Put, Quote, Remove, Rename, Reword
from playbook.fixing.edits import Manuscript
from playbook.fixing.values import plain
from playbook.reader import read_values
from playbook.reader.transcribe import transcribe
from playbook.text.paths import KeyPath
from playbook.text.scalars import Plain
from playbook.text.spans import SourceText


def edits_of(text: str, *changes: Change) -> tuple[Edit, ...] | None:
    return Manuscript(SourceText("x.yaml", text)).edits(changes)


def after(text: str, *changes: Change) -> str | None:
    """The text with the changes made; ``None`` if they are refused."""
    edits = edits_of(text, *changes)
    if edits is None:
        return None
    return edited(text, [(edit.start, edit.end, edit.text) for edit in edits])


def value_of(text: str) -> Any:
    values = read_values(SourceText("x.yaml", text))
    assert not values.diagnostics, (values.diagnostics, text)
    return values.value


def comments_of(text: str) -> Counter[str]:
    return Counter(comment.text for comment in transcribe(SourceText("x.yaml", text)).comments)


def changed(value: Any, change: Change) -> Any:
    """A value after a change, which must be possible."""
    value = copy.deepcopy(value)  # aliases share their values no longer than here
    *way, last = change.path
    home = value
    match change:
        case Put(_, new):
            for step in way:
                if isinstance(home, dict) and home.get(step) is None:
                    home[step] = {}
                home = home[step]
            if isinstance(home, list) and last == len(home):
                home.append(plain(new))
            else:
                home[last] = plain(new)
            return value
        case Remove():
            return _without(value, change.path)
    for step in way:
        home = home[step]
    match change:
        case Add(_, new):
            held = home.get(last) if isinstance(home, dict) else home[last]
            home[last] = [*(held if isinstance(held, list) else [] if held is None else [held]), plain(new)]
        case Rename(_, key):
            entries = [(key if old == last else old, part) for old, part in home.items()]
            home.clear()
            home.update(entries)
        case Quote():
            home[last] = str(home[last])
        case Reword(_, old, new, within):
            start, end = within or (0, len(old))
            text = str(home[last])
            assert text[start:end] == old
            home[last] = text[:start] + new + text[end:]
    return value


def _without(value: Any, path: KeyPath) -> Any:
    """A value without what stands at a path, and without the blocks that would be left empty."""
    home = value
    for step in path[:-1]:
        home = home[step]
    del home[path[-1]]
    return value


def same_but_empty(first: Any, second: Any) -> bool:
    """Whether two values are alike, where a collection that has lost its last part may be gone as well."""
    return _pruned(first) == _pruned(second)


def _pruned(value: Any) -> Any:
    if isinstance(value, dict):
        parts = {key: _pruned(part) for key, part in value.items()}
        return {key: part for key, part in parts.items() if part not in ({}, [])}
    if isinstance(value, list):
        return [_pruned(part) for part in value]
    return (value, isinstance(value, Plain))


def marked(value: Any) -> Any:
    """A value in which a number is told from a text."""
    if isinstance(value, dict):
        return {key: marked(part) for key, part in value.items()}
    if isinstance(value, list):
        return [marked(part) for part in value]
    return (value, isinstance(value, Plain))


def paths_of(value: Any, path: KeyPath = ()) -> list[KeyPath]:
    """Every path of a value but the empty one."""
    if isinstance(value, dict):
        steps: list[Any] = list(value)
    elif isinstance(value, list):
        steps = list(range(len(value)))
    else:
        return []
    found = []
    for step in steps:
        found += [(*path, step), *paths_of(value[step], (*path, step))]
    return found


NEW = ["csm", "a text: with #", "12", Plain("12"), 'say "hi"', "it's", "", "é 😀", "a\nb", True, 3, None]
BIG = [
    {"title": "New", "when": "a > 1"},
    {"first": {"from": "ae", "to": "csm", "payload": ["x", "y, z"]}, "second": {"from": "b"}},
    ["x", "y"],
    [{"version": "1.0.0", "change": "a long text " * 10}],
    {},
    [],
]


def any_change(rng: random.Random, value: Any) -> Change | None:
    """A change that the value admits."""
    paths = paths_of(value)
    if not paths:
        return None
    path = rng.choice(paths)
    home, held = None, value
    for step in path:
        home, held = held, held[step]
    kind = rng.choice(["put", "put", "new", "new", "add", "remove", "rename", "quote", "reword", "nested"])
    fresh = rng.choice(NEW + BIG)
    if kind == "put":
        return Put(path, fresh)
    if kind in ("new", "nested") and isinstance(held, dict):
        return Put((*path, "fresh", *(("inner",) if kind == "nested" else ())), fresh)
    if kind in ("new", "nested") and held is None:
        return Put((*path, "fresh"), fresh)
    if kind == "add" and not isinstance(held, dict):
        return Add(path, fresh)
    if kind == "remove":
        return Remove(path)
    if kind == "rename" and isinstance(home, dict):
        return Rename(path, rng.choice(["fresh", "no: key", "12"]))
    if isinstance(held, str) and held:
        if kind == "quote":
            return Quote(path)
        start = rng.randrange(len(held))
        end = rng.randint(start + 1, len(held))
        return Reword(path, held[start:end], rng.choice(["x", "new words", "=", "# no", "'"]), (start, end))
    return None
