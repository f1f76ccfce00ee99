"""The sections of a playbook's page: every view that is registered, in an order that people expect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from playbook.diagnostics import Diagnostic
from playbook.formats.page.parts import document_markup, part_markup
from playbook.formats.page.tables import Linking
from playbook.shapes.document import Document
from playbook.shapes.shown import ShapeName
from playbook.shapes.table import Table
from playbook.site.contents import Entry
from playbook.site.records import records_markup
from playbook.text.ids import words_of
from playbook.views.registry import VIEWS, View
from playbook.views.subject import Subject
from playbook.workspace import CompiledPlaybook, Workspace

if TYPE_CHECKING:
    from markupsafe import Markup

_HEADINGS = {
    "overview": "Overview",
    "journey": "Journey",
    "swimlanes": "Swimlanes",
    "timeline": "Timeline",
    "raci": "RACI",
    "handoffs": "Handoffs",
    "kpis": "KPIs",
    "tasks": "Tasks",
    "governance": "Governance",
    "maturity": "Maturity",
    "tracking": "Fields and events",
}
_SHAPES: tuple[ShapeName, ...] = ("diagram", "timeline", "table")
"""The shapes that a page shows, all that a view gives of them; a process is for other tools."""


@dataclass(frozen=True)
class Section:
    """A part of a page under a heading. ``blocking`` are the findings that stand in its way."""

    id: str
    heading: str
    parts: tuple[Markup, ...] = ()
    blocking: tuple[Diagnostic, ...] = ()


def sections_of(entry: Entry, *, internal: bool) -> list[Section]:
    """The sections of a playbook's page."""
    targets = frozenset(_targets(entry.playbook))
    sections = [_section(view, entry, targets) for view in _ordered() if _has_part(view, internal)]
    # The findings are ours: to customers, what cannot be shown is not there.
    return [section for section in sections if internal or not section.blocking]


def workspace_sections(workspace: Workspace, playbooks: Iterable[CompiledPlaybook]) -> list[Section]:
    """The views of a whole workspace."""
    any_playbook = next(iter(playbooks), None)
    views = [view for view in _ordered() if view.of == "workspace" and view.is_in(workspace)]
    subject = Subject(cast(CompiledPlaybook, any_playbook), workspace)
    return [Section(view.name, _heading(view), tuple(_parts(view, subject, frozenset()))) for view in views]


def _ordered() -> list[View]:
    """The views in the order of the headings; those that this page does not know yet come last."""
    known = [VIEWS[name] for name in _HEADINGS if name in VIEWS]
    return [*known, *(view for name, view in VIEWS.items() if name not in _HEADINGS)]


def _has_part(view: View, internal: bool) -> bool:
    shown = any(shape in _SHAPES for shape in view.gives)
    return view.of == "playbook" and shown and (internal or view.customers)


def _heading(view: View) -> str:
    return _HEADINGS.get(view.name, words_of(view.name))


def _section(view: View, entry: Entry, targets: frozenset[str]) -> Section:
    blocking = view.blocking(entry.blocking)
    if blocking:
        return Section(view.name, _heading(view), blocking=blocking)
    return Section(view.name, _heading(view), tuple(_parts(view, entry.subject, targets)))


def _parts(view: View, subject: Subject, targets: frozenset[str]) -> Iterator[Markup]:
    """The view in all shapes that a page can show."""
    if "document" in view.gives and view.of == "workspace":
        yield document_markup(cast(Document, view.build("document", subject)), view.name, level=3)
        return
    for shape in (each for each in _SHAPES if each in view.gives):
        shown = view.build(shape, subject)
        prefix = f"{view.name}-{shape}"
        if view.name == "tasks" and isinstance(shown, Table):
            yield records_markup(shown, subject.playbook)
        elif isinstance(shown, Table):
            linking = _linking(view, subject)
            yield part_markup(shown, prefix, linking=linking, caption=len(view.gives) > 1)
        else:
            yield part_markup(shown, prefix, targets=targets)  # type: ignore[arg-type]


def _linking(view: View, subject: Subject) -> Linking:
    if view.name == "raci":
        return Linking(groups=_teams(subject.playbook))
    if view.of == "workspace":
        return Linking("name" if view.name == "tracking" else "id", f"{view.name}.")
    return Linking("id", f"{view.name}.")


def _teams(playbook: CompiledPlaybook) -> dict[str, str]:
    """The titles of the teams of all roles."""
    found = {}
    for owner in (*playbook.workspace_symbols["role"], *playbook.workspace_symbols["team"]):
        team = playbook.team_of(owner)
        if team:
            found[owner] = playbook.owner_name(team)
    return found


def _targets(playbook: CompiledPlaybook) -> Iterator[str]:
    """What has an entry in the task list."""
    yield from (f"step.{task.step}" for task in playbook.process.tasks.values())
    yield from (f"stage.{stage}" for stage, tasks in playbook.tasks_by_stage.items() if tasks)
