"""Scalars as they were written, moved to another indentation without a change of their value."""

from __future__ import annotations

import re

from playbook.reader.concrete import Leaf

_BREAK = re.compile(r"\r\n|\r|\n")
_HEADER = re.compile(r"([|>])([-+0-9]*)[^\r\n]*")
STEP = 2
"""Columns of one level of indentation."""


def scalar_lines(text: str, leaf: Leaf) -> list[str]:
    """The lines of a plain or quoted text; all but the first want an indentation, which means nothing."""
    lines = _BREAK.split(text[leaf.start : leaf.end])
    last = len(lines) - 1
    return [
        _without_blanks(line, leaf.style, first=index == 0, last=index == last) for index, line in enumerate(lines)
    ]


def _without_blanks(line: str, style: str, *, first: bool, last: bool) -> str:
    """A line without the blanks at its ends that folding drops."""
    if not first:
        line = line.lstrip(" \t")
    if last:
        return line
    bare = line.rstrip(" \t")
    escapes = len(bare) - len(bare.rstrip("\\"))
    # An odd backslash makes the blank behind it a part of the text.
    return line[: len(bare) + 1] if style == '"' and escapes % 2 else bare


def block_lines(text: str, leaf: Leaf, column: int) -> tuple[str, list[str]]:
    """The header and the lines of a block text, without indentation.

    ``column`` is that of the block which it stands in, from which a number in its header counts.
    """
    written = text[leaf.start : leaf.end]
    header = _HEADER.match(written)
    assert header is not None
    rest = written[header.end() :]
    lines = _BREAK.split(rest)[1:]
    if lines and not lines[-1].strip(" "):
        lines.pop()  # behind the last line break
    digit = next((int(sign) for sign in header[2] if sign.isdigit()), None)
    depth = _depth(lines) if digit is None else column + digit
    lines = [line[depth:] for line in lines]
    chomping = header[2].strip("0123456789")
    has_words = any(lines)
    if has_words and not leaf.value.endswith("\n"):
        chomping = "-"  # perhaps the file ends without a line break, which this text is about to get
    while chomping != "+" and lines and not lines[-1]:
        lines.pop()
    return f"{header[1]}{_indicator(lines)}{chomping}", lines


def _depth(lines: list[str]) -> int:
    for line in lines:
        if line.strip(" "):
            return len(line) - len(line.lstrip(" "))
    return max(map(len, lines), default=0)


def _indicator(lines: list[str]) -> str:
    """The number that says how far a text is indented, where its first lines don't show it."""
    for line in lines:
        if line:
            return str(STEP) if line.startswith(" ") else ""
    return ""
