"""What a team's rule can select, and what it may ask of each: the compiled model under plain names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any

from playbook.core.owners import Letter, Owners
from playbook.expressions.types import TEXT, WHOLE, Type
from playbook.language.base import Model
from playbook.lint.team.properties import LIST, Property, properties_of
from playbook.text.ids import words_of
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook, Document, Workspace


@dataclass(frozen=True, slots=True)
class Selected:
    """One of what is selected: the part, its place, and the parts around it by their kind."""

    kind: str
    id: str
    value: Any
    document: Document
    path: KeyPath
    on_key: bool = False
    playbook: CompiledPlaybook | None = None
    around: Mapping[str, Selected] = field(default_factory=dict)

    @property
    def inside(self) -> KeyPath:
        """Where its keys are: of a playbook, at the top of the file."""
        return () if self.kind == "playbook" else self.path

    def part(self, kind: str) -> Selected | None:
        """Itself, or the part of that kind around it."""
        return self if kind == self.kind else self.around.get(kind)


_MODELS: dict[str, tuple[str, str]] = {
    "playbook": ("playbook", "Playbook"),
    "stage": ("stage", "Stage"),
    "step": ("step", "Step"),
    "milestone": ("playbook", "Milestone"),
    "handoff": ("playbook", "Handoff"),
    "routine": ("playbook", "Routine"),
    "risk": ("playbook", "Risk"),
    "interrupt": ("playbook", "Interrupt"),
    "segment": ("playbook", "Segment"),
    "decision": ("playbook", "DecisionTable"),
    "team": ("organization", "Team"),
    "role": ("organization", "Role"),
    "system": ("organization", "System"),
    "field": ("tracking", "TrackedField"),
    "event": ("tracking", "TrackedEvent"),
    "kpi": ("metrics", "Kpi"),
    "content": ("governance", "Content"),
}
"""Where the model of each kind is."""

_IN_PLAYBOOK = ("milestone", "handoff", "routine", "risk", "interrupt", "segment", "decision")
_WITH_LETTERS = ("step", "milestone", "handoff", "routine", "interrupt", "decision")
_LETTERS = ("accountable", "responsible", "consulted", "informed")

KINDS = tuple(_MODELS)


def is_in_playbook(kind: str) -> bool:
    """Whether what is selected is part of a playbook, and not of a document that all playbooks share."""
    return kind in ("playbook", "stage", "step", *_IN_PLAYBOOK)


def kinds_around(kind: str) -> tuple[str, ...]:
    """The kinds whose names a rule about ``kind`` may use: its own, and what it is part of."""
    if kind == "step":
        return ("step", "stage", "playbook")
    return (kind, "playbook") if is_in_playbook(kind) and kind != "playbook" else (kind,)


@cache
def properties(kind: str) -> dict[str, Property]:
    """What can be asked of a kind, by the name behind ``<kind>.``."""
    module, name = _MODELS[kind]
    model: type[Model] = getattr(import_module(f"playbook.language.{module}"), name)
    own = {key: each for key, each in properties_of(model).items() if key != kind}
    derived = {each.name: each for each in _derived(kind)}
    if "receiver" in derived:
        del own["to"]  # its other name; one way to say a thing
    return {**derived, **{key: each for key, each in own.items() if key not in derived}}


def _derived(kind: str) -> Iterator[Property]:
    """What does not stand in the part itself but follows from the playbook; read from a ``Selected``."""
    yield _of_selected("id", TEXT, "Its id.", lambda one: one.id)
    label = "What people read: the title or words, or the id in words."
    yield _of_selected("label", TEXT, label, lambda one: getattr(one.value, "label", None) or _title(one))
    if kind in _WITH_LETTERS:
        for letter in _LETTERS:
            what = f"Who is {letter}, with what is inherited."
            yield _of_selected(letter, LIST, what, _holders(letter))
        yield _of_selected("team", TEXT, "The team of who is accountable.", _team)
    if kind == "stage":
        yield _of_selected("position", WHOLE, "Its place in the file, from 1.", lambda one: one.path[1] + 1)  # type: ignore[operator]
    if kind == "handoff":
        for side in ("giver", "receiver"):
            yield _of_selected(side, TEXT, f"Who is the {side}.", _side(side))
            yield _of_selected(f"{side}_team", TEXT, f"The team of the {side}.", _team_of_side(side))


def _of_selected(name: str, type_: Type, what: str, read: Callable[[Selected], Any]) -> Property:
    return Property(name, type_, what, read, (_OF_SELECTED,))


_OF_SELECTED = "<selected>"


def read(selected: Selected, property_: Property) -> Any:
    """The value of a property of what is selected."""
    return property_.read(selected if property_.path == (_OF_SELECTED,) else selected.value)


def place_below(property_: Property) -> KeyPath | None:
    """Where a property is written below its part; ``None`` if it follows from elsewhere."""
    return None if property_.path == (_OF_SELECTED,) else property_.path


def _title(one: Selected) -> str:
    return getattr(one.value, "title", None) or words_of(one.id)


def _owners(one: Selected) -> Owners:
    assert one.playbook is not None
    if one.kind != "step":
        return one.playbook.letters[f"{one.kind}s"].get(one.id, Owners())
    return one.playbook.remembered(_owners_of_steps).get(one.path, Owners())


def _owners_of_steps(playbook: CompiledPlaybook) -> dict[KeyPath, Owners]:
    """The effective letters of every step, by its key path."""
    return {task.path: task.owners for task in playbook.process.tasks.values()}


def _holders(letter: str) -> Callable[[Selected], tuple[str, ...]]:
    def holders(one: Selected) -> tuple[str, ...]:
        held: Letter | None = getattr(_owners(one), letter)
        return held.holders if held else ()

    return holders


def _team(one: Selected) -> str | None:
    letter = _owners(one).accountable
    if letter is None or one.playbook is None:
        return None
    return one.playbook.team_of(letter.holders[0])


def _side(side: str) -> Callable[[Selected], str]:
    return lambda one: str(getattr(one.value, side))


def _team_of_side(side: str) -> Callable[[Selected], str | None]:
    return lambda one: one.playbook.team_of(getattr(one.value, side)) if one.playbook else None


def in_playbook(kind: str, playbook: CompiledPlaybook) -> Iterator[Selected]:
    """All of a kind in a playbook, in the order of the file."""
    document, model = playbook.document, playbook.model
    whole = Selected("playbook", playbook.id, model, document, ("playbook",), playbook=playbook)
    around = {"playbook": whole}
    if kind == "playbook":
        yield whole
    elif kind in _IN_PLAYBOOK:
        key = f"{kind}s"
        for id_, value in getattr(model, key).items():
            yield Selected(kind, id_, value, document, (key, id_), True, playbook, around)
    else:
        for index, stage in enumerate(model.stages):
            place: KeyPath = ("stages", index)
            outer = Selected("stage", stage.id, stage, document, place, False, playbook, around)
            if kind == "stage":
                yield outer
                continue
            for number, step in enumerate(stage.steps):
                path: KeyPath = (*place, "steps", number)
                more = {**around, "stage": outer}
                yield Selected("step", step.id, step, document, path, False, playbook, more)


def in_workspace(kind: str, workspace: Workspace) -> Iterator[Selected]:
    """All of a kind that the documents of a workspace share, by id."""
    for symbol in workspace.symbols.get(kind, {}).values():
        yield Selected(kind, symbol.id, symbol.value, symbol.document, symbol.path, True)
