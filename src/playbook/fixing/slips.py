"""Slips of the hand: what was meant beyond doubt, as opposed to what was probably meant."""

from __future__ import annotations

from collections.abc import Iterable

_SURE = 4
"""Shorter words are one letter apart by chance: ``csm`` and ``cse`` are two professions."""
_SURE_OF_LETTER = 6
"""As much for words in which one letter stands for another."""


def slip(word: str, candidates: Iterable[str]) -> str | None:
    """The only candidate that is one slip away: a letter too many, too few, swapped or mistaken for another.

    Case and the difference of ``-``, space and ``_`` are no letters. Numbers are never mistaken: ``plan_1``
    is not ``plan_2``.
    """
    wanted = _folded(word)
    near = {candidate for candidate in candidates if _apart(wanted, _folded(candidate)) <= 1}
    if len(near) != 1:
        return None
    (found,) = near
    return found if _is_sure(wanted, _folded(found)) else None


def _is_sure(wanted: str, found: str) -> bool:
    if wanted == found:
        return True
    if _digits(wanted) != _digits(found):
        return False
    shortest = min(len(wanted), len(found))
    is_other_letter = len(wanted) == len(found) and sorted(wanted) != sorted(found)
    return shortest >= (_SURE_OF_LETTER if is_other_letter else _SURE)


def _apart(left: str, right: str) -> int:
    """0 for the same, 1 for a slip, 2 for more."""
    if left == right:
        return 0
    if abs(len(left) - len(right)) > 1:
        return 2
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    mine, other = left[start:], right[start:]
    swapped = len(mine) > 1 and mine[:2] == other[1::-1] and mine[2:] == other[2:]
    return 1 if swapped or mine[1:] == other[1:] or mine[1:] == other or mine == other[1:] else 2


def _folded(word: str) -> str:
    return word.casefold().replace("-", "_").replace(" ", "_")


def _digits(word: str) -> str:
    return "".join(char for char in word if char.isdigit())
