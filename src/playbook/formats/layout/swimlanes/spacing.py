"""Where marks in a row lie: each as near to the first as the distances to the marks before it allow."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Spacing:
    """Marks along one direction, in order, with the distances that they must keep at least."""

    count: int
    needs: list[list[tuple[int, float]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Marks never change their order."""
        self.needs = [[(mark - 1, 0.0)] if mark else [] for mark in range(self.count)]

    def need(self, before: int, after: int, distance: float) -> None:
        """Ask for a distance between two marks."""
        self.needs[after].append((before, distance))

    def positions(self) -> list[float]:
        """The place of every mark."""
        found: list[float] = []
        for needs in self.needs:
            found.append(max((found[before] + distance for before, distance in needs), default=0.0))
        return found
