"""Plain YAML scalars whose meaning waits for the reader that knows what is wanted.

``version: 3.10`` is a text where a text is wanted and a number where a number is wanted. The reader
therefore does not choose: it hands on the source text, marked with :class:`Plain` where YAML 1.2's
core schema would have read a number or a boolean. A quoted ``"12"`` is an ordinary ``str`` and is
never a number.
"""

from __future__ import annotations

import re


class Plain(str):
    """An unquoted scalar that the YAML 1.2 core schema reads as a number or a boolean."""

    __slots__ = ()


# YAML 1.2.2, 10.3.2 "Tag Resolution" of the core schema.
INTEGER = re.compile(r"[-+]?[0-9]+\Z|0o[0-7]+\Z|0x[0-9a-fA-F]+\Z")
FLOAT = re.compile(
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z"
    r"|[-+]?\.(?:inf|Inf|INF)\Z|\.(?:nan|NaN|NAN)\Z"
)
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
TRUES = frozenset({"true", "True", "TRUE"})
FALSES = frozenset({"false", "False", "FALSE"})


def resolve_plain(text: str) -> str | None:
    """What an unquoted scalar is handed on as: ``None``, a :class:`Plain`, or its text."""
    if text in NULLS:
        return None
    if text in TRUES or text in FALSES or FLOAT.match(text) or INTEGER.match(text):
        return Plain(text)
    return text
