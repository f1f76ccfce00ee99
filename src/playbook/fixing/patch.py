"""What changes in a file, as a patch that other programs read."""

from __future__ import annotations

import difflib
import re

_NO_LINE_END = "\\ No newline at end of file\n"
_SPECIAL = re.compile(r'[\x00-\x1f\x7f-\x9f"\\]')


def patch(name: str, before: str, after: str) -> str:
    """A unified diff of a file's text; empty if nothing changes."""
    head = _as_git_does(name)
    return "".join(difflib.unified_diff(_lines(before), _lines(after), head, head))


def _as_git_does(name: str) -> str:
    """A file's name as git writes it: quoted if it would break the line, with a tab behind one that has blanks."""
    if _SPECIAL.search(name):
        return f'"{_SPECIAL.sub(_escaped, name)}"'
    return f"{name}\t" if " " in name else name


def _escaped(match: re.Match[str]) -> str:
    char = match[0]
    return f"\\{char}" if char in {'"', "\\"} else "".join(f"\\{byte:03o}" for byte in char.encode())


def _lines(text: str) -> list[str]:
    lines = [line + "\n" for line in text.split("\n")]
    last = lines.pop().removesuffix("\n")
    return [*lines, f"{last}\n{_NO_LINE_END}"] if last else lines
