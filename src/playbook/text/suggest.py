"""The near match behind "did you mean", and the grammar of what messages name."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

_MOST = 4
"""More letters than these are no slip of the hand, however long the word is."""

_LONGEST = 100
"""So many letters of a word are looked at."""


def nearest(word: str, candidates: Iterable[str], at_most: int = 100) -> str | None:
    """The candidate that is so near to ``word`` that it was probably meant, or ``None``.

    Nearness is the optimal string alignment distance (an insertion, deletion, substitution or swap of
    neighbours costs 1), case and the difference of ``-``, space and ``_`` apart; at most a third of the
    word may differ, and ``at_most`` so many letters, never more than four. Ties go to the alphabetically
    first, so that the answer never depends on order.
    """
    wanted = _folded(word)
    length = len(wanted)
    best: tuple[int, str] | None = None
    for candidate in candidates:
        size = min(len(candidate), _LONGEST)
        limit = min(at_most, _MOST if best is None else best[0])
        # Folding lengthens a word, if anything. Most candidates end here, before that costs anything.
        if size - length > limit or (length - size > limit and candidate.isascii()):
            continue
        folded = _folded(candidate)
        limit = min(limit, max(1, max(length, len(folded)) // 3) if length > 1 else 0)
        if abs(length - len(folded)) > limit or _letters_apart(wanted, folded) > limit:
            continue
        distance = _distance(wanted, folded, limit)
        if distance <= limit and (best is None or (distance, candidate) < best):
            best = (distance, candidate)
    return best[1] if best else None


def with_article(noun: str) -> str:
    """``a step``, ``an anchor``."""
    return f"{'an' if noun.lstrip(chr(39))[:1] in set('aeioAEIO') else 'a'} {noun}"


@lru_cache(maxsize=4096)
def _folded(word: str) -> str:
    return word.casefold().replace("-", "_").replace(" ", "_")[:_LONGEST]


def _letters_apart(left: str, right: str) -> int:
    """How many letters one word has and the other lacks: the distance is at least that."""
    mine, other = _letters(left), _letters(right)
    return max((mine & ~other).bit_count(), (other & ~mine).bit_count())


@lru_cache(maxsize=4096)
def _letters(word: str) -> int:
    """The set of its letters; a few rare ones share a bit, which can only make words look nearer."""
    found = 0
    for letter in word:
        found |= 1 << (ord(letter) & 63)
    return found


def _distance(left: str, right: str, limit: int) -> int:
    """Optimal string alignment distance, given up (``limit + 1``) once it must exceed ``limit``.

    Only the cells within ``limit`` of the diagonal are worked out: all others cost more.
    """
    beyond = limit + 1
    before: list[int] = []
    previous = [column if column <= limit else beyond for column in range(len(right) + 1)]
    for row, char in enumerate(left, 1):
        first, last = max(1, row - limit), min(len(right), row + limit)
        current = [beyond] * (len(right) + 1)
        if row <= limit:
            current[0] = row
        for column in range(first, last + 1):
            other = right[column - 1]
            cost = min(previous[column] + 1, current[column - 1] + 1, previous[column - 1] + (char != other))
            if row > 1 and column > 1 and char == right[column - 2] and left[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            current[column] = cost
        if min(current) > limit:
            return beyond
        before, previous = previous, current
    return previous[-1]
