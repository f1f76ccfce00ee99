"""How large pages are, and the one type scale of each. Lengths are in points."""

from __future__ import annotations

from dataclasses import dataclass

LEADING = 1.25


@dataclass(frozen=True, slots=True)
class Look:
    """A kind of page: its size, its margins and its sizes of type, from the title down to the foot."""

    width: float
    height: float
    margin: float
    top: float
    bottom: float
    cover: float
    title: float
    lead: float
    body: float
    cells: tuple[float, ...]
    """The sizes of type in tables: the first that fits is taken."""
    figure: float
    small: float
    letters: int
    """A matrix with more columns of letters is divided between its blocks of rows."""
    gap: float
    padding: float

    @property
    def inner(self) -> float:
        """The width between the margins."""
        return self.width - 2 * self.margin

    @property
    def floor(self) -> float:
        """Where the body ends."""
        return self.height - self.bottom


DECK = Look(
    width=960,
    height=540,
    margin=40,
    top=28,
    bottom=36,
    cover=36,
    title=22,
    lead=14,
    body=14,
    cells=(11, 10, 9),
    figure=26,
    small=10,
    letters=30,
    gap=12,
    padding=5,
)
"""A slide of 16:9, as PowerPoint makes them (13.33 by 7.5 inches)."""

PAPER = Look(
    width=841.89,
    height=595.28,
    margin=42,
    top=38,
    bottom=44,
    cover=30,
    title=18,
    lead=10.5,
    body=10.5,
    cells=(8.5, 7.5, 7),
    figure=20,
    small=8,
    letters=40,
    gap=12,
    padding=4,
)
"""A sheet of A4, landscape."""
