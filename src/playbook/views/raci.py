"""The RACI matrix: steps by roles, grouped by stage."""

from __future__ import annotations

from playbook.core.owners import Owners
from playbook.views.table import Cell, Column, Table
from playbook.workspace import CompiledPlaybook


def raci(playbook: CompiledPlaybook) -> Table:
    """Who is Responsible, Accountable, Consulted and Informed for each step."""
    tasks = playbook.process.tasks.values()
    owners = _owner_order(playbook, {holder for task in tasks for holder in task.owners.everyone()})
    columns = (
        Column("stage", "Stage"),
        Column("step", "Step"),
        *(Column(owner, playbook.owner_name(owner), "center") for owner in owners),
    )
    rows: list[tuple[Cell, ...]] = []
    for task in tasks:
        letters = _letters(task.owners)
        cells = (letters.get(owner, "") for owner in owners)
        rows.append((playbook.stages[task.stage].label, playbook.steps[task.step].label, *cells))
    notes: tuple[str, ...] = ("R responsible, A accountable, C consulted, I informed.",)
    if any("*" in str(cell) for row in rows for cell in row[2:]):
        notes += ("* any one of those marked acts.",)
    return Table(f"{playbook.id}.raci", f"RACI: {playbook.title}", columns, tuple(rows), "stage", notes)


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
