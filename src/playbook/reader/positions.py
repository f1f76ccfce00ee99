"""Where in the text a key path stands; read only when somebody asks."""

from __future__ import annotations

from typing import Literal

from playbook.reader.columns import characters
from playbook.reader.compose import compose
from playbook.reader.events import has_c_parser
from playbook.reader.fast_nodes import fast_nodes
from playbook.reader.nodes import Mapping, Node, Scalar, Sequence
from playbook.text.paths import KeyPath
from playbook.text.spans import SourceText, Span

Part = Literal["value", "key"]


class Positions:
    """The places of one document's keys and values.

    What stands behind an alias or a merge has the place where it is written, at the anchor. Of duplicate
    keys the first has the path. After a syntax error the paths read so far exist.
    """

    def __init__(self, source: SourceText, root: Node | None) -> None:
        self._source = source
        self._root = root

    def exists(self, path: KeyPath) -> bool:
        """Whether the document has a value at a path."""
        return self._root is not None and self._walk(path)[2]

    def span(self, path: KeyPath, part: Part = "value") -> Span:
        """The place of a value, or of its key.

        A text is shown with its quotes, a mapping or a list from its first to its last child.

        A path that does not exist has the place of its nearest ancestor: the value, if that is a text; else
        its key; for the document and for items of a list, which have no key, the first key inside, or the
        whole where nothing is inside. The same stands in for the key of what has none.
        """
        if self._root is None:
            return self._source.span(0, 0)
        key, node, found = self._walk(path)
        if found and part == "value":
            return self._source.span(node.start, node.end)
        if not found and isinstance(node, Scalar) and node.start < node.end:
            return self._source.span(node.start, node.end)
        shown = key or _first(node)
        return self._source.span(shown.start, shown.end)

    def within(self, path: KeyPath, start: int, end: int) -> Span:
        """The place of the characters ``[start, end)`` of a text's value.

        A path may go on below a text that is the short form of a mapping or a list. Exact for every
        style, escapes and folded lines included; the whole value where the path leads to no text, or
        where the characters cannot be told (a text above 100,000 characters with escapes).
        """
        node = self._walk(path)[1] if self._root is not None else None
        if not isinstance(node, Scalar):
            return self.span(path)
        size = len(node.text)
        start = max(0, min(start, size))
        end = max(start, min(end, size))
        place = characters(self._source.text, node, start, end)
        return self._source.span(*(place or (node.start, node.end)))

    def _walk(self, path: KeyPath) -> tuple[Scalar | None, Node, bool]:
        """The key and the node at a path, or those of its nearest ancestor and ``False``."""
        assert self._root is not None
        key: Scalar | None = None
        node: Node = self._root
        for step in path:
            if isinstance(node, Mapping) and str(step) in node.entries:
                key, node = node.entries[str(step)]
            elif isinstance(node, Sequence) and isinstance(step, int) and 0 <= step < len(node.children):
                key, node = None, node.children[step]
            elif step == 0 and isinstance(node, Mapping):
                # One value may stand without brackets where a list is meant.
                continue
            else:
                return key, node, False
        return key, node, True


def _first(node: Node) -> Node:
    """The first text inside a node, or the node itself."""
    while not isinstance(node, Scalar) and node.children:
        node = node.children[0]
    return node


def read_positions(source: SourceText) -> Positions:
    """The places of a source text's document. Never raises, whatever the text."""
    if has_c_parser():
        try:
            return Positions(source, fast_nodes(source.text))
        except Exception:  # the careful reading goes as far as it can
            pass
    return Positions(source, compose(source).root)
