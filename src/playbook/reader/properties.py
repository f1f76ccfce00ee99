"""Anchors and tags in front of a value: where they end, and what a tag means here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from playbook.diagnostics import Diagnostic
from playbook.reader.findings import finding, quoted
from playbook.text.spans import SourceText

_STANDARD = "tag:yaml.org,2002:"
_PROPERTY = re.compile(r"(?:!<[^>\s]*>|[&!][^\s,\[\]{}]*)")
_GAP = re.compile(r"(?:[ \t\r\n]|(?<=[ \t\r\n])#[^\r\n]*)*")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as written, at ``[start, end)``; ``forces_text`` for ``!!str`` (and ``!``) before a scalar."""

    written: str
    start: int
    end: int
    forces_text: bool


def properties(text: str, event: Any) -> tuple[int, Tag | None]:
    """Where a node's content begins, behind its anchor and tag, and the tag."""
    start, end = event.start_mark.index, event.end_mark.index
    resolved = event.tag
    if event.anchor is None and resolved is None:
        return start, None
    tag: Tag | None = None
    at = start
    for _ in range((event.anchor is not None) + (resolved is not None)):
        behind = _end_of_property(text, at, event)
        if behind is None:
            break
        if text[at] == "!":
            forces_text = resolved in {_STANDARD + "str", "!"} and hasattr(event, "style")
            tag = Tag(text[at:behind], at, behind, forces_text)
        gap = _GAP.match(text, behind)
        at = gap.end() if gap else behind
        if at > end and not hasattr(event, "flow_style"):
            return min(behind, end), tag  # nothing follows: an empty scalar
    return at, tag


def _end_of_property(text: str, at: int, event: Any) -> int | None:
    """Where the anchor or tag at an offset ends; ``None`` if there is none.

    What follows an anchor need not be a blank: in ``&a:b: 1`` the anchor is ``a`` and the key ``:b``.
    """
    if event.anchor is not None and text.startswith(f"&{event.anchor}", at):
        return at + 1 + len(event.anchor)
    match = _PROPERTY.match(text, at)
    return match.end() if match is not None else None


def tag_finding(source: SourceText, tag: Tag) -> Diagnostic:
    """The finding for a tag that the reader does not follow."""
    message = f"tag {quoted(tag.written)} has no meaning in a playbook"
    hint = 'delete it; where the text itself begins with "!", quote the text'
    name = tag.written[1:].rstrip(",")
    if "." in name and name.replace(".", "_").isidentifier():
        # A condition, as other languages write it.
        hint = f'write "not {name}"'
    return finding(source, message, tag.start, tag.end, expected="no tag, or !!str", suggestion=hint)


def property_spans(text: str, event: Any) -> tuple[list[tuple[int, int]], int]:
    """Where each anchor and tag of a node is written, and where its content begins."""
    at, end = event.start_mark.index, event.end_mark.index
    spans: list[tuple[int, int]] = []
    for _ in range((event.anchor is not None) + (event.tag is not None)):
        behind = _end_of_property(text, at, event)
        if behind is None:
            break
        spans.append((at, behind))
        gap = _GAP.match(text, behind)
        at = gap.end() if gap else behind
        if at > end and not hasattr(event, "flow_style"):
            at = behind  # nothing follows: an empty scalar
            break
    return spans, at
