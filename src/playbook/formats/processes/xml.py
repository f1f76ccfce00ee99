"""XML as text: elements in order, escaped in one place, the same bytes every time."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write, and the control characters that it advises against."""


@dataclass
class Tag:
    """An element. Attributes without a value are left out; ``text`` is used only if it has no children."""

    name: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    children: list[Tag] = field(default_factory=list)
    text: str = ""

    def add(self, name: str, attributes: dict[str, str | None] | None = None, text: str = "") -> Tag:
        """Add a child and give it."""
        child = Tag(name, attributes or {}, [], text)
        self.children.append(child)
        return child


def document(root: Tag) -> bytes:
    """A whole XML document."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    _write(root, 0, lines)
    return ("\n".join(lines) + "\n").encode()


def _write(tag: Tag, depth: int, lines: list[str]) -> None:
    pairs = ((name, value) for name, value in tag.attributes.items() if value is not None)
    attributes = "".join(f' {name}="{_attribute(value)}"' for name, value in pairs)
    head = f"{'  ' * depth}<{tag.name}{attributes}"
    if tag.children:
        lines.append(f"{head}>")
        for child in tag.children:
            _write(child, depth + 1, lines)
        lines.append(f"{'  ' * depth}</{tag.name}>")
    elif tag.text:
        lines.append(f"{head}>{_text(tag.text)}</{tag.name}>")
    else:
        lines.append(f"{head}/>")


def printable(text: str) -> str:
    """A text as XML can hold it: what it cannot is shown as a replacement character."""
    return _FORBIDDEN.sub("\ufffd", text)


def _text(text: str) -> str:
    safe = printable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return safe.replace("\r", "&#13;")


def _attribute(text: str) -> str:
    safe = _text(text).replace('"', "&quot;")
    return safe.replace("\n", "&#10;").replace("\t", "&#9;")
