"""Key paths to places, with the positions of a file read when they are first needed."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from playbook.diagnostics import Edit, Place
from playbook.fixing.changes import Change
from playbook.reader import Positions
from playbook.reader.compose import compose
from playbook.reader.composition import Composition
from playbook.text.paths import KeyPath
from playbook.text.spans import SourceText

if TYPE_CHECKING:
    from playbook.fixing.edits import Manuscript


class SourceLocator:
    """Places in one source text. A clean file never pays for its positions."""

    def __init__(self, source: SourceText) -> None:
        self._source = source

    @cached_property
    def _read(self) -> Composition:
        return compose(self._source)

    @cached_property
    def _positions(self) -> Positions:
        return Positions(self._source, self._read.root)

    def place(self, path: KeyPath, *, key: bool = False, within: tuple[int, int] | None = None) -> Place:
        """The place of the value at ``path``; of its key; or of some characters of its text."""
        if within is not None:
            return Place(self._source.name, self._positions.within(path, *within))
        return Place(self._source.name, self._positions.span(path, "key" if key else "value"))

    @cached_property
    def _manuscript(self) -> Manuscript:
        from playbook.fixing.edits import Manuscript

        return Manuscript(self._source, self._read)

    def edits(self, changes: tuple[Change, ...]) -> tuple[Edit, ...] | None:
        """The edits that make changes; the text is read for them when the first is asked for."""
        return self._manuscript.edits(changes)


class NoLocator:
    """Stands in for a file that could not be read: every place is the file as a whole."""

    def __init__(self, name: str) -> None:
        self._name = name

    def place(self, path: KeyPath, *, key: bool = False, within: tuple[int, int] | None = None) -> Place:
        """The file as a whole."""
        del path, key, within
        return Place(self._name)

    def edits(self, changes: tuple[Change, ...]) -> None:
        """Nothing: there is no text to edit."""
        del changes
