"""What is to be placed: the nodes of a diagram, and what is written beside or between them.

A short condition stands on its arrow. A long one becomes a caption, a node of its own between the two that
the arrow joins, so that it is placed like everything else and lies on nothing. An end that is reached early
is drawn where it is reached, instead of at the end of an arrow across the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from playbook.formats.layout import style
from playbook.formats.layout.measure import width
from playbook.shapes.diagram import Diagram, DiagramEdge, DiagramNode

_WITH_TAGS = ("step", "stage", "exclusive_gate", "inclusive_gate", "parallel_gate")
"""Nodes that are wide enough for an early end beside the arrow that goes on."""


@dataclass(frozen=True, slots=True)
class Link:
    """An arrow, or one half of an arrow with a caption. ``text`` stands on it; ``head`` is its point."""

    edge: DiagramEdge
    source: str
    target: str
    text: str = ""
    head: bool = True


@dataclass(frozen=True, slots=True)
class Exit:
    """An end that is reached early, drawn as a tag at the foot of the node from which it is reached."""

    text: str
    end: DiagramNode


@dataclass
class Plot:
    """All that is to be placed. ``unit_of`` names the block of a node: its stage, or itself if it is one."""

    nodes: list[DiagramNode]
    unit_of: dict[str, str | None]
    links: list[Link] = field(default_factory=list)
    captions: dict[str, str] = field(default_factory=dict)
    """The nodes that are the text of an arrow, with the kind of the arrow."""
    beside: set[str] = field(default_factory=set)
    """Those of them that stand right of the card of their stage, on the way to the next one."""
    exits: dict[str, list[Exit]] = field(default_factory=dict)
    follows: list[tuple[str, str]] = field(default_factory=list)
    """Pairs of nodes of which the second stands below the first though no arrow joins them."""


def plot_of(diagram: Diagram) -> Plot:
    """Everything in the diagram that has to find a place."""
    return _Plotter(diagram).plot()


class _Plotter:
    def __init__(self, diagram: Diagram) -> None:
        known = {group.id for group in diagram.groups}
        self._diagram = diagram
        self._nodes = {node.id: node for node in diagram.nodes}
        unit_of = {node.id: _unit(node, known) for node in self._nodes.values()}
        order = [group.id for group in diagram.groups]
        order += [node.id for node in diagram.nodes if node.shape == "stage"]
        used = set(unit_of.values())
        self._last = next((unit for unit in reversed(order) if unit in used), None)
        self._next = dict(pairwise(order))
        self._captions: dict[tuple[str, str, str], str] = {}
        self._plot = Plot([], unit_of)
        self._ahead: dict[str, int] = {}
        for edge in diagram.edges:
            if edge.kind != "rework":
                self._ahead[edge.source] = self._ahead.get(edge.source, 0) + 1
        self._added: dict[str, list[DiagramNode]] = {}
        self._local: set[str] = set()
        self._kept: set[str] = set()

    def plot(self) -> Plot:
        for edge in self._diagram.edges:
            if edge.source in self._nodes and edge.target in self._nodes and edge.source != edge.target:
                self._place(edge, self._text(edge))
        # An end that is only reached early is drawn there, and not once more.
        gone = self._local - self._kept
        for node in self._nodes.values():
            if node.id not in gone:
                self._plot.nodes.append(node)
            self._plot.nodes += self._added.get(node.id, ())
        return self._plot

    def _text(self, edge: DiagramEdge) -> str:
        text = " ".join(edge.label.split())
        said = " ".join(self._nodes[edge.target].label.split())
        return "" if edge.kind == "handoff" and text in said else text

    def _place(self, edge: DiagramEdge, text: str) -> None:
        source, target = self._nodes[edge.source], self._nodes[edge.target]
        unit = self._plot.unit_of[source.id]
        if target.shape == "end" and edge.kind != "rework" and unit not in (None, self._last):
            self._local.add(target.id)
            self._exit(edge, text, source, target)
            return
        self._kept.update((source.id, target.id))
        room = style.REWORK_ROOM if edge.kind == "rework" else style.LABEL_ROOM
        beside = source.shape == "stage" and edge.kind != "rework" and self._leads_on(source, target)
        if not text or (width(text, style.DETAIL) <= room and not beside):
            self._plot.links.append(Link(edge, source.id, target.id, text))
            return
        self._plot.links.append(Link(edge, self._caption(edge, text, source, target), target.id))

    def _caption(self, edge: DiagramEdge, text: str, source: DiagramNode, target: DiagramNode) -> str:
        """The node with a long text; what is said of several arrows is said once."""
        key = (source.id, text, edge.kind)
        if key in self._captions:
            return self._captions[key]
        node = DiagramNode(f"{source.id}~{len(self._plot.unit_of)}", text, "elsewhere")
        unit, towards = self._plot.unit_of[source.id], self._plot.unit_of[target.id]
        if source.shape == "stage" and edge.kind != "rework" and self._leads_on(source, target):
            self._plot.beside.add(node.id)
        self._add(source, node, below=node.id not in self._plot.beside)
        self._plot.unit_of[node.id] = towards if unit is None else unit
        self._plot.captions[node.id] = edge.kind
        self._plot.links.append(Link(edge, source.id, node.id, head=False))
        self._captions[key] = node.id
        return node.id

    def _leads_on(self, source: DiagramNode, target: DiagramNode) -> bool:
        """Whether an arrow leads from a stage to the next one, and no other of the kind has its text there."""
        taken = any(node.id in self._plot.beside for node in self._added.get(source.id, ()))
        return not taken and self._next.get(source.id) == target.id

    def _exit(self, edge: DiagramEdge, text: str, source: DiagramNode, end: DiagramNode) -> None:
        short = width(text, style.DETAIL) <= style.EXIT_WIDTH * 2 and all(
            width(word, style.DETAIL, bold=True) <= style.EXIT_WIDTH - 12 for word in end.label.split()
        )
        room = source.shape in _WITH_TAGS and (source.label.strip() or source.shape == "stage")
        if short and room and self._ahead[source.id] > 1:
            self._plot.exits.setdefault(source.id, []).append(Exit(text, end))
            return
        fits = width(text, style.DETAIL) <= style.LABEL_ROOM
        details = () if fits else (text,)
        here = DiagramNode(f"{source.id}~{len(self._plot.unit_of)}", end.label, "end", None, details, end.tone)
        self._plot.links.append(Link(edge, source.id, self._add(source, here).id, text if fits else ""))

    def _add(self, source: DiagramNode, node: DiagramNode, *, below: bool = True) -> DiagramNode:
        """A further node below the one that it belongs to; several stand below each other."""
        added = self._added.setdefault(source.id, [])
        self._plot.unit_of[node.id] = self._plot.unit_of[source.id]
        upper = [each.id for each in added if each.id not in self._plot.beside]
        if upper and below:
            self._plot.follows.append((upper[-1], node.id))
        added.append(node)
        return node


def _unit(node: DiagramNode, known: set[str]) -> str | None:
    if node.group in known:
        return node.group
    return node.id if node.shape == "stage" else None


def units_of(diagram: Diagram) -> Iterator[str]:
    """The blocks of a diagram in reading order."""
    yield from (group.id for group in diagram.groups)
    known = {group.id for group in diagram.groups}
    yield from (node.id for node in diagram.nodes if node.shape == "stage" and node.group not in known)
