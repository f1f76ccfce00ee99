"""A diagram that Mermaid would refuse, in parts that it draws.

Mermaid draws nothing of a diagram over its limits ``maxEdges`` and ``maxTextSize``, and pages that show it
(GitHub, GitLab, wikis) do not let authors raise them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from playbook.formats.flowchart.chart import chart_lines
from playbook.formats.flowchart.text import length, title
from playbook.shapes.diagram import Diagram, DiagramEdge, DiagramNode

MOST_EDGES = 500
MOST_CHARACTERS = 50_000
_COMMENTS = 1_000
"""So many characters are kept free for comments."""
_CUTS = ((2_000, 20), (400, 6), (80, 2))
"""How long texts, and how many details, may be where splitting alone does not help."""


@dataclass(frozen=True, slots=True)
class Charts:
    """A diagram in parts that each can be drawn; ``note`` says why there are several, or what is cut."""

    parts: tuple[Diagram, ...]
    note: str = ""


def charts_of(diagram: Diagram) -> Charts:
    """A diagram in as many parts as are needed: first its groups alone, then runs of groups.

    Every node and every arrow is in one part at least. What an arrow leads to outside of its part is drawn as
    a node of shape ``elsewhere``.
    """
    if fits(diagram):
        return Charts((diagram,))
    whole = _cut(diagram, *_CUTS[0])
    parts = (whole,) if fits(whole) else (*_overview(whole), *_named(_runs(whole, _units(whole))))
    note = (
        f"Mermaid draws at most {MOST_EDGES} arrows and {MOST_CHARACTERS:,} characters in a diagram; this one has "
        f"{len(diagram.edges):,} and {_size(diagram):,}."
    )
    note += f" It is given in {len(parts)} parts." if len(parts) > 1 else ""
    is_cut = any(not _has_all_texts(part, diagram) for part in parts)
    return Charts(parts, note + (" Very long texts are cut." if is_cut else ""))


def fits(diagram: Diagram) -> bool:
    """Whether Mermaid draws it."""
    return len(diagram.edges) <= MOST_EDGES and _size(diagram) <= MOST_CHARACTERS - _COMMENTS


def _size(diagram: Diagram) -> int:
    return length("\n".join([title(diagram.title), *chart_lines(diagram)]))


# -- the first part ------------------------------------------------------------------------------


def _overview(diagram: Diagram) -> tuple[Diagram, ...]:
    """The groups alone, as cards, with what stands in no group. Nothing if there are no groups to speak of."""
    if len(diagram.groups) < 2:
        return ()
    cards = {group.id: f"group.{group.id}" for group in diagram.groups}
    stands = {node.id: cards.get(node.group or "", node.id) for node in diagram.nodes}
    nodes = [node for node in diagram.nodes if node.group not in cards]
    first = [node for node in nodes if node.shape == "start"]
    counts = {group.id: 0 for group in diagram.groups}
    for node in diagram.nodes:
        if node.group in counts and node.shape == "step":
            counts[node.group] += 1
    stages = [
        DiagramNode(cards[group.id], group.label, "stage", details=_steps(counts[group.id]))
        for group in diagram.groups
    ]
    arrows: dict[tuple[str, str], list[DiagramEdge]] = {}
    for edge in diagram.edges:
        ends = stands[edge.source], stands[edge.target]
        if ends[0] != ends[1]:
            arrows.setdefault(ends, []).append(edge)
    shown = Diagram(
        name=diagram.name,
        title=f"{diagram.title}: the stages",
        nodes=(*first, *stages, *(node for node in nodes if node.shape != "start")),
        edges=tuple(_together(*ends, edges) for ends, edges in arrows.items()),
        kind="overview",
    )
    return (shown,) if fits(shown) else tuple(_named(_runs(shown, _units(shown))))


def _steps(count: int) -> tuple[str, ...]:
    return (f"{count} step{'s' if count != 1 else ''}",) if count else ()


def _together(source: str, target: str, edges: list[DiagramEdge]) -> DiagramEdge:
    """One arrow for all between two groups; it keeps what they have in common."""
    labels, kinds = {edge.label for edge in edges}, {edge.kind for edge in edges}
    label = edges[0].label if len(labels) == 1 else ""
    return DiagramEdge(source, target, label, edges[0].kind if len(kinds) == 1 else "sequence")


# -- the other parts -----------------------------------------------------------------------------

_Unit = tuple[str, ...]
"""The ids of nodes that stay together if they can."""


def _units(diagram: Diagram) -> list[_Unit]:
    """The nodes of each group; one that is in none goes with the first group that it is joined to."""
    groups = {group.id: list[str]() for group in diagram.groups}
    if not groups:
        return [(node.id,) for node in diagram.nodes]
    home = {node.id: node.group for node in diagram.nodes if node.group in groups}
    order = list(groups)
    joined: dict[str, list[str]] = {}
    for edge in diagram.edges:
        for one, other in ((edge.source, edge.target), (edge.target, edge.source)):
            if one not in home and other in home:
                joined.setdefault(one, []).append(home[other] or order[0])
    for node in diagram.nodes:
        near = joined.get(node.id, order[:1])
        groups[home.get(node.id) or min(near, key=order.index)].append(node.id)
    return [tuple(ids) for ids in groups.values() if ids]


def _runs(diagram: Diagram, units: list[_Unit]) -> Iterator[Diagram]:
    """Parts of as many units as can be drawn together: halved until they can."""
    inside = {id_ for unit in units for id_ in unit}
    edges = tuple(edge for edge in diagram.edges if edge.source in inside or edge.target in inside)
    part = _part(diagram, inside, edges)
    if fits(part):
        yield part
    elif len(units) > 1:
        middle = _middle(units)
        yield from _runs(diagram, units[:middle])
        yield from _runs(diagram, units[middle:])
    elif len(inside) > 1:
        yield from _runs(diagram, [(id_,) for id_ in units[0]])
    else:
        yield from _arrows(diagram, inside, edges)


def _middle(units: list[_Unit]) -> int:
    """Where to halve units so that both halves have as many nodes, if they can."""
    total, before = sum(map(len, units)), 0
    for at, unit in enumerate(units):
        before += len(unit)
        if 2 * before >= total:
            return min(at + 1, len(units) - 1)
    return 1


def _arrows(diagram: Diagram, inside: set[str], edges: tuple[DiagramEdge, ...]) -> Iterator[Diagram]:
    """One node with as many of its arrows as can be drawn together; at last with texts cut."""
    part = _part(diagram, inside, edges)
    if fits(part):
        yield part
    elif len(edges) > 1:
        yield from _arrows(diagram, inside, edges[: len(edges) // 2])
        yield from _arrows(diagram, inside, edges[len(edges) // 2 :])
    else:
        smaller = [_cut(part, *limits) for limits in _CUTS[1:]]
        yield next((each for each in smaller if fits(each)), smaller[-1])


def _part(diagram: Diagram, inside: set[str], edges: tuple[DiagramEdge, ...]) -> Diagram:
    """Some nodes with some arrows, and what these lead to outside."""
    groups = {group.id: group for group in diagram.groups}
    touched = {end for edge in edges for end in (edge.source, edge.target)}
    nodes = []
    for node in diagram.nodes:
        if node.id in inside or (node.id in touched and groups and node.group not in groups):
            nodes.append(node)
        elif node.id in touched:
            there = (groups[node.group].label,) if node.group in groups else ()
            nodes.append(DiagramNode(node.id, node.label, "elsewhere", details=there))
    used = {node.group for node in nodes if node.shape != "elsewhere"}
    return replace(
        diagram,
        nodes=tuple(nodes),
        edges=edges,
        groups=tuple(group for group in diagram.groups if group.id in used),
        lanes=tuple(lane for lane in diagram.lanes if any(node.lane == lane.id for node in nodes)),
        notes=(),
    )


def _named(parts: Iterator[Diagram]) -> Iterator[Diagram]:
    """Parts with titles that tell them apart: by their groups, else by a number."""
    every = list(parts)
    names = [_name(part) for part in every]
    seen: dict[str, int] = {}
    for part, name in zip(every, names, strict=True):
        seen[name] = seen.get(name, 0) + 1
        number = f"part {seen[name]} of {names.count(name)}" if names.count(name) > 1 else ""
        yield replace(part, title=": ".join([part.title, ", ".join(each for each in (name, number) if each)]))


def _name(part: Diagram) -> str:
    labels = [group.label for group in part.groups]
    return f"{labels[0]} to {labels[-1]}" if len(labels) > 1 else "".join(labels)


# -- texts ---------------------------------------------------------------------------------------


def _cut(diagram: Diagram, most: int, details: int) -> Diagram:
    """A diagram without texts of more than so many characters, and with so many details at most."""

    def short(text: str) -> str:
        return text if len(text) <= most else text[: most - 1] + "…"

    def few(texts: tuple[str, ...]) -> tuple[str, ...]:
        kept = tuple(short(text) for text in texts[:details])
        return (*kept, "…") if len(texts) > details else kept

    return replace(
        diagram,
        title=short(diagram.title),
        nodes=tuple(replace(node, label=short(node.label), details=few(node.details)) for node in diagram.nodes),
        edges=tuple(replace(edge, label=short(edge.label)) for edge in diagram.edges),
        groups=tuple(replace(each, label=short(each.label), details=few(each.details)) for each in diagram.groups),
        lanes=tuple(replace(lane, label=short(lane.label)) for lane in diagram.lanes),
    )


def _has_all_texts(part: Diagram, diagram: Diagram) -> bool:
    """Whether the nodes, arrows and groups of a part are those of the diagram, nothing cut."""
    nodes, edges, groups = set(diagram.nodes), set(diagram.edges), set(diagram.groups)
    if part.kind == "overview" and diagram.kind != "overview":
        return True
    return (
        all(node in nodes for node in part.nodes if node.shape != "elsewhere")
        and all(edge in edges for edge in part.edges)
        and all(group in groups for group in part.groups)
    )
