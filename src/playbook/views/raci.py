"""The RACI matrix: all that somebody answers for, by roles, grouped by stage."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.core.owners import Owners
from playbook.shapes.table import Cell, Column, Table
from playbook.text.ids import words_of
from playbook.views.parts.raci_numbers import counts, remarks
from playbook.views.subject import Subject
from playbook.workspace import CompiledPlaybook

_Row = tuple[str, str, Owners]


def table(subject: Subject) -> Table:
    """Who is Responsible, Accountable, Consulted and Informed.

    The steps of each stage come first; then milestones, handoffs, decisions, routines, interrupts and
    workstreams. Below are the numbers of the steps by letter.
    """
    playbook = subject.playbook
    listed = [*_steps(playbook), *_others(playbook)]
    owners = _owner_order(playbook, {holder for *_, row in listed for holder in row.everyone()})
    columns = (
        Column("stage", "Stage"),
        Column("step", "Step"),
        *(Column(owner, playbook.owner_name(owner), "center", "letters") for owner in owners),
    )
    rows: list[tuple[Cell, ...]] = []
    for section, label, row in listed:
        letters = _letters(row)
        rows.append((section, label, *(letters.get(owner, "") for owner in owners)))
    notes: tuple[str, ...] = ("R responsible, A accountable, C consulted, I informed.",)
    if any("*" in str(cell) for row in rows for cell in row[2:]):
        notes += ("* any one of those marked acts.",)
    return Table(
        f"{playbook.name}.raci",
        f"RACI: {playbook.title}",
        columns,
        tuple(rows),
        "stage",
        (*notes, *remarks(playbook)),
        counts(playbook, owners),
    )


def _steps(playbook: CompiledPlaybook) -> Iterator[_Row]:
    for task in playbook.process.tasks.values():
        yield playbook.stages[task.stage].label, playbook.steps[task.step].label, task.owners


def _others(playbook: CompiledPlaybook) -> Iterator[_Row]:
    """What has letters and is no step."""
    sections = (
        ("milestones", "Milestones"),
        ("handoffs", "Handoffs"),
        ("decisions", "Decisions"),
        ("routines", "Routines"),
        ("interrupts", "Interrupts"),
        ("workstreams", "Workstreams"),
    )
    for kind, section in sections:
        for id_, owners in playbook.letters[kind].items():
            entry = getattr(playbook.model, kind)[id_]
            label = getattr(entry, "title", None) or getattr(entry, "do", None) or words_of(id_)
            if owners.letters():
                yield section, label, owners


def _owner_order(playbook: CompiledPlaybook, used: set[str]) -> list[str]:
    """Roles in the order of the organization, then teams, then names that nothing declares."""
    declared = [*playbook.workspace_symbols["role"], *playbook.workspace_symbols["team"]]
    return [owner for owner in declared if owner in used] + sorted(used.difference(declared))


def _letters(owners: Owners) -> dict[str, str]:
    """The letters of each holder, such as ``R/A``."""
    cells: dict[str, list[str]] = {}
    for name, letter in owners.letters():
        for holder in letter.holders:
            cells.setdefault(holder, []).append(name + ("*" if letter.choice else ""))
    return {holder: "/".join(letters) for holder, letters in cells.items()}
