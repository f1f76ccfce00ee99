"""All shapes by their names."""

from __future__ import annotations

from typing import Literal

from playbook.shapes.diagram import Diagram
from playbook.shapes.document import Document
from playbook.shapes.process import ProcessModel
from playbook.shapes.table import Table
from playbook.shapes.timeline import Timeline

Shown = Diagram | Timeline | Table | ProcessModel | Document

ShapeName = Literal["diagram", "timeline", "table", "process", "document"]

_NAMES: dict[type, ShapeName] = {
    Diagram: "diagram",
    Timeline: "timeline",
    Table: "table",
    ProcessModel: "process",
    Document: "document",
}


def shape_of(shown: Shown) -> ShapeName:
    """The name of the shape that something has."""
    return _NAMES[type(shown)]
