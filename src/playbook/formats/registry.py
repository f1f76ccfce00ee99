"""The explicit list of formats. A test compares it with the folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Literal, cast

from playbook.views.diagram import Diagram
from playbook.views.table import Table


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, the suffix of its files, and which neutral shape it writes.

    ``binary`` formats are no text for a terminal.
    """

    name: str
    suffix: str
    takes: Literal["diagram", "table"]
    binary: bool = False

    def write(self, shown: Diagram | Table) -> bytes:
        """The bytes of a file in this format. Text is UTF-8."""
        module = import_module(f"playbook.formats.{self.name}")
        return cast("Callable[[Diagram | Table], bytes]", module.write)(shown)


FORMATS: dict[str, Format] = {
    form.name: form
    for form in (
        Format("svg", ".svg", "diagram"),
        Format("png", ".png", "diagram", binary=True),
        Format("pdf", ".pdf", "diagram", binary=True),
        Format("mermaid", ".mmd", "diagram"),
        Format("dot", ".dot", "diagram"),
        Format("markdown", ".md", "table"),
        Format("csv", ".csv", "table"),
        Format("json", ".json", "table"),
    )
}
