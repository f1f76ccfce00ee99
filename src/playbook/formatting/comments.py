"""Which comment belongs to what.

A comment on a line of its own belongs to the entry that follows, or to the end of the block that it is indented
to. A comment behind something belongs to the entry that it stands behind.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field

from playbook.reader.concrete import Collection, Comment, Concrete, Entry


@dataclass(slots=True)
class Attached:
    """All comments of a document, by what they belong to.

    ``leading`` stand above an entry, ``inline`` behind its parts, ``trailing`` at the end of a collection.
    ``preamble`` is above ``---`` and ``behind_marker`` on its line, ``header`` above the first entry and apart
    from it, ``footer`` below the last and ``behind_end`` below ``...``.
    """

    leading: dict[Entry, list[Comment]] = field(default_factory=lambda: defaultdict(list))
    inline: dict[Entry, list[Comment]] = field(default_factory=lambda: defaultdict(list))
    trailing: dict[Collection, list[Comment]] = field(default_factory=lambda: defaultdict(list))
    preamble: list[Comment] = field(default_factory=list)
    behind_marker: list[Comment] = field(default_factory=list)
    header: list[Comment] = field(default_factory=list)
    header_is_apart: bool = False
    footer: list[Comment] = field(default_factory=list)
    behind_end: list[Comment] = field(default_factory=list)


def attach(document: Concrete) -> Attached:
    """Give every comment its place."""
    attaching = _Attaching(document)
    for comment in document.comments:
        attaching.take(comment)
    attaching.split_header()
    return attaching.result


class _Attaching:
    def __init__(self, document: Concrete) -> None:
        self.result = Attached()
        self._document = document
        self._entries = [entry for entry, _ in document.entries()]
        self._starts = [entry.start for entry in self._entries]
        self._home = dict(document.entries())
        self._owner = {entry.value: entry for entry in self._entries if isinstance(entry.value, Collection)}
        self._gap: int | None = None
        self._candidates: list[Collection] = []  # blocks that a comment of this gap may still end

    def take(self, comment: Comment) -> None:
        """Give a comment its place; comments come in the order of the text."""
        document, result = self._document, self.result
        if document.opened is not None and comment.start < document.opened:
            result.preamble.append(comment)
        elif document.closed is not None and comment.start > document.closed:
            result.behind_end.append(comment)
        elif document.root is None or comment.start < document.root.start:
            marker = document.opened is not None and not comment.own_line and not result.behind_marker
            (result.behind_marker if marker else result.header).append(comment)
        else:
            index = bisect_left(self._starts, comment.start)
            before = self._entries[index - 1] if index else None
            after = self._entries[index] if index < len(self._entries) else None
            self._inside(comment, before, after)

    def _inside(self, comment: Comment, before: Entry | None, after: Entry | None) -> None:
        if before is None:  # a bracket that opens the document, and nothing in it yet
            self.result.header.append(comment)
        elif comment.own_line:
            self._on_own_line(comment, before, after)
        else:
            entry = self._stands_behind(comment, before)
            (self.result.footer if entry is None else self.result.inline[entry]).append(comment)

    def _stands_behind(self, comment: Comment, entry: Entry) -> Entry | None:
        """The entry that ends last before the comment: what brackets have closed counts as one thing."""
        result: Entry | None = entry
        while result is not None:
            home = self._home[result]
            if not home.flow or home.end > comment.start:
                return result
            result = self._owner.get(home)
        return None

    def _on_own_line(self, comment: Comment, before: Entry, after: Entry | None) -> None:
        result = self.result
        if _between_key_and_value(comment, before):
            result.leading[before].append(comment)
            return
        brackets = self._open_brackets(comment, before)
        if brackets is not None:
            if after is not None and after.start < brackets.end:
                result.leading[after].append(comment)
            elif brackets.entries:
                result.trailing[brackets].append(comment)
            else:
                owner = self._owner.get(brackets)
                (result.header if owner is None else result.inline[owner]).append(comment)
            return
        self._below_blocks(comment, before, after)

    def _open_brackets(self, comment: Comment, before: Entry) -> Collection | None:
        """The innermost brackets around a comment."""
        inside = before.value
        if isinstance(inside, Collection) and inside.flow and inside.start < comment.start < inside.end:
            return inside
        entry: Entry | None = before
        while entry is not None:
            home = self._home[entry]
            if not home.flow:
                return None
            if comment.start < home.end:
                return home
            entry = self._owner.get(home)
        return None

    def _below_blocks(self, comment: Comment, before: Entry, after: Entry | None) -> None:
        """A comment between blocks ends the one that it is indented to, or leads what follows."""
        if self._gap != before.start:
            self._gap = before.start
            self._candidates = self._ending(before, after)
        fitting = [block for block in self._candidates if block.column <= comment.column]
        if fitting:
            # A list may stand in the same column as the mapping that it belongs to.
            block = max(fitting, key=lambda block: (block.column, -block.start))
            self.result.trailing[block].append(comment)
            self._candidates = self._candidates[: self._candidates.index(block) + 1]
        elif after is not None:
            self.result.leading[after].append(comment)
            self._candidates = []
        else:
            self.result.footer.append(comment)
            self._candidates = []

    def _ending(self, before: Entry, after: Entry | None) -> list[Collection]:
        """The blocks that end between two entries, outermost first."""
        stop = self._home[after] if after is not None else None
        if stop is before.value and stop is not None:
            return []
        least = -1 if stop is None else stop.column
        blocks: list[Collection] = []
        entry: Entry | None = before
        while entry is not None and self._home[entry] is not stop:
            home = self._home[entry]
            if not home.flow and home.column > least:
                blocks.append(home)
            entry = self._owner.get(home)
        return blocks[::-1]

    def split_header(self) -> None:
        """What stands above the first entry and apart from it is about the file, not about the entry."""
        root, above = self._document.root, self.result.header
        if not isinstance(root, Collection) or (root.properties and self._document.opened is None):
            return
        if self._document.after_blank(root.start):
            self.result.header_is_apart = bool(above)
        elif not root.flow:
            apart = max((index for index, comment in enumerate(above) if comment.after_blank), default=0)
            self.result.leading[self._entries[0]][:0] = above[apart:]
            del above[apart:]
            self.result.header_is_apart = bool(above)


def _between_key_and_value(comment: Comment, entry: Entry) -> bool:
    value = entry.value
    block = isinstance(value, Collection) and not value.flow
    return not block and comment.start < value.start
