"""A playbook's values as a copy that may be edited, and its parts by their ids."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from playbook.compiler.overlay import Overlay
from playbook.text.paths import KeyPath

MAPS = ("handoffs", "milestones", "anchors", "ends", "artifacts", "decisions", "interrupts", "routines", "risks")
"""The maps of a playbook whose entries a variant may name by their id alone."""

Steps = list[dict[str, Any]]


class Draft:
    """The values of a playbook on their way to those of a variant.

    Nothing of ``base`` is changed: stages and steps are copied at once, other mappings when they are edited.
    """

    def __init__(self, base: dict[str, Any]) -> None:
        self.overlay = Overlay({key: part for key, part in base.items() if key != "variants"})
        self.value = self._mine(self.overlay.value)
        self.stages = [self.stage_copy(stage, ("stages", at)) for at, stage in enumerate(base.get("stages") or [])]
        self.value["stages"] = self.stages

    # -- copies ----------------------------------------------------------------------------------

    def _mine(self, copied: dict[str, Any]) -> dict[str, Any]:
        self.overlay.copies[id(copied)] = copied
        return copied

    def copy(self, part: dict[str, Any], origin: KeyPath) -> dict[str, Any]:
        """A copy that may be edited, and is known to stand at ``origin``."""
        copied = self._mine(dict(part))
        self.overlay.written[id(copied)] = origin
        return copied

    def stage_copy(self, stage: dict[str, Any], origin: KeyPath) -> dict[str, Any]:
        """A copy of a stage with its steps."""
        copied = self.copy(stage, origin)
        if "steps" in stage:
            copied["steps"] = self.steps_copy(stage["steps"], (*origin, "steps"))
        return copied

    def steps_copy(self, steps: Any, origin: KeyPath) -> Any:
        """A copy of a list of steps; anything else as it is."""
        if not isinstance(steps, list):
            return steps
        return [self.copy(step, (*origin, at)) if isinstance(step, dict) else step for at, step in enumerate(steps)]

    def inside(self, part: dict[str, Any], key: str) -> dict[str, Any]:
        """The mapping below a key, ready to be edited."""
        inner: dict[str, Any] | None = part.get(key)
        if inner is None or id(inner) not in self.overlay.copies:
            inner = part[key] = self._mine(dict(inner or {}))
        return inner

    # -- finding ---------------------------------------------------------------------------------

    def steps(self) -> Iterator[tuple[Steps, int]]:
        """Every step, as the list that it is in and its index."""
        for stage in self.stages:
            steps = stage.get("steps")
            if isinstance(steps, list):
                yield from ((steps, index) for index, step in enumerate(steps) if isinstance(step, dict))

    def step(self, id_: str) -> tuple[Steps, int] | None:
        """The step of that id, as the list that it is in and its index."""
        return next((found for found in self.steps() if found[0][found[1]].get("id") == id_), None)

    def stage(self, id_: str) -> int | None:
        """The index of the stage of that id."""
        return next((index for index, stage in enumerate(self.stages) if stage.get("id") == id_), None)

    def maps_with(self, id_: str) -> list[str]:
        """The maps that have an entry of that id, artifacts last."""
        found = [key for key in MAPS if id_ in (self.value.get(key) or {})]
        return sorted(found, key=lambda name: name == "artifacts")

    def step_ids(self) -> list[str]:
        """The ids of all steps."""
        return [str(steps[index].get("id")) for steps, index in self.steps()]

    def ids(self) -> list[str]:
        """The ids of all parts."""
        ids = [*self.step_ids(), *(str(stage.get("id")) for stage in self.stages)]
        return ids + [id_ for key in MAPS for id_ in self.value.get(key) or {}]

    def part(self, id_: str) -> dict[str, Any] | None:
        """The mapping that an id stands for, ready to be edited."""
        step, stage, maps = self.step(id_), self.stage(id_), self.maps_with(id_)
        if step is not None:
            return step[0][step[1]]
        if stage is not None:
            return self.stages[stage]
        return self.inside(self.inside(self.value, maps[0]), id_) if maps else None
