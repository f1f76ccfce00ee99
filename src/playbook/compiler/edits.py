"""The edits of a variant, made on the values of its playbook.

They are made on the plain values of the file, not on the model, so that a value that a variant sets is
read exactly as if it had been written in its place. They are made in the order remove, replace, set, add.
Nothing of the file's own values is changed: what is edited is copied first.
"""

from __future__ import annotations

from typing import Any

from playbook.compiler.draft import Draft, Steps
from playbook.compiler.overlay import Overlay
from playbook.diagnostics import Diagnostic, Severity
from playbook.language.playbook import Addition, Variant
from playbook.text.paths import KeyPath
from playbook.text.quote import shown
from playbook.text.suggest import nearest, with_article
from playbook.workspace import Locator

TOP_LEVEL = (
    "outcome",
    "ownership",
    "context",
    "calendar",
    "workstreams",
    "inputs",
    "interfaces",
    "review",
    "title",
)
"""Keys of the playbook itself that a variant may set, or set below."""

_PART = "the id of a step, stage, handoff or other part"


def lay_over(base: dict[str, Any], id_: str, variant: Variant, locator: Locator) -> Overlay:
    """The values of the variant ``id_`` of a playbook whose file has the values ``base``."""
    return _Editor(base, id_, locator).edit(variant)


class _Editor:
    """Makes the edits of one variant; what cannot be done becomes a finding at the edit."""

    def __init__(self, base: dict[str, Any], id_: str, locator: Locator) -> None:
        self.place: KeyPath = ("variants", id_)
        self.raw: dict[str, Any] = base["variants"][id_]
        self.locator = locator
        self.draft = Draft(base)
        self.overlay = self.draft.overlay

    def edit(self, variant: Variant) -> Overlay:
        for index, id_ in enumerate(variant.remove):
            self._remove(id_, (*self.place, "remove", index))
        # Found before the first is replaced: two steps may change their ids with each other.
        found = {old: self.draft.step(old) for old in variant.replace}
        for old, place in found.items():
            self._replace(old, place)
        for name in variant.set:
            self._set(name, self.raw["set"][name])
        for index, addition in enumerate(variant.add):
            self._add(addition, self.raw["add"][index], (*self.place, "add", index))
        return self.overlay

    def _refuse(self, message: str, path: KeyPath, expected: str, *, key: bool, near: str | None = None) -> None:
        place = self.locator.place(path, key=key)
        finding = Diagnostic("REF002", Severity.ERROR, message, place, expected=expected, suggestion=near)
        self.overlay.findings.append(finding)

    def _is_ambiguous(self, id_: str, path: KeyPath, *, key: bool) -> bool:
        """Whether two parts have the id; an end and the interrupt that leads to it often do.

        What describes an artifact gives way to everything else of its name.
        """
        kinds = ["step"] if self.draft.step(id_) is not None else []
        kinds += ["stage"] if self.draft.stage(id_) is not None else []
        kinds += [name.removesuffix("s") for name in self.draft.maps_with(id_) if name != "artifacts"]
        if len(kinds) > 1:
            message = f'"{shown(id_)}" is the id of {" and of ".join(map(with_article, kinds))}'
            self._refuse(message, path, "ids that tell apart what a variant edits", key=key)
        return len(kinds) > 1

    # -- remove and replace ----------------------------------------------------------------------

    def _remove(self, id_: str, path: KeyPath) -> None:
        if id_ in self.overlay.removed or self._is_ambiguous(id_, path, key=False):
            return
        step, stage, maps = self.draft.step(id_), self.draft.stage(id_), self.draft.maps_with(id_)
        gone = [id_]
        if step is not None:
            del step[0][step[1]]
        elif stage is not None:
            steps = self.draft.stages.pop(stage).get("steps") or []
            gone += [str(each.get("id")) for each in steps]
        elif maps:
            del self.draft.inside(self.draft.value, maps[0])[id_]
        else:
            message = f'there is no "{shown(id_)}" to remove'
            self._refuse(message, path, f"{_PART} that the playbook has without its variants", key=False)
            return
        self.overlay.removed.update((each, path) for each in gone)

    def _replace(self, old: str, found: tuple[Steps, int] | None) -> None:
        path: KeyPath = (*self.place, "replace", old)
        if found is None:
            message = f'unknown step "{shown(old)}"'
            if old in self.overlay.removed:
                message = f'the step "{shown(old)}" cannot be replaced: the variant removes it'
            near = nearest(old, self.draft.step_ids())
            self._refuse(message, path, "the id of a step of this playbook", key=True, near=near)
            return
        steps, index = found
        steps[index] = self.draft.copy(self.raw["replace"][old], path)
        if steps[index].get("id") != old:
            self.overlay.removed[old] = path

    # -- set -------------------------------------------------------------------------------------

    def _set(self, name: str, new: object) -> None:
        path: KeyPath = (*self.place, "set", name)
        head, *keys = name.split(".")
        if keys and self._is_ambiguous(head, path, key=True):
            return
        part = self.draft.part(head) if keys else None
        if part is None and head in TOP_LEVEL:
            part, keys = self.draft.value, [head, *keys]
        if part is None:
            self._refuse_set(name, head, keys, path)
            return
        above = [head] if part is not self.draft.value else []
        for at, key in enumerate(keys[:-1]):
            if not self._may_go_below(part, key, ".".join([*above, *keys[: at + 1]]), name, path):
                return
            if part.get(key) is None:
                if new is None:
                    self._refuse_taking_away(name, None, path)
                    return
                self.overlay.put[id(part), key] = path
            part = self.draft.inside(part, key)
        self._put(part, keys[-1], new, name, path)

    def _put(self, part: dict[str, Any], key: str, new: object, name: str, path: KeyPath) -> None:
        if new is None and key not in part:
            near = nearest(key, part)
            self._refuse_taking_away(name, ".".join([*name.split(".")[:-1], near]) if near else None, path)
            return
        if new is None:
            del part[key]
        elif key == "steps" and any(part is stage for stage in self.draft.stages):
            part[key] = self.draft.steps_copy(new, path)
        else:
            part[key] = new
        self.overlay.put[id(part), key] = path

    def _refuse_taking_away(self, name: str, near: str | None, path: KeyPath) -> None:
        message = f'there is no "{shown(name)}" to take away'
        self._refuse(message, path, "a key that is written there", key=True, near=near)

    def _may_go_below(self, part: dict[str, Any], key: str, upto: str, name: str, path: KeyPath) -> bool:
        inner = part.get(key)
        if inner is None or isinstance(inner, dict):
            return True
        reason = "is a list" if isinstance(inner, list) else "is written in its short form"
        expected = f"{shown(upto)} set as a whole, since it {reason}"
        self._refuse(f'"{shown(name)}" names nothing to set', path, expected, key=True)
        return False

    def _refuse_set(self, name: str, head: str, keys: list[str], path: KeyPath) -> None:
        reason = f': the variant removes "{shown(head)}"' if head in self.overlay.removed else ""
        near = nearest(head, [*self.draft.ids(), *TOP_LEVEL])
        better = ".".join([near, *keys]) if near and (keys or near in TOP_LEVEL) else None
        expected = f"{_PART}, a dot and a key, such as write_brief.due"
        self._refuse(f'"{shown(name)}" names nothing to set{reason}', path, expected, key=True, near=better)

    # -- add -------------------------------------------------------------------------------------

    def _add(self, addition: Addition, raw: dict[str, Any], path: KeyPath) -> None:
        anchor = addition.after or addition.before
        two_places = addition.after is not None and addition.before is not None
        if anchor is None or two_places or (addition.step is None) == (addition.stage is None):
            expected = "one step or one stage, and after or before: where it comes in"
            self._refuse("the addition does not say what comes in where", path, expected, key=False)
        elif addition.stage is not None:
            self._add_stage(anchor, addition, raw["stage"], path)
        else:
            self._add_step(anchor, addition, raw["step"], path)

    def _add_stage(self, anchor: str, addition: Addition, raw: dict[str, Any], path: KeyPath) -> None:
        at = self.draft.stage(anchor)
        if at is None:
            self._refuse_place(anchor, "stage", addition, path)
            return
        self.draft.stages.insert(at + (addition.after is not None), self.draft.stage_copy(raw, (*path, "stage")))

    def _add_step(self, anchor: str, addition: Addition, raw: dict[str, Any], path: KeyPath) -> None:
        found, stage = self.draft.step(anchor), self.draft.stage(anchor)
        later = addition.after is not None
        if found is not None:
            steps, index = found[0], found[1] + later
        elif stage is not None:
            steps = self.draft.stages[stage].setdefault("steps", [])
            index = len(steps) if later else 0
        else:
            self._refuse_place(anchor, "step or stage", addition, path)
            return
        if isinstance(steps, list):
            steps.insert(index, self.draft.copy(raw, (*path, "step")))

    def _refuse_place(self, anchor: str, what: str, addition: Addition, path: KeyPath) -> None:
        key = "after" if addition.after else "before"
        message = f'"{shown(anchor)}" is no {what} of this variant'
        self._refuse(message, (*path, key), f"the id of a {what} that the variant has", key=False)
