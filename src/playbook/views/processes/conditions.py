"""What the flows out of a decision say: in English, and as the expression that decides."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.core.process import Flow, Gate
from playbook.language.playbook import Rejection
from playbook.language.step import Rework
from playbook.views.parts.phrases import condition
from playbook.workspace import CompiledPlaybook


@dataclass(frozen=True, slots=True)
class Way:
    """What a way out of a decision is labelled with, and its condition; without one it is the default."""

    label: str
    condition: str = ""


def ways(playbook: CompiledPlaybook, gate: Gate | None, flows: list[Flow]) -> list[Way]:
    """What each of the flows out of a decision says, in their order; at most one is the default.

    An inclusive decision has no default if all of its ways have a condition.
    """
    found = [_way(playbook, gate, flow) for flow in flows]
    default = next((index for index, way in enumerate(found) if not way.condition), None)
    if default is None and gate is not None and gate.kind == "inclusive":
        return found
    return [
        way if way.condition or index == default else Way(way.label or "if chosen", f"chosen({flow.target!r})")
        for index, (way, flow) in enumerate(zip(found, flows, strict=True))
    ]


def _way(playbook: CompiledPlaybook, gate: Gate | None, flow: Flow) -> Way:
    if gate is not None and gate.id.startswith(("approval.", "handoff.")):
        return _verdict(playbook, gate, flow)
    if gate is not None and gate.id.startswith("choice.") and not flow.label:
        step = flow.target.removeprefix("step.")
        return Way("if chosen", f"chosen({step!r})")
    if flow.label == "otherwise":
        return Way("otherwise")
    return Way(condition(playbook, flow.label) if flow.label else "", flow.label)


def _verdict(playbook: CompiledPlaybook, gate: Gate, flow: Flow) -> Way:
    kind, _, id_ = gate.id.partition(".")
    if flow.mode == "together":
        return Way("approved" if kind == "approval" else "accepted")
    rejected = _rejection(playbook, kind, id_)
    times = rejected.at_most if rejected else None
    if flow.mode == "alternative":
        often = f", at most {times} times" if times and times > 1 else ", once" if times else ""
        counted = f" and count({id_}.rejected) <= {times}" if times else ""
        return Way(f"rejected{often}", f"{id_}.rejected{counted}")
    again = rejected is not None and rejected.back_to is not None
    return Way("rejected for good" if again else "rejected", f"{id_}.rejected")


def _rejection(playbook: CompiledPlaybook, kind: str, id_: str) -> Rework | Rejection | None:
    if kind == "handoff":
        handoff = playbook.model.handoffs.get(id_)
        return handoff.reject if handoff else None
    step = playbook.steps.get(id_)
    return step.approval.on_reject if step and step.approval else None
