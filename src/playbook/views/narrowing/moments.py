"""Times as customers may see them: counted from what they know of."""

from __future__ import annotations

from playbook.language.vocabulary import STATES
from playbook.text.quantities import Timing
from playbook.workspace import CompiledPlaybook

_KINDS = ("anchor", "milestone", "step", "stage")
"""What a time may be counted from, in the order in which names are looked up."""


class Moments:
    """The new names of what times are counted from.

    An anchor is known to customers if a time that they see is counted from it: ``anchors`` gathers these.
    """

    def __init__(self, playbook: CompiledPlaybook, known: dict[str, dict[str, str]]) -> None:
        self._playbook = playbook
        self._known = known
        self.anchors: dict[str, str] = {}

    def timing(self, timing: Timing | None) -> Timing | None:
        """A time with new names; ``None`` if it is counted from something that customers do not know of."""
        if timing is None:
            return None
        reference = self._name(timing.reference)
        until = self._name(timing.until) if timing.until is not None else None
        if reference is None or (until is None) != (timing.until is None):
            return None
        offset = f"{timing.offset.text} {timing.direction}" if timing.offset else f"{timing.share or 0:.0%} between"
        behind = f" and {until}" if until is not None else ""
        text = f"{offset} {reference}{behind}"
        start = len(offset) + 1
        return Timing(
            text,
            timing.direction,
            reference,
            start,
            timing.offset,
            timing.share,
            until,
            start + len(f"{reference} and ") if until is not None else 0,
        )

    def _name(self, name: str) -> str | None:
        base, _, state = name.rpartition(".")
        for kind in _KINDS:
            if name in self._playbook.symbols[kind]:
                return self._id(kind, name)
            if base in self._playbook.symbols[kind] and state in STATES[kind]:
                id_ = self._id(kind, base)
                return f"{id_}.{state}" if id_ else None
        for id_, anchor in self._playbook.model.anchors.items():
            if anchor.event == name:
                return self._id("anchor", id_)
        return None

    def _id(self, kind: str, id_: str) -> str | None:
        if kind == "anchor":
            return self.anchors.setdefault(id_, f"anchor_{len(self.anchors) + 1}")
        return self._known[kind].get(id_)
