"""The lists of a build sheet: what is created before the template itself, and what is built beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from playbook.plans.template import TaskTemplate, Template
from playbook.shapes.table import Cell, Column, Table
from playbook.targets.files.offsets import offset_in_words

TICK = "[ ]"
"""What is ticked off, in characters that every font has."""

_Rows = list[tuple[Cell, ...]]


def first_tables(template: Template) -> Iterator[Table]:
    """Roles, fields, content, and the groups of accounts that conditions speak of; those that there are."""
    yield from _table("roles", "Roles to map", ("Role", "Team", "Side", "Steps as owner"), _roles(template))
    fields = _used(template, lambda task: task.captures)
    titles = ("Field", "Id in the playbook", "Filled by")
    yield from _table("fields", "Fields to create", titles, _named(template, fields))
    conditions = _used(template, lambda task: (task.condition,) if task.condition else ())
    yield from _table(
        "conditions", "Rules or segments", ("Holds for accounts where", "Used by"), _listed(conditions)
    )
    assets = _used(template, lambda task: (task.asset,) if task.asset else ())
    titles = ("Content", "Id in the playbook", "Used by")
    yield from _table("content", "Content to load", titles, _named(template, assets))


def beside_tables(template: Template) -> Iterator[Table]:
    """Checklists, milestones, handoffs and recurring work; those that there are."""
    yield from _table("checklists", "Checklists", ("Step", "Line", "Only if"), _checklists(template))
    milestones: _Rows = [
        (
            each.title,
            offset_in_words(template, each.due),
            template.stages[each.stage].title if each.stage else "",
            each.key,
        )
        for each in template.milestones
    ]
    yield from _table("milestones", "Milestones", ("Milestone", "Due", "Stage", "Key"), milestones)
    handoffs: _Rows = [
        (each.title, template.role_title(each.giver), template.role_title(each.receiver), each.accept, each.key)
        for each in template.handoffs
    ]
    yield from _table("handoffs", "Handoffs", ("Handoff", "From", "To", "To be accepted within", "Key"), handoffs)
    routines: _Rows = [
        (
            each.title,
            f"every {each.every}" if each.every else each.event or "",
            each.condition,
            template.role_title(each.owner),
            each.key,
        )
        for each in template.routines
    ]
    yield from _table("routines", "Recurring work", ("What", "When", "Only if", "Owner", "Key"), routines)


def _table(name: str, title: str, titles: tuple[str, ...], rows: _Rows) -> Iterator[Table]:
    """The table with a column to tick off and without columns that are empty; none without rows."""
    if not rows:
        return
    kept = [at for at in range(len(titles)) if at == 0 or any(row[at] not in ("", None) for row in rows)]
    columns = (Column("done", "Done", align="center"), *(Column(f"{name}{at}", titles[at]) for at in kept))
    yield Table(name, title, columns, tuple((TICK, *(row[at] for at in kept)) for row in rows))


def _roles(template: Template) -> _Rows:
    """Those who own a step, in the order in which they first do."""
    owned: dict[str, int] = {}
    for task in template.tasks:
        if task.owner:
            owned[task.owner] = owned.get(task.owner, 0) + 1
    roles = [(template.roles[role], count) for role, count in owned.items()]
    return [(role.title, role.team or "", role.party, count) for role, count in roles]


def _used(template: Template, of: Callable[[TaskTemplate], tuple[str, ...]]) -> dict[str, list[str]]:
    """What steps have, each once, with the titles of the steps."""
    found: dict[str, list[str]] = {}
    for task in template.tasks:
        for each in of(task):
            found.setdefault(each, []).append(task.title)
    return found


def _named(template: Template, used: dict[str, list[str]]) -> _Rows:
    return [(template.called(id_), id_, "; ".join(titles)) for id_, titles in used.items()]


def _listed(used: dict[str, list[str]]) -> _Rows:
    return [(what, "; ".join(titles)) for what, titles in used.items()]


def _checklists(template: Template) -> _Rows:
    return [
        (task.title, f"{'– ' * line.depth}{line.do}", line.condition)
        for task in template.tasks
        for line in task.checklist
    ]
