"""The values of a variant, and where each part of them is written."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from playbook.diagnostics import Diagnostic, Edit, Place
from playbook.fixing.changes import Change, Quote, Reword
from playbook.text.paths import KeyPath
from playbook.workspace import Locator


@dataclass
class Overlay:
    """The values of a variant, and the places that they come from.

    ``value`` is the whole document as it is for the variant, without ``variants``. ``removed`` are the
    ids that were taken away, each with the key path that says so.
    """

    value: dict[str, Any]
    removed: dict[str, KeyPath] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)
    written: dict[int, KeyPath] = field(default_factory=dict)
    """Where the stages and steps of ``value`` stand in the file, by identity: their indexes shift."""
    put: dict[tuple[int, str], KeyPath] = field(default_factory=dict)
    """Which key of which mapping was set, and by what."""
    copies: dict[int, dict[str, Any]] = field(default_factory=dict)
    """The mappings that are the variant's own, by identity; held here so that none of them is used again."""

    def origin(self, path: KeyPath) -> KeyPath:
        """The key path in the file of a key path of the variant."""
        value: Any = self.value
        origin: KeyPath = ()
        for key in path:
            origin = self.put.get((id(value), str(key)), (*origin, key))
            value = _below(value, key)
            origin = self.written.get(id(value), origin)
        return origin

    def changed_by(self, path: KeyPath) -> KeyPath | None:
        """The edit of the variant that a key path comes from, if it is not from the base."""
        origin = self.origin(path)
        return origin if origin[:1] == ("variants",) else None


class VariantLocator:
    """Places in the file for key paths of a variant."""

    def __init__(self, locator: Locator, overlay: Overlay) -> None:
        self._locator = locator
        self._overlay = overlay

    def place(self, path: KeyPath, *, key: bool = False, within: tuple[int, int] | None = None) -> Place:
        """The place in the file where the value, its key, or some characters of it stand."""
        return self._locator.place(self._overlay.origin(path), key=key, within=within)

    def edits(self, changes: tuple[Change, ...]) -> tuple[Edit, ...] | None:
        """The edits of what the variant itself has written; what it shares with its base is not changed for it."""
        moved = []
        for change in changes:
            origin = self._overlay.changed_by(change.path)
            if origin is None or not isinstance(change, Reword | Quote):
                return None
            moved.append(replace(change, path=origin))
        return self._locator.edits(tuple(moved))


def _below(value: Any, key: str | int) -> Any:
    try:
        return value[key]
    except (KeyError, IndexError, TypeError):
        return None
