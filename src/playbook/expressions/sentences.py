"""Clauses joined by "and" and "or" so that a reader, or a listener, cannot group them otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

Word = Literal["and", "or"]


@dataclass(frozen=True, slots=True)
class Clause:
    """A plain clause. ``coordinated`` ones have an "and" or "or" of their own: "is draft or review"."""

    text: str
    coordinated: bool = False


@dataclass(frozen=True, slots=True)
class Joined:
    """Two or more parts joined by one word."""

    word: Word
    parts: tuple[Part, ...]


Part: TypeAlias = Clause | Joined


def joined(word: Word, parts: Iterable[Part]) -> Part:
    """The parts as one; what is joined by the same word already is taken apart."""
    flat: list[Part] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, Joined) and part.word == word else [part])
    return flat[0] if len(flat) == 1 else Joined(word, tuple(flat))


def sentence(part: Part) -> str:
    """The parts in words.

    One level is a plain list: "A, B and C". With two levels, a group that comes last is opened by
    "either" or "both"; elsewhere semicolons part the groups, which bind less than all else. A third level
    is told by commas inside the groups, and what is deeper stands in brackets.
    """
    if isinstance(part, Clause):
        return part.text
    height = _height(part)
    if height == 1:
        return _list(part)
    last = part.parts[-1]
    before = [other for other in part.parts[:-1] if isinstance(other, Clause)]
    if height == 2 and isinstance(last, Joined) and _opener(last) and len(before) == len(part.parts) - 1:
        texts = [*(other.text for other in before), _opened(last, _list(last))]
        return listed(texts, part.word, strong=any(other.coordinated for other in before))
    return f"; {part.word} ".join(_group(other) for other in part.parts)


def listed(texts: Sequence[str], word: str, *, strong: bool = False) -> str:
    """``a, b and c``; with a comma before the word where the items have such words of their own."""
    if len(texts) < 2:
        return texts[0] if texts else "nothing"
    comma = "," if strong else ""
    return f"{', '.join(texts[:-1])}{comma} {word} {texts[-1]}"


def _group(part: Part) -> str:
    """A part between semicolons."""
    if isinstance(part, Clause):
        return part.text
    height = _height(part)
    if height == 1:
        return _opened(part, _list(part))
    if height == 2:
        texts = [_opened(other, _list(other)) if isinstance(other, Joined) else other.text for other in part.parts]
        return _opened(part, f", {part.word} ".join(texts))
    return f"({sentence(part)})"


def _list(part: Joined) -> str:
    """A group of clauses."""
    clauses = [other for other in part.parts if isinstance(other, Clause)]
    strong = any(clause.coordinated for clause in clauses)
    return listed([clause.text for clause in clauses], part.word, strong=strong)


def _opened(part: Joined, text: str) -> str:
    opener = _opener(part)
    return f"{opener} {text}" if opener else text


def _opener(part: Joined) -> str:
    """The word that tells the listener where a group begins; three parts have none for "and"."""
    if part.word == "or":
        return "either"
    return "both" if len(part.parts) == 2 else ""


def _height(part: Part) -> int:
    return 0 if isinstance(part, Clause) else 1 + max(_height(other) for other in part.parts)
