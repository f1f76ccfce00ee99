"""Diagram → Mermaid flowchart: one diagram, as a file of Mermaid has it.

Of a diagram over Mermaid's limits it is the first part, the stages alone, and a comment says where the others are.
Markdown holds all parts in one file.
"""

from __future__ import annotations

from playbook.formats.flowchart.chart import chart_lines
from playbook.formats.flowchart.splitting import MOST_CHARACTERS, charts_of
from playbook.formats.flowchart.text import comment, length, title
from playbook.shapes.diagram import Diagram

_LEFT_OUT = 100
"""Room for the comment that says how many notes are left out."""


def write(diagram: Diagram) -> bytes:
    """The diagram as a flowchart: a subgraph per group or lane, a class per tone, the notes as comments."""
    charts = charts_of(diagram)
    first = charts.parts[0]
    comments = [charts.note] if charts.note else []
    if len(charts.parts) > 1:
        comments.append(
            "This is the first part. Markdown (--as markdown) has all parts in one file; --stage draws one stage"
        )
    head, *chart = chart_lines(first)
    lines = ["---", f"title: {title(first.title)}", "---", head]
    room = MOST_CHARACTERS - _LEFT_OUT - length("\n".join([*lines, *chart]))
    left_out = 0
    for text in (*comments, *diagram.notes):
        line = f"  {comment(text)}"
        room -= length(line) + 1
        if room > 0 and not left_out:
            lines.append(line)
        else:
            left_out += 1
    if left_out:
        lines.append(f"  %% {left_out} more, for which there is no room here")
    return ("\n".join([*lines, *chart]) + "\n").encode()
