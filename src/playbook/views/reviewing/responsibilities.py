"""Who does what: the RACI matrix, and how much each role carries."""

from __future__ import annotations

from dataclasses import replace

from playbook.raci_analysis import raci_analysis
from playbook.shapes.document import Paragraphs, Part, Section
from playbook.shapes.table import Column, Table
from playbook.views.parts.raci_numbers import remarks
from playbook.views.reviewing.cells import without_empty_columns
from playbook.workspace import CompiledPlaybook


def matrix(playbook: CompiledPlaybook, raci: Table) -> Section:
    """The matrix under its legend; what it adds up to has a section of its own."""
    told = remarks(playbook)
    legend, *notes = (note for note in raci.notes if note not in told)
    shown = replace(raci, title="Who does what", summary=(), notes=tuple(notes))
    return Section("Who does what", (Paragraphs((legend,)), shown))


def load(playbook: CompiledPlaybook) -> list[Section]:
    """How much each role carries, and what stands out."""
    table = _load(playbook)
    if not table.rows:
        return []
    told = remarks(playbook)
    parts: tuple[Part, ...] = (Paragraphs(told, bullets=True), table) if told else (table,)
    return [Section("How much each role carries", parts)]


def _load(playbook: CompiledPlaybook) -> Table:
    """How many steps each role has which letter on."""
    analysis = playbook.remembered(raci_analysis)
    columns = (
        Column("role", "Role"),
        Column("accountable", "Accountable", "right"),
        Column("share", "Share of steps", "right"),
        Column("responsible", "Responsible", "right"),
        Column("consulted", "Consulted", "right"),
        Column("informed", "Informed", "right"),
        Column("steps", "Steps in all", "right"),
        Column("busiest", "Busiest stage"),
    )
    held = sorted(
        analysis.columns.values(), key=lambda column: (-column.accountable, -column.responsible, -column.steps)
    )
    rows = tuple(
        (
            playbook.owner_name(column.owner),
            column.accountable or "",
            f"{analysis.share(column.owner):.0%}" if column.accountable else "",
            column.responsible or "",
            column.consulted or "",
            column.informed or "",
            column.steps,
            playbook.stages[column.busiest].label if column.busiest in playbook.stages else "",
        )
        for column in held
    )
    table = Table(f"{playbook.name}.load", "How much each role carries", columns, rows)
    # Where nobody is accountable yet, the findings say so.
    return without_empty_columns(table)
