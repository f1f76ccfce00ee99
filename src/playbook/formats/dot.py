"""Diagram → DOT, the language of Graphviz ("The DOT Language", graphviz.org/doc/info/lang.html)."""

from __future__ import annotations

import re

from playbook.shapes.diagram import Diagram, DiagramNode

_SHAPES = {
    "start": "shape=box style=rounded",
    "end": "shape=box style=rounded peripheries=2",
    "step": "shape=box",
    "exclusive_gate": "shape=diamond",
    "parallel_gate": 'shape=diamond label="+"',
}
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def write(diagram: Diagram) -> bytes:
    """The diagram as a directed graph: a cluster per group. Graphviz lays it out."""
    lines = [
        "digraph journey {",
        f"  graph [label={_label((diagram.title,))} labelloc=t rankdir=TB fontname=Helvetica];",
        "  node [fontname=Helvetica fontsize=11];",
        "  edge [fontname=Helvetica fontsize=9];",
    ]
    groups = {group.id for group in diagram.groups}
    lines += [f"  {_node(node)}" for node in diagram.nodes if node.group not in groups]
    for group in diagram.groups:
        label = _label((group.label, *group.details))
        lines += [f"  subgraph {_quoted('cluster_' + group.id)} {{", f"    label={label};"]
        lines += [f"    {_node(node)}" for node in diagram.nodes if node.group == group.id]
        lines.append("  }")
    for edge in diagram.edges:
        style = " style=dashed" if edge.kind in ("rework", "overlap") else ""
        # A way back does not push its target below.
        back = " constraint=false" if edge.kind == "rework" else ""
        lines.append(
            f"  {_quoted(edge.source)} -> {_quoted(edge.target)} [label={_label((edge.label,))}{style}{back}];"
        )
    return ("\n".join([*lines, "}"]) + "\n").encode()


def _node(node: DiagramNode) -> str:
    shape = _SHAPES[node.shape]
    label = "" if "label=" in shape else f" label={_label((node.label, *node.details))}"
    style = " style=dashed" if node.dashed and "style=" not in shape else ""
    return f"{_quoted(node.id)} [{shape}{label}{style}];"


def _label(lines: tuple[str, ...]) -> str:
    """Lines of text; without any, a space, since some versions of Graphviz cannot measure nothing."""
    return _quoted("\n".join(line for line in lines if line.strip()) or " ")


def _quoted(text: str) -> str:
    """A quoted text that shows as itself: quotes and backslashes escaped, line breaks kept."""
    text = _CONTROLS.sub("\ufffd", text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    # Graphviz reads HTML entities inside quoted labels.
    return '"' + text.replace("&", "&amp;") + '"'
