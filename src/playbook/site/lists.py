"""The people and the indicators of a workspace, with the playbooks in which they occur."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.shapes.table import Cell, Column, Table
from playbook.site.contents import Area
from playbook.text.ids import words_of
from playbook.workspace import Symbol


def roles(area: Area) -> Table | None:
    """All roles by team, with the playbooks in which they have a letter."""
    symbols = area.compiled.workspace.symbols
    teams = {id_: _title(symbol) for id_, symbol in symbols["team"].items()}
    rows: list[tuple[Cell, ...]] = []
    for id_, symbol in symbols["role"].items():
        role = symbol.value
        backup = symbols["role"].get(getattr(role, "backup", None) or "")
        stands_in = _title(backup) if backup else ""
        team = teams.get(getattr(role, "team", None) or "", "No team")
        rows.append((id_, team, _title(symbol), stands_in, tuple(_playbooks_of(area, id_))))
    if not rows:
        return None
    order = {team: at for at, team in enumerate([*teams.values(), "No team"])}
    columns = (
        Column("id", "Id"),
        Column("team", "Team"),
        Column("role", "Role"),
        Column("backup", "Stood in for by"),
        Column("playbooks", "Takes part in"),
    )
    ordered = sorted(rows, key=lambda row: order[str(row[1])])
    return Table("roles", "Teams and roles", columns, tuple(ordered), "team")


def kpis(area: Area) -> Table | None:
    """All KPIs with what they measure, their owner and their target."""
    symbols = area.compiled.workspace.symbols
    rows: list[tuple[Cell, ...]] = []
    for id_, symbol in symbols["kpi"].items():
        kpi = symbol.value
        owner = getattr(kpi, "owner", None)
        named = symbols["role"].get(owner or "") or symbols["team"].get(owner or "")
        cells = getattr(kpi, "description", None), getattr(kpi, "target", None)
        rows.append((id_, _title(symbol), cells[0], _title(named) if named else "", cells[1]))
    if not rows:
        return None
    columns = (
        Column("id", "Id"),
        Column("kpi", "KPI"),
        Column("what", "What it says"),
        Column("owner", "Owner"),
        Column("target", "Target"),
    )
    return Table("kpis", "KPIs", columns, tuple(rows))


def _playbooks_of(area: Area, role: str) -> Iterator[str]:
    for family in area.families:
        playbook = family.main.playbook
        if any(role in task.owners.everyone() for task in playbook.process.tasks.values()):
            yield playbook.title


def _title(symbol: Symbol) -> str:
    return getattr(symbol.value, "title", None) or words_of(symbol.id)
