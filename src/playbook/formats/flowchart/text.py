"""Texts and ids in Mermaid's language.

Labels are quoted texts in which everything that means something to Mermaid, to Markdown or to HTML is
written as an entity (``#35;``), since Mermaid reads quotes, markup and its own comments inside labels.
"""

from __future__ import annotations

import re

_PLAIN = re.compile(r"[^A-Za-z0-9 ,.:?()/À-ɏͰ-῿ⰀⱠ-퟿豈-﷏﷐-﷿\U00010000-\U0003ffff'’–—…-]")
_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def node_id(id_: str) -> str:
    """The id of a node: with a prefix, so that none is a word of Mermaid's (``end``, ``graph``)."""
    return f"n_{id_.replace('.', '_o_')}"


def group_id(id_: str) -> str:
    """The id of a subgraph, apart from all ids of nodes."""
    return f"g_{id_.replace('.', '_o_')}"


def remark_id(id_: str) -> str:
    """The id of the node that says what is to be said about a group."""
    return f"r_{id_.replace('.', '_o_')}"


def label(lines: tuple[str, ...]) -> str:
    """A quoted label of several lines, showing each text as it is."""
    return '"' + "<br>".join(_escaped(line) for line in lines) + '"'


def comment(text: str) -> str:
    """A line of comment. Doubled per cents would begin a directive."""
    return f"%% {re.sub('%%+', '%', ' '.join(_CONTROLS.sub(' ', text).split()))}"


def title(text: str) -> str:
    """A title as a YAML double-quoted text on one line."""
    line = " ".join(_CONTROLS.sub("\ufffd", text).split())
    return '"' + line.replace("\\", "\\\\").replace('"', '\\"') + '"'


def length(text: str) -> int:
    """How long Mermaid finds a text: it counts halves of UTF-16."""
    return len(text) + sum(ord(char) > 0xFFFF for char in text)


def _escaped(text: str) -> str:
    text = _CONTROLS.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    parts = [" ".join(part.split()) for part in text.split("\n")]
    escaped = "<br>".join(_PLAIN.sub(lambda match: f"#{ord(match[0])};", part) for part in parts)
    # "1. " at the start of a label is read as a list, which Mermaid then refuses; so is an empty label.
    return re.sub(r"^(\d+)\.", r"\1#46;", escaped) or "#160;"
