"""Under which keys and ids a line of a YAML text stands, told by its indentation alone.

It serves to recognize a place after other lines have changed. So it need not be exact, only the same for the
same lines: brackets and texts over several lines are read as if they were blocks.
"""

from __future__ import annotations

import re
from functools import cached_property

_LINE = re.compile(r"(?P<indent>[ \t]*)(?P<dashes>(?:-[ \t]+)*(?:-$)?)(?P<rest>.*)")
_KEY = re.compile(r"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<plain>[^\s#{}\[\],\"'][^:#]*?))\s*:(?:\s|$)")
_ID = re.compile(r"(?:^|[{,\s])id:\s*[\"']?(?P<id>[^\s,}\"'#]+)")


class Outline:
    """The outline of one text, read when the first line is asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    def path(self, line: int) -> str:
        """The keys that lead to a line (counted from 1), items of lists by their id: ``stages/kickoff/raci``.

        A line without a key has the path of the last one above that has.
        """
        entries = self._entries
        if not entries:
            return ""
        return "/".join(label[0] for label in entries[min(max(line, 1), len(entries)) - 1])

    @cached_property
    def _entries(self) -> list[tuple[list[str], ...]]:
        """For each line its labels; a label is a list of one text, since an item's id may follow later."""
        found: list[tuple[list[str], ...]] = []
        open_: list[tuple[int, bool, list[str]]] = []  # column, whether it is an item, label
        for line in re.split(r"\r\n|\r|\n", self._text):
            if line.strip() and not line.lstrip().startswith(("#", "---", "...")):
                _take(line, open_)
            found.append(tuple(label for _, _, label in open_))
        return found


def _take(line: str, open_: list[tuple[int, bool, list[str]]]) -> None:
    match = _LINE.match(line)
    assert match is not None, "every part of the pattern may be empty"
    column = len(match["indent"])
    rest = match["rest"]
    for dash in re.finditer(r"-[ \t]*", match["dashes"]):
        at = column + dash.start()
        while open_ and (open_[-1][0] > at or (open_[-1][0] == at and open_[-1][1])):
            open_.pop()
        own = _ID.search(rest)
        open_.append((at, True, [own["id"] if own else ""]))
    key = _KEY.match(rest)
    if key is None:
        return
    at = column + len(match["dashes"])
    while open_ and open_[-1][0] >= at:
        open_.pop()
    name = key["double"] or key["single"] or key["plain"] or ""
    if name == "id" and open_ and open_[-1][1]:
        open_[-1][2][0] = rest[key.end() :].partition(" #")[0].strip().strip("\"'")
    open_.append((at, False, [name]))
