"""The KPI tree: from the outcome to the milestones to the numbers by which they are steered."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.shapes.diagram import Diagram, DiagramEdge, DiagramNode
from playbook.shapes.table import Cell, Column, Table
from playbook.text.ids import words_of
from playbook.views.parts.kpi_places import PlacedKpi, dashboards, outcome_milestones, placed_kpis
from playbook.views.parts.kpi_words import CLOCKS, DIRECTIONS, STATISTICS, kpi_title, measures, target
from playbook.views.parts.words import owner_names, together, when
from playbook.views.subject import Subject
from playbook.workspace import CompiledPlaybook

_OUTCOME = "outcome"


def diagram(subject: Subject) -> Diagram:
    """The tree: the outcome, the milestones on the way to it, the KPIs of each."""
    playbook = subject.playbook
    placed = placed_kpis(playbook, subject.workspace)
    any_targets = _any_targets(placed)
    cards = [_kpi(playbook, each, any_targets=any_targets) for each in placed]
    nodes = [_outcome(playbook), *_milestones(playbook), *cards]
    edges = [DiagramEdge(_OUTCOME, f"milestone.{id_}") for id_ in playbook.model.milestones]
    edges += [DiagramEdge(_parent(each), f"kpi.{each.id}") for each in placed]
    return Diagram(
        name=f"{playbook.name}.kpis",
        title=f"KPIs: {playbook.title}",
        nodes=tuple(nodes),
        edges=tuple(edges),
        notes=_notes(playbook, placed),
        kind="tree",
    )


def _parent(placed: PlacedKpi) -> str:
    return f"milestone.{placed.milestone}" if placed.milestone else _OUTCOME


def _outcome(playbook: CompiledPlaybook) -> DiagramNode:
    outcome, ownership = playbook.model.outcome, playbook.model.ownership
    details = []
    if ownership is not None and ownership.accountable:
        details.append(f"Owner: {playbook.owner_name(ownership.accountable)}")
    if outcome is not None and outcome.within is not None:
        details.append(f"Within {when(playbook, outcome.within)}")
    return DiagramNode(_OUTCOME, _statement(playbook), "outcome", details=tuple(details), tone="success")


def _statement(playbook: CompiledPlaybook) -> str:
    """The outcome in words; where nobody has said it, the title of the journey."""
    outcome = playbook.model.outcome
    return (outcome.statement if outcome else None) or playbook.title


def _milestones(playbook: CompiledPlaybook) -> Iterator[DiagramNode]:
    wanted = outcome_milestones(playbook)
    for id_, milestone in playbook.model.milestones.items():
        letter = playbook.letters["milestones"][id_].accountable
        owner = together(owner_names(playbook, letter), choice=bool(letter and letter.choice))
        details = [f"Owner: {owner}"] if owner else []
        if milestone.due is not None:
            details.append(f"Due {when(playbook, milestone.due)}")
        if milestone.value:
            details.append("Value to the customer")
        if id_ in wanted:
            details.append("Part of the outcome")
        yield DiagramNode(f"milestone.{id_}", _milestone_name(playbook, id_), "milestone", details=tuple(details))


def _milestone_name(playbook: CompiledPlaybook, id_: str) -> str:
    return playbook.model.milestones[id_].title or words_of(id_)


def _kpi(playbook: CompiledPlaybook, placed: PlacedKpi, *, any_targets: bool) -> DiagramNode:
    kpi = placed.kpi
    aim = target(kpi)
    owner = playbook.owner_name(kpi.owner) if kpi.owner else ""
    details = (f"Owner: {owner}" if owner else "No owner", *_aims(aim, any_targets))
    # A number that only counts what we did is drawn with a broken border.
    return DiagramNode(
        f"kpi.{placed.id}",
        kpi_title(placed.id, kpi),
        "kpi",
        details=details,
        dashed=kpi.measures == "activity",
    )


def _aims(aim: str, any_targets: bool) -> tuple[str, ...]:
    """The target; where no KPI has one, a note says so once, not each card."""
    return (f"Target: {aim}",) if aim else ("No target yet",) if any_targets else ()


def _any_targets(placed: tuple[PlacedKpi, ...]) -> bool:
    return any(target(each.kpi) for each in placed)


def _notes(playbook: CompiledPlaybook, placed: tuple[PlacedKpi, ...]) -> tuple[str, ...]:
    notes = []
    if playbook.model.outcome is None or not playbook.model.outcome.statement:
        notes.append("Nobody has said yet what the outcome is; the title of the playbook stands for it.")
    if placed and not _any_targets(placed):
        notes.append("No KPI has a target yet.")
    if not placed:
        notes.append("No KPI is tied to this journey: none names one of its stages, milestones, dates or events.")
    elif any(each.milestone is None for each in placed) and playbook.model.milestones:
        notes.append("KPIs joined to the outcome itself measure the whole journey, or several stages of it.")
    if any(each.kpi.measures == "activity" for each in placed):
        notes.append("A broken border: it counts what we did, not what was achieved.")
    unmeasured = [id_ for id_ in playbook.model.milestones if all(each.milestone != id_ for each in placed)]
    if placed and unmeasured:
        names = together([f'"{_milestone_name(playbook, id_)}"' for id_ in unmeasured])
        notes.append(f"No KPI measures {names}.")
    return tuple(notes)


# -- the same as rows ------------------------------------------------------------------------------

_COLUMNS = (
    Column("milestone", "Milestone"),
    Column("kpi", "KPI"),
    Column("measures", "What it measures"),
    Column("owner", "Owner"),
    Column("target", "Target"),
    Column("direction", "Better"),
    Column("statistic", "Statistic"),
    Column("unit", "Unit"),
    Column("clock", "Clock"),
    Column("stages", "Reported for"),
    Column("dashboards", "Shown on"),
)
_WHOLE = "The journey as a whole"


def table(subject: Subject) -> Table:
    """The KPIs as rows, under the milestones that they belong to; the outcome is told in the first note."""
    playbook = subject.playbook
    placed = placed_kpis(playbook, subject.workspace)
    order = [*playbook.model.milestones, None]
    rows = [_row(subject, each) for each in sorted(placed, key=lambda each: order.index(each.milestone))]
    notes = (
        f"Outcome: {_statement(playbook)}",
        *(note for note in _notes(playbook, placed) if "border" not in note),
    )
    return Table(f"{playbook.name}.kpis", f"KPIs: {playbook.title}", _COLUMNS, tuple(rows), "milestone", notes)


def _row(subject: Subject, placed: PlacedKpi) -> tuple[Cell, ...]:
    playbook, kpi = subject.playbook, placed.kpi
    shown_on = tuple(
        board.title or words_of(id_) for id_, board in dashboards(subject.workspace) if placed.id in board.kpis
    )
    return (
        _milestone_name(playbook, placed.milestone) if placed.milestone else _WHOLE,
        kpi_title(placed.id, kpi),
        measures(playbook, kpi),
        playbook.owner_name(kpi.owner) if kpi.owner else "",
        target(kpi),
        DIRECTIONS.get(kpi.direction or "", ""),
        STATISTICS.get(kpi.statistic or "", ""),
        kpi.unit or "",
        CLOCKS.get(kpi.clock or "", ""),
        tuple(playbook.stages[stage].label for stage in placed.stages),
        shown_on,
    )
