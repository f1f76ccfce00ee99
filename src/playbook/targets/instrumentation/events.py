"""The events of a workspace with their properties and types: what all tracking plans are written from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

from playbook.language.tracking import TrackedEvent, TrackedField, Tracking
from playbook.text.ids import words_of
from playbook.views.parts.shared_names import documents_of, owner_title, title_of
from playbook.workspace import Workspace

Kind = Literal["string", "number", "integer", "boolean", "array"]

_KINDS: dict[str, Kind] = {
    "text": "string",
    "number": "number",
    "integer": "integer",
    "money": "number",
    "boolean": "boolean",
    "date": "string",
    "datetime": "string",
    "duration": "string",
    "list": "array",
}
_FORMATS = {"date": "date", "datetime": "date-time"}


@dataclass(frozen=True, slots=True)
class Property:
    """A value that comes with events. ``kind`` is ``None`` where nothing says of which type it is.

    Of an array, ``values`` are those that its items may have.
    """

    name: str
    kind: Kind | None = None
    form: str | None = None
    """``date`` or ``date-time``, of a string."""
    values: tuple[str | bool | int | float, ...] = ()
    at_least: float | None = None
    at_most: float | None = None
    description: str = ""

    def schema(self) -> dict[str, Any]:
        """As JSON Schema, with what draft 4 and draft 7 have in common."""
        schema: dict[str, Any] = {}
        if self.description:
            schema["description"] = self.description
        if self.kind:
            schema["type"] = self.kind
        if self.form:
            schema["format"] = self.form
        if self.values:
            if self.kind == "array":
                schema["items"] = {"enum": list(self.values)}
            else:
                schema["enum"] = list(self.values)
        if self.kind in ("number", "integer"):
            limits = (("minimum", self.at_least), ("maximum", self.at_most))
            schema.update((name, whole(limit)) for name, limit in limits if limit is not None)
        return schema


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened; ``name`` is the dotted name of the playbook, all of ``properties`` come with it."""

    name: str
    title: str
    description: str
    properties: tuple[Property, ...]

    @property
    def required(self) -> list[str]:
        """The names of what has to come with it: a tracking plan says nothing of what may be missing."""
        return [each.name for each in self.properties]

    def schema(self, *, closed: bool) -> dict[str, Any]:
        """Its properties as an object of JSON Schema; a ``closed`` one allows no others."""
        schema: dict[str, Any] = {
            "type": "object",
            "properties": {each.name: each.schema() for each in self.properties},
        }
        if self.required:
            # Draft 4 has no empty list here.
            schema["required"] = self.required
        return schema | {"additionalProperties": not closed}


@dataclass(frozen=True, slots=True)
class EventPlan:
    """The events of one tracking document."""

    id: str
    title: str
    description: str
    events: tuple[Event, ...]


def event_plans(workspace: Workspace) -> tuple[EventPlan, ...]:
    """Every tracking plan of a workspace that has events. Documents of one id are one plan, and an event of two
    plans is in the first."""
    documents = [(id_, cast(Tracking, model)) for id_, model in documents_of(workspace, "tracking")]
    fields = {name: field for _, plan in documents for name, field in plan.fields.items()}
    seen: set[str] = set()
    plans: dict[str, EventPlan] = {}
    for id_, plan in documents:
        events = {name: event for name, event in plan.events.items() if name not in seen}
        seen.update(events)
        told = tuple(_event(workspace, name, event, fields) for name, event in events.items())
        if id_ in plans:
            plans[id_] = replace(plans[id_], events=plans[id_].events + told)
        elif told:
            plans[id_] = EventPlan(id_, plan.title or words_of(id_), plan.description or "", told)
    return tuple(plans.values())


def whole(number: float) -> float | int:
    """A number without a needless fraction: ``1`` for ``1.0``."""
    return int(number) if float(number).is_integer() else number


def _event(workspace: Workspace, name: str, event: TrackedEvent, fields: dict[str, TrackedField]) -> Event:
    title = event.title or words_of(name.replace(".", "_"))
    properties = {text: _property(text, fields) for text in map(str.strip, event.properties) if text}
    return Event(name, title, " ".join(_told(workspace, title, event)), tuple(properties.values()))


def _told(workspace: Workspace, title: str, event: TrackedEvent) -> Iterator[str]:
    """What people should know of an event, a sentence each."""
    yield _sentence(title)
    if event.description:
        yield _sentence(event.description)
    if event.source:
        yield f"Sent by {title_of(workspace.symbols, 'system', event.source)}."
    if event.owner:
        yield f"Owner: {owner_title(workspace.symbols, event.owner)}."
    if event.activity:
        yield "It only says that we did something."
    if event.personal:
        yield "It carries personal data."


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _property(name: str, fields: dict[str, TrackedField]) -> Property:
    """With the type of the field of that name, or of the one field whose last part it is."""
    field = fields.get(name)
    if field is None:
        alike = [each for full, each in fields.items() if full.rpartition(".")[2] == name]
        field = alike[0] if len({_shape(each) for each in alike}) == 1 else None
    if field is None:
        # An id stands for something and is not calculated with.
        return Property(name, "string" if name == "id" or name.endswith("_id") else None)
    values = tuple(dict.fromkeys(whole(each) if isinstance(each, float) else each for each in field.values))
    sentences = [field.title or "", field.description or "", f"In {field.unit}" if field.unit else ""]
    if field.personal:
        sentences.append("Personal data")
    return Property(
        name,
        _kind_of(values) if field.type == "choice" else _KINDS[field.type],
        _FORMATS.get(field.type),
        values if field.type in ("choice", "list") else (),
        field.at_least,
        field.at_most,
        " ".join(_sentence(each) for each in sentences if each),
    )


def _shape(field: TrackedField) -> tuple[object, ...]:
    return (field.type, field.values, field.at_least, field.at_most)


def _kind_of(values: tuple[object, ...]) -> Kind | None:
    """The type of the values of a choice; ``None`` where they are of several."""
    if all(isinstance(each, str) for each in values):
        return "string"
    if all(isinstance(each, bool) for each in values):
        return "boolean"
    if all(isinstance(each, int | float) and not isinstance(each, bool) for each in values):
        return "number"
    return None
