"""The explicit list of formats. A test compares it with the folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from playbook.shapes.shown import ShapeName, Shown


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, the suffix of its files, and which shapes it writes.

    ``binary`` formats are no text for a terminal.
    """

    name: str
    suffix: str
    takes: tuple[ShapeName, ...]
    binary: bool = False

    def write(self, shown: Shown) -> bytes:
        """The bytes of a file in this format. Text is UTF-8."""
        module = import_module(f"playbook.formats.{self.name}")
        return cast("Callable[[Shown], bytes]", module.write)(shown)


FORMATS: dict[str, Format] = {
    form.name: form
    for form in (
        Format("svg", ".svg", ("diagram", "timeline")),
        Format("png", ".png", ("diagram", "timeline"), binary=True),
        Format("pdf", ".pdf", ("diagram", "timeline", "table", "document"), binary=True),
        Format("mermaid", ".mmd", ("diagram",)),
        Format("dot", ".dot", ("diagram",)),
        Format("bpmn", ".bpmn", ("process",)),
        Format("markdown", ".md", ("table", "diagram", "timeline", "document")),
        Format("csv", ".csv", ("table",)),
        Format("json", ".json", ("table", "diagram", "timeline", "process", "document")),
        Format("xlsx", ".xlsx", ("table", "document"), binary=True),
        Format("pptx", ".pptx", ("document", "diagram", "timeline", "table"), binary=True),
        Format("html", ".html", ("document", "diagram", "timeline", "table")),
    )
}
