"""Diagram → Mermaid flowchart (mermaid 11, "Flowcharts - Basic Syntax").

Labels are quoted texts in which everything that means something to Mermaid, to Markdown or to HTML is
written as an entity (``#35;``), since Mermaid reads quotes, markup and its own comments inside labels.
"""

from __future__ import annotations

import re

from playbook.shapes.diagram import Diagram, DiagramEdge, DiagramGroup, DiagramNode

_SHAPES = {
    "start": ("([", "])"),
    "end": ("([", "])"),
    "step": ("[", "]"),
    "exclusive_gate": ("{", "}"),
    "parallel_gate": ("{{", "}}"),
}
_ARROWS = {"sequence": "-->", "condition": "-->", "rework": "-.->", "overlap": "-.->"}
_STYLES = {
    "customer": "fill:#fdf3d7,stroke:#b37a00,color:#1f2933",
    "partner": "fill:#efe6f5,stroke:#7a4f9a,color:#1f2933",
    "system": "fill:#e8edf2,stroke:#5b6b7b,color:#1f2933",
    "success": "fill:#d9f0e6,stroke:#00734f,color:#1f2933",
    "stop": "fill:#fbe4d8,stroke:#b34a00,color:#1f2933",
    "optional": "stroke-dasharray:5 4",
}
_MOST_EDGES = 500
"""Mermaid's own limit (its setting ``maxEdges``); it then draws nothing."""
_PLAIN = re.compile(r"[^A-Za-z0-9 ,.:?()/À-ɏͰ-῿ⰀⱠ-퟿豈-﷏﷐-﷿\U00010000-\U0003ffff'’–—…-]")
_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def write(diagram: Diagram) -> bytes:
    """The diagram as a flowchart: a subgraph per group, a class per tone."""
    lines = ["---", f"title: {_title(diagram.title)}", "---", "flowchart TB"]
    lines += [f"  %% {' '.join(_CONTROLS.sub(' ', note).split())}" for note in diagram.notes]
    if len(diagram.edges) > _MOST_EDGES:
        lines.append(
            f"  %% This diagram has {len(diagram.edges)} arrows; mermaid draws at most {_MOST_EDGES} unless its"
            " setting maxEdges is raised"
        )
    grouped = {group.id: [node for node in diagram.nodes if node.group == group.id] for group in diagram.groups}
    loose = [node for node in diagram.nodes if node.group not in grouped]
    lines += [f"  {_node(node)}" for node in loose if node.shape == "start"]
    for group in diagram.groups:
        lines += _group(group, grouped[group.id])
    lines += [f"  {_node(node)}" for node in loose if node.shape != "start"]
    lines += [f"  {_edge(edge)}" for edge in diagram.edges]
    lines += _classes(diagram)
    return ("\n".join(lines) + "\n").encode()


def _group(group: DiagramGroup, nodes: list[DiagramNode]) -> list[str]:
    lines = [f"  subgraph {group_id(group.id)}[{_label((group.label, *group.details))}]", "    direction TB"]
    lines += [f"    {_node(node)}" for node in nodes]
    return [*lines, "  end"]


def _node(node: DiagramNode) -> str:
    before, after = _SHAPES[node.shape]
    label = _label((node.label, *node.details)) if node.label or node.details else '"+"'
    return f"{node_id(node.id)}{before}{label}{after}"


def _edge(edge: DiagramEdge) -> str:
    arrow = _ARROWS[edge.kind]
    label = f"|{_label((edge.label,))}|" if edge.label else ""
    return f"{node_id(edge.source)} {arrow}{label} {node_id(edge.target)}"


def _classes(diagram: Diagram) -> list[str]:
    members: dict[str, list[str]] = {}
    for node in diagram.nodes:
        for name in (node.tone, "optional" if node.dashed else ""):
            if name in _STYLES:
                members.setdefault(name, []).append(node_id(node.id))
    lines = [f"  classDef {name} {style};" for name, style in _STYLES.items() if name in members]
    return lines + [f"  class {','.join(members[name])} {name};" for name in _STYLES if name in members]


def node_id(id_: str) -> str:
    """The id of a node: with a prefix, so that none is a word of Mermaid's (``end``, ``graph``)."""
    return f"n_{id_.replace('.', '_o_')}"


def group_id(id_: str) -> str:
    """The id of a subgraph, apart from all ids of nodes."""
    return f"g_{id_.replace('.', '_o_')}"


def _label(lines: tuple[str, ...]) -> str:
    return '"' + "<br>".join(_text(line) for line in lines) + '"'


def _text(text: str) -> str:
    text = _CONTROLS.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    parts = [" ".join(part.split()) for part in text.split("\n")]
    escaped = "<br>".join(_PLAIN.sub(lambda match: f"#{ord(match[0])};", part) for part in parts)
    # "1. " at the start of a label is read as a list, which Mermaid then refuses; so is an empty label.
    return re.sub(r"^(\d+)\.", r"\1#46;", escaped) or "#160;"


def _title(title: str) -> str:
    """The title as a YAML double-quoted text on one line."""
    text = " ".join(_CONTROLS.sub("\ufffd", title).split())
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
