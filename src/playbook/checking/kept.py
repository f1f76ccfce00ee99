"""What is known of the documents of a workspace, in the cache."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.checking.memory import Memory, Values, entries_as_plain, from_kept
from playbook.checking.store import Store

_FEW = 0.1
"""This share of the plain values may be out of date: those documents are read from their texts."""


@dataclass(frozen=True)
class Kept:
    """The memory of one workspace under some options, in a store; without one, nothing is known or kept."""

    store: Store | None
    name: str

    def read(self) -> Memory:
        """What was known after the last run."""
        store = self.store
        if store is None:
            return Memory()
        return from_kept(store.read(self._documents), lambda: store.read(self._values))

    def write(self, memory: Memory, before: Memory) -> None:
        """Keep what is known now, and nothing else, so that what is gone takes no room."""
        if self.store is None:
            return
        if memory.entries != before.entries:
            self.store.write(self._documents, entries_as_plain(memory))
        if _is_worth_writing(memory.values, before.values):
            self.store.write(self._values, {name: list(item) for name, item in memory.values.items()})

    @property
    def _documents(self) -> str:
        return f"documents-{self.name}.json"

    @property
    def _values(self) -> str:
        return f"values-{self.name}.json"


def _is_worth_writing(values: Values, before: Values) -> bool:
    """Whether so many are new or gone that it costs more to be without them than to write all of them."""
    same = sum(before.get(name) == item for name, item in values.items())
    different = len(values) + len(before) - 2 * same
    return different > _FEW * len(values)
