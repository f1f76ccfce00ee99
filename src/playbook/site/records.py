"""The task list as entries to read and to link to: what a step is, then all that is said of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from playbook.formats.page.engine import markup
from playbook.formats.page.tables import texts_of
from playbook.shapes.table import Cell, Table
from playbook.text.ids import words_of
from playbook.workspace import CompiledPlaybook

if TYPE_CHECKING:
    from markupsafe import Markup

SITE = "playbook.site"
_WHO = ("accountable", "responsible", "consulted", "informed")
_ORDER = ("description", "due", "takes", "after", "condition", *_WHO)
"""What is read first. Everything else follows as the table has it."""
_DEFAULTS = {"need": "required", "party": "internal", "automation": "manual"}
"""What goes without saying."""


@dataclass(frozen=True)
class Fact:
    """One thing that is said of a step; ``links`` are the anchors of its texts."""

    key: str
    title: str
    texts: tuple[str, ...]
    links: tuple[str, ...] = ()


@dataclass(frozen=True)
class Record:
    """A step. ``owners`` are all that have a letter in it, as JSON."""

    anchor: str
    title: str
    facts: tuple[Fact, ...]
    owners: str


@dataclass(frozen=True)
class Stage:
    """The steps of a stage."""

    anchor: str
    title: str
    records: tuple[Record, ...]


def records_markup(table: Table, playbook: CompiledPlaybook) -> Markup:
    """The task list as a part of a page."""
    keys = [column.key for column in table.columns]
    at, stage_at = keys.index("id"), keys.index("stage")
    stage_of = {task.step: f"stage.{task.stage}" for task in playbook.process.tasks.values()}

    def stage(cells: tuple[Cell, ...]) -> tuple[str, str]:
        """Its anchor and title: two stages may be called the same."""
        return stage_of.get("".join(texts_of(cells[at])), ""), "".join(texts_of(cells[stage_at]))

    stages = [
        Stage(anchor, title, tuple(_record(table, cells, playbook) for cells in rows))
        for (anchor, title), rows in groupby(table.rows, key=stage)
    ]
    choices = json.dumps([["owners", "Role", "All roles"]])
    return markup("records.html", (SITE,), stages=stages, choices=choices, notes=table.notes)


def _record(table: Table, cells: tuple[Cell, ...], playbook: CompiledPlaybook) -> Record:
    values = {column.key: texts_of(cell) for column, cell in zip(table.columns, cells, strict=True)}
    titles = {column.key: column.title for column in table.columns}
    keys = [key for key in _ORDER if key in values]
    keys += [key for key in values if key not in keys and key not in ("id", "stage", "task")]
    facts = [
        _fact(key, titles[key], values[key], playbook)
        for key in keys
        if values[key] and values[key] != (_DEFAULTS.get(key),)
    ]
    owners = dict.fromkeys(name for key in _WHO for text in values.get(key, ()) for name in text.split(" or "))
    return Record(f"step.{''.join(values['id'])}", "".join(values["task"]), tuple(facts), json.dumps([*owners]))


def _fact(key: str, title: str, texts: tuple[str, ...], playbook: CompiledPlaybook) -> Fact:
    if key in ("captures", "produces"):
        return Fact(key, title, tuple(_data(playbook, text) for text in texts))
    if key != "after":
        return Fact(key, title, texts)
    labels = tuple(playbook.steps[text].label if text in playbook.steps else text for text in texts)
    links = tuple(f"step.{text}" if text in playbook.steps else "" for text in texts)
    return Fact(key, title, labels, links)


def _data(playbook: CompiledPlaybook, id_: str) -> str:
    """What a field or an artifact is called."""
    for table in (playbook.workspace_symbols["field"], playbook.symbols.get("artifact", {})):
        if id_ in table:
            title = getattr(table[id_].value, "title", None)
            if title:
                return str(title)
    return words_of(id_.removeprefix("account.").replace(".", " "))
