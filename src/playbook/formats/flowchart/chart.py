"""One diagram as a flowchart (mermaid 11, "Flowcharts - Basic Syntax").

Only shapes that every Mermaid since version 9 knows: wikis are slow to follow.
"""

from __future__ import annotations

from collections.abc import Iterator

from playbook.formats.flowchart.text import group_id, label, node_id, remark_id
from playbook.formats.layout.style import CARD, FRAME, INK, SOFT, TONES
from playbook.shapes.diagram import Diagram, DiagramEdge, DiagramNode, EdgeKind, NodeShape

_SHAPES: dict[NodeShape, tuple[str, str]] = {
    "start": ("([", "])"),
    "end": ("([", "])"),
    "step": ("[", "]"),
    "milestone": (">", "]"),
    "exclusive_gate": ("{", "}"),
    "inclusive_gate": ("{", "}"),
    "parallel_gate": ("{", "}"),
    "stage": ("[[", "]]"),
    "outcome": ("([", "])"),
    "kpi": ("(", ")"),
    "elsewhere": ("([", "])"),
}
_MARKS: dict[NodeShape, str] = {"exclusive_gate": "×", "inclusive_gate": "○", "parallel_gate": "+"}
"""The signs of BPMN's gateways, for gates without a label; an inclusive one shows it above its label too."""
_ARROWS: dict[EdgeKind, str] = {
    "sequence": "-->",
    "condition": "-->",
    "rework": "-.->",
    "overlap": "-.->",
    "handoff": "==>",
}
_STYLES: dict[str, str] = {
    **{name: f"fill:{tone.fill},stroke:{tone.stroke},color:{INK}" for name, tone in TONES.items()},
    "elsewhere": f"fill:{CARD},stroke:{FRAME},color:{INK},stroke-dasharray:2 3",
    "frame": f"fill:{CARD},stroke:{FRAME},color:{INK}",
    "remark": f"fill:{CARD},stroke:{CARD},color:{SOFT}",
    "optional": "stroke-dasharray:5 4",
}


def chart_lines(diagram: Diagram) -> list[str]:
    """The lines of a flowchart, from the word ``flowchart`` on: frames, nodes, arrows, classes."""
    across = diagram.kind in ("swimlanes", "tree")
    lines = [f"flowchart {'LR' if across else 'TB'}"]
    framed, frames = _frames(diagram)
    loose = [node for node in diagram.nodes if node.id not in framed]
    lines += [f"  {_node(node)}" for node in loose if node.shape == "start"]
    lines += frames
    lines += [f"  {_node(node)}" for node in loose if node.shape != "start"]
    lines += [f"  {_edge(edge)}" for edge in diagram.edges]
    return [*lines, *_classes(diagram)]


def _frames(diagram: Diagram) -> tuple[set[str], list[str]]:
    """The ids of the nodes that stand in a frame, and the frames with their nodes."""
    titles: dict[str, tuple[str, ...]]
    if diagram.kind == "swimlanes":
        titles = {lane.id: (lane.label,) for lane in diagram.lanes}
        place = {node.id: node.lane for node in diagram.nodes}
        details: dict[str, tuple[str, ...]] = {}
    else:
        titles = {group.id: (group.label,) for group in diagram.groups}
        details = {group.id: group.details for group in diagram.groups if group.details}
        place = {node.id: node.group for node in diagram.nodes}
    lines: list[str] = []
    framed: set[str] = set()
    for id_, title in titles.items():
        nodes = [node for node in diagram.nodes if place[node.id] == id_]
        framed.update(node.id for node in nodes)
        lines += [f"  subgraph {group_id(id_)}[{label(title)}]", "    direction TB"]
        # Mermaid keeps no room for a second line of a frame's title: it would lie under the first node.
        lines += [f"    {remark_id(id_)}[{label(details[id_])}]"] if id_ in details else []
        lines += [f"    {_node(node)}" for node in nodes]
        lines.append("  end")
    return framed, lines


def _node(node: DiagramNode) -> str:
    before, after = _SHAPES[node.shape]
    lines = (node.label, *node.details) if node.label or node.details else ()
    mark = _MARKS.get(node.shape)
    if mark and lines:
        # A diamond around words is far larger than the words.
        before, after = "{{", "}}"
    if mark and (not lines or node.shape == "inclusive_gate"):
        lines = (mark, *lines)
    return f"{node_id(node.id)}{before}{label(lines or (' ',))}{after}"


def _edge(edge: DiagramEdge) -> str:
    words = f"|{label((edge.label,))}|" if edge.label else ""
    return f"{node_id(edge.source)} {_ARROWS[edge.kind]}{words} {node_id(edge.target)}"


def _classes(diagram: Diagram) -> Iterator[str]:
    members: dict[str, list[str]] = {name: [] for name in _STYLES}
    for node in diagram.nodes:
        members["elsewhere" if node.shape == "elsewhere" else node.tone].append(node_id(node.id))
        if node.dashed:
            members["optional"].append(node_id(node.id))
    if diagram.kind == "swimlanes":
        members["frame"] = [group_id(lane.id) for lane in diagram.lanes]
    else:
        members["frame"] = [group_id(group.id) for group in diagram.groups]
        members["remark"] = [remark_id(group.id) for group in diagram.groups if group.details]
    for name, style in _STYLES.items():
        if members[name]:
            yield f"  classDef {name} {style};"
    for name, ids in members.items():
        if ids:
            yield f"  class {','.join(ids)} {name};"
