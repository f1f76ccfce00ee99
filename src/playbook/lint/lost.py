"""What could not be read: a finding that may follow from that is not reported.

The paths that were left out are those of the file; rules speak in paths of the model, whose lists may
have lost items.
"""

from __future__ import annotations

from playbook.text.paths import KeyPath, original_path
from playbook.workspace import Document

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
    }
)


def is_lost(document: Document, path: KeyPath) -> bool:
    """Whether what stands at a path of the model, or a part of it, was left out of the model."""
    if not document.pruned:
        return False
    place = original_path(path, document.pruned)
    return any(pruned[: len(place)] == place[: len(pruned)] for pruned in document.pruned if pruned)


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
            )
        )
        for path in document.pruned
    )
