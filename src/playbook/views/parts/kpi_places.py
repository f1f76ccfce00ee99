"""Which KPIs measure a playbook, and which milestone each of them belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from playbook.expressions.names import names_in
from playbook.expressions.parse import parse_expression
from playbook.language.metrics import Dashboard, Kpi, Metrics
from playbook.language.playbook import Milestone
from playbook.workspace import CompiledPlaybook, Workspace


@dataclass(frozen=True, slots=True)
class PlacedKpi:
    """A KPI with the milestone that it belongs to; ``None`` if it measures the journey as a whole."""

    id: str
    kpi: Kpi
    milestone: str | None
    stages: tuple[str, ...]
    """The stages that report it."""


def placed_kpis(playbook: CompiledPlaybook, workspace: Workspace) -> tuple[PlacedKpi, ...]:
    """The KPIs of a playbook in the order of their libraries.

    They are those that its stages and its ownership report, those that start, end or gather their accounts
    at something of this playbook, and those that stand with one of them on a dashboard.
    """
    known = {id_: kpi for model in _libraries(workspace) for id_, kpi in model.kpis.items()}
    reported = _reported(playbook)
    points = _points(playbook)
    own = {id_ for id_, kpi in known.items() if id_ in reported or any(name in points for name in _names(kpi))}
    beside = {
        each for _, dashboard in dashboards(workspace) if own & set(dashboard.kpis) for each in dashboard.kpis
    }
    return tuple(
        PlacedKpi(id_, kpi, _milestone(playbook, points, kpi, reported.get(id_, ())), reported.get(id_, ()))
        for id_, kpi in known.items()
        if id_ in own or id_ in beside
    )


def dashboards(workspace: Workspace) -> Iterator[tuple[str, Dashboard]]:
    """All dashboards with their ids."""
    for model in _libraries(workspace):
        yield from model.dashboards.items()


def outcome_milestones(playbook: CompiledPlaybook) -> frozenset[str]:
    """The milestones that the outcome asks for."""
    outcome = playbook.model.outcome
    if outcome is None:
        return frozenset()
    trees = (parse_expression(criterion.check).tree for criterion in outcome.achieved)
    names = {name for tree in trees if tree is not None for name in names_in(tree)}
    return frozenset(
        id_
        for id_, milestone in playbook.model.milestones.items()
        if names & {id_, f"{id_}.reached", milestone.event}
    )


def _libraries(workspace: Workspace) -> Iterator[Metrics]:
    for document in workspace.documents:
        if isinstance(document.model, Metrics):
            yield document.model


def _reported(playbook: CompiledPlaybook) -> dict[str, tuple[str, ...]]:
    """The KPIs that stages report, with the stages; with none, those that the owner of the journey answers for."""
    found: dict[str, tuple[str, ...]] = {}
    for stage in playbook.stages.values():
        for kpi in stage.kpis:
            found[kpi] = (*found.get(kpi, ()), stage.id)
    ownership = playbook.model.ownership
    if ownership is not None and ownership.dedicated is not None:
        for kpi in ownership.dedicated.objectives:
            found.setdefault(kpi, ())
    return found


def _names(kpi: Kpi) -> tuple[str, ...]:
    """What a KPI hangs on: where it ends says most."""
    return tuple(name for name in (kpi.until, kpi.since, kpi.cohort) if name)


def _points(playbook: CompiledPlaybook) -> dict[str, str | None]:
    """What a KPI may hang on in a playbook, with the milestone that it stands for."""
    model = playbook.model
    found: dict[str, str | None] = dict.fromkeys(_signals(playbook))
    for id_, anchor in model.anchors.items():
        found.update(dict.fromkeys((id_, f"{id_}.reached", *([anchor.event] if anchor.event else [])), None))
    for stage in playbook.stages.values():
        milestone = _of_stage(model.milestones, stage.id)
        names = [stage.id, f"{stage.id}.entered", f"{stage.id}.exited"]
        for step in stage.steps:
            names += [step.id, f"{step.id}.started", f"{step.id}.completed"]
        found.update(dict.fromkeys(names, milestone))
    for id_, milestone_ in model.milestones.items():
        names = [id_, f"{id_}.reached", *([milestone_.event] if milestone_.event else [])]
        found.update(dict.fromkeys(names, id_))
    return found


def _signals(playbook: CompiledPlaybook) -> set[str]:
    """The fields and events that the playbook asks for: a KPI that begins with one is about this journey."""
    trees = (parse_expression(text).tree for _, text in playbook.expressions)
    return {name for tree in trees if tree is not None for name in names_in(tree)}


def _of_stage(milestones: dict[str, Milestone], stage: str) -> str | None:
    """The milestone of a stage; of several, the last."""
    return next((id_ for id_, each in reversed(milestones.items()) if each.stage == stage), None)


def _milestone(
    playbook: CompiledPlaybook, points: dict[str, str | None], kpi: Kpi, stages: tuple[str, ...]
) -> str | None:
    for name in _names(kpi):
        if points.get(name) is not None:
            return points[name]
    found = {_of_stage(playbook.model.milestones, stage) for stage in stages}
    # What several stages report measures the whole journey.
    return found.pop() if len(found) == 1 else None
