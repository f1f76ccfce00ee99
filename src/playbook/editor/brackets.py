"""Reading ``{...}`` and ``[...]`` up to a cursor, closed or not."""

from __future__ import annotations

from dataclasses import dataclass, field

from playbook.text.paths import KeyPath


@dataclass(slots=True)
class _Pair:
    """An open bracket: of a mapping with the key whose value is being read, or of a list with an index."""

    is_mapping: bool
    key: str | None = None
    index: int = 0
    keys: list[str] = field(default_factory=list)


class Brackets:
    """What is open at the place up to which was read."""

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self._pairs: list[_Pair] = []
        self._quote = ""
        self._at = start
        self.closed: int | None = None
        """Where the outermost bracket was closed."""
        self.token: int | None = None
        """Where the key or value begins that is being read; inside quotes behind the mark."""
        self.in_comment: int | None = None

    def read(self, start: int, end: int) -> None:
        """Read on, from ``start`` up to ``end``: one line, or what is left of it."""
        self.in_comment = None
        at = max(start, self._at)
        while at < end and self.closed is None and self.in_comment is None:
            at = self._character(at, end)
        self._at = max(at, end) if self.closed is None else at

    def _character(self, at: int, end: int) -> int:
        char = self._text[at]
        if self._quote:
            if char == "\\" and self._quote == '"':
                return at + 2
            if char == self._quote:
                self._quote = ""
            return at + 1
        if char in "{[":
            self._pairs.append(_Pair(char == "{"))
            self.token = None
        elif char in "}]":
            self._pairs.pop()
            self.token = None
            if not self._pairs:
                self.closed = at + 1
        elif char == ",":
            self._next()
        elif char == ":" and self._ends_key(at, end):
            pair = self._pairs[-1]
            begin = at if self.token is None else self.token
            pair.key = self._text[begin:at].strip().strip("\"'")
            pair.keys.append(pair.key)
            self.token = None
        elif char == "#" and self._text[at - 1 : at] in (" ", "\t"):
            self.in_comment = at
        elif char in "\"'" and self.token is None:
            self._quote = char
            self.token = at + 1
        elif not char.isspace() and self.token is None:
            self.token = at
        return at + 1

    def _next(self) -> None:
        pair = self._pairs[-1]
        pair.key = None
        pair.index += 1
        self.token = None

    def _ends_key(self, at: int, end: int) -> bool:
        behind = self._text[at + 1 : at + 2] if at + 1 < end else ""
        quoted = self._text[at - 1 : at] in ('"', "'")
        return self._pairs[-1].is_mapping and self._pairs[-1].key is None and (behind in ("", " ", "\t") or quoted)

    @property
    def at_key(self) -> bool:
        """Whether a key is being read."""
        return bool(self._pairs) and self._pairs[-1].is_mapping and self._pairs[-1].key is None

    def keys(self) -> list[str]:
        """The keys of the innermost mapping so far."""
        return self._pairs[-1].keys if self._pairs else []

    def path(self) -> KeyPath:
        """The path from the outermost bracket to what is being read: to the mapping, if that is a key."""
        found: list[str | int] = []
        for pair in self._pairs:
            if not pair.is_mapping:
                found.append(pair.index)
            elif pair.key is not None:
                found.append(pair.key)
        return tuple(found)

    def keys_behind(self, offset: int) -> frozenset[str]:
        """The keys of the innermost mapping that stand behind the cursor."""
        end = self._text.find("\n", offset)
        rest = self._text[offset : end if end >= 0 else len(self._text)]
        comma = rest.find(",")
        if comma < 0:
            return frozenset()
        behind = Brackets(f"{{{rest[comma + 1 :]}", 0)
        innermost: set[str] = set()
        at, length = 0, len(behind._text)
        while at < length and behind.closed is None:
            at = behind._character(at, length)
            if len(behind._pairs) == 1:
                innermost.update(behind._pairs[0].keys)
        return frozenset(innermost)
