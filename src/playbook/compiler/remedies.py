"""How findings of the compiler are mended: keys, values, units and names that are nearly right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from playbook.fixing.changes import Put, Remedy, Rename, Reword
from playbook.fixing.slips import slip
from playbook.text.paths import KeyPath
from playbook.text.quote import shown
from playbook.text.scalars import Plain

_UNIT = re.compile(r"[a-z]+\Z")
_SCALARS = {"flag", "number", "whole_number"}


def key_remedy(path: KeyPath, near: str | None, keys: Iterable[str]) -> Remedy | None:
    """Rename a key to the one that was meant; safely if that is beyond doubt."""
    if near is None:
        return None
    safe = slip(str(path[-1]), keys) == near
    return Remedy(f'rename the key "{shown(str(path[-1]))}" to "{near}"', (Rename(path, near),), safe)


def unit_remedy(path: KeyPath, given: object, context: Mapping[str, Any]) -> Remedy | None:
    """Write a unit as the language spells it, where it has one reading."""
    suggestion, start, end = context["suggestion"], context["start"], context["end"]
    unit = _UNIT.search(suggestion)
    if " or " in suggestion or unit is None or not isinstance(given, str) or end - start >= len(given):
        return None
    written = given[start:end]
    return Remedy(f'replace "{written}" with "{unit[0]}"', (Reword(path, written, unit[0], (start, end)),))


def value_remedy(kind: str, path: KeyPath, given: object, suggestion: str | None, *, on_key: bool) -> Remedy | None:
    """Write the value, or the key, that was meant."""
    if suggestion is None or not isinstance(given, str) or not path:
        return None
    if on_key:
        return Remedy(
            f'rename "{shown(given)}" to "{suggestion}"',
            (Rename(path, suggestion),),
            _spells_same(given, suggestion),
        )
    title = f'replace "{shown(given)}" with "{suggestion}"'
    if kind in _SCALARS:
        return Remedy(title, (Put(path, Plain(suggestion)),))
    if kind == "string_pattern_mismatch":
        return Remedy(title, (Reword(path, given, suggestion),), _spells_same(given, suggestion))
    if kind == "literal_error":
        return Remedy(title, (Reword(path, given, suggestion),), safe=False)
    return None


@dataclass(frozen=True, slots=True)
class Misnomer:
    """A name that nothing bears, the nearest of those that are ``known``, and where it is written."""

    name: str
    near: str | None
    known: frozenset[str]
    path: KeyPath
    within: tuple[int, int] | None


def reference_remedy(misnomer: Misnomer, *, once: bool) -> Remedy | None:
    """Name what was meant; safely if that is beyond doubt.

    Of a name that is written more than ``once``, the declaration may be what is misspelt.
    """
    name, near = misnomer.name, misnomer.near
    if near is None:
        return None
    safe = once and slip(name, misnomer.known) == near
    return Remedy(
        f'replace "{shown(name)}" with "{near}"', (Reword(misnomer.path, name, near, misnomer.within),), safe
    )


def id_remedy(path: KeyPath, id_: str, kind: str, other: str, *, on_key: bool) -> Remedy:
    """Another id for the second of two: whoever names it must say which one is meant."""
    new = f"{id_}_2" if kind == other else f"{id_}_{kind}"
    change = Rename(path, new) if on_key else Reword(path, id_, new)
    return Remedy(f'call the {kind} "{shown(new)}"', (change,), safe=False)


def _spells_same(given: str, id_: str) -> bool:
    """Whether an id has only been spelt in another way: ``write-brief`` for ``write_brief``."""
    return given.lower().replace("-", "_").replace(" ", "_") == id_
