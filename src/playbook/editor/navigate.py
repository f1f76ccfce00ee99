"""From a name to its declaration, and to everything that names it."""

from __future__ import annotations

from collections.abc import Callable

from lsprotocol import types

from playbook.compiler.occurrences import Occurrence
from playbook.diagnostics import Place
from playbook.editor.view import View

Locate = Callable[[Place], types.Location]
"""Makes a place in a file one of the editor."""


def definitions(view: View, offset: int, locate: Locate) -> list[types.Location]:
    """Where the name at an offset is declared."""
    found = named(view, offset)
    if found is None:
        return []
    return [locate(place) for place in view.occurrences.declarations(found[1].name)]


def references(view: View, offset: int, locate: Locate, *, declarations: bool) -> list[types.Location]:
    """Every place where the name at an offset stands, former ids of the thing included."""
    found = named(view, offset)
    if found is None:
        return []
    every = view.occurrences.of(found[1].name)
    return [locate(place) for place, occurrence in every if declarations or occurrence.role != "declaration"]


def highlights(view: View, offset: int) -> list[types.DocumentHighlight]:
    """Every place of the name at an offset in this document."""
    found = named(view, offset)
    if found is None:
        return []
    kinds = {"declaration": types.DocumentHighlightKind.Write}
    return [
        types.DocumentHighlight(
            view.buffer.of_span(place.span), kinds.get(occurrence.role, types.DocumentHighlightKind.Read)
        )
        for place, occurrence in view.occurrences.placed(view.file)
        if occurrence.name == found[1].name
    ]


def named(view: View, offset: int) -> tuple[Place, Occurrence] | None:
    """The name at an offset; nothing while the text has moved on from what was compiled."""
    return view.occurrences.at(view.file, offset) if view.is_current else None
