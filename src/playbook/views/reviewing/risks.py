"""What may go wrong, and what can happen at any time."""

from __future__ import annotations

from playbook.language.playbook import Interrupt, Risk
from playbook.language.step import Run
from playbook.shapes.document import Part, Section
from playbook.shapes.table import Column, Table
from playbook.text.ids import words_of
from playbook.views.parts.phrases import condition, phrase
from playbook.views.parts.words import owner_cells, together
from playbook.views.reviewing.cells import capitalized
from playbook.workspace import CompiledPlaybook

_PARTIES = {"customer": "the customer", "internal": "our side", "partner": "the partner"}


def risks(playbook: CompiledPlaybook) -> list[Section]:
    """Risks and interrupts, each as a table."""
    parts: list[Part] = []
    if playbook.model.risks:
        parts.append(_risks(playbook))
    if playbook.model.interrupts:
        parts.append(_interrupts(playbook))
    if not parts:
        return []
    title = "Risks and interrupts" if len(parts) > 1 else parts[0].title  # type: ignore[union-attr]
    return [Section(title, tuple(parts))]


def _risks(playbook: CompiledPlaybook) -> Table:
    columns = (
        Column("risk", "What may go wrong"),
        Column("sign", "How it shows"),
        Column("severity", "How bad"),
        Column("owner", "Who acts"),
        Column("answer", "What is done"),
    )
    rows = tuple(
        (
            risk.title or words_of(id_),
            capitalized(condition(playbook, risk.when)) if risk.when else "",
            risk.severity or "",
            playbook.owner_name(risk.owner) if risk.owner else "",
            capitalized(_answer(playbook, risk)),
        )
        for id_, risk in playbook.model.risks.items()
    )
    return Table(f"{playbook.name}.risks", "Risks", columns, rows)


def _answer(playbook: CompiledPlaybook, risk: Risk) -> str:
    return "; ".join(part for part in (risk.do or "", _run(playbook, risk.run)) if part)


def _run(playbook: CompiledPlaybook, run: Run | None) -> str:
    if run is None:
        return ""
    symbol = playbook.workspace_symbols["playbook"].get(run.playbook)
    title = getattr(symbol.value, "title", None) if symbol else None
    return f"the playbook “{title or words_of(run.playbook)}” is run"


def _interrupts(playbook: CompiledPlaybook) -> Table:
    columns = (
        Column("what", "What can happen"),
        Column("when", "When"),
        Column("stages", "In which stages"),
        Column("then", "What follows"),
        Column("owner", "Who answers for it"),
    )
    rows = tuple(
        (
            interrupt.title or words_of(id_),
            capitalized(_moment(playbook, interrupt)),
            together(playbook.stages[stage].label for stage in interrupt.stages if stage in playbook.stages)
            or "In all",
            capitalized(_consequence(playbook, interrupt)),
            owner_cells(playbook, playbook.letters["interrupts"][id_].accountable),
        )
        for id_, interrupt in playbook.model.interrupts.items()
    )
    return Table(f"{playbook.name}.interrupts", "What can happen at any time", columns, rows)


def _moment(playbook: CompiledPlaybook, interrupt: Interrupt) -> str:
    told = []
    if interrupt.event:
        said = phrase(playbook, interrupt.event)
        told.append(f"{said.subject} has happened")
    if interrupt.when:
        told.append(condition(playbook, interrupt.when))
    if interrupt.silent:
        party = _PARTIES[interrupt.silent.party]
        told.append(f"nothing heard from {party} for {interrupt.silent.lasts.in_words()}")
    return "; ".join(told)


def _consequence(playbook: CompiledPlaybook, interrupt: Interrupt) -> str:
    told = []
    if interrupt.run:
        told.append(_run(playbook, interrupt.run))
    if interrupt.to:
        stage = playbook.stages.get(interrupt.to)
        told.append(f"it goes on with {stage.label if stage else words_of(interrupt.to)}")
    if interrupt.end:
        end = playbook.model.ends.get(interrupt.end)
        told.append(f"it ends: {(end.title if end else None) or words_of(interrupt.end)}")
    return "; ".join(told)
