"""What changes in a file, as a patch that other programs read."""

from __future__ import annotations

import difflib

_NO_LINE_END = "\\ No newline at end of file\n"


def patch(name: str, before: str, after: str) -> str:
    """A unified diff of a file's text; empty if nothing changes."""
    return "".join(difflib.unified_diff(_lines(before), _lines(after), name, name))


def _lines(text: str) -> list[str]:
    lines = [line + "\n" for line in text.split("\n")]
    last = lines.pop().removesuffix("\n")
    return [*lines, f"{last}\n{_NO_LINE_END}"] if last else lines
