"""The process for BPMN tools: a pool with lanes, tasks and gateways, timers, and what can happen at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.shapes.process import ProcessModel, ProcessStage
from playbook.views.narrowing.excerpt import stage_numbers
from playbook.views.parts.words import criteria_in_words
from playbook.views.processes.building import Builder
from playbook.views.processes.handlers import handler_of
from playbook.views.processes.lanes import Lanes
from playbook.views.processes.mapping import Recorder
from playbook.workspace import CompiledPlaybook

if TYPE_CHECKING:
    from playbook.views.subject import Subject


def process(subject: Subject) -> ProcessModel:
    """The process of one playbook."""
    playbook = subject.playbook
    recorder = Recorder(playbook.process)
    lanes = Lanes(playbook, subject.lanes)
    builder = Builder(playbook, lanes, recorder)
    builder.build()
    handlers = tuple(handler_of(playbook, recorder, index) for index in range(len(playbook.process.interrupts)))
    handled = {node.belongs for handler in handlers for node in handler.nodes if node.belongs}
    drawn = {node.stage for node in builder.nodes}
    return ProcessModel(
        name=f"{playbook.name}.process",
        title=playbook.title,
        id=f"process.{playbook.name}",
        lanes=lanes.in_order(node.lane for node in builder.nodes),
        stages=tuple(stage for stage in _stages(playbook) if stage.id in drawn),
        nodes=builder.nodes,
        flows=builder.flows,
        handlers=handlers,
        notes=_notes(playbook),
        records=builder.rest(handled),
    )


def _stages(playbook: CompiledPlaybook) -> list[ProcessStage]:
    """The stages, each with the number that it has in the whole journey."""
    stages, numbers = [], stage_numbers(playbook)
    for stage in playbook.stages.values():
        enter, leave = criteria_in_words(playbook, stage.enter), criteria_in_words(playbook, stage.exit)
        notes = (f"Enter when {enter}" if enter else "", f"Leave when {leave}" if leave else "")
        title = f"{numbers[stage.id]}. {stage.label}"
        stages.append(ProcessStage(stage.id, title, tuple(note for note in notes if note)))
    return stages


def _notes(playbook: CompiledPlaybook) -> tuple[str, ...]:
    outcome = playbook.model.outcome
    return (outcome.statement,) if outcome and outcome.statement else ()
