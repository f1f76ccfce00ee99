"""Governance: the council and what it decides, goals, improvements, what is due for a review, what was decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from playbook.language.governance import Council, Governance, VoiceOfCustomer
from playbook.shapes.document import Document, Figures, Paragraphs, Part, Section
from playbook.shapes.table import Cell, Column, Table
from playbook.text.ids import words_of
from playbook.views.governing import tables
from playbook.views.parts.shared_names import documents_of, owner_title, owner_titles
from playbook.workspace import Workspace

_FLAT = (
    Column("section", "Section"),
    Column("subject", "Subject"),
    Column("what", "What"),
    Column("who", "Who"),
    Column("when", "When"),
)


def document(workspace: Workspace) -> Document:
    """All governance documents of the workspace as one paper."""
    found = _documents(workspace)
    titles = [governance.title or words_of(id_) for id_, governance in found]
    sections = [
        section if len(found) == 1 else Section(f"{section.title} ({title})", section.parts)
        for title, (_, governance) in zip(titles, found, strict=True)
        for section in _sections(workspace, governance)
    ]
    descriptions = [governance.description for _, governance in found if governance.description]
    return Document(
        "governance",
        titles[0] if len(titles) == 1 else "Governance",
        " ".join(descriptions[0].split()) if len(descriptions) == 1 else "",
        tuple(sections),
    )


def table(workspace: Workspace) -> Table:
    """The same as one table, for sheets: a row for each decision right, goal, review and the like."""
    rows: list[tuple[Cell, ...]] = []
    for _, governance in _documents(workspace):
        if governance.council is not None:
            rows += _council_rows(workspace, governance.council)
        for part in tables.every(workspace, governance):
            rows += [_flat(part, row) for row in part.rows]
    return Table("governance", "Governance", _FLAT, tuple(rows), "section")


def _documents(workspace: Workspace) -> list[tuple[str, Governance]]:
    return [(id_, cast(Governance, model)) for id_, model in documents_of(workspace, "governance")]


# -- as a paper ------------------------------------------------------------------------------------


def _sections(workspace: Workspace, governance: Governance) -> Iterator[Section]:
    if governance.council is not None:
        yield Section(governance.council.title or "The council", tuple(_council(workspace, governance.council)))
    for part in tables.every(workspace, governance):
        if part.rows:
            yield Section(part.title, (_without_empty(part),))
    if governance.voice_of_customer is not None:
        voice = governance.voice_of_customer
        yield Section("How customers are heard", tuple(_voice(workspace, voice, governance.narrative)))


def _without_empty(part: Table) -> Table:
    """The table without the columns in which nothing is said: paper is narrow."""
    kept = [at for at in range(len(part.columns)) if any(row[at] not in ("", None, ()) for row in part.rows)]
    return replace(
        part,
        columns=tuple(part.columns[at] for at in kept),
        rows=tuple(tuple(row[at] for at in kept) for row in part.rows),
    )


def _council(workspace: Workspace, council: Council) -> Iterator[Part]:
    facts = (
        ("Meets", f"every {council.cadence.in_words()}" if council.cadence else ""),
        ("Led by", owner_title(workspace.symbols, council.chair)),
        ("Members", str(len(council.members)) if council.members else ""),
        ("Able to decide with", f"{council.quorum} members" if council.quorum else ""),
        ("Roadmap", council.roadmap or ""),
    )
    yield Figures(tuple((what, value) for what, value in facts if value))
    if council.description:
        yield Paragraphs((council.description,))
    if council.members:
        yield Paragraphs((f"Members: {', '.join(owner_titles(workspace.symbols, council.members))}.",))
    if council.agenda:
        yield Paragraphs(("Standing items of the agenda:",))
        yield Paragraphs(council.agenda, bullets=True)


def _voice(workspace: Workspace, voice: VoiceOfCustomer, narrative: str | None) -> Iterator[Part]:
    facts = (
        ("Owner", owner_title(workspace.symbols, voice.owner)),
        ("They hear what became of it", f"within {voice.close_loop.in_words()}" if voice.close_loop else ""),
        ("The one story", narrative or ""),
    )
    yield Figures(tuple((what, value) for what, value in facts if value))
    if voice.sampling:
        yield Paragraphs((f"Who is asked: {voice.sampling}.".replace("..", "."),))
    for lead, texts in (("By means of:", voice.instruments), ("Set off by:", voice.triggers)):
        if texts:
            yield Paragraphs((lead,))
            yield Paragraphs(texts, bullets=True)


# -- as rows ---------------------------------------------------------------------------------------


def _council_rows(workspace: Workspace, council: Council) -> Iterator[tuple[Cell, ...]]:
    section = council.title or "The council"
    cadence = f"every {council.cadence.in_words()}" if council.cadence else ""
    members = owner_titles(workspace.symbols, council.members)
    yield section, "Members", f"{council.quorum} are able to decide" if council.quorum else "", members, cadence
    if council.chair:
        yield section, "Chair", "", owner_title(workspace.symbols, council.chair), ""
    for item in council.agenda:
        yield section, "Agenda", item, "", cadence


def _flat(part: Table, row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """A row of one of the tables: its subject, who and when by the keys of its columns, and all else in words."""
    cells = {column.key: cell for column, cell in zip(part.columns, row, strict=True)}
    subject, who, when = (cells.pop(key, "") for key in ("subject", "who", "when"))
    titles = {column.key: column.title for column in part.columns}
    told = [
        _words(cell) if key == "what" else f"{titles[key]}: {_words(cell)}"
        for key, cell in cells.items()
        if cell not in ("", None, ())
    ]
    return part.title, subject, tuple(told) if len(told) > 1 else "".join(told), who, when


def _words(cell: Cell) -> str:
    return ", ".join(cell) if isinstance(cell, tuple) else str(cell)
