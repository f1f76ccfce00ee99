"""What a playbook calls its parts: ids and labels, with their places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook


@dataclass(frozen=True, slots=True)
class Name:
    """One part: its kind in words, its id, its label if it has one, and where both are written."""

    kind: str
    id: str
    label: str | None
    path: KeyPath
    label_key: str = "title"
    id_is_key: bool = True

    @property
    def id_path(self) -> KeyPath:
        """Where the id is written."""
        return self.path if self.id_is_key else (*self.path, "id")

    @property
    def label_path(self) -> KeyPath:
        """Where the label is written."""
        return (*self.path, self.label_key)


def names_in(playbook: CompiledPlaybook) -> list[Name]:
    """Everything of a playbook that is drawn or listed, in the order of the file."""
    return playbook.remembered(_names_in)


def _names_in(playbook: CompiledPlaybook) -> list[Name]:
    model = playbook.model
    found: list[Name] = []
    kinds: tuple[tuple[str, str, Mapping[str, object]], ...] = (
        ("anchor", "anchors", model.anchors),
        ("milestone", "milestones", model.milestones),
        ("end", "ends", model.ends),
        ("segment", "segments", model.segments),
        ("artifact", "artifacts", model.artifacts),
        ("handoff", "handoffs", model.handoffs),
        ("interrupt", "interrupts", model.interrupts),
        ("risk", "risks", model.risks),
        ("decision", "decisions", model.decisions),
        ("variant", "variants", model.variants),
    )
    for kind, key, entries in kinds:
        for id_, entry in entries.items():
            found.append(Name(kind, id_, entry.title, (key, id_)))  # type: ignore[attr-defined]
    for id_, routine in model.routines.items():
        label_key = "title" if routine.title else "do"
        found.append(Name("routine", id_, routine.title or routine.do, ("routines", id_), label_key))
    found.extend(_of_stages(playbook))
    return found


def _of_stages(playbook: CompiledPlaybook) -> Iterator[Name]:
    for index, stage in enumerate(playbook.model.stages):
        path: KeyPath = ("stages", index)
        yield Name("stage", stage.id, stage.title, path, id_is_key=False)
        for number, step in enumerate(stage.steps):
            yield Name("step", step.id, step.do, (*path, "steps", number), "do", id_is_key=False)
