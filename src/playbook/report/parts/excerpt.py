"""The source line of a place, underlined."""

from __future__ import annotations

from collections.abc import Mapping

from playbook.diagnostics import Place
from playbook.report.parts.paint import Paint
from playbook.text.spans import WHOLE_FILE, SourceText
from playbook.text.terminal import printable, width

_WINDOW = 110
"""So many characters of a long source line are shown around the place."""


def shown_place(place: Place) -> str:
    """``file:line:column``, as editors and terminals make a link of it."""
    start = place.span.start
    return f"{printable(place.file)}:{start.line}:{start.column}"


def excerpt(place: Place, sources: Mapping[str, SourceText], paint: Paint, style: str) -> list[str]:
    """The source line with the place underlined; nothing for a file as a whole."""
    source = sources.get(place.file)
    if source is None or place.span == WHOLE_FILE:
        return []
    start, end = place.span.start, place.span.end
    line = source.line(start.line)
    first = start.column - 1
    last = end.column - 1 if end.line == start.line else len(line.rstrip())
    cut = max(0, min(first - 20, len(line) - _WINDOW)) if len(line) > _WINDOW else 0
    before = ("…" if cut else "") + printable(line[cut:first])
    rest = printable(line[first : cut + _WINDOW]) + ("…" if len(line) > cut + _WINDOW else "")
    marked = printable(line[first : min(last, cut + _WINDOW)])
    number = f"{start.line:>5}"
    return [
        f"{paint('dim', number + ' |')} {before}{rest}".rstrip(),
        f"{paint('dim', '      |')} {' ' * _cells(before)}{paint(style, '^' * max(1, _cells(marked)))}",
    ]


def _cells(text: str) -> int:
    # Most lines are ASCII, and to ask for the width of each character takes long.
    return len(text) if text.isascii() else width(text)
