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
        View(
            "swimlanes",
            ("diagram",),
            "who does what: a row per team or role, a column per stage",
            blocked_by=_NO_FLOW,
        ),
        View(
            "process",
            ("process",),
            "the process for BPMN tools: pool, lanes, gateways, timers",
            blocked_by=_NO_FLOW,
        ),
        View("raci", ("table",), "the RACI matrix: steps by roles, grouped by stage"),
        View(
            "handoffs",
            ("table",),
            "the handoffs: who gives what to whom, who accepts it by when, and what follows if not",
            customers=False,
        ),
        View("tasks", ("table",), "the task list: owners, times, inputs and outputs of each step"),
        View(
            "timeline",
            ("timeline", "table"),
            "the timeline: steps and milestones in working days from each anchor, with the critical path",
            blocked_by=_NO_FLOW,
        ),
        View(
            "kpis",
            ("diagram", "table"),
            "the KPI tree: from the outcome to milestones to KPIs, with owners and targets",
            customers=False,
            documents="metrics",
        ),
        View(
            "governance",
            ("document", "table"),
            "governance: council, decision rights, goals, improvements, reviews, decisions",
            of="workspace",
            customers=False,
            documents="governance",
        ),
        View(
            "maturity",
            ("table",),
            "the maturity matrices: levels, where we say we are, owners, KPIs, evidence",
            of="workspace",
            customers=False,
            documents="maturity",
        ),
        View(
            "tracking",
            ("table",),
            "the tracking plan: fields and events, where they are kept and which steps fill them",
            of="workspace",
            customers=False,
            documents="tracking",
        ),
        View(
            "review",
            ("document",),
            "the onboarding review: overview, swimlanes, RACI, handoffs, KPIs, timeline, findings",
        ),
    )
}
"""In the order in which they are listed and exported."""
