"""The places of everything in the picture of a process, in pixels."""

from __future__ import annotations

from dataclasses import dataclass, field

HANDLER_LANE = "at_any_time"
"""The lane of what can happen at any time."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Bounds:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """The height of its centre."""
        return self.y + self.height / 2


@dataclass
class Arrangement:
    """Everything at its place, by id; ``labels`` are of nodes and of flows."""

    shapes: dict[str, Bounds] = field(default_factory=dict)
    labels: dict[str, Bounds] = field(default_factory=dict)
    lines: dict[str, tuple[Point, ...]] = field(default_factory=dict)
    lanes: dict[str, Bounds] = field(default_factory=dict)
    stages: dict[str, Bounds] = field(default_factory=dict)
    notes: dict[str, Bounds] = field(default_factory=dict)
    pool: Bounds = Bounds(0, 0, 0, 0)
