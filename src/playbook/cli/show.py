"""``playbook show``: the journey in the terminal."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import click

from playbook.cli.compiling import (
    chosen_playbooks,
    compile_arguments,
    has_colours,
    paint_for,
    with_variant,
    write_out,
)
from playbook.text.ids import words_of
from playbook.text.terminal import printable

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.tree import Tree

    from playbook.compiler.compile import Compiled
    from playbook.core.process import Task
    from playbook.language.playbook import Variant
    from playbook.shapes.table import Table
    from playbook.workspace import CompiledPlaybook


@click.command(
    "show",
    epilog="\b\nExamples:\n"
    "  playbook show                            the playbooks here, or the one there is\n"
    "  playbook show enterprise_onboarding      its stages, steps, owners and times\n"
    "  playbook show enterprise_onboarding --raci\n"
    "  playbook show enterprise_onboarding --variant emea\n\n"
    "\b\nA variant is written out as YAML that 'playbook check -' accepts; a comment behind a line says\n"
    "which edit it comes from.",
)
@click.argument("playbook", required=False)
@click.option("--tree", "view", flag_value="tree", help="Stages and steps as a tree; so by default.")
@click.option("--raci", "view", flag_value="raci", help="The RACI matrix as a table.")
@click.option("--tasks", "view", flag_value="tasks", help="The tasks as a table.")
@click.option("--variant", metavar="ID", help="As this variant has it: written out as YAML, or as a view.")
@click.option("--origins", is_flag=True, help="With --variant: where every line of the YAML is written.")
@click.option("-C", "--in", "paths", multiple=True, metavar="PATH", help="Where to look; by default this folder.")
def command(
    playbook: str | None, view: str | None, variant: str | None, origins: bool, paths: tuple[str, ...]
) -> None:
    """Show PLAYBOOK (an id, or a file): its stages and steps with owners and timing."""
    from playbook.checking.run import findings_of

    if origins and (variant is None or view is not None):
        raise click.UsageError("--origins is about the YAML of a variant: give --variant, and no view")
    name, where = _name_and_paths(playbook, paths)
    found = chosen_playbooks(compile_arguments(where), name)
    if not found:
        raise click.UsageError("there is no playbook here. 'playbook init' starts a workspace.")
    if variant is not None:
        found = _variants(found, variant, view, origins=origins)
    parts: list[RenderableType] = []
    if len(found) > 1 and name is None:
        if view:
            ids = ", ".join(each.id for _, each in found)
            raise click.UsageError(f"--{view} shows one playbook: name one of {ids}")
        parts.append(_listing([each for _, each in found]))
        found = []
    for compiled, each in found:
        file = each.document.name
        parts.append(_shown(compiled, each, view))
        count = len([finding for finding in findings_of(compiled) if finding.place.file == file])
        if count:
            parts.append(f"{count} finding{'s' if count > 1 else ''}: see 'playbook check {printable(file)}'")
    if parts:
        write_out(_rendered(parts))


def _variants(
    found: list[tuple[Compiled, CompiledPlaybook]], variant: str, view: str | None, *, origins: bool
) -> list[tuple[Compiled, CompiledPlaybook]]:
    """Write a variant out; or, if a view of it is asked for, give it in the place of its playbook."""
    from playbook.cli.resolved import resolved

    chosen = with_variant(found, variant)
    if len(chosen) > 1:
        ids = ", ".join(base.id for _, base, _ in chosen)
        raise click.UsageError(f"several playbooks have a variant '{variant}': name one of {ids}")
    ((compiled, base, edited),) = chosen
    if view is not None:
        return [(compiled, edited)]
    write_out(resolved(base, edited, paint_for(sys.stdout.isatty()), every_line=origins))
    return []


def _name_and_paths(playbook: str | None, paths: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
    """An argument that looks like a file is one; else it is an id."""
    if playbook and playbook.endswith((".yaml", ".yml")):
        if paths:
            raise click.UsageError("a file says itself where it is: name the file, or an id with --in")
        return None, (playbook,)
    return playbook, paths


def _rendered(parts: list[RenderableType]) -> str:
    """The parts as text: with colours and the width of the terminal, if it is one."""
    from rich.console import Console

    # A pipe gets lines of a fixed width, so that output does not depend on the machine.
    terminal = sys.stdout.isatty()
    text = io.StringIO()
    console = Console(
        file=text,
        force_terminal=terminal,
        color_system="auto" if has_colours(terminal) else None,
        width=None if terminal else 120,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for part in parts:
        console.print(part)
    return text.getvalue()


def _listing(playbooks: list[CompiledPlaybook]) -> RenderableType:
    from rich.table import Table as RichTable

    table = RichTable(box=None, pad_edge=False)
    for title in ("playbook", "title", "stages", "steps", "file"):
        table.add_column(title, overflow="fold")
    for each in playbooks:
        counts = str(len(each.model.stages)), str(len(each.steps))
        table.add_row(each.id, printable(each.title), *counts, printable(each.document.name))
    return table


def _shown(compiled: Compiled, playbook: CompiledPlaybook, view: str | None) -> RenderableType:
    if view in (None, "tree"):
        return _tree(playbook)
    from playbook.shapes.table import Table
    from playbook.views.registry import VIEWS
    from playbook.views.subject import Subject

    table = VIEWS[view].build("table", Subject(playbook, compiled.workspace))
    assert isinstance(table, Table)
    return _rich_table(table, _IN_TERMINAL.get(view))


_IN_TERMINAL: dict[str, tuple[str, ...]] = {
    "tasks": ("stage", "id", "task", "accountable", "responsible", "due", "after")
}
"""The columns of a wide table that fit a terminal; ``export`` has them all."""


def _rich_table(table: Table, kept: tuple[str, ...] | None) -> RenderableType:
    from rich.table import Table as RichTable

    indexes = [at for at, column in enumerate(table.columns) if kept is None or column.key in kept]
    section = next((at for at, column in enumerate(table.columns) if column.key == table.section), None)
    shown = [at for at in indexes if at != section]
    rich_table = RichTable(title=printable(table.title), title_justify="left")
    for at in shown:
        column = table.columns[at]
        rich_table.add_column(printable(column.title), justify=column.align, overflow="fold")
    before: object = None
    for row in table.rows:
        if section is not None and row[section] != before:
            before = row[section]
            rich_table.add_section()
            rich_table.add_row(printable(str(before)).upper(), *[""] * (len(shown) - 1), style="bold")
        rich_table.add_row(*(_cell(row[at]) for at in shown))
    if table.summary:
        rich_table.add_section()
    for row in table.summary:
        rich_table.add_row(*(_cell(row[at]) for at in shown), style="bold")
    if table.notes:
        rich_table.caption = "\n".join(printable(note) for note in table.notes)
        rich_table.caption_justify = "left"
    return rich_table


def _cell(value: object) -> str:
    if value is None:
        return ""
    return printable(", ".join(value) if isinstance(value, tuple) else str(value))


def _tree(playbook: CompiledPlaybook) -> Tree:
    from rich.text import Text
    from rich.tree import Tree

    from playbook.views.parts.phrases import condition
    from playbook.views.parts.words import criteria_in_words

    head = Text(printable(playbook.title), style="bold")
    version = f" {playbook.model.version}" if playbook.model.version else ""
    head.append(printable(f"  {playbook.name}{version}, {playbook.model.status}"), style="dim")
    tree = Tree(head)
    tasks = playbook.process.tasks
    for number, stage in enumerate(playbook.stages.values(), 1):
        branch = tree.add(Text(printable(f"{number}. {stage.label}"), style="bold"))
        for word, conditions in (("enter when", stage.enter), ("exit when", stage.exit)):
            if conditions:
                branch.add(Text(printable(f"{word} {criteria_in_words(playbook, conditions)}"), style="dim italic"))
        for step in stage.steps:
            # Of two steps with one id only the first is a task.
            task = tasks.get(f"step.{step.id}") if playbook.steps.get(step.id) is step else None
            if task is not None:
                branch.add(_step(playbook, task))
            elif step.need == "forbidden":
                branch.add(Text(printable(f"✗ not to be done: {step.label}"), style="red"))
        for way in stage.next:
            branch.add(
                Text(
                    printable(f"→ {way.to}" + (f" if {condition(playbook, way.when)}" if way.when else "")),
                    style="cyan",
                )
            )
    for id_, end in playbook.model.ends.items():
        tree.add(Text(printable(f"■ {end.title or id_}"), style="green" if end.success else "yellow"))
    for id_, variant in playbook.model.variants.items():
        tree.add(_variant(id_, variant))
    return tree


def _variant(id_: str, variant: Variant) -> RenderableType:
    from rich.text import Text

    edits = len(variant.remove) + len(variant.replace) + len(variant.set) + len(variant.add)
    text = Text(printable(f"◇ {variant.title or words_of(id_)}"), style="magenta")
    rest = f"  {id_}, for {', '.join(variant.segments)}, {edits} edit{'' if edits == 1 else 's'}"
    text.append(printable(rest), style="dim")
    return text


def _step(playbook: CompiledPlaybook, task: Task) -> RenderableType:
    from rich.text import Text

    from playbook.views.parts.phrases import condition
    from playbook.views.parts.words import doer, owner_names, together, when

    step = playbook.steps[task.step]
    accountable = together(owner_names(playbook, task.owners.accountable))
    does = doer(playbook, task)
    who = does if does == accountable or not accountable else f"{does} (A: {accountable})"
    details = [who, when(playbook, step.due), f"takes {step.takes.in_words()}" if step.takes else ""]
    details += [
        f"if {condition(playbook, task.condition)}" if task.condition else "",
        step.need if step.need != "required" else "",
    ]
    text = Text(printable(step.label))
    rest = ", ".join(detail for detail in details if detail)
    text.append(printable(f"  {rest}") if rest else "", style="dim")
    return text
