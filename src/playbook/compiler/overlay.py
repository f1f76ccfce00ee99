"""A variant laid over its playbook: the edits, and where each part of the result is written.

The edits are made on the plain values of the file, not on the model, so that a value that a variant sets
is read exactly as if it had been written in its place. They are made in the order remove, replace, set,
add. Nothing of the file's own values is changed: what is edited is copied first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from playbook.diagnostics import Diagnostic, Place, Severity
from playbook.language.playbook import Addition, Variant
from playbook.text.paths import KeyPath
from playbook.text.quote import shown
from playbook.text.suggest import nearest
from playbook.workspace import Locator

MAPS = ("handoffs", "milestones", "anchors", "ends", "artifacts", "decisions", "interrupts", "routines", "risks")
"""The maps of a playbook whose entries a variant may name by their id alone."""

TOP_LEVEL = ("outcome", "ownership", "context", "calendar", "workstreams", "inputs", "interfaces", "review", "title")
"""Keys of the playbook itself that a variant may set below."""


@dataclass
class Overlay:
    """The values of a variant, and the places that they come from.

    ``value`` is the whole document as it is for the variant, without ``variants``. ``removed`` are the
    ids that were taken away, each with the key path that says so.
    """

    value: dict[str, Any]
    removed: dict[str, KeyPath]
    findings: list[Diagnostic]
    written: dict[int, KeyPath] = field(default_factory=dict)
    """Where mappings of ``value`` stand in the file, by identity."""
    put: dict[tuple[int, str], KeyPath] = field(default_factory=dict)
    """Which key of which mapping was set, and by what."""

    def origin(self, path: KeyPath) -> KeyPath:
        """The key path in the file of a key path of the variant."""
        value: Any = self.value
        origin: KeyPath = ()
        for key in path:
            origin = self.put.get((id(value), str(key)), (*origin, key))
            value = _below(value, key)
            origin = self.written.get(id(value), origin)
        return origin

    def changed_by(self, path: KeyPath) -> KeyPath | None:
        """The edit of the variant that a key path comes from, if it is not from the base."""
        origin = self.origin(path)
        return origin if origin[:1] == ("variants",) else None


class VariantLocator:
    """Places in the file for key paths of a variant."""

    def __init__(self, locator: Locator, overlay: Overlay) -> None:
        self._locator = locator
        self._overlay = overlay

    def place(self, path: KeyPath, *, key: bool = False, within: tuple[int, int] | None = None) -> Place:
        """The place in the file where the value, its key, or some characters of it stand."""
        return self._locator.place(self._overlay.origin(path), key=key, within=within)


def lay_over(base: dict[str, Any], id_: str, variant: Variant, locator: Locator) -> Overlay:
    """The values of the variant ``id_`` of a playbook whose file has the values ``base``."""
    return _Editor(base, id_, locator).edit(variant)


class _Editor:
    def __init__(self, base: dict[str, Any], id_: str, locator: Locator) -> None:
        self.place: KeyPath = ("variants", id_)
        self.raw: dict[str, Any] = base["variants"][id_]
        self.locator = locator
        value = {key: part for key, part in base.items() if key != "variants"}
        self.overlay = Overlay(value, {}, [])
        stages = base.get("stages") or []
        self.stages: list[dict[str, Any]] = []
        for index, stage in enumerate(stages):
            steps = []
            for number, step in enumerate(stage.get("steps") or []):
                steps.append(self._copy(step, ("stages", index, "steps", number)))
            self.stages.append(self._copy({**stage, **({"steps": steps} if steps else {})}, ("stages", index)))
        value["stages"] = self.stages

    def _copy(self, part: dict[str, Any], origin: KeyPath) -> dict[str, Any]:
        """A copy that may be edited, and is known to stand at ``origin``."""
        copied = dict(part)
        self.overlay.written[id(copied)] = origin
        return copied

    def edit(self, variant: Variant) -> Overlay:
        for index, id_ in enumerate(variant.remove):
            self._remove(id_, (*self.place, "remove", index))
        for old in variant.replace:
            self._replace(old)
        for name in variant.set:
            self._set(name, self.raw["set"][name])
        for index, addition in enumerate(variant.add):
            self._add(addition, self.raw["add"][index], (*self.place, "add", index))
        return self.overlay

    # -- finding ---------------------------------------------------------------------------------

    def _steps(self) -> Iterator[tuple[list[dict[str, Any]], int]]:
        for stage in self.stages:
            steps = stage.get("steps") or []
            for index in range(len(steps)):
                yield steps, index

    def _step(self, id_: str) -> tuple[list[dict[str, Any]], int] | None:
        return next((found for found in self._steps() if found[0][found[1]].get("id") == id_), None)

    def _stage(self, id_: str) -> int | None:
        return next((index for index, stage in enumerate(self.stages) if stage.get("id") == id_), None)

    def _refuse(self, message: str, path: KeyPath, expected: str, *, key: bool, near: str | None = None) -> None:
        place = self.locator.place(path, key=key)
        finding = Diagnostic("REF002", Severity.ERROR, message, place, expected=expected, suggestion=near)
        self.overlay.findings.append(finding)

    # -- edits -----------------------------------------------------------------------------------

    def _remove(self, id_: str, path: KeyPath) -> None:
        step, stage = self._step(id_), self._stage(id_)
        if step is not None:
            steps, index = step
            self.overlay.removed[id_] = path
            del steps[index]
        elif stage is not None:
            for gone in (id_, *(str(step.get("id")) for step in self.stages[stage].get("steps") or [])):
                self.overlay.removed[gone] = path
            del self.stages[stage]
        else:
            for key in MAPS:
                if id_ in (self.overlay.value.get(key) or {}):
                    self.overlay.removed[id_] = path
                    self._own(key).pop(id_)
                    return

    def _replace(self, old: str) -> None:
        path: KeyPath = (*self.place, "replace", old)
        found = self._step(old)
        if found is None:
            known = [str(steps[index].get("id")) for steps, index in self._steps()]
            message = f'unknown step "{shown(old)}"'
            self._refuse(message, path, "the id of a step of this playbook", key=True, near=nearest(old, known))
            return
        steps, index = found
        new = self.raw["replace"][old]
        steps[index] = self._copy(new, path)
        if new.get("id") != old:
            self.overlay.removed[old] = path

    def _add(self, addition: Addition, raw: dict[str, Any], path: KeyPath) -> None:
        anchor = addition.after or addition.before
        if anchor is None or (addition.step is None) == (addition.stage is None):
            expected = "one step or one stage, and after or before: where it comes in"
            self._refuse("the addition does not say what comes in where", path, expected, key=False)
            return
        later = 1 if addition.after else 0
        if addition.stage is not None:
            at = self._stage(anchor)
            if at is not None:
                self.stages.insert(at + later, self._copy(raw["stage"], (*path, "stage")))
                return
        else:
            found, stage = self._step(anchor), self._stage(anchor)
            new = self._copy(raw["step"], (*path, "step"))
            if found is not None:
                found[0].insert(found[1] + later, new)
                return
            if stage is not None:
                steps = self.stages[stage].setdefault("steps", [])
                steps.insert(len(steps) if later else 0, new)
                return
        what = "stage" if addition.stage is not None else "step or stage"
        key = "after" if addition.after else "before"
        message = f'"{shown(anchor)}" is no {what} of this variant'
        self._refuse(message, (*path, key), f"the id of a {what} that the variant has", key=False)

    # -- set -------------------------------------------------------------------------------------

    def _set(self, name: str, new: object) -> None:
        path: KeyPath = (*self.place, "set", name)
        head, *keys = name.split(".")
        target = self._target(head)
        if target is None and head in TOP_LEVEL and not keys:
            target, keys = (lambda: self.overlay.value), [head]
        elif target is None and head in TOP_LEVEL:
            target = lambda: self._own(head)  # noqa: E731
        if target is None or not keys:
            ids = [str(steps[index].get("id")) for steps, index in self._steps()]
            ids += [str(stage.get("id")) for stage in self.stages]
            ids += [id_ for key in MAPS for id_ in self.overlay.value.get(key) or {}]
            near = nearest(head, ids)
            better = ".".join([near, *keys]) if near and keys else None
            expected = "the id of a step, stage, handoff or other part, a dot and a key, such as write_brief.due"
            self._refuse(f'"{shown(name)}" names nothing to set', path, expected, key=True, near=better)
            return
        part = target()
        for key in keys[:-1]:
            inner = part.get(key)
            if inner is not None and not isinstance(inner, dict):
                expected = f"{'.'.join([head, key])} set as a whole, since it is written in its short form"
                self._refuse(f'"{shown(name)}" names nothing to set', path, expected, key=True)
                return
            copied = dict(inner or {})
            if id(inner) in self.overlay.written:
                self.overlay.written[id(copied)] = self.overlay.written[id(inner)]
            part[key] = copied
            part = copied
        if new is None:
            part.pop(keys[-1], None)
        else:
            part[keys[-1]] = new
        self.overlay.put[id(part), keys[-1]] = path

    def _target(self, id_: str) -> Callable[[], dict[str, Any]] | None:
        """The mapping that an id stands for, ready to be edited."""
        step, stage = self._step(id_), self._stage(id_)
        if step is not None:
            return lambda: step[0][step[1]]
        if stage is not None:
            return lambda: self.stages[stage]
        for key in MAPS:
            if id_ in (self.overlay.value.get(key) or {}):
                return lambda: self._entry(key, id_)
        return None

    def _own(self, key: str) -> dict[str, Any]:
        """A mapping of the document, ready to be edited."""
        part = self.overlay.value.get(key)
        if not isinstance(part, dict) or id(part) not in self.overlay.written:
            part = self._copy(part if isinstance(part, dict) else {}, (key,))
            self.overlay.value[key] = part
        return part

    def _entry(self, key: str, id_: str) -> dict[str, Any]:
        entries = self._own(key)
        entry = entries[id_]
        if not isinstance(entry, dict) or id(entry) not in self.overlay.written:
            entry = self._copy(entry if isinstance(entry, dict) else {}, (key, id_))
            entries[id_] = entry
        return entry


def _below(value: Any, key: str | int) -> Any:
    try:
        return value[key]
    except (KeyError, IndexError, TypeError):
        return None
