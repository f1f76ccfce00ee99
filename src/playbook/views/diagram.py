"""The neutral picture: what is drawn, without a word on how. Formats write it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

NodeShape = Literal["start", "end", "step", "exclusive_gate", "parallel_gate"]
"""``start`` and ``end`` are round, a gate is a diamond."""

NodeTone = Literal["plain", "customer", "partner", "system", "success", "stop"]
"""Who does it (a step) or how it ends (an end). Never the only carrier of a meaning."""

EdgeKind = Literal["sequence", "condition", "rework", "overlap"]
"""``rework`` goes back to an earlier step; ``overlap`` lets a stage start early."""


@dataclass(frozen=True, slots=True)
class DiagramNode:
    """One box. ``details`` are short secondary lines (owner, due); ``dashed`` marks optional work.

    Ids are unique in the diagram and made of ``[A-Za-z0-9_.]``; labels are any text at all.
    """

    id: str
    label: str
    shape: NodeShape
    group: str | None = None
    details: tuple[str, ...] = ()
    tone: NodeTone = "plain"
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class DiagramEdge:
    """An arrow between two nodes; ``label`` is the condition under which it is taken."""

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
class Diagram:
    """A picture of a journey. All tuples are in reading order, which formats keep."""

    name: str
    title: str
    nodes: tuple[DiagramNode, ...]
    edges: tuple[DiagramEdge, ...]
    groups: tuple[DiagramGroup, ...] = ()
    notes: tuple[str, ...] = ()
