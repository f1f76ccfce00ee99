"""The near match behind "did you mean", and the grammar of what messages name."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, candidates: Iterable[str], at_most: int = 100) -> str | None:
    """The candidate that is so near to ``word`` that it was probably meant, or ``None``.

    Nearness is the optimal string alignment distance (an insertion, deletion, substitution or swap of
    neighbours costs 1), case and the difference of ``-``, space and ``_`` apart; at most a third of the
    word may differ, and ``at_most`` so many letters. Ties go to the alphabetically first, so that the
    answer never depends on order.
    """
    wanted = _folded(word)
    best: tuple[int, str] | None = None
    for candidate in sorted(set(candidates)):
        folded = _folded(candidate)
        limit = min(at_most, max(1, max(len(wanted), len(folded)) // 3))
        if best is not None:
            limit = min(limit, best[0] - 1)
        if len(wanted) < 2:
            limit = min(limit, 0)
        if limit < 0 or abs(len(wanted) - len(folded)) > limit:
            continue
        distance = _distance(wanted, folded, limit)
        if distance <= limit:
            best = (distance, candidate)
    return best[1] if best else None


def with_article(noun: str) -> str:
    """``a step``, ``an anchor``."""
    return f"{'an' if noun.lstrip(chr(39))[:1] in set('aeioAEIO') else 'a'} {noun}"


def _folded(word: str) -> str:
    return word.casefold().replace("-", "_").replace(" ", "_")[:100]


def _distance(left: str, right: str, limit: int) -> int:
    """Optimal string alignment distance, given up (``limit + 1``) once it must exceed ``limit``."""
    before: list[int] = []
    previous = list(range(len(right) + 1))
    for row, char in enumerate(left, 1):
        current = [row]
        for column, other in enumerate(right, 1):
            cost = min(previous[column] + 1, current[-1] + 1, previous[column - 1] + (char != other))
            if row > 1 and column > 1 and char == right[column - 2] and left[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if min(current) > limit:
            return limit + 1
        before, previous = previous, current
    return previous[-1]
