"""Names as tools allow them, never two alike."""

from __future__ import annotations

import re
from collections.abc import Iterable

from playbook.text.digests import digest


def tool_ids(names: Iterable[str], dot: str = "-") -> dict[str, str]:
    """An id of letters, digits, ``_`` and ``-`` for each name; ``dot`` is put for a dot.

    A name that cannot be kept readable, or would be like another's, gets a digest behind it.
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        if name in found:
            continue
        id_ = re.sub(r"[^A-Za-z0-9_-]+", "_", name.replace(".", dot)).strip("_")
        if not id_ or len(id_) > 60 or id_ in taken:
            id_ = f"{id_[:50] or 'value'}_{digest(name)[:8]}"
        found[name] = id_
        taken.add(id_)
    return found
