"""A document as nodes with offsets: what findings and positions are told from.

The offsets count code points; ``start`` is behind an anchor and a tag. An aliased node is shared, so
the nodes form a graph without cycles.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from playbook.text.scalars import resolve_plain

UNREADABLE = "*"
"""The style of the empty text that stands for an alias without a meaning, or for a value never reached."""


@dataclass(slots=True, eq=False)
class Scalar:
    """A text: ``style`` is ``""`` (plain), ``'``, ``"``, ``|`` or ``>``; ``is_text`` with ``!!str``."""

    start: int
    end: int
    text: str
    style: str
    is_text: bool = False
    size: int = 1
    height: int = 0

    def value(self) -> str | None:
        """The value by YAML 1.2's core schema, numbers and booleans as ``Plain``."""
        return self.text if self.style or self.is_text else resolve_plain(self.text)


@dataclass(slots=True, eq=False)
class Sequence:
    """A list. ``children`` are its items."""

    start: int
    end: int
    flow: bool
    children: list[Node] = field(default_factory=list)
    size: int = 1
    height: int = 1


@dataclass(slots=True, eq=False)
class Mapping:
    """A mapping. ``children`` alternate keys and values as written; ``entries`` are what it means.

    An entry is the key's node and the value's node: of the first of duplicate keys, merges included.
    """

    start: int
    end: int
    flow: bool
    children: list[Node] = field(default_factory=list)
    size: int = 1
    height: int = 1
    entries: dict[str, tuple[Scalar, Node]] = field(default_factory=dict)


Node = Scalar | Sequence | Mapping
