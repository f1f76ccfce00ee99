"""Lists of what an export had to leave out, written beside it in files of a bounded size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from playbook.targets.files.rows import Row, Sheet
from playbook.targets.target import File

MOST = 50_000
"""The rows that are held in memory before they are written."""


@dataclass
class Leftovers:
    """A list that grows while files are written: ``<name>.csv``, then ``<name>-2.csv`` …"""

    name: str
    columns: tuple[str, ...]
    _rows: list[Row] = field(default_factory=list)
    _number: int = 1

    def add(self, row: Row) -> None:
        """Put a row on the list."""
        self._rows.append(row)

    def full(self) -> Iterator[File]:
        """The file of the list so far, if it is time to write it."""
        return self.rest() if len(self._rows) >= MOST else iter(())

    def rest(self) -> Iterator[File]:
        """The file of what was not written yet, if there is anything."""
        if self._rows:
            sheet = Sheet(self.name, self.columns, rows=lambda _: ())
            name = self.name if self._number == 1 else f"{self.name}-{self._number}"
            yield File(f"{name}.csv", sheet.head + sheet.written(self._rows))
            self._number += 1
            self._rows = []


def unlinked() -> Leftovers:
    """Accounts that have no record in HubSpot."""
    return Leftovers("unlinked", ("Account id", "Account"))


def undated() -> Leftovers:
    """Tasks that hang on a date which is not known."""
    return Leftovers("undated", ("Playbook key", "Task", "Account", "Due"))
