"""Tables, diagrams, timelines and documents → Markdown, as GitHub, GitLab and most wikis show it.

Diagrams are blocks of Mermaid, which these draw; one over Mermaid's limits comes in several blocks.
"""

from __future__ import annotations

from collections.abc import Iterator

from playbook.formats.flowchart.chart import chart_lines
from playbook.formats.flowchart.splitting import charts_of
from playbook.formats.wiki.tables import bars_as_table, table_lines
from playbook.formats.wiki.text import bold, bullets, heading, text
from playbook.shapes.diagram import Diagram
from playbook.shapes.document import Document, Figures, Paragraphs, Part, Section
from playbook.shapes.table import Table
from playbook.shapes.timeline import Timeline

_Titled = Diagram | Timeline | Table


def write(shown: _Titled | Document) -> bytes:
    """A page with a heading, what is shown, and its notes."""
    blocks = _document(shown) if isinstance(shown, Document) else [heading(shown.title, 1), *_content(shown, 2)]
    return ("\n\n".join(blocks) + "\n").encode("utf-8", "backslashreplace")


def _document(document: Document) -> Iterator[str]:
    yield heading(document.title, 1)
    if document.subtitle:
        yield text(document.subtitle)
    for section in document.sections:
        yield from _section(section)
    if document.footer:
        yield "---"
        yield text(document.footer)


def _section(section: Section) -> Iterator[str]:
    yield heading(section.title, 2)
    titled = sum(isinstance(part, _Titled) for part in section.parts)
    for part in section.parts:
        # What stands alone needs no title besides the section's.
        if isinstance(part, _Titled) and titled > 1:
            yield heading(part.title, 3)
        yield from _content(part, 4)


def _content(part: Part, level: int) -> Iterator[str]:
    """What stands below the title of a part; ``level`` is that of headings inside of it."""
    if isinstance(part, Paragraphs):
        yield from [bullets(part.texts)] if part.bullets else map(text, part.texts)
    elif isinstance(part, Figures):
        yield "\n".join(f"- {bold(what)}: {text(value)}" for what, value in part.pairs)
    elif isinstance(part, Table):
        yield table_lines(part)
        yield from map(text, part.notes)
    elif isinstance(part, Timeline):
        yield from _timeline(part, level)
    else:
        yield from _diagram(part, level)


def _diagram(diagram: Diagram, level: int) -> Iterator[str]:
    charts = charts_of(diagram)
    if charts.note:
        yield text(charts.note)
    for part in charts.parts:
        if len(charts.parts) > 1:
            yield heading(part.title, level)
        yield "\n".join(["```mermaid", *chart_lines(part), "```"])
    if diagram.notes:
        yield bullets(diagram.notes)


def _timeline(timeline: Timeline, level: int) -> Iterator[str]:
    for panel in timeline.panels:
        yield heading(panel.label, level)
        yield text("Days are working days; day 0 is that of the heading, and days before it are negative.")
        yield table_lines(bars_as_table(panel))
    if timeline.notes:
        yield bullets(timeline.notes)
