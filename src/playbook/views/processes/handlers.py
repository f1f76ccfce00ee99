"""What can happen at any time, as event sub-processes beside the flow.

A stage is cut by the lanes, so that it cannot be a sub-process whose border has events, and an interrupt is of
several stages at once. An event sub-process of the whole process says just that: it waits while the process
runs; where the interrupt ends the journey it drops all open work and comes to that end. Where it leads to a
stage, it drops all open work too, and its message starts the process anew at that stage: an event sub-process
cannot lead back into the flow. What only runs another playbook interrupts nothing.

Silence is a condition and no timer: a timer would count from the start of the journey, whatever the customer says.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from playbook.core.process import Interrupt, Process
from playbook.language.playbook import Interrupt as Written
from playbook.shapes.process import NodeKind, ProcessFlow, ProcessHandler, ProcessNode
from playbook.text.ids import words_of
from playbook.views.parts.phrases import condition
from playbook.views.parts.words import moment_name, together
from playbook.views.processes.mapping import Recorder
from playbook.workspace import CompiledPlaybook


@dataclass(frozen=True, slots=True)
class Restart:
    """The process is begun again at ``target`` (the entry of a stage) with a message."""

    target: str
    message: str


def restart_of(playbook: CompiledPlaybook, interrupt: Interrupt) -> Restart | None:
    """The message with which an interrupt begins the process again, if it leads to a stage."""
    target = interrupt.target
    if target is None or target in playbook.process.ends:
        return None
    stage = playbook.stages.get(target.removeprefix("enter."))
    return Restart(target, f"Go on with {stage.label}" if stage else target)


def handler_of(playbook: CompiledPlaybook, recorder: Recorder, index: int) -> ProcessHandler:
    """The event sub-process of an interrupt."""
    process = playbook.process
    interrupt = process.interrupts[index]
    written = playbook.model.interrupts[interrupt.id]
    title = written.title or words_of(interrupt.id)
    base = f"interrupt.{interrupt.id}"
    start = _waiting(playbook, written, base, interrupt)
    nodes = [start]
    if written.run:
        calls = f"process.{written.run.playbook}"
        label = _called_title(playbook, written.run.playbook)
        nodes.append(ProcessNode(f"{base}-run", "call", f"Run {label}", calls=calls))
    nodes.append(_last(playbook, process, recorder, interrupt, base))
    flows = [
        ProcessFlow(f"{base}-flow{number}", one.id, other.id)
        for number, (one, other) in enumerate(pairwise(nodes), 1)
    ]
    return ProcessHandler(base, title, tuple(nodes), tuple(flows), (recorder.interrupt(index, interrupt),))


def _waiting(playbook: CompiledPlaybook, written: Written, base: str, interrupt: Interrupt) -> ProcessNode:
    kind: NodeKind = "message_start" if written.event else "conditional_start"
    label, expression = _sign(playbook, written)
    everywhere = len(interrupt.stages) == len(playbook.stages)
    titles = [playbook.stages[stage].label for stage in interrupt.stages if stage in playbook.stages]
    notes = () if everywhere or not titles else (f"Only in {together(titles)}.",)
    if kind == "conditional_start" and notes:
        inside = " or ".join(
            f"({stage}.entered and not {stage}.exited)" for stage in dict.fromkeys(interrupt.stages)
        )
        expression = f"({expression}) and ({inside})"
    return ProcessNode(
        f"{base}-start",
        kind,
        label,
        notes=notes,
        condition=expression if kind == "conditional_start" else "",
        message=label if kind == "message_start" else "",
        interrupting=interrupt.target is not None,
    )


def _sign(playbook: CompiledPlaybook, written: Written) -> tuple[str, str]:
    """How one notices, in English and as an expression."""
    if written.event:
        return condition(playbook, written.event) or moment_name(playbook, written.event), written.event
    if written.silent:
        party = {"customer": "the customer", "partner": "the partner", "internal": "our side"}[written.silent.party]
        words = f"no word from {party} for {written.silent.lasts.in_words()}"
        return words, f"silent({written.silent.party!r}, {str(written.silent.lasts)!r})"
    if written.when:
        return condition(playbook, written.when), written.when
    return "somebody says so", "called"


def _last(
    playbook: CompiledPlaybook, process: Process, recorder: Recorder, interrupt: Interrupt, base: str
) -> ProcessNode:
    target = interrupt.target
    restart = restart_of(playbook, interrupt)
    if restart:
        return ProcessNode(f"{base}-end", "message_end", restart.message, message=restart.message)
    if target is None:
        return ProcessNode(f"{base}-end", "end", "Handled")
    end = process.ends[target]
    title = playbook.model.ends[end.end].title or words_of(end.end)
    return ProcessNode(f"{base}-end", "end", title, belongs=target, records=(recorder.node(target),))


def _called_title(playbook: CompiledPlaybook, id_: str) -> str:
    symbol = playbook.workspace_symbols["playbook"].get(id_) if "playbook" in playbook.workspace_symbols else None
    return getattr(symbol.value, "title", None) or words_of(id_) if symbol else words_of(id_)
