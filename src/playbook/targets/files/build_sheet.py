"""Build sheets: what a person types into a tool that takes no templates, in the order of its screens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from playbook.formats.registry import FORMATS
from playbook.plans.template import TaskTemplate, Template
from playbook.shapes.document import Document, Paragraphs, Section
from playbook.shapes.table import Cell, Column, Table
from playbook.targets.files.build_lists import TICK, beside_tables, first_tables
from playbook.targets.files.notes import template_notes
from playbook.targets.files.offsets import start_anchor
from playbook.targets.files.owners import outside_owners
from playbook.targets.losses import losses_of
from playbook.targets.target import File, Loss, Option, Settings, Target

COUNT = Option(
    "count",
    "Whether the tool counts due dates in calendar days or in working days.",
    default="calendar",
    choices=("calendar", "working"),
)
"""An option of every build sheet: tools differ, and most let an administrator choose."""


@dataclass(frozen=True, slots=True)
class Line:
    """A step as a line of a build sheet."""

    template: Template
    task: TaskTemplate
    count: str
    """``calendar`` or ``working``: what the tool counts days in."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a sheet: a field of the tool's screen, and what goes into it. Empty columns are left out."""

    title: str
    value: Callable[[Line], Cell]
    align: Literal["left", "right"] = "left"


@dataclass(frozen=True, slots=True)
class BuildSheet:
    """A build sheet of a tool. ``made`` is what the tool calls a whole template, ``group`` a stage of it."""

    made: str
    group: str
    steps: str
    """What the tool calls the steps: ``Tasks``."""
    settings: Callable[[Template], tuple[tuple[str, str], ...]]
    """What is to be chosen for the template as a whole: fields of its first screen with their values."""
    fields: tuple[Field, ...]
    """The first is the name of the step."""
    text: str = "Description"
    """What the tool calls the long text of a step. It is a list of its own, so that the steps fit on a page."""
    groups: tuple[tuple[str, Callable[[Template, str, str], str]], ...] = ()
    """Fields of a group with their values by stage, where groups have a screen of their own."""
    elsewhere: str = ""
    """What becomes of due dates that count from another date than the one that the template is started on; that
    date is written as ``{anchor}``."""


def build_sheet_files(target: Target, sheet: BuildSheet, template: Template, settings: Settings) -> Iterator[File]:
    """The sheet as a workbook and as Markdown: the same in both."""
    document = document_of(target, sheet, template, settings)
    for format_ in ("xlsx", "markdown"):
        form = FORMATS[format_]
        yield File(f"{document.name}{form.suffix}", form.write(document))


def document_of(target: Target, sheet: BuildSheet, template: Template, settings: Settings) -> Document:
    """The sheet as a document: what to know, what to create first, the template, its steps, what is left out."""
    lines = [Line(template, task, settings["count"]) for task in template.tasks]
    sections = [
        Section("How to use this", (Paragraphs(target.how, bullets=True),)),
        *(Section(f"First: {table.title}", (table,)) for table in first_tables(template)),
        Section(f"The {sheet.made}", (_chosen(sheet, template),)),
        *_groups(sheet, template),
        Section(sheet.steps, (_steps(sheet, template, lines),)),
        Section(f"{sheet.text} texts", (_texts(sheet, template),)),
        *(Section(f"Also: {table.title}", (table,)) for table in beside_tables(template)),
        *_lost(target, template, settings),
        Section("How sure the names of screens and fields are", (Paragraphs(tuple(_trust(target)), bullets=True),)),
    ]
    return Document(
        name=f"{template.name}.{target.name}",
        title=f"{template.title}: build sheet for {target.tool}",
        subtitle=_version(template, sheet),
        sections=tuple(sections),
        footer=f"{template.name}{f' {template.version}' if template.version else ''} for {target.tool}",
    )


def build_sheet_losses(target: Target, sheet: BuildSheet, template: Template) -> Iterator[Loss]:
    """Owners that are no users of the tool, and what is due by another date than the template is started on."""
    yield from outside_owners(template, target.tool, "assign the step to the colleague who looks after it")
    start = start_anchor(template)
    others: dict[str, list[str]] = {}
    for task in template.tasks:
        if task.due is not None and task.due.anchor != start:
            others.setdefault(task.due.anchor, []).append(task.step)
    for anchor, steps in others.items():
        title = template.anchors[anchor].title
        why = sheet.elsewhere.replace("{anchor}", title)
        yield Loss(f"due dates counted from {title}", why, tuple(steps), part=True)


def _version(template: Template, sheet: BuildSheet) -> str:
    stages, steps = len(template.stages), len(template.tasks)
    variant = f", variant {template.variant}" if template.variant else ""
    return (
        f"One {sheet.made} with {steps} {'step' if steps == 1 else 'steps'} in {stages} "
        f"{'stage' if stages == 1 else 'stages'}{variant}. Tick off each line as it is built."
    )


def _trust(target: Target) -> Iterator[str]:
    return (f"{fact.sure}: {fact.what} ({fact.source})" for fact in target.evidence)


def _chosen(sheet: BuildSheet, template: Template) -> Table:
    columns = (Column("done", "Done", align="center"), Column("field", "Field"), Column("value", "Value"))
    rows = tuple((TICK, field, value) for field, value in sheet.settings(template))
    return Table("settings", f"The {sheet.made}", columns, rows)


def _texts(sheet: BuildSheet, template: Template) -> Table:
    """All that the tool has no field for, to be copied as it is; the last line is the key."""
    columns = (
        Column("done", "Done", align="center"),
        Column("no", "No.", align="right"),
        Column("step", "Step"),
        Column("text", sheet.text),
    )
    rows = tuple((TICK, task.position, task.title, template_notes(template, task)) for task in template.tasks)
    return Table("texts", f"{sheet.text} texts", columns, rows)


def _groups(sheet: BuildSheet, template: Template) -> Iterator[Section]:
    if not sheet.groups:
        return
    columns = (
        Column("done", "Done", align="center"),
        Column("no", "No.", align="right"),
        *(Column(f"group{at}", title) for at, (title, _) in enumerate(sheet.groups)),
    )
    stages = list(template.stages)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (TICK, at + 1, *(value(template, stage, stages[at - 1] if at else "") for _, value in sheet.groups))
        for at, stage in enumerate(stages)
    )
    title = f"{sheet.group}s"
    yield Section(title, (Table("groups", title, columns, rows),))


def _steps(sheet: BuildSheet, template: Template, lines: list[Line]) -> Table:
    values = [(field, tuple(field.value(line) for line in lines)) for field in sheet.fields]
    kept = [values[0], *(each for each in values[1:] if any(cell not in ("", None, ()) for cell in each[1]))]
    (name, names), *others = kept
    # The stage and the step lead: they are frozen on the screen, and repeated where print is several pages wide.
    columns = (
        Column("stage", sheet.group),
        Column("step", name.title),
        Column("done", "Done", align="center"),
        Column("no", "No.", align="right"),
        *(Column(f"field{at}", field.title, align=field.align) for at, (field, _) in enumerate(others)),
    )
    rows = tuple(
        (
            template.stages[line.task.stage].title,
            names[at],
            TICK,
            line.task.position,
            *(cells[at] for _, cells in others),
        )
        for at, line in enumerate(lines)
    )
    return Table("steps", sheet.steps, columns, rows, section="stage")


def _lost(target: Target, template: Template, settings: Settings) -> Iterator[Section]:
    losses = losses_of(target, template, "template", settings)
    if not losses:
        return
    columns = (Column("what", "What"), Column("becomes", "What becomes of it"), Column("steps", "Where"))
    rows = tuple(
        (loss.what, f"{'partly: ' if loss.part else 'left out: '}{loss.why}", _where(template, loss))
        for loss in losses
    )
    title = f"What {target.tool} does not hold"
    yield Section(title, (Table("lost", title, columns, rows),))


def _where(template: Template, loss: Loss) -> str:
    """All steps in one word; else each by its title."""
    titles = {task.step: task.title for task in template.tasks}
    if len(loss.where) >= len(titles) > 1:
        return "all steps"
    others = {each.id: each.title for each in template.milestones}
    others |= {each.id: each.title for each in template.handoffs}
    others |= {each.id: each.title for each in template.routines}
    return "; ".join(titles.get(where) or others.get(where) or where for where in loss.where)
