"""Stable keys: the same for the same account and item, whatever else is in the file and in which order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b

from playbook.expressions.evaluate import Value

_SAFE = re.compile(r"[A-Za-z0-9._@-]{1,100}(?: [A-Za-z0-9._@-]{1,100}){0,7}\Z")
_UNSAFE = re.compile(r"[^A-Za-z0-9._@-]+")
_READABLE = 40
"""So many characters of a text remain readable in a key that cannot have all of it."""

_IDENTIFYING = ("id", "email", "name")

Item = Mapping[str, Value | None]


@lru_cache(maxsize=4096)
def key_part(text: str) -> str:
    """A text as a part of a key: letters and digits of ASCII and ``._@-``, two texts never alike.

    Blanks become ``~``. A text with anything else keeps what it can, then ``~~`` and a digest of all of it.
    """
    if _SAFE.match(text):
        return text.replace(" ", "~")
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return f"{_UNSAFE.sub('-', plain).strip('-')[:_READABLE]}~~{_digest(text)}"


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()


def label_of(item: Item, one: str, position: int) -> str:
    """What people call an item; ``position`` counts from 1, for what has no name."""
    for key in ("name", f"{one}.name", "email", f"{one}.email", "id", f"{one}.id"):
        if item.get(key):
            return str(item[key])
    return f"{one.replace('_', ' ')} {position}"


def item_keys(items: Sequence[Item], one: str) -> list[str]:
    """A key for each item of a collection: by its id, e-mail address or name; else its number.

    Of items that are called alike, each has a digest of all that is said of it; if nothing tells them apart,
    they are numbered.
    """
    parts = [_part(item, one, position) for position, item in enumerate(items, 1)]
    if len(set(parts)) == len(parts):
        return parts
    alike = {part for part in parts if parts.count(part) > 1} if len(parts) < 100 else set(parts)
    told = [
        f"{part}~~{_digest(repr(sorted((key, str(value)) for key, value in item.items())))}"
        if part in alike
        else part
        for part, item in zip(parts, items, strict=True)
    ]
    count: dict[str, int] = {}
    found = []
    for part in told:
        count[part] = count.get(part, 0) + 1
        found.append(part if count[part] == 1 else f"{part}~~{count[part]}")
    return found


def _part(item: Item, one: str, position: int) -> str:
    for key in _IDENTIFYING:
        named = item.get(key) or item.get(f"{one}.{key}")
        if named:
            return key_part(str(named))
    return str(position)
