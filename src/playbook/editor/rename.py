"""Another name for something, wherever it is named."""

from __future__ import annotations

import keyword
import re

from playbook.compiler.near_names import LOOKED_UP
from playbook.compiler.occurrences import Name, Occurrence
from playbook.diagnostics import Edit, Place
from playbook.editor.navigate import named
from playbook.editor.view import View
from playbook.language.scalars import ID_PATTERN, NAME_PATTERN
from playbook.language.vocabulary import STATES
from playbook.text.paths import KeyPath
from playbook.text.quote import shown
from playbook.text.suggest import with_article
from playbook.workspace import Document

_DOTTED = ("field", "event")


class RefusedError(Exception):
    """Why something cannot be renamed, in words for the person who asked."""


def renamed_at(view: View, offset: int) -> tuple[Place, Occurrence]:
    """The name at an offset that can be given another one.

    Raises :class:`RefusedError` for what is no id, and for what the language itself names.
    """
    found = named(view, offset)
    if found is None and not view.is_current:
        raise RefusedError("the document cannot be read at the moment: mend it first")
    if found is None:
        raise RefusedError("there is no id here that could be renamed")
    if found[1].role == "former":
        raise RefusedError("a former id stays as it was: it says what the thing was once called")
    if view.occurrences.symbol(found[1].name) is None:
        raise RefusedError(f'"{shown(found[1].name.id)}" is declared nowhere')
    return found


def rename(view: View, offset: int, new: str) -> list[Edit]:
    """The edits of all files that give the thing at an offset another id.

    Raises :class:`RefusedError` where the new id would mean something else, or where not every place can be told.
    """
    _, occurrence = renamed_at(view, offset)
    name = occurrence.name
    if new == name.id:
        return []
    _check_form(name, new)
    _check_free(view, name, new)
    _check_lost(view, name)
    edits: dict[Place, Edit] = {}
    for place, found in view.occurrences.of(name):
        if found.role != "former":
            _check_place(view, place, name)
            edits[place] = Edit(place.file, place.span.start.offset, place.span.end.offset, new)
    return [edits[place] for place in sorted(edits, key=lambda place: (place.file, place.span))]


def _check_form(name: Name, new: str) -> None:
    dotted = name.kind in _DOTTED
    if not re.fullmatch((NAME_PATTERN if dotted else ID_PATTERN).rstrip("$"), new):
        form = (
            "snake_case parts joined by dots, such as account.use_case" if dotted else "snake_case, such as kickoff"
        )
        raise RefusedError(f'"{shown(new)}" is not {"a dotted name" if dotted else "an id"}: {form}')
    if any(keyword.iskeyword(part) for part in new.split(".")):
        raise RefusedError(f'"{shown(new)}" has a meaning of its own in expressions')


def _check_free(view: View, name: Name, new: str) -> None:
    kinds = {name.kind}
    for group in (*LOOKED_UP.values(), ("role", "team"), tuple(STATES)):
        # What a variant removes may be anything; that alone makes no rivals.
        if name.kind in group and group is not LOOKED_UP["part"]:
            kinds.update(group)
    playbook = view.occurrences.playbook(name.playbook)
    for tables in view.occurrences.tables(playbook):
        for kind in sorted(kinds):
            if new in tables.get(kind, {}):
                raise RefusedError(f'"{shown(new)}" is already the id of {with_article(kind)}')
    for state in STATES.get(name.kind, ()):
        if any(f"{new}.{state}" in view.shared.get(kind, {}) for kind in _DOTTED):
            raise RefusedError(f'"{shown(new)}.{state}" is already the name of a field or event')


def _check_place(view: View, place: Place, name: Name) -> None:
    """Behind an alias one text may stand for several things."""
    for other in view.occurrences.within(place.file):
        if other.name.id == name.id and other.name != name and other.place() == place:
            raise RefusedError(
                f'"{shown(name.id)}" in {place.file}:{place.span.start.line} is also the id of '
                f"{with_article(other.name.kind)}: write the alias out first"
            )


def _check_lost(view: View, name: Name) -> None:
    """What could not be read may name it too."""
    word = re.compile(rf"(?<![\w.]){re.escape(name.id)}(?!\w)")
    for document in view.workspace.documents:
        if document.source is None or document.whole:
            continue
        if name.playbook not in ("", document.name) and document.kind == "playbook":
            continue
        for text, line in _lost(document):
            if word.search(text):
                raise RefusedError(
                    f'{document.name}:{line} has mistakes and may name "{shown(name.id)}": mend it first'
                )


def _lost(document: Document) -> list[tuple[str, int]]:
    """The parts of a document that were not understood, each with its line."""
    source = document.source
    assert source is not None
    if document.model is None:
        return [(source.text, 1)]
    spans = [_place(document, path).span for path in document.pruned]
    return [(source.slice(span), span.start.line) for span in spans]


def _place(document: Document, path: KeyPath) -> Place:
    # The paths of what was left out are those of the file, not of the model.
    from playbook.reader import read_positions

    assert document.source is not None
    return Place(document.name, read_positions(document.source).span(path))
