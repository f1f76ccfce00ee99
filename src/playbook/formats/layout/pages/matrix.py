"""Large matrices in several tables, each with the columns that it needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from playbook.shapes.table import Cell, Table

_MARKS = ("letters", "level")
_Row = tuple[Cell, ...]


def divided(table: Table, most: int) -> list[Table]:
    """A matrix of more than ``most`` columns of letters as several tables; any other as it is.

    It is divided between its blocks of rows. Blocks that follow each other share a table as long as that has
    at most so many columns of letters. A table shows only those in which it has any; one of a single block is
    called like the block, and any other has no title of its own.
    """
    at = next((at for at, column in enumerate(table.columns) if column.key == table.section), None)
    if at is None or sum(column.kind in _MARKS for column in table.columns) <= most:
        return [table]
    matrix = _Matrix(table, at)
    tables = [matrix.part(blocks) for blocks in matrix.runs(most)]
    if table.summary:
        tables.append(matrix.block("In all", table.summary))
    return tables


@dataclass(frozen=True, slots=True)
class _Matrix:
    """A table with rows in blocks; ``section`` is the place of the column that names them."""

    table: Table
    section: int

    def runs(self, most: int) -> list[list[_Row]]:
        """The rows in runs of whole blocks, each as long as its columns allow."""
        blocks: dict[Cell, list[_Row]] = {}
        for row in self.table.rows:
            blocks.setdefault(row[self.section], []).append(row)
        runs: list[list[_Row]] = []
        for block in blocks.values():
            if runs and len(self._marked([*runs[-1], *block])) <= most:
                runs[-1] += block
            else:
                runs.append(list(block))
        return runs

    def part(self, rows: Sequence[_Row]) -> Table:
        """Some blocks as a table; a single one has its name above the table."""
        names = {row[self.section] for row in rows}
        if len(names) == 1:
            return self.block(str(names.pop()), rows)
        return replace(self._cut(rows, frozenset()), title="", section=self.table.section)

    def block(self, title: str, rows: Sequence[_Row]) -> Table:
        """Some rows as a table of their own, without the column that names blocks."""
        return replace(self._cut(rows, frozenset({self.section})), title=title)

    def _cut(self, rows: Sequence[_Row], without: frozenset[int]) -> Table:
        marked = self._marked(rows)
        kept = [
            at
            for at, column in enumerate(self.table.columns)
            if at not in without and (column.kind not in _MARKS or at in marked)
        ]
        columns = tuple(self.table.columns[at] for at in kept)
        return Table(self.table.name, "", columns, tuple(tuple(row[at] for at in kept) for row in rows))

    def _marked(self, rows: Sequence[_Row]) -> frozenset[int]:
        """The columns of letters in which some rows have any."""
        return frozenset(
            at
            for at, column in enumerate(self.table.columns)
            if column.kind in _MARKS and any(row[at] not in ("", None) for row in rows)
        )
