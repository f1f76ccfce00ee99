"""The maturity matrices: per dimension where it starts, where it is to get, and the level that is claimed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from playbook.language.maturity import Dimension, Maturity
from playbook.shapes.table import Cell, Column, Table
from playbook.text.ids import words_of
from playbook.views.parts.shared_names import documents_of, owner_titles, title_of
from playbook.workspace import Workspace

LEVELS = ("0", "1", "2", "3", "4")
_HERE = "Claimed: "

_COLUMNS = (
    Column("matrix", "Matrix"),
    Column("dimension", "Dimension"),
    Column("from", "From: left to chance"),
    *(Column(f"level_{level}", f"Level {level}") for level in LEVELS),
    Column("to", "To: operationalized"),
    Column("claimed", "Claimed level", "center", "level"),
    Column("owner", "Who moves it"),
    Column("kpi", "Primary KPI"),
    Column("evidence", "Evidence"),
)


def table(workspace: Workspace) -> Table:
    """All matrices of the workspace, a block of rows each."""
    matrices = [(id_, cast(Maturity, model)) for id_, model in documents_of(workspace, "maturity")]
    rows = tuple(
        _row(workspace, matrix.title or words_of(id_), name, dimension)
        for id_, matrix in matrices
        for name, dimension in matrix.dimensions.items()
    )
    titles = [matrix.title or words_of(id_) for id_, matrix in matrices]
    title = f"Maturity: {titles[0]}" if len(titles) == 1 else "Maturity"
    return Table("maturity", title, _COLUMNS, rows, "matrix", tuple(_notes(matrices)))


def _row(workspace: Workspace, matrix: str, name: str, dimension: Dimension) -> tuple[Cell, ...]:
    symbols = workspace.symbols
    return (
        matrix,
        dimension.title or words_of(name),
        dimension.worst,
        *(_level(dimension, level) for level in LEVELS),
        dimension.best,
        dimension.claimed,
        owner_titles(symbols, dimension.owner),
        tuple(title_of(symbols, "kpi", kpi) for kpi in dimension.kpi),
        dimension.evidence,
    )


def _level(dimension: Dimension, number: str) -> str:
    """What must hold for a level; the claimed one says so, for those who see no colours."""
    level = dimension.levels.get(number)
    title = (level.title or level.description or "") if level else ""
    if dimension.claimed is None or str(dimension.claimed) != number:
        return title
    return f"{_HERE}{title}" if title else _HERE.rstrip(": ")


def _notes(matrices: list[tuple[str, Maturity]]) -> Iterator[str]:
    every = [dimension for _, matrix in matrices for dimension in matrix.dimensions.values()]
    claimed = [dimension for dimension in every if dimension.claimed is not None]
    if every and not claimed:
        yield "No level is claimed yet."
    elif len(claimed) < len(every):
        yield f"A level is claimed for {len(claimed)} of {len(every)} dimensions."
    if any(not dimension.evidence for dimension in claimed):
        yield "Some of the claimed levels have no evidence."
