"""Each shape as a part of a page."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from playbook.formats.page.drawings import drawing
from playbook.formats.page.engine import markup
from playbook.formats.page.tables import NO_LINKS, Linking, grid_of, table_markup
from playbook.shapes.diagram import Diagram
from playbook.shapes.document import Document, Figures, Paragraphs, Part
from playbook.shapes.table import Table
from playbook.shapes.timeline import Timeline

if TYPE_CHECKING:
    from markupsafe import Markup


def part_markup(
    part: Part, prefix: str, *, targets: Collection[str] = (), linking: Linking = NO_LINKS, caption: bool = True
) -> Markup:
    """A part of a page; its ids begin with ``prefix``.

    Boxes of a picture lead to the ``targets``, rows of a table are linked to as ``linking`` says.
    """
    if isinstance(part, Table):
        return table_markup(grid_of(part, linking), prefix, caption=caption)
    if isinstance(part, Diagram | Timeline):
        svg = drawing(part, prefix, targets)
        kind = part.kind if isinstance(part, Diagram) else "timeline"
        return markup("drawing.html", svg=svg, prefix=prefix, label=f"Picture ({kind}): {part.title}")
    if isinstance(part, Figures):
        return markup("figures.html", figures=part)
    assert isinstance(part, Paragraphs)
    return markup("paragraphs.html", paragraphs=part)


def document_markup(document: Document, prefix: str, level: int = 2) -> Markup:
    """The sections of a document, each with its parts, under headings of ``level``."""
    sections = [
        (
            section.title,
            [_part(part, section.title, f"{prefix}-{at}-{number}") for number, part in enumerate(section.parts)],
        )
        for at, section in enumerate(document.sections, 1)
    ]
    return markup("sections.html", sections=sections, level=level, prefix=prefix)


def _part(part: Part, heading: str, prefix: str) -> Markup:
    """A part of a section; a table that is called like it is not named twice."""
    return part_markup(part, prefix, caption=not isinstance(part, Table) or part.title != heading)
