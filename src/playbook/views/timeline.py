"""The timeline: steps and milestones against working days from each anchor, the critical path marked."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.core.process import START
from playbook.schedule.ranges import Range
from playbook.schedule.relative import Schedule, StepTimes, relative_schedule
from playbook.shapes.diagram import NodeTone
from playbook.shapes.table import Cell, Column, Table
from playbook.shapes.timeline import Timeline, TimelineBar, TimelineGroup, TimelinePanel
from playbook.text.ids import words_of
from playbook.views.narrowing.excerpt import stage_numbers
from playbook.views.parts.timeline_notes import notes
from playbook.views.parts.words import doer, moment_name, owner_names, party_of, together, when
from playbook.views.subject import Subject
from playbook.workspace import CompiledPlaybook

_TONES: dict[str, NodeTone] = {
    "internal": "plain",
    "customer": "customer",
    "joint": "customer",
    "partner": "partner",
    "system": "system",
}

_MILESTONES = "Milestones"
"""The group of the milestones that name no stage."""


def timeline(subject: Subject) -> Timeline:
    """A panel for each anchor that something hangs on."""
    playbook = subject.playbook
    schedule = relative_schedule(playbook)
    panels = (_Panel(playbook, schedule, anchor).panel() for anchor in schedule.anchors)
    return Timeline(
        name=f"{playbook.name}.timeline",
        title=f"Timeline: {playbook.title}",
        panels=tuple(panel for panel in panels if panel.bars),
        notes=notes(playbook, schedule),
        days_a_week=schedule.time.days_a_week,
    )


def anchor_name(playbook: CompiledPlaybook, anchor: str) -> str:
    """What the days of a panel are counted from."""
    return "the start" if anchor == START else moment_name(playbook, anchor)


class _Panel:
    """All that hangs on one anchor."""

    def __init__(self, playbook: CompiledPlaybook, schedule: Schedule, anchor: str) -> None:
        self.playbook = playbook
        self.schedule = schedule
        self.anchor = anchor
        self.labels = stage_labels(playbook)
        self.here = {step.node for step in schedule.steps if step.anchor == anchor}

    def panel(self) -> TimelinePanel:
        found = [*self._steps(), *self._milestones()]
        order = [*self.labels.values(), _MILESTONES]
        bars = tuple(sorted(found, key=lambda bar: (order.index(bar.group), bar.starts, bar.ends_latest)))
        groups = tuple(self._group(label) for label in dict.fromkeys(bar.group for bar in bars))
        return TimelinePanel(self.anchor, anchor_name(self.playbook, self.anchor), bars, groups)

    def _steps(self) -> Iterator[TimelineBar]:
        waits = self.schedule.critical.waits if self.schedule.critical else {}
        for times in self.schedule.steps:
            if times.anchor != self.anchor:
                continue
            task, step = self.playbook.process.tasks[times.node], self.playbook.steps[times.step]
            yield TimelineBar(
                id=times.node,
                label=step.label,
                group=self.labels[times.stage],
                owner=doer(self.playbook, task),
                starts=_day(times.starts.low),
                starts_latest=_day(times.starts.high),
                ends=_day(times.ends.low),
                ends_latest=_day(times.ends.high),
                due=_day(times.due.high) if times.due else None,
                slack=_slack(times),
                critical=times.critical,
                tone=_TONES.get(party_of(self.playbook, task, step), "plain"),
                after=tuple(node for node in waits.get(times.node, ()) if node in self.here),
                dashed=not times.sure or self._is_choice(times.node),
            )

    def _is_choice(self, node: str) -> bool:
        """Whether a step is one of several that are chosen from, so that it may be left out."""
        into = self.playbook.process.predecessors[node]
        return any(flow.kind == "condition" and flow.mode == "alternative" for flow in into)

    def _milestones(self) -> Iterator[TimelineBar]:
        for id_, moment in self.schedule.milestones.items():
            if moment.anchor == self.anchor:
                milestone = self.playbook.model.milestones[id_]
                group = self.labels.get(milestone.stage or "", _MILESTONES)
                owners = self.playbook.letters["milestones"][id_].accountable
                owner = together(owner_names(self.playbook, owners), choice=bool(owners and owners.choice))
                label = milestone.title or words_of(id_)
                yield _diamond(f"milestone.{id_}", label, group, owner, moment.at)
        outcome = self.schedule.outcome
        if outcome is not None and outcome.anchor == self.anchor:
            ownership = self.playbook.model.ownership
            owner = self.playbook.owner_name(ownership.accountable) if ownership and ownership.accountable else ""
            yield _diamond("outcome", "The outcome is reached", _MILESTONES, owner, outcome.at)

    def _group(self, label: str) -> TimelineGroup:
        for times in self.schedule.stages:
            if times.anchor == self.anchor and self.labels[times.stage] == label:
                return TimelineGroup(label, _day(times.starts.low), _day(times.ends.high), times.critical)
        return TimelineGroup(label)


def stage_labels(playbook: CompiledPlaybook) -> dict[str, str]:
    """The stages with their numbers."""
    numbers = stage_numbers(playbook)
    return {id_: f"{numbers[id_]}. {stage.label}" for id_, stage in playbook.stages.items()}


def _diamond(id_: str, label: str, group: str, owner: str, at: Range) -> TimelineBar:
    low, high = _day(at.low), _day(at.high)
    return TimelineBar(id_, label, group, owner, low, high, low, high, high, milestone=True, tone="success")


def _day(value: float) -> float:
    """A day with at most two decimals: a quarter of an hour is the least that anybody plans."""
    return round(value, 2) + 0.0


def _slack(times: StepTimes) -> float | None:
    return _day(times.slack.low) if times.slack else None


# -- the same as rows ------------------------------------------------------------------------------

_COLUMNS = (
    Column("anchor", "Counted from"),
    Column("stage", "Stage"),
    Column("step", "Step or milestone"),
    Column("owner", "Who"),
    Column("takes", "Takes"),
    Column("due", "Due"),
    Column("starts", "Starts on day", "right"),
    Column("starts_latest", "at the latest", "right"),
    Column("ends", "Ends on day", "right"),
    Column("ends_latest", "at the latest", "right"),
    Column("slack", "Days of slack", "right"),
    Column("critical", "Critical path"),
)


def table(subject: Subject) -> Table:
    """The timeline as rows: working days from the anchor, below zero before it."""
    shown = timeline(subject)
    rows = tuple(_row(subject.playbook, panel, bar) for panel in shown.panels for bar in panel.bars)
    return Table(shown.name, shown.title, _COLUMNS, rows, "anchor", shown.notes)


def _row(playbook: CompiledPlaybook, panel: TimelinePanel, bar: TimelineBar) -> tuple[Cell, ...]:
    kind, _, id_ = bar.id.partition(".")
    takes, due = "", ""
    if kind == "step":
        step = playbook.steps[id_]
        takes, due = step.takes.in_words() if step.takes else "", when(playbook, step.due)
    elif kind == "milestone":
        due = when(playbook, playbook.model.milestones[id_].due)
    elif playbook.model.outcome is not None:
        due = when(playbook, playbook.model.outcome.within)
    return (
        panel.label,
        bar.group,
        bar.label,
        bar.owner,
        takes,
        due,
        bar.starts,
        bar.starts_latest,
        bar.ends,
        bar.ends_latest,
        bar.slack,
        "yes" if bar.critical else "",
    )
