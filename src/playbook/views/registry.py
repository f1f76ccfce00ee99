"""The explicit list of views. A test compares it with the folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Literal, cast

from playbook.diagnostics import Diagnostic, Severity
from playbook.shapes.shown import ShapeName, Shown
from playbook.views.subject import Subject
from playbook.workspace import Workspace

_MEANINGLESS = ("CFG", "SCH", "REF001", "REF002")
_NO_FLOW = (*_MEANINGLESS, "GRF001", "GRF011")


@dataclass(frozen=True, slots=True)
class View:
    """A view: its name, the shapes that it can be given in, and the rules whose errors make it meaningless.

    The module of that name has a function for each shape, called like the shape. It takes a
    :class:`Subject`; of a view of a whole workspace, the :class:`Workspace`. ``customers`` says whether it
    can be shown to customers, and ``documents`` of which kind there must be for it to show anything.
    """

    name: str
    gives: tuple[ShapeName, ...]
    what: str
    of: Literal["playbook", "workspace"] = "playbook"
    customers: bool = True
    blocked_by: tuple[str, ...] = _MEANINGLESS
    documents: str | None = None

    def shape_for(self, takes: tuple[ShapeName, ...]) -> ShapeName | None:
        """The shape in which a format gets it: the first that the format takes; ``None`` if it takes none."""
        return next((shape for shape in takes if shape in self.gives), None)

    def is_in(self, workspace: Workspace) -> bool:
        """Whether a workspace has anything for it to show."""
        return self.documents is None or any(each.kind == self.documents for each in workspace.documents)

    def build(self, shape: ShapeName, subject: Subject) -> Shown:
        """The view in one of its shapes."""
        module = import_module(f"playbook.views.{self.name}")
        if self.of == "workspace":
            return cast("Callable[[Workspace], Shown]", getattr(module, shape))(subject.workspace)
        return cast("Callable[[Subject], Shown]", getattr(module, shape))(subject)

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
        View("overview", ("diagram",), "the stages as cards, and what leads where", blocked_by=_NO_FLOW),
        View("journey", ("diagram",), "the journey map: stages, steps, gates, ends", blocked_by=_NO_FLOW),
        View("raci", ("table",), "the RACI matrix: steps by roles, grouped by stage"),
        View("tasks", ("table",), "the task list: owners, times, inputs and outputs of each step"),
    )
}
"""In the order in which they are listed and exported."""
