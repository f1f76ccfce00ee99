"""What the mistaken parts of a document may have declared, so that nobody is told it does not exist."""

from __future__ import annotations

from collections.abc import Iterable

from playbook.compiler.symbols import DECLARED_IN
from playbook.compiler.validate import as_id
from playbook.text.paths import KeyPath


def lost_ids(value: object, pruned: Iterable[KeyPath]) -> frozenset[str]:
    """Names that stand in the parts left out: keys and texts, and what a mistaken id was meant to be."""
    found: set[str] = set()
    pending: list[object] = []
    for path in pruned:
        if path and isinstance(path[-1], str):
            found.add(path[-1])
        pending.append(_part(value, path))
    seen: set[int] = set()
    while pending:
        part = pending.pop()
        if isinstance(part, str):
            found.add(part)
        if id(part) in seen:
            continue
        seen.add(id(part))
        if isinstance(part, dict):
            found.update(part)
            pending.extend(part.values())
        elif isinstance(part, list):
            pending.extend(part)
    return frozenset(found | {meant for name in found if (meant := as_id(name))})


def lost_kinds(kind: str, value: object, pruned: Iterable[KeyPath]) -> frozenset[str]:
    """Kinds of symbols that a part left out declares under ids that cannot be told."""
    found: set[str] = set()
    for path in pruned:
        part = _part(value, path)
        if len(path) == 1 and not isinstance(part, dict | list):
            found.update(DECLARED_IN.get((kind, str(path[0])), ()))
        elif kind == "playbook" and path[:1] == ("stages",):
            whole_stage = len(path) == 2
            if path[-1] == "steps" and not isinstance(part, dict | list):
                found.update(("step", "artifact"))
            elif isinstance(path[-1], int) and not (isinstance(part, dict) and isinstance(part.get("id"), str)):
                found.update(("stage", "step", "artifact") if whole_stage else ("step", "artifact"))
    return frozenset(found)


def _part(value: object, path: KeyPath) -> object:
    """What stands at a path, or at the longest part of it that exists."""
    part = value
    for key in path:
        try:
            part = part[key]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            break
    return part
