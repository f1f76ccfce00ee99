"""What a step is in BPMN: its kind of task, its loop, its documentation, and the timers on its border."""

from __future__ import annotations

from playbook.core.process import Task
from playbook.language.step import Repeat, Step
from playbook.shapes.process import Loop, NodeKind, ProcessFlow, ProcessNode
from playbook.text.quantities import Duration, Unit
from playbook.views.parts.phrases import condition
from playbook.views.parts.words import owner_names, together, when
from playbook.workspace import CompiledPlaybook

_SENT = frozenset(("email", "in_product", "survey", "chat"))
"""Touches that send something to the customer."""

_LETTERS = {"R": "Responsible", "A": "Accountable", "C": "Consulted", "I": "Informed"}

_PERIODS: dict[Unit, str] = {
    "min": "PT{}M",
    "bh": "PT{}H",
    "h": "PT{}H",
    "bd": "P{}D",
    "d": "P{}D",
    "w": "P{}W",
    "mo": "P{}M",
}
"""ISO 8601 has no working time: it is counted as plain time, and the documentation says what is meant."""


def kind_of(step: Step) -> NodeKind:
    """Who does it, in BPMN's words: a system, a system that sends, a person with a system, a person alone."""
    sends = step.touch is not None and step.touch.kind in _SENT
    if step.automation == "automated":
        return "send_task" if sends else "service_task"
    if sends and step.touch is not None and step.touch.kind != "in_product":
        return "send_task"
    return "user_task" if step.system or step.automation == "assisted" else "manual_task"


def loop_of(step: Step) -> Loop | None:
    """How a step is repeated. A rhythm without an end has no loop in BPMN: its documentation says it."""
    if step.for_each:
        return Loop(each=f"count({step.for_each.of})")
    repeat = step.repeat
    if repeat and (repeat.until or repeat.at_most):
        return Loop(again=f"not ({repeat.until})" if repeat.until else "true", at_most=repeat.at_most)
    return None


def notes_of(playbook: CompiledPlaybook, task: Task, step: Step) -> tuple[str, ...]:
    """The documentation of a step, a sentence or two each."""
    letters = [
        f"{_LETTERS[name]}: {together(owner_names(playbook, letter), choice=letter.choice)}"
        for name, letter in task.owners.letters()
    ]
    notes = [
        step.description or "",
        "\n".join(letters),
        f"Due {when(playbook, step.due)}." if step.due else "",
        f"Takes {step.takes.in_words()}." if step.takes else "",
        f"The step is {step.need}." if step.need != "required" else "",
        _promise(playbook, step),
        _answer(step),
        _rounds(playbook, step),
        "\n".join(f"- {item.do}" for item in step.checklist),
    ]
    return tuple(note for note in notes if note)


def _promise(playbook: CompiledPlaybook, step: Step) -> str:
    sla = step.sla
    if sla is None:
        return ""
    warned = f"Warn after {sla.warn.in_words()}. " if sla.warn else ""
    paused = f" The clock stands still while {condition(playbook, sla.pause_while)}." if sla.pause_while else ""
    return f"{warned}Late after {sla.breach.in_words()}.{paused}"


def _answer(step: Step) -> str:
    """What no answer to an approval means."""
    approval = step.approval
    if approval is None or approval.within is None:
        return ""
    meant = {
        "escalate": "is escalated",
        "approve": "counts as a yes",
        "reject": "counts as a no",
        "wait": "is waited for",
    }
    return f"The answer has {approval.within.in_words()}; none in time {meant[approval.on_silence]}."


def _rounds(playbook: CompiledPlaybook, step: Step) -> str:
    if step.for_each:
        where = f" where {condition(playbook, step.for_each.where)}" if step.for_each.where else ""
        return f"Once for each of the {step.for_each.of.replace('_', ' ')}{where}."
    return _rhythm(playbook, step.repeat) if step.repeat else ""


def _rhythm(playbook: CompiledPlaybook, repeat: Repeat) -> str:
    until = f", until {condition(playbook, repeat.until)}" if repeat.until else ""
    most = f", at most {repeat.at_most} times" if repeat.at_most else ""
    lasts = f", for {repeat.lasts.in_words()}" if repeat.lasts else ""
    return f"Every {repeat.every.in_words()}{until}{most}{lasts}."


# -- timers --------------------------------------------------------------------------------------


def timers_of(
    playbook: CompiledPlaybook, node: ProcessNode, step: Step
) -> tuple[list[ProcessNode], list[ProcessFlow]]:
    """The timers on the border of a task, each with the event that tells somebody. They stop nothing."""
    nodes: list[ProcessNode] = []
    flows: list[ProcessFlow] = []
    if step.sla:
        told = together(playbook.owner_name(owner) for owner in step.sla.escalate)
        _timer(nodes, flows, node, "late", f"late after {step.sla.breach.in_words()}", step.sla.breach, told)
    approval = step.approval
    if approval and approval.within and approval.on_silence == "escalate":
        label = f"no answer in {approval.within.in_words()}"
        _timer(nodes, flows, node, "silent", label, approval.within, "")
    return nodes, flows


def _timer(
    nodes: list[ProcessNode],
    flows: list[ProcessFlow],
    host: ProcessNode,
    name: str,
    label: str,
    time: Duration,
    told: str,
) -> None:
    id_, end = f"{host.id}-{name}", f"{host.id}-{name}-told"
    nodes.append(
        ProcessNode(
            id_,
            "timer",
            label,
            host.lane,
            host.stage,
            host.belongs,
            host=host.id,
            duration=_iso(time),
            interrupting=False,
        )
    )
    said = f"Tell {told}" if told else "Escalate"
    nodes.append(ProcessNode(end, "escalation_end", said, host.lane, host.stage, host.belongs, message=said))
    flows.append(ProcessFlow(f"{id_}-flow", id_, end))


def _iso(time: Duration) -> str:
    """A duration in ISO 8601; of a range, the longer end. Parts of units that ISO has none of are in minutes."""
    amount = time.high if time.high is not None else time.low or 0
    if amount == int(amount):
        return _PERIODS[time.unit].format(int(amount))
    minutes = {"min": 1, "bh": 60, "h": 60, "bd": 1440, "d": 1440, "w": 10080, "mo": 43200}[time.unit]
    return f"PT{round(amount * minutes)}M"
