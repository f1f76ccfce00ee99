"""The lines of a formatted document."""

from __future__ import annotations

from playbook.formatting.comments import Attached
from playbook.formatting.flow import Flow
from playbook.formatting.order import Orders
from playbook.formatting.scalars import STEP, block_lines, scalar_lines
from playbook.reader.concrete import Collection, Comment, Concrete, Entry, Leaf

WIDTH = 100
"""Columns that a collection in brackets may reach."""


class Writer:
    """Writes a document out anew. ``spaced`` is the list whose items are set apart by blank lines."""

    def __init__(self, document: Concrete, orders: Orders, attached: Attached, spaced: Collection | None) -> None:
        self._document = document
        self._text = document.source.text
        self._orders = orders
        self._attached = attached
        self._spaced = spaced
        self._flow = Flow(self._text, orders, attached)
        self._lines: list[str] = []
        self._dashes = ""  # begun items whose first line is still to come
        self._kept = False  # whether a blank line would become part of the text above
        self._hoisted: set[Entry] = set()
        # The blank line above this one belongs to the header, wherever the entry comes to stand.
        self._below_header = (
            next((entry for entry, _ in document.entries()), None) if attached.header_is_apart else None
        )
        self._columns = {
            part: home.column
            for entry, home in document.entries()
            for part in (entry.key, entry.value)
            if isinstance(part, Leaf) and part.is_block
        }

    def document(self) -> str:
        """The whole text."""
        self._opening()
        if self._attached.header_is_apart:
            self._blank()
        root = self._document.root
        if isinstance(root, Collection):
            line = self._root_on_one_line(root)
            if line is None:
                self._block(root, 0)
            else:
                self._line(0, line)
        elif root is not None:
            self._leaf("", root, 0, "")
        self._comments(self._attached.footer, 0)
        if self._document.closed is not None:
            self._line(0, "...")
        self._comments(self._attached.behind_end, 0)
        return "\n".join(self._lines) + "\n" if self._lines else ""

    def _opening(self) -> None:
        opened = self._document.opened
        root = self._document.root
        properties = " ".join(root.properties) if isinstance(root, Collection) else ""
        if opened is not None:
            self._preamble(opened)
            self._line(0, _joined("---", _joined(properties, _behind(self._attached.behind_marker))))
        self._comments(self._attached.header, 0)
        if opened is None and isinstance(root, Collection) and root.properties:
            if self._root_on_one_line(root) is None:
                # Between an anchor and the first key, a comment would be read as standing above both.
                first = self._orders[root][0]
                self._comments(self._comments_above(first, 0), 0)
                self._hoisted.add(first)
            self._line(0, properties)

    def _preamble(self, opened: int) -> None:
        """Directives and comments, line by line."""
        for line in self._text[: opened - 3].replace("\r\n", "\n").replace("\r", "\n").split("\n"):
            bare = line.rstrip(" \t")
            if bare:
                self._line(0, bare.lstrip(" \t"))

    def _root_on_one_line(self, root: Collection) -> str | None:
        """A document in brackets without its anchor, which stands on a line of its own."""
        line = self._flow.line(root)
        if line is None:
            return None
        bare = line[len(" ".join(root.properties)) :].lstrip(" ")
        return bare if len(bare) <= WIDTH or self._flow.must_stay(root) else None

    def _block(self, collection: Collection, indent: int) -> None:
        """The entries of a collection, each from a line of its own."""
        previous: Entry | None = None
        for entry in self._orders[collection]:
            set_apart = previous is not None and self._set_apart(collection, previous, entry, indent)
            self._above(entry, indent, set_apart=set_apart, first=previous is None)
            self._entry(entry, indent)
            previous = entry
        self._comments(self._attached.trailing.get(collection, []), indent)

    def _set_apart(self, collection: Collection, previous: Entry, entry: Entry, indent: int) -> bool:
        if collection is self._document.root:
            return self._is_block(previous, indent) and self._is_block(entry, indent)
        if collection is self._spaced:
            return self._is_block(previous, indent) or self._is_block(entry, indent)
        return False

    def _above(self, entry: Entry, indent: int, *, set_apart: bool, first: bool) -> None:
        """The comments above an entry, and the blank lines around them."""
        if entry in self._hoisted:
            return
        comments = self._comments_above(entry, indent)
        blank_first = comments[0].after_blank if comments else self._document.after_blank(entry.start)
        if set_apart or (blank_first and not first and entry is not self._below_header):
            self._blank()
        for index, comment in enumerate(comments):
            if index and comment.after_blank:
                self._blank()
            self._line(indent, comment.text)
        own = self._attached.leading.get(entry)
        if comments and own and comments[-1] is own[-1] and self._document.after_blank(entry.start):
            self._blank()

    def _comments_above(self, entry: Entry, indent: int) -> list[Comment]:
        """What stands above an entry: its own comments, and those behind it that find no place there.

        An item's first line is that of the first entry inside, so the comments above that one go along.
        """
        inline = self._attached.inline.get(entry, [])
        opens_block = entry.key is None and self._is_block(entry, indent) and not entry.value.properties
        comments = self._attached.leading.get(entry, []) + (inline if opens_block else inline[:-1])
        if opens_block and isinstance(entry.value, Collection):
            first = self._orders[entry.value][0]
            comments = comments + self._comments_above(first, indent + STEP)
            self._hoisted.add(first)
        return comments

    def _is_block(self, entry: Entry, indent: int) -> bool:
        """Whether an entry's value is a collection over several lines."""
        value = entry.value
        if not isinstance(value, Collection):
            return False
        line = self._flow.line(value)
        if line is None:
            return True
        key = self._flow.key(entry.key) if isinstance(entry.key, Leaf) else None
        before = len(key or "") + 1 if entry.key else STEP
        fits = indent + before + len(line) <= WIDTH
        return bool(value.entries) and not fits and not self._flow.must_stay(value)

    def _entry(self, entry: Entry, indent: int) -> None:
        value = entry.value
        head = self._head(entry, indent)
        if isinstance(value, Leaf):
            self._leaf(head, value, indent, self._behind_entry(entry), below=_stands_below(self._text, entry))
        elif not self._is_block(entry, indent):
            self._line(indent, _joined(head, self._flow.line(value) or "") + self._behind_entry(entry))
        elif entry.key is None and not value.properties:
            self._dashes = self._dashes or " " * indent
            self._dashes += "- "
            self._block(value, indent + STEP)
        else:
            self._line(indent, _joined(head, " ".join(value.properties)) + self._behind_entry(entry))
            self._block(value, indent + STEP)

    def _head(self, entry: Entry, indent: int) -> str:
        if entry.key is None:
            return "-"
        assert isinstance(entry.key, Leaf)
        key = self._flow.key(entry.key)
        if key is None:
            self._leaf("?", entry.key, indent, "")
            return ":"
        return key

    def _behind_entry(self, entry: Entry) -> str:
        return _spaced(self._attached.inline.get(entry, [])[-1:])

    def _leaf(self, head: str, leaf: Leaf, indent: int, comment: str, *, below: bool = False) -> None:
        before = _joined(head, " ".join(leaf.properties))
        if leaf.is_block:
            header, lines = block_lines(self._text, leaf, self._columns.get(leaf, 0))
            self._line(indent, _joined(before, header) + comment)
            self._continue(lines, indent)
            self._kept = "+" in header
            return
        first, *lines = scalar_lines(self._text, leaf)
        if below and indent + len(before) + 1 + len(first) > WIDTH:
            lines = [first, *lines]
        else:
            before = _joined(before, first)
        if lines:
            lines[-1] += comment
        self._line(indent, before if lines else before + comment)
        self._continue(lines, indent)

    def _continue(self, lines: list[str], indent: int) -> None:
        self._lines += (" " * (indent + STEP) + line if line else "" for line in lines)

    def _comments(self, comments: list[Comment], indent: int) -> None:
        for comment in comments:
            if comment.after_blank and self._lines:
                self._blank()
            self._line(indent, comment.text)

    def _blank(self) -> None:
        above = self._lines[-1] if self._lines else ""
        if above and not above.startswith("---") and not self._kept:
            self._lines.append("")

    def _line(self, indent: int, text: str) -> None:
        self._lines.append((self._dashes or " " * indent) + text)
        self._dashes = ""
        self._kept = False


def _stands_below(text: str, entry: Entry) -> bool:
    """Whether a value begins on a line below its key."""
    end = entry.start if entry.key is None else entry.key.end
    between = text[end : entry.value.start]
    return entry.key is not None and ("\n" in between or "\r" in between)


def _joined(first: str, second: str) -> str:
    return f"{first} {second}" if first and second else first or second


def _spaced(comments: list[Comment]) -> str:
    return "".join(f"  {comment.text}" for comment in comments)


def _behind(comments: list[Comment]) -> str:
    return " ".join(comment.text for comment in comments)
