"""Walks over plain maps from a node to those that follow it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence


def reached(starts: Iterable[str], following: Mapping[str, Sequence[str]]) -> set[str]:
    """The nodes that some nodes lead to, with these themselves; unknown starts are left out."""
    found = {start for start in starts if start in following}
    pending = list(found)
    while pending:
        for node in following[pending.pop()]:
            if node not in found:
                found.add(node)
                pending.append(node)
    return found


def in_order(following: Mapping[str, Sequence[str]]) -> list[str]:
    """The nodes so that each comes after all that lead to it (a topological sort).

    What lies on a circle, or behind one, is left out: where nodes are missing there is one.
    """
    waiting = dict.fromkeys(following, 0)
    for targets in following.values():
        for target in targets:
            waiting[target] += 1
    order = [node for node, count in waiting.items() if count == 0]
    for node in order:
        for target in following[node]:
            waiting[target] -= 1
            if waiting[target] == 0:
                order.append(target)
    return order
