"""What every reader of a syntax tree needs: dotted names, and places in the text it was read from."""

from __future__ import annotations

import ast
import re

_TEXT = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'")


def one_line(text: str) -> str:
    """The expression with blanks for line breaks and tabs: places stay, and lines need no brackets."""
    return text.replace("\n", " ").replace("\r", " ").replace("\t", " ")


def without_texts(text: str) -> str:
    """The expression with blanks in the place of what stands in quotation marks."""
    return _TEXT.sub(lambda match: " " * len(match[0]), text)


def dotted_name(node: ast.AST) -> str | None:
    """The name as written, such as ``account.arr``; ``None`` if the node is no plain dotted name."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    parts.append(node.id)
    return ".".join(reversed(parts))


def depth_of(tree: ast.AST, limit: int) -> int:
    """How many levels a tree has; counting stops above the limit."""
    level: list[ast.AST] = [tree]
    depth = 0
    while level and depth <= limit:
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        depth += 1
    return depth


class Places:
    """Where parts of an expression stand in its text, in characters.

    The syntax tree counts bytes of UTF-8, and from the first character that is not blank.
    """

    def __init__(self, text: str) -> None:
        flat = one_line(text)
        body = flat.strip()
        self._lead = len(flat) - len(flat.lstrip())
        self._raw = None if body.isascii() else body.encode()
        self._length = len(body) if self._raw is None else len(self._raw)

    def of(self, node: ast.AST) -> tuple[int, int]:
        """Start and end (half open) of a part; of the whole if the part has no place of its own."""
        start: int = getattr(node, "col_offset", 0)
        end: int | None = getattr(node, "end_col_offset", None)
        end = self._length if end is None else end
        if self._raw is not None:
            start, end = len(self._raw[:start].decode()), len(self._raw[:end].decode())
        return start + self._lead, end + self._lead
