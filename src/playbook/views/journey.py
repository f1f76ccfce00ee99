"""The journey map: stages with their steps, gates, milestones and ends, and what leads where."""

from __future__ import annotations

from playbook.core.process import START, Gate
from playbook.language.playbook import Interrupt
from playbook.language.stage import Criterion, Stage
from playbook.language.step import Repeat, Step
from playbook.letters import letter_at
from playbook.shapes.diagram import Diagram, DiagramGroup, DiagramNode, NodeShape, NodeTone
from playbook.text.ids import words_of
from playbook.views.narrowing.excerpt import elsewhere, stage_numbers
from playbook.views.parts.flow import drawn_edges, drawn_nodes, handoff_title
from playbook.views.parts.milestones import Reached, milestones_of
from playbook.views.parts.phrases import condition, shown_condition, statement
from playbook.views.parts.shared_names import title_of
from playbook.views.parts.words import doer, end_title, moment_name, owner_names, party_of, together, when
from playbook.views.subject import Subject
from playbook.workspace import CompiledPlaybook

_TONES: dict[str, NodeTone] = {
    "internal": "plain",
    "customer": "customer",
    "joint": "customer",
    "partner": "partner",
    "system": "system",
}
_GATES: dict[str, NodeShape] = {
    "entry": "parallel_gate",
    "exit": "parallel_gate",
    "join": "exclusive_gate",
    "exclusive": "exclusive_gate",
    "inclusive": "inclusive_gate",
}


def diagram(subject: Subject) -> Diagram:
    """The journey of one playbook."""
    playbook = subject.playbook
    kept = drawn_nodes(playbook.process)
    nodes = [node_of(playbook, id_) for id_ in playbook.process.nodes if id_ in kept]
    nodes += [milestone_node(playbook, reached) for reached in milestones_of(playbook) if reached.stage]
    return Diagram(
        name=f"{playbook.name}.journey",
        title=playbook.title,
        nodes=tuple(nodes),
        edges=drawn_edges(playbook, kept),
        groups=tuple(groups_of(playbook)),
        notes=tuple(notes_of(playbook)),
    )


# -- nodes -----------------------------------------------------------------------------------------


def node_of(playbook: CompiledPlaybook, id_: str) -> DiagramNode:
    """A node of the process as it is shown."""
    process = playbook.process
    outside = elsewhere(playbook, id_)
    if outside is not None:
        return DiagramNode(id_, outside, "elsewhere")
    if id_ == START:
        return DiagramNode(id_, start_label(playbook), "start")
    if id_ in process.ends:
        end = process.ends[id_]
        return DiagramNode(id_, end_title(playbook, end.end), "end", tone="success" if end.success else "stop")
    if id_ in process.gates:
        return _gate_node(playbook, process.gates[id_])
    task = process.tasks[id_]
    step = playbook.steps[task.step]
    details = (
        doer(playbook, task),
        when(playbook, step.due),
        _repeated(step.repeat),
        f"if {shown_condition(playbook, task.condition)}" if task.condition else "",
        f"runs {title_of(playbook.workspace_symbols, 'playbook', step.run.playbook)}" if step.run else "",
        step.need if step.need != "required" else "",
    )
    return DiagramNode(
        id_,
        step.label,
        "step",
        task.stage,
        tuple(detail for detail in details if detail),
        _TONES[party_of(playbook, task, step)],
        dashed=step.need in ("optional", "recommended") or task.condition is not None,
    )


def _gate_node(playbook: CompiledPlaybook, gate: Gate) -> DiagramNode:
    prefix, _, name = gate.id.partition(".")
    details: tuple[str, ...] = ()
    if prefix == "approval" and name in playbook.steps:
        details = _approvers(playbook, playbook.steps[name])
    elif prefix == "handoff" and name in playbook.model.handoffs:
        handoff = playbook.model.handoffs[name]
        acceptance = handoff.accept
        by = (acceptance.by if acceptance else None) or handoff.receiver
        within = f" within {acceptance.within.in_words()}" if acceptance and acceptance.within else ""
        details = (f"by {playbook.owner_name(by)}{within}",)
    elif gate.kind == "inclusive":
        details = ("one or several",)
    return DiagramNode(gate.id, gate.label, _GATES[gate.kind], gate.stage, details)


def _approvers(playbook: CompiledPlaybook, step: Step) -> tuple[str, ...]:
    approval = step.approval
    if approval is None:
        return ()
    letter = letter_at(approval.by, ())
    names = together(owner_names(playbook, letter), choice=letter.choice)
    return (f"by {names}" + (f" within {approval.within.in_words()}" if approval.within else ""),)


def _repeated(repeat: Repeat | None) -> str:
    return f"every {repeat.every.in_words()}" if repeat else ""


def milestone_node(playbook: CompiledPlaybook, reached: Reached) -> DiagramNode:
    """A milestone as it is shown in the stage where it is reached."""
    milestone = reached.milestone
    due = when(playbook, milestone.due)
    details = ("value to the customer" if milestone.value else "", due)
    return DiagramNode(
        f"milestone.{reached.id}",
        reached.title,
        "milestone",
        reached.stage,
        tuple(detail for detail in details if detail),
        "success" if milestone.value else "plain",
    )


# -- names -----------------------------------------------------------------------------------------


def start_label(playbook: CompiledPlaybook) -> str:
    """What the journey starts with."""
    for id_, anchor in playbook.model.anchors.items():
        if anchor.start:
            return anchor.title or moment_name(playbook, id_)
    return "Start"


def target_title(playbook: CompiledPlaybook, id_: str) -> str:
    """What the stage or end is called that something leads to."""
    stage = playbook.stages.get(id_)
    return stage.label if stage else end_title(playbook, id_)


# -- stages and notes --------------------------------------------------------------------------------


def groups_of(playbook: CompiledPlaybook) -> list[DiagramGroup]:
    """The stages with their criteria, one a line."""
    numbers = stage_numbers(playbook)
    return [
        DiagramGroup(stage.id, f"{numbers[stage.id]}. {stage.label}", tuple(_gate_lines(playbook, stage)))
        for stage in playbook.stages.values()
    ]


def _gate_lines(playbook: CompiledPlaybook, stage: Stage) -> list[str]:
    lines = []
    for word, criteria in (("Enter when", stage.enter), ("Exit when", stage.exit)):
        said = [criterion_in_words(playbook, criterion) for criterion in criteria]
        if len(said) == 1:
            lines.append(f"{word}: {said[0]}")
        elif said:
            lines += [f"{word}:", *(f"– {each}" for each in said)]
    lines += [f"Never: {step.label}" for step in stage.steps if step.need == "forbidden"]
    return lines


def criterion_in_words(playbook: CompiledPlaybook, criterion: Criterion) -> str:
    """A criterion of a gate: its title, else what it asks for in English."""
    return criterion.title or statement(playbook, criterion.check) or condition(playbook, criterion.check)


def notes_of(playbook: CompiledPlaybook) -> list[str]:
    """What belongs to the journey but to no arrow of it."""
    notes = [interrupt_in_words(playbook, id_, each) for id_, each in playbook.model.interrupts.items()]
    for id_, handoff in playbook.model.handoffs.items():
        if handoff.at is None:
            hands = f"from {playbook.owner_name(handoff.giver)} to {playbook.owner_name(handoff.receiver)}"
            notes.append(f"Handoff: {handoff_title(id_, handoff)}, {hands}")
    for reached in milestones_of(playbook):
        if reached.stage is None:
            due = when(playbook, reached.milestone.due)
            notes.append(f"Milestone: {reached.title}" + (f", {due}" if due else ""))
    return notes


def interrupt_in_words(playbook: CompiledPlaybook, id_: str, interrupt: Interrupt) -> str:
    """What can happen at any time, when, and what it leads to."""
    stages = [playbook.stages[stage].label for stage in interrupt.stages if stage in playbook.stages]
    place = f"During {together(stages)}" if stages else "At any time"
    text = f"{place}: {interrupt.title or words_of(id_)}"
    if interrupt.when:
        text += f" (if {shown_condition(playbook, interrupt.when)})"
    elif interrupt.silent:
        silent = {"customer": "the customer", "internal": "our side", "partner": "the partner"}
        text += f" (nothing heard from {silent[interrupt.silent.party]} for {interrupt.silent.lasts.in_words()})"
    target = interrupt.end or interrupt.to
    if target:
        return f"{text}, leads to {target_title(playbook, target)}"
    if interrupt.run:
        return f"{text}, runs {title_of(playbook.workspace_symbols, 'playbook', interrupt.run.playbook)}"
    return text
