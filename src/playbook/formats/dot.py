"""Diagram → DOT, the language of Graphviz ("The DOT Language", graphviz.org/doc/info/lang.html)."""

from __future__ import annotations

import re
from textwrap import wrap

from playbook.formats.layout.style import BACK, CARD, EARLY, FRAME, HANDOFF, INK, LINE, SOFT, TONES
from playbook.shapes.diagram import Diagram, DiagramEdge, DiagramNode, EdgeKind, NodeShape

_SHAPES: dict[NodeShape, str] = {
    "start": "shape=box style=%s peripheries=1",
    "end": "shape=box style=%s peripheries=2",
    "step": "shape=box style=%s",
    "milestone": "shape=cds style=%s",
    "exclusive_gate": "shape=diamond style=%s",
    "inclusive_gate": "shape=diamond style=%s",
    "parallel_gate": "shape=diamond style=%s",
    "stage": "shape=folder style=%s",
    "outcome": "shape=box style=%s penwidth=2.5",
    "kpi": "shape=note style=%s",
    "elsewhere": "shape=box style=%s",
}
_ROUNDED: tuple[NodeShape, ...] = ("start", "end", "outcome", "elsewhere")
_MARKS: dict[NodeShape, str] = {"exclusive_gate": "×", "inclusive_gate": "○", "parallel_gate": "+"}
"""The signs of BPMN's gateways, for gates without a label; an inclusive one shows it above its label too."""
_LINES: dict[EdgeKind, str] = {
    "sequence": f'color="{LINE}"',
    "condition": f'color="{LINE}"',
    # A way back does not push its target below.
    "rework": f'color="{BACK}" style=dashed constraint=false',
    "overlap": f'color="{EARLY}" style=dashed',
    "handoff": f'color="{HANDOFF}" penwidth=3',
}
_LONGEST_LINE = 44
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def write(diagram: Diagram) -> bytes:
    """The diagram as a directed graph: a cluster per lane or group. Graphviz lays it out."""
    across = diagram.kind in ("swimlanes", "tree")
    lines = [
        "digraph journey {",
        f"  graph [label={_label((diagram.title, *diagram.notes))} labelloc=t rankdir={'LR' if across else 'TB'} "
        f'fontname=Helvetica fontcolor="{INK}"];',
        f'  node [fontname=Helvetica fontsize=11 fontcolor="{INK}"];',
        f'  edge [fontname=Helvetica fontsize=9 fontcolor="{SOFT}"];',
    ]
    clusters = _clusters(diagram)
    framed = {node.id for _, _, nodes in clusters for node in nodes}
    lines += [f"  {_node(node)}" for node in diagram.nodes if node.id not in framed]
    for id_, label, nodes in clusters:
        lines += [
            f"  subgraph {_quoted('cluster_' + id_)} {{",
            f'    label={label} labeljust=l fontsize=11 style=filled fillcolor="{CARD}" color="{FRAME}";',
        ]
        lines += [f"    {_node(node)}" for node in nodes]
        lines.append("  }")
    lines += [f"  {_edge(edge)}" for edge in diagram.edges]
    return ("\n".join([*lines, "}"]) + "\n").encode()


def _clusters(diagram: Diagram) -> list[tuple[str, str, list[DiagramNode]]]:
    """The frames: each with its id, its label and its nodes."""
    if diagram.kind == "swimlanes":
        return [
            (lane.id, _label((lane.label,), "\\l"), [node for node in diagram.nodes if node.lane == lane.id])
            for lane in diagram.lanes
        ]
    return [
        (
            group.id,
            _label((group.label, *group.details), "\\l"),
            [node for node in diagram.nodes if node.group == group.id],
        )
        for group in diagram.groups
    ]


def _node(node: DiagramNode) -> str:
    style = ["filled"]
    style += ["rounded"] if node.shape in _ROUNDED else []
    style += ["dashed"] if node.dashed else ["dotted"] if node.shape == "elsewhere" else []
    lines = (node.label, *node.details) if node.label or node.details else ()
    shape = _SHAPES[node.shape]
    mark = _MARKS.get(node.shape)
    if mark and lines:
        # A diamond around words is far larger than the words.
        shape = "shape=hexagon style=%s"
    if mark and (not lines or node.shape == "inclusive_gate"):
        lines = (mark, *lines)
    tone = TONES[node.tone]
    filled = shape % _quoted(",".join(style))
    return f'{_quoted(node.id)} [{filled} fillcolor="{tone.fill}" color="{tone.stroke}" label={_label(lines)}];'


def _edge(edge: DiagramEdge) -> str:
    ends = f"{_quoted(edge.source)} -> {_quoted(edge.target)}"
    return f"{ends} [label={_label((edge.label,))} {_LINES[edge.kind]}];"


def _label(lines: tuple[str, ...], end: str = "\\n") -> str:
    """Lines of text; without any, a space, since some versions of Graphviz cannot measure nothing.

    ``end`` is how Graphviz ends a line: ``\\n`` in the middle, ``\\l`` at the left.
    """
    shown = [part for line in lines for part in _wrapped(line)]
    if not shown:
        return '" "'
    closing = end if end != "\\n" else ""
    return '"' + end.join(_escaped(line) for line in shown) + closing + '"'


def _wrapped(text: str) -> list[str]:
    """The lines of a text; Graphviz makes a box as wide as its longest line."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [part for line in lines for part in wrap(line, _LONGEST_LINE, break_long_words=False)]


def _quoted(id_: str) -> str:
    return f'"{_escaped(id_)}"'


def _escaped(text: str) -> str:
    """A text that shows as itself inside quotes."""
    # Graphviz reads HTML entities inside quoted labels.
    return _CONTROLS.sub("\ufffd", text).replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
