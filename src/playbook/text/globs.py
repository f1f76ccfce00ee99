"""Patterns of file names: ``drafts/**``, ``*.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache


def matches(relative: str, patterns: Iterable[str]) -> bool:
    """Whether a path, with ``/`` and seen from the folder of the patterns, is meant by one of them."""
    return any(_pattern(pattern.removeprefix("./")).match(relative) for pattern in patterns)


@lru_cache(maxsize=256)
def _pattern(glob: str) -> re.Pattern[str]:
    """A glob as a regular expression: ``**`` crosses folders, ``*`` and ``?`` do not.

    A pattern that ends at a folder takes all that is in it.
    """
    result = ""
    for part in re.split(r"(\*\*/|\*\*|\*|\?)", glob.rstrip("/")):
        result += {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}.get(part) or re.escape(part)
    return re.compile(rf"{result}(?:/.*)?\Z")
