"""The explicit list of views. A test compares it with the folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Literal, cast

from playbook.diagnostics import Diagnostic, Severity
from playbook.views.diagram import Diagram
from playbook.views.table import Table
from playbook.workspace import CompiledPlaybook


@dataclass(frozen=True, slots=True)
class View:
    """A view: its name, what it gives, and the rules whose errors make it meaningless."""

    name: str
    gives: Literal["diagram", "table"]
    what: str
    blocked_by: tuple[str, ...] = ("CFG", "SCH", "REF001", "REF002")

    def build(self, playbook: CompiledPlaybook) -> Diagram | Table:
        """The view of a playbook."""
        module = import_module(f"playbook.views.{self.name}")
        function = cast("Callable[[CompiledPlaybook], Diagram | Table]", getattr(module, self.name))
        return function(playbook)

    def blocking(self, findings: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
        """The findings that make the view meaningless."""
        return tuple(
            finding
            for finding in findings
            if finding.severity is Severity.ERROR and finding.code.startswith(self.blocked_by)
        )


VIEWS: dict[str, View] = {
    view.name: view
    for view in (
        View(
            "journey",
            "diagram",
            "the journey map: stages, steps, gates, ends",
            ("CFG", "SCH", "REF001", "REF002", "GRF001", "GRF011"),
        ),
        View("raci", "table", "the RACI matrix: steps by roles, grouped by stage"),
        View("tasks", "table", "the task list: owners, times, inputs and outputs of each step"),
    )
}
