"""The tracking plan: which fields and events playbooks read and write, where they are kept and who fills them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from playbook.language.tracking import TrackedEvent, TrackedField, Tracking
from playbook.shapes.table import Cell, Column, Table
from playbook.text.ids import words_of
from playbook.views.parts.shared_names import documents_of, owner_title, title_of
from playbook.workspace import Workspace

_COLUMNS = (
    Column("kind", "Kind"),
    Column("name", "Name in tools"),
    Column("title", "Field or event"),
    Column("type", "Type"),
    Column("values", "Values or properties"),
    Column("system", "System of record"),
    Column("owner", "Owner"),
    Column("captured", "Captured by"),
    Column("personal", "Personal data"),
    Column("fresh_for", "Holds for"),
    Column("description", "What it is for"),
)
_TYPES = {
    "integer": "whole number",
    "boolean": "yes or no",
    "datetime": "date and time",
    "choice": "one of",
    "list": "several of",
}
_OPEN_TYPES = {"choice": "a choice", "list": "a list"}
"""What a type is called where no values are named."""
Captured = dict[str, list[str]]


def table(workspace: Workspace) -> Table:
    """All fields, then all events, of every tracking plan."""
    plans = [(id_, cast(Tracking, model)) for id_, model in documents_of(workspace, "tracking")]
    captured = _captured(workspace)
    rows: list[tuple[Cell, ...]] = []
    for id_, plan in plans:
        of = f" of {plan.title or words_of(id_)}" if len(plans) > 1 else ""
        rows += [_field(workspace, f"Fields{of}", name, each, captured) for name, each in plan.fields.items()]
        rows += [_event(workspace, f"Events{of}", name, each) for name, each in plan.events.items()]
    titles = [plan.title or words_of(id_) for id_, plan in plans]
    title = titles[0] if len(titles) == 1 else "Tracking plans"
    return Table("tracking", title, _COLUMNS, tuple(rows), "kind", tuple(_notes(plans, captured)))


def _captured(workspace: Workspace) -> Captured:
    """The steps that fill each field; with their playbooks, if these are several."""
    found: dict[str, dict[str, list[str]]] = {}
    for playbook in workspace.playbooks:
        for step in playbook.steps.values():
            for name in step.captures:
                found.setdefault(name, {}).setdefault(playbook.title, []).append(step.label)
    return {name: list(_told(by_playbook)) for name, by_playbook in found.items()}


def _told(by_playbook: dict[str, list[str]]) -> Iterator[str]:
    for title, steps in by_playbook.items():
        yield from (f"{step} ({title})" if len(by_playbook) > 1 else step for step in steps)


def _field(workspace: Workspace, kind: str, name: str, field: TrackedField, captured: Captured) -> tuple[Cell, ...]:
    steps = captured.get(name, [])
    return (
        kind,
        name,
        field.title or words_of(name.replace(".", "_")),
        _type(field),
        tuple(_value(value) for value in field.values),
        title_of(workspace.symbols, "system", field.system) if field.system else "",
        owner_title(workspace.symbols, field.owner),
        tuple([*steps, field.captured] if field.captured else steps),
        "yes" if field.personal else "",
        field.fresh_for.in_words() if field.fresh_for else "",
        field.description or "",
    )


def _type(field: TrackedField) -> str:
    """The type with its unit and limits: ``money in USD, at least 0``."""
    words = _TYPES.get(field.type, field.type)
    if not field.values:
        words = _OPEN_TYPES.get(field.type, words)
    if field.unit:
        words = f"{words} in {field.unit}"
    limits = [
        f"{word} {limit:g}"
        for word, limit in (("at least", field.at_least), ("at most", field.at_most))
        if limit is not None
    ]
    return ", ".join([words, *limits])


def _value(value: str | bool | float) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _event(workspace: Workspace, kind: str, name: str, event: TrackedEvent) -> tuple[Cell, ...]:
    return (
        kind,
        name,
        event.title or words_of(name.replace(".", "_")),
        "event that says that we did something" if event.activity else "event",
        tuple(words_of(each).lower() if each.isidentifier() else each for each in event.properties),
        title_of(workspace.symbols, "system", event.source) if event.source else "",
        owner_title(workspace.symbols, event.owner),
        (),
        "yes" if event.personal else "",
        "",
        event.description or "",
    )


def _notes(plans: list[tuple[str, Tracking]], captured: Captured) -> Iterator[str]:
    fields = {name: field for _, plan in plans for name, field in plan.fields.items()}
    personal = sum(field.personal for field in fields.values())
    personal += sum(event.personal for _, plan in plans for event in plan.events.values())
    if personal:
        yield f"{personal} of these {'hold' if personal > 1 else 'holds'} personal data."
    nobody = sum(name not in captured and not field.captured for name, field in fields.items())
    if nobody:
        fill = "fields are" if nobody > 1 else "field is"
        yield f"{nobody} {fill} filled by no step and from nowhere else that is named."
