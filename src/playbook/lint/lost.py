"""What could not be read: a finding that may follow from that is not reported.

The paths that were left out are those of the file; rules speak in paths of the model, whose lists may
have lost items.
"""

from __future__ import annotations

from playbook.language.synonyms import meant_key
from playbook.text.paths import KeyPath, original_path
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
    place = original_path(path, document.pruned)
    return any(
        pruned[: len(place)] == place[: len(pruned)] or _is_meant(pruned, place)
        for pruned in document.pruned
        if pruned
    )


def _is_meant(pruned: KeyPath, place: KeyPath) -> bool:
    """Whether a key that was left out is probably a key of ``place``, misspelled."""
    last = len(pruned) - 1
    if last >= len(place) or pruned[:last] != place[:last]:
        return False
    written, meant = pruned[last], place[last]
    return isinstance(written, str) and isinstance(meant, str) and meant_key(written, (meant,)) is not None


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
