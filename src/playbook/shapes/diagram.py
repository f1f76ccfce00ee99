"""A picture of boxes and arrows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

NodeShape = Literal[
    "start",
    "end",
    "step",
    "milestone",
    "exclusive_gate",
    "inclusive_gate",
    "parallel_gate",
    "stage",
    "outcome",
    "kpi",
    "elsewhere",
]
"""``start`` and ``end`` are round, a gate is a diamond. ``stage`` is a whole stage as one card (overview);
``outcome`` and ``kpi`` are cards of a tree; ``elsewhere`` stands for what lies outside the part that is shown."""

NodeTone = Literal["plain", "customer", "partner", "system", "success", "stop"]
"""Who does it (a step, a lane) or how it ends (an end). Never the only carrier of a meaning."""

EdgeKind = Literal["sequence", "condition", "rework", "overlap", "handoff"]
"""``rework`` goes back to an earlier step; ``overlap`` lets a stage start early; ``handoff`` changes hands."""

DiagramKind = Literal["journey", "overview", "swimlanes", "tree"]
"""How it is to be laid out: stages as columns of steps; stages as cards; lanes as rows; a tree of cards."""


@dataclass(frozen=True, slots=True)
class DiagramNode:
    """One box. ``details`` are short secondary lines (owner, due); ``dashed`` marks optional work.

    Ids are unique in the diagram and made of ``[A-Za-z0-9_.]``; labels are any text at all. ``group`` and
    ``lane`` are ids of the diagram's groups and lanes.
    """

    id: str
    label: str
    shape: NodeShape
    group: str | None = None
    details: tuple[str, ...] = ()
    tone: NodeTone = "plain"
    dashed: bool = False
    lane: str | None = None


@dataclass(frozen=True, slots=True)
class DiagramEdge:
    """An arrow between two nodes; ``label`` is the condition under which it is taken, or what is handed over."""

    source: str
    target: str
    label: str = ""
    kind: EdgeKind = "sequence"


@dataclass(frozen=True, slots=True)
class DiagramGroup:
    """A stage: a titled frame around its nodes. ``details`` are its entry and exit criteria."""

    id: str
    label: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DiagramLane:
    """A row of swimlanes: a team or a role. ``tone`` says whose side it is on."""

    id: str
    label: str
    tone: NodeTone = "plain"


@dataclass(frozen=True, slots=True)
class Diagram:
    """A picture of a journey. All tuples are in reading order, which formats keep."""

    name: str
    title: str
    nodes: tuple[DiagramNode, ...]
    edges: tuple[DiagramEdge, ...]
    groups: tuple[DiagramGroup, ...] = ()
    notes: tuple[str, ...] = ()
    lanes: tuple[DiagramLane, ...] = ()
    kind: DiagramKind = "journey"
