"""The task list: every step with its owners, its time and what it needs and yields."""

from __future__ import annotations

from dataclasses import replace

from playbook.core.predecessors import steps_ahead
from playbook.core.process import Task
from playbook.language.step import ChecklistItem, Step
from playbook.shapes.table import Cell, Column, Table
from playbook.views.narrowing.excerpt import is_for_customers
from playbook.views.parts.phrases import condition
from playbook.views.parts.shared_names import title_of
from playbook.views.parts.words import data_title, owner_cells, party_of, when
from playbook.views.subject import Subject
from playbook.workspace import CompiledPlaybook

_COLUMNS = (
    Column("id", "Id"),
    Column("stage", "Stage"),
    Column("task", "Task"),
    Column("accountable", "Accountable"),
    Column("responsible", "Responsible"),
    Column("consulted", "Consulted"),
    Column("informed", "Informed"),
    Column("party", "Party"),
    Column("due", "Due"),
    Column("takes", "Takes"),
    Column("after", "After"),
    Column("condition", "Only if"),
    Column("need", "Need"),
    Column("touch", "Touch"),
    Column("system", "System"),
    Column("automation", "Automation"),
    Column("captures", "Captures"),
    Column("produces", "Produces"),
    Column("checklist", "Checklist"),
    Column("description", "Description"),
)
_INTERNAL = frozenset({"system", "automation", "captures", "description"})
"""Columns that say how we work."""


def table(subject: Subject) -> Table:
    """The steps of a playbook in order. Times are as written: relative, without dates."""
    playbook = subject.playbook
    tasks = playbook.process.tasks.values()
    rows = tuple(_row(playbook, task, playbook.steps[task.step]) for task in tasks)
    shown = Table(f"{playbook.name}.tasks", f"Tasks: {playbook.title}", _COLUMNS, rows, "stage")
    return _for_customers(shown) if is_for_customers(playbook) else shown


def _for_customers(table: Table) -> Table:
    """The table in the words of those whom we work with; nothing stands in the columns that are left out."""
    kept = [at for at, column in enumerate(table.columns) if column.key not in _INTERNAL]
    party = next(at for at, column in enumerate(table.columns) if column.key == "party")
    rows = (
        tuple("our side" if at == party and row[at] == "internal" else row[at] for at in kept) for row in table.rows
    )
    return replace(table, columns=tuple(table.columns[at] for at in kept), rows=tuple(rows))


def _row(playbook: CompiledPlaybook, task: Task, step: Step) -> tuple[Cell, ...]:
    owners = task.owners
    return (
        step.id,
        playbook.stages[task.stage].label,
        step.label,
        owner_cells(playbook, owners.accountable),
        owner_cells(playbook, owners.responsible),
        owner_cells(playbook, owners.consulted),
        owner_cells(playbook, owners.informed),
        party_of(playbook, task, step),
        when(playbook, step.due),
        step.takes.in_words() if step.takes else "",
        tuple(ahead.step for ahead in steps_ahead(playbook.process, task)),
        condition(playbook, task.condition) if task.condition else "",
        step.need,
        step.touch.kind.replace("_", " ") if step.touch else "",
        title_of(playbook.workspace_symbols, "system", step.system) if step.system else "",
        step.automation,
        tuple(data_title(playbook, name) for name in step.captures),
        tuple(data_title(playbook, name) for name in step.produces),
        tuple(_checklist(step.checklist)),
        step.description or "",
    )


def _checklist(items: tuple[ChecklistItem, ...], depth: int = 0) -> list[str]:
    lines: list[str] = []
    for item in items:
        need = f" ({item.need})" if item.need != "required" else ""
        lines.append("– " * depth + item.do + need)
        lines += _checklist(item.checklist, depth + 1)
    return lines
