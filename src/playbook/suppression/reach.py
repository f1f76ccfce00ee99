"""Which of the many comments of a file hold for a place, without looking at each of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from playbook.suppression.comments import Ignore


class Reach:
    """The requests of one file by the stretches that they hold for."""

    def __init__(self, ignores: Iterable[Ignore]) -> None:
        self._order = tuple(ignores)
        self._by_start = sorted(range(len(self._order)), key=lambda at: self._order[at].stretch)
        self._starts = [self._order[at].stretch[0] for at in self._by_start]
        self._size = 1 << max(len(self._starts) - 1, 0).bit_length()
        # A tree over them: each node knows where the last stretch below it ends.
        self._ends = [-1] * (2 * self._size)
        for leaf, at in enumerate(self._by_start, self._size):
            self._ends[leaf] = self._order[at].stretch[1]
        for node in range(self._size - 1, 0, -1):
            self._ends[node] = max(self._ends[2 * node], self._ends[2 * node + 1])

    def at(self, offset: int) -> list[Ignore]:
        """Those that hold for a finding that starts there, in the order of the text."""
        begun = bisect_right(self._starts, offset)
        found = []
        nodes = [(1, 0, self._size)]
        while nodes:
            node, first, count = nodes.pop()
            if first >= begun or self._ends[node] < offset:
                continue
            if count == 1:
                found.append(self._by_start[first])
            else:
                half = count // 2
                nodes += ((2 * node, first, half), (2 * node + 1, first + half, half))
        return [self._order[at] for at in sorted(found)]
