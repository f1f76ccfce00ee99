"""Stretches of a text with what replaces them, and whether they get in each other's way."""

from __future__ import annotations

from collections.abc import Iterable

Stretch = tuple[int, int, str]
"""From where, up to but without where, and the new text."""


def collide(stretches: Iterable[Stretch]) -> bool:
    """Whether two stretches overlap, or an insertion touches what is replaced.

    Insertions at one place do not: they come to stand in the order in which they were asked for.
    """
    last: Stretch | None = None
    keys: set[str] = set()
    for stretch in sorted(stretches, key=lambda each: each[:2]):
        start, end, text = stretch
        if last is not None:
            inserts = start == end and last[0] == last[1] == start
            if not inserts and start <= last[1]:
                return True
            if not inserts:
                keys.clear()
        if start == end and (key := _begun(text)):
            if key in keys:
                return True
            keys.add(key)
        last = stretch if last is None or end >= last[1] else last
    return False


def _begun(text: str) -> str:
    """The key that an inserted text begins with: two insertions of one key make a duplicate."""
    head = text.lstrip(" \r\n,")
    return "" if head.startswith("-") else head.partition(":")[0]
