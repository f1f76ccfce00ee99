"""What could not be read: a finding that may follow from that is not reported.

The paths that were left out are those of the file; rules speak in paths of the model, whose lists may
have lost items.
"""

from __future__ import annotations

from playbook.language.synonyms import meant_key
from playbook.text.paths import KeyPath, lost_items, original_path
from playbook.workspace import CompiledPlaybook, Document

_SHAPING_PARTS = frozenset({"stages", "ends", "handoffs", "interrupts", "anchors", "milestones", "outcome"})
_SHAPING_KEYS = frozenset(
    {
        "id",
        "after",
        "next",
        "parallel",
        "choose",
        "overlaps",
        "approval",
        "need",
        "repeat",
        "at",
        "reject",
        "end",
        "to",
        "start",
        "success",
    }
)
# Shorter keys are near to too many others.
_SHORTEST_SLIP = 3


def is_lost(document: Document, path: KeyPath) -> bool:
    """Whether what stands at a path of the model, or a part of it, was left out of the model.

    A key that is misspelled was left out as the key that was meant.
    """
    if not document.pruned:
        return False
    losses = document.remembered(_losses)
    place = original_path(path, losses.items)
    if place in losses.around or any(place[:length] in losses.paths for length in range(1, len(place) + 1)):
        return True
    return any(losses.has_slip(place[:length], key) for length, key in enumerate(place))


class _Losses:
    """What was left out of a document, sorted by what is asked of it."""

    def __init__(self, pruned: tuple[KeyPath, ...]) -> None:
        self.items = lost_items(pruned)
        self.paths = frozenset(path for path in pruned if path)
        self.around = {path[:length] for path in self.paths for length in range(len(path) + 1)}
        """Every path that something was left out of, at whatever depth."""
        self._keys: dict[KeyPath, list[str]] = {}
        for path in self.paths:
            if isinstance(path[-1], str):
                self._keys.setdefault(path[:-1], []).append(path[-1])
        self._slips: dict[tuple[KeyPath, str], bool] = {}

    def has_slip(self, parent: KeyPath, meant: str | int) -> bool:
        """Whether a key that was left out of the mapping at ``parent`` is probably ``meant``, misspelled."""
        if not isinstance(meant, str) or parent not in self._keys:
            return False
        asked = (parent, meant)
        if asked not in self._slips:
            self._slips[asked] = any(meant_key(key, (meant,)) is not None for key in self._keys[parent])
        return self._slips[asked]


def _losses(document: Document) -> _Losses:
    return _Losses(document.pruned)


def are_whole(playbook: CompiledPlaybook, key: str) -> bool:
    """Whether nothing below a top-level key of a playbook was left out of the model."""
    return not any(path[:1] in ((), (key,)) for path in playbook.document.pruned)


def has_lost_parts(document: Document) -> bool:
    """Whether the graph may have holes: a whole stage, step, end or handoff is lost, or what orders them."""
    return any(
        not path
        or (
            path[0] in _SHAPING_PARTS
            and (
                len(path) <= 2
                or isinstance(path[-1], int)
                or path[-1] == "steps"
                or not _SHAPING_KEYS.isdisjoint(path)
                or _shapes(str(path[-1]))
            )
        )
        for path in document.pruned
    )


def _shapes(key: str) -> bool:
    """Whether a key is probably one that orders the work, misspelled."""
    return len(key) >= _SHORTEST_SLIP and meant_key(key, _SHAPING_KEYS) is not None
