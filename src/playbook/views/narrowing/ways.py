"""Several flows as one: those that follow each other, and those that lead from one node to another side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace

from playbook.core.process import Flow, FlowMode

_WORDS = frozenset({"", "otherwise", "rejected"})
"""Labels of flows that are no conditions."""

Key = tuple[str, bool]
"""The other node of a flow, and whether it is a way back."""


@dataclass(frozen=True, slots=True)
class Way:
    """A flow, and where the flows that it is made of stood: the first and the last one."""

    flow: Flow
    order: tuple[int, int]

    @property
    def bridge(self) -> bool:
        """Whether it leads over something that is left out."""
        return self.order[0] != self.order[1]


def joined(first: Way, second: Way) -> Way:
    """One flow for two that follow each other."""
    one, other = first.flow, second.flow
    kinds = {one.kind, other.kind}
    label = " and ".join(f"({each.label})" for each in (one, other))
    if one.label in _WORDS or other.label in _WORDS:
        label = one.label if one.label not in _WORDS else other.label if other.label not in _WORDS else one.label
    mode: FlowMode = "stop" if other.mode == "stop" else one.mode if one.mode != "together" else other.mode
    flow = replace(
        one,
        target=other.target,
        # What overlaps something that is left out follows what was ahead of that.
        kind="rework" if "rework" in kinds else "condition" if "condition" in kinds and label else "sequence",
        label=label,
        bounded=one.bounded or other.bounded,
        mode=mode,
    )
    return Way(flow, (first.order[0], second.order[1]))


def either(first: Way, second: Way) -> Way:
    """One flow for two ways from one node to another."""
    one, other = first.flow, second.flow
    modes = {one.mode, other.mode}
    labels = list(dict.fromkeys((one.label, other.label)))
    label = labels[0]
    if len(labels) > 1:
        label = "" if not _WORDS.isdisjoint(labels) else " or ".join(f"({each})" for each in labels)
    merged = replace(
        one,
        kind="rework" if one.kind == "rework" else "condition" if label else "sequence",
        label=label,
        bounded=one.bounded and other.bounded,
        mode="together" if "together" in modes else "alternative" if "alternative" in modes else "stop",
    )
    return Way(merged, first.order if first.bridge <= second.bridge else second.order)
