"""The handoffs: who gives what to whom, where, who accepts it by when, and what follows if not."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.language.playbook import Handoff, Rejection
from playbook.language.stage import Stage
from playbook.language.step import Step
from playbook.shapes.table import Cell, Column, Table
from playbook.text.ids import words_of
from playbook.views.parts.flow import handoff_title
from playbook.views.parts.phrases import condition
from playbook.views.parts.words import data_title, end_title, owner_cells
from playbook.views.subject import Subject
from playbook.workspace import CompiledPlaybook

_COLUMNS = (
    Column("stage", "Stage"),
    Column("handoff", "Handoff"),
    Column("from", "Gives"),
    Column("to", "Receives"),
    Column("at", "At the end of"),
    Column("payload", "What goes along"),
    Column("together", "How"),
    Column("accepted_by", "Accepted by"),
    Column("within", "Within"),
    Column("rejected", "If it is rejected"),
    Column("condition", "Only if"),
    Column("accountable", "Accountable"),
)
_ANYWHERE = "At any time"
_CHANNELS = {"in_product": "in the product"}


def table(subject: Subject) -> Table:
    """The handoffs in the order of the stages at whose steps they happen."""
    playbook = subject.playbook
    order = [stage.label for stage in _stages(playbook)] + [_ANYWHERE]
    rows = sorted(_rows(playbook), key=lambda row: order.index(str(row[0])))
    return Table(
        f"{playbook.name}.handoffs",
        f"Handoffs: {playbook.title}",
        _COLUMNS,
        tuple(rows),
        "stage",
        tuple(_notes(playbook)),
    )


def _rows(playbook: CompiledPlaybook) -> Iterator[tuple[Cell, ...]]:
    for id_, handoff in playbook.model.handoffs.items():
        accept = handoff.accept
        yield (
            _stage(playbook, handoff.at),
            handoff_title(id_, handoff),
            playbook.owner_name(handoff.giver),
            playbook.owner_name(handoff.receiver),
            _place(playbook, handoff.at),
            tuple(data_title(playbook, name) for name in handoff.payload),
            _meeting(handoff),
            playbook.owner_name(accept.by or handoff.receiver) if accept else "",
            accept.within.in_words() if accept and accept.within else "",
            rejection_in_words(playbook, handoff.reject),
            condition(playbook, handoff.when) if handoff.when else "",
            owner_cells(playbook, playbook.letters["handoffs"][id_].accountable),
        )


def _stage(playbook: CompiledPlaybook, at: str | None) -> str:
    """The stage in which it happens, where a step or a stage is named."""
    for stage in _stages(playbook):
        if at == stage.id or any(step.id == at for step in stage.steps):
            return stage.label
    return _ANYWHERE


def _stages(playbook: CompiledPlaybook) -> list[Stage]:
    """All stages; of a part of a playbook also those that it does not show, for work may come from there."""
    return [symbol.value for symbol in playbook.symbols["stage"].values() if isinstance(symbol.value, Stage)]


def _place(playbook: CompiledPlaybook, at: str | None) -> str:
    step, stage = playbook.symbols["step"].get(at or ""), playbook.symbols["stage"].get(at or "")
    if step is not None and isinstance(step.value, Step):
        return step.value.label
    return f"the stage {stage.value.label}" if stage is not None and isinstance(stage.value, Stage) else ""


def _meeting(handoff: Handoff) -> str:
    touch = handoff.together
    if touch is None:
        return ""
    kind = _CHANNELS.get(touch.kind, touch.kind)
    return f"{kind} of {touch.lasts.in_words()}" if touch.lasts else kind


def rejection_in_words(playbook: CompiledPlaybook, reject: Rejection | None) -> str:
    """What follows if the receiver says no: ``Write the brief again, at most 2 times; then Stopped``."""
    if reject is None:
        return ""
    parts = []
    if reject.back_to:
        parts.append(f"back to “{_place(playbook, reject.back_to) or words_of(reject.back_to)}”")
        if reject.at_most is not None:
            parts[0] += ", once at most" if reject.at_most == 1 else f", {reject.at_most} times at most"
    if reject.end:
        title = end_title(playbook, reject.end)
        parts.append(f"then it ends: {title}" if parts else f"it ends: {title}")
    return "; ".join(parts)


def _notes(playbook: CompiledPlaybook) -> Iterator[str]:
    unanswered = [
        handoff_title(id_, handoff) for id_, handoff in playbook.model.handoffs.items() if handoff.accept is None
    ]
    if unanswered:
        yield f"Nobody has to accept: {', '.join(unanswered)}."
    if not playbook.model.handoffs:
        yield "No work changes hands here."
