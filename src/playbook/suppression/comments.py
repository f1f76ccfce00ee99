"""The requests in the comments of one file, and the stretch of the text that each holds for."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from playbook.suppression.grammar import IGNORE_FILE, Code, Directive, directives_in, has_directives
from playbook.text.spans import SourceText

if TYPE_CHECKING:
    from playbook.reader.concrete import Comment, Concrete, Leaf

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Ignore:
    """A request with the stretch that it holds for: findings that start in it, both ends included.

    All offsets are those of the file. ``whole`` is what goes if the request is taken away: with the blanks
    around it, or with its line if nothing else stands there.
    """

    directive: Directive
    stretch: Stretch
    whole: Stretch


def ignores_in(source: SourceText) -> tuple[Ignore, ...]:
    """All requests of a file, mistaken ones too, in the order of the text. Never raises.

    A text that is no YAML has none: what is a comment in it cannot be told.
    """
    return _ignores_in(source) if has_directives(source.text) else ()


@lru_cache(maxsize=1024)
def _ignores_in(source: SourceText) -> tuple[Ignore, ...]:
    layout = layout_of(source)
    if layout is None:
        return ()
    return tuple(
        layout.ignore(comment, _moved(directive, comment.start))
        for comment in layout.written.comments
        for directive in directives_in(comment.text)
    )


def _moved(directive: Directive, by: int) -> Directive:
    """The same with the offsets of the file, not of the comment."""
    return replace(
        directive,
        start=directive.start + by,
        end=directive.end + by,
        codes=tuple(Code(code.name, code.start + by, code.end + by) for code in directive.codes),
        mistake_at=(directive.mistake_at[0] + by, directive.mistake_at[1] + by),
    )


@lru_cache(maxsize=1)
def layout_of(source: SourceText) -> Layout | None:
    """How a text is written; ``None`` if it is no YAML.

    It is kept, since who asks for one finding of a file mostly asks for all of them.
    """
    # Reading how a text is written costs much more than reading what it means: only where it is needed.
    from playbook.reader.transcribe import transcribe

    try:
        return Layout(transcribe(source))
    except Exception:  # the C parser's errors are not all of one family
        return None


class Layout:
    """How a text is written, as far as requests need it."""

    def __init__(self, written: Concrete) -> None:
        self.written = written
        self._text = written.source.text
        # In the order of the text; of those that begin at one place the outermost comes first.
        self._entries = [(entry.start, entry.end) for entry, _ in written.entries()]
        self._starts = [start for start, _ in self._entries]
        self._root = written.root.start if written.root is not None else len(self._text)

    def ignore(self, comment: Comment, directive: Directive) -> Ignore:
        """A request with its stretch, or with the mistake that it stands where it means nothing."""
        whole = self._whole(comment, directive)
        if directive.mistake:
            return Ignore(directive, (0, -1), whole)
        if directive.whole_file:
            if comment.own_line and comment.start < self._root:
                return Ignore(directive, (0, len(self._text)), whole)
            message, expected = f"'{IGNORE_FILE}' stands below the first line", "a line of its own at the top"
            return Ignore(_misplaced(directive, message, expected), (0, -1), whole)
        if not comment.own_line:
            return Ignore(directive, (self._line_start(comment), comment.start), whole)
        below = self.entry_below(comment.start)
        if below is None:
            message = "nothing stands below this comment that it could be about"
            return Ignore(_misplaced(directive, message, "a place above or behind what is meant"), (0, -1), whole)
        return Ignore(directive, below, whole)

    def entry_below(self, offset: int) -> Stretch | None:
        """The entry of a mapping or list that begins next, with all that is nested in it."""
        index = bisect_right(self._starts, offset)
        return self._entries[index] if index < len(self._entries) else None

    def is_inside_text(self, offset: int) -> bool:
        """Whether a ``#`` written there would be part of a text, and begin no comment."""
        return any(start <= offset < end for start, end in self._solid)

    def entry_around(self, offset: int) -> int | None:
        """Where the innermost entry around an offset begins."""
        around = [start for start, end in self._entries if start <= offset <= end]
        return around[-1] if around else None

    def _line_start(self, comment: Comment) -> int:
        """Where the line of a comment begins; of a text over several lines that ends on it, where that begins."""
        start = comment.start - comment.column
        for opens, ends in self._long_texts:
            if opens < start <= ends <= comment.start:
                return opens
        return start

    @cached_property
    def _long_texts(self) -> list[Stretch]:
        """Entries whose text goes over several lines and ends on a line that a comment may end too."""
        found = []
        for entry, _ in self.written.entries():
            # A block text has its comment behind the sign that it begins with.
            end = 0 if getattr(entry.value, "is_block", True) else entry.value.end
            if any(sign in self._text[entry.value.start : end] for sign in "\r\n"):
                found.append((entry.start, end))
        return found

    @cached_property
    def _solid(self) -> list[Stretch]:
        """Texts of which a line end is a part."""
        from playbook.reader.concrete import Leaf

        parts = [part for entry, _ in self.written.entries() for part in (entry.key, entry.value)]
        found = []
        for part in [*parts, self.written.root]:
            if isinstance(part, Leaf):
                header = self._header_end(part) if part.is_block else part.start
                found.append((header, part.end))
        return found

    def _header_end(self, block: Leaf) -> int:
        """Where the first line of a block text begins: behind its sign a comment may stand."""
        end = block.start
        while end < len(self._text) and self._text[end] not in "\r\n":
            end += 1
        return min(end + 1, block.end)

    def _whole(self, comment: Comment, directive: Directive) -> Stretch:
        """What goes if a request is taken away."""
        text, start, end = self._text, directive.start, directive.end
        first = start == comment.start
        if comment.own_line and first and end == comment.start + len(comment.text):
            start -= comment.column
            while end < len(text) and text[end] not in "\r\n":
                end += 1
            end += 2 if text.startswith("\r\n", end) else 1 if end < len(text) else 0
            return start, end
        if comment.own_line and first:
            while end < len(text) and text[end] in " \t":
                end += 1
            return start, end
        while start > 0 and text[start - 1] in " \t":
            start -= 1
        return start, end


def _misplaced(directive: Directive, message: str, expected: str) -> Directive:
    at = (directive.start, directive.end)
    return replace(directive, mistake=message, mistake_at=at, expected=expected)
