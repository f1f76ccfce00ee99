"""Elements → XML 1.0, the same bytes for the same elements.

Nothing here knows of namespaces: a tag or an attribute is written as it is given, so ``xmlns`` is an attribute
of the root.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from playbook.text.markup import for_xml

_INDENT = "    "

# A reader would turn a carriage return into a line feed, and all three into spaces in an attribute.
_IN_TEXT = {"\r": "&#13;"}
_IN_ATTRIBUTE = {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;", '"': "&quot;"}


@dataclass(frozen=True, slots=True)
class Element:
    """An element with either text or other elements in it. ``True`` and ``False`` are written as XML has them."""

    tag: str
    content: str | int | bool | tuple[Element, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)


def element(tag: str, *children: Element | None, **attributes: str) -> Element:
    """An element with some elements in it, without those that are ``None``."""
    return Element(tag, tuple(child for child in children if child is not None), attributes)


def optional(tag: str, text: str | int | None) -> Element | None:
    """An element with a text; ``None`` where there is no text, or an empty one."""
    return None if text is None or text == "" else Element(tag, text)


def xml_bytes(root: Element) -> bytes:
    """A whole document in UTF-8, indented by four spaces, with a line end behind it."""
    return XML_HEAD + b"".join(xml_lines((root,)))


XML_HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'
"""The line that every document begins with."""


def xml_lines(elements: Iterable[Element], depth: int = 0) -> Iterator[bytes]:
    """Some elements as lines with their line ends, for a document that is written piece by piece."""
    return (f"{line}\n".encode() for each in elements for line in _lines(each, depth))


def _lines(each: Element, depth: int) -> Iterator[str]:
    indent = _INDENT * depth
    opening = f"{each.tag}{''.join(_attribute(name, value) for name, value in each.attributes.items())}"
    if not isinstance(each.content, tuple):
        yield f"{indent}<{opening}>{escape(for_xml(_text(each.content)), _IN_TEXT)}</{each.tag}>"
    elif not each.content:
        yield f"{indent}<{opening}/>"
    else:
        yield f"{indent}<{opening}>"
        for child in each.content:
            yield from _lines(child, depth + 1)
        yield f"{indent}</{each.tag}>"


def _text(content: str | int | bool) -> str:
    return str(content).lower() if isinstance(content, bool) else str(content)


def _attribute(name: str, value: str) -> str:
    return f' {name}="{escape(for_xml(value), _IN_ATTRIBUTE)}"'
