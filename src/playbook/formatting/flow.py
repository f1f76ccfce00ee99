"""Collections in brackets, on one line."""

from __future__ import annotations

from playbook.formatting.comments import Attached
from playbook.formatting.order import Orders
from playbook.reader.concrete import ALIAS, Collection, Entry, Leaf, Part

LONGEST_KEY = 1000
"""Characters; YAML finds the colon of a key on one line up to 1,024 characters further on."""
_NOT_IN_BLOCK = frozenset("-?:")


class Flow:
    """Writes collections with brackets on one line, where that is possible."""

    def __init__(self, text: str, orders: Orders, attached: Attached) -> None:
        self._text = text
        self._orders = orders
        self._attached = attached
        self._known: dict[Collection, str | None] = {}

    def line(self, collection: Collection) -> str | None:
        """A collection on one line; ``None`` if it is a block, or has a comment or a line break inside."""
        if collection not in self._known:
            self._known[collection] = self._line(collection)
        return self._known[collection]

    def must_stay(self, collection: Collection) -> bool:
        """Whether something in the brackets would mean something else outside of them."""
        return any(
            isinstance(part, Leaf) and not part.style and part.value in _NOT_IN_BLOCK and not part.is_empty
            for entry in collection.entries
            for part in (entry.key, entry.value)
        )

    def leaf(self, leaf: Leaf) -> str | None:
        """A text on one line with its anchor and tag; ``None`` if it has several lines."""
        written = self._text[leaf.start : leaf.end]
        if leaf.is_block or "\n" in written or "\r" in written:
            return None
        return " ".join((*leaf.properties, written)) if written else " ".join(leaf.properties)

    def key(self, leaf: Leaf) -> str | None:
        """A key with its colon; ``None`` if it is too long to be one without a question mark."""
        text = self.leaf(leaf)
        if text is None or len(text) > LONGEST_KEY:
            return None
        # A colon can be part of an alias, an anchor or a tag.
        return f"{text} :" if leaf.style == ALIAS or leaf.is_empty else f"{text}:"

    def _line(self, collection: Collection) -> str | None:
        if not collection.flow or self._attached.trailing.get(collection):
            return None
        parts = [self._entry(entry) for entry in self._orders[collection]]
        inner = ", ".join(part for part in parts if part is not None)
        if None in parts:
            return None
        brackets = f"{{{inner}}}" if collection.is_mapping else f"[{inner}]"
        return " ".join((*collection.properties, brackets))

    def _entry(self, entry: Entry) -> str | None:
        if self._attached.leading.get(entry) or self._attached.inline.get(entry):
            return None
        value = self._part(entry.value)
        if entry.key is None or value is None:
            return value
        key = self.key(entry.key) if isinstance(entry.key, Leaf) else None
        if key is None:
            return None
        if value:
            return f"{key} {value}"
        # An empty value needs no colon, and nobody can take the colon for a part of the key.
        return self._part(entry.key)

    def _part(self, part: Part) -> str | None:
        if isinstance(part, Collection):
            return self.line(part)
        text = self.leaf(part)
        # A comma behind a tag could be read as part of it.
        return f"{text} " if text and part.is_empty else text
