"""What timers hang on, as far as it is written: anchors, and what is due at a time of its own."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from playbook.core.process import START
from playbook.language.stage import Stage
from playbook.language.step import Step
from playbook.schedule.ranges import NOW, Range
from playbook.schedule.working_time import WorkingTime, working_time
from playbook.text.quantities import Duration, Timing
from playbook.workspace import CompiledPlaybook

DEEPEST = 20
"""So many timers may hang on each other before the chain is given up (it may be a circle)."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A time in working days from an anchor; negative before it."""

    anchor: str
    at: Range


@dataclass(frozen=True, slots=True)
class Reference:
    """What a name in a timing stands for: a node of the process, at its start or end, and some time after it."""

    node: str
    begins: bool = False
    wait: Range = NOW
    accepted: str | None = None
    """The handoff whose acceptance is that time."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What is written of a time: that it is an anchor's; the ``timing`` of a milestone, stage or step (``step`` is
    its id); or that it is when work changes hands ``at`` one, and when that is ``accepted`` (by the handoff's id).
    """

    timing: Timing | None = None
    anchor: str | None = None
    at: str | None = None
    accepted: str | None = None
    step: str | None = None


@dataclass(frozen=True)
class Declared:
    """The times that a playbook states, without those that follow from the order of work."""

    playbook: CompiledPlaybook
    time: WorkingTime = field(init=False)
    start: str = field(init=False)
    """The anchor from which the journey starts; ``start`` itself if there is none."""

    def __post_init__(self) -> None:
        anchors = self.playbook.model.anchors
        first = next((id_ for id_, anchor in anchors.items() if anchor.start), START)
        object.__setattr__(self, "time", working_time(self.playbook))
        object.__setattr__(self, "start", first)

    def rank(self, anchor: str) -> tuple[int, str]:
        """What sorts the anchors: the start, then as they are declared, then all else."""
        return (self._ranks.get(anchor, len(self._ranks)), anchor)

    @cached_property
    def _ranks(self) -> dict[str, int]:
        anchors = dict.fromkeys((START, self.start, *self.playbook.model.anchors))
        return {id_: rank for rank, id_ in enumerate(anchors)}

    def moment(self, timing: Timing | None, depth: int = 0) -> Moment | None:
        """A timing counted from the anchor that it hangs on in the end; ``None`` where that is not stated."""
        if timing is None or depth > DEEPEST:
            return None
        base = self.named(timing.reference, depth)
        if base is None:
            return None
        if timing.offset is None:
            until = self.named(timing.until or "", depth)
            if until is None or until.anchor != base.anchor:
                return None
            return Moment(base.anchor, base.at.part(timing.share or 0, until.at))
        at = self.time.moment(base.at, timing)
        return Moment(base.anchor, at) if at is not None else None

    def named(self, name: str, depth: int = 0) -> Moment | None:
        """What a timer hangs on; a name that stands for nothing in the playbook is an anchor of its own."""
        stated = self.stands_for(name)
        if stated.anchor is not None:
            return Moment(stated.anchor, NOW)
        if stated.at is None:
            return self.moment(stated.timing, depth + 1)
        at = self.named(stated.at, depth + 1) if depth <= DEEPEST else None
        if at is None or stated.accepted is None:
            return at
        return Moment(at.anchor, at.at.plus(self.acceptance(stated.accepted)))

    def stands_for(self, name: str) -> Stated:
        """What is written of the time of what a name stands for."""
        model = self.playbook.model
        base, _, state = name.rpartition(".")
        milestone = model.milestones.get(name) or model.milestones.get(base)
        step, stage = self.step(name) or self.step(base), self.stage(name) or self.stage(base)
        if name in model.anchors or base in model.anchors:
            return Stated(anchor=name if name in model.anchors else base)
        if milestone is None:
            anchor = next((id_ for id_, each in model.anchors.items() if each.event == name), None)
            if anchor is not None:
                return Stated(anchor=anchor)
            milestone = next((each for each in model.milestones.values() if each.event == name), None)
        if milestone is not None:
            return Stated(milestone.due)
        if step is not None:
            return Stated(step.due if state != "started" else None, step=step.id)
        if stage is not None:
            return Stated(stage.starts if state == "entered" else stage.due)
        id_ = name if name in model.handoffs else base
        handoff = model.handoffs.get(id_)
        if handoff is None:
            return Stated(anchor=name)
        return Stated(at=handoff.at, accepted=id_ if state == "accepted" else None) if handoff.at else Stated()

    def reference(self, name: str) -> Reference | None:
        """The place in the flow that a name stands for; ``None`` if it has none."""
        model = self.playbook.model
        base, _, state = name.rpartition(".")
        milestone = model.milestones.get(name) or model.milestones.get(base)
        milestone = milestone or next((each for each in model.milestones.values() if each.event == name), None)
        if milestone is not None:
            return Reference(f"exit.{milestone.stage}") if milestone.stage else None
        for id_ in (name, base):
            if f"step.{id_}" in self.playbook.process.tasks:
                return Reference(f"step.{id_}", begins=state == "started")
            if id_ in self.playbook.stages:
                return Reference(f"enter.{id_}" if state == "entered" else f"exit.{id_}")
            handoff = model.handoffs.get(id_)
            if handoff is not None and handoff.at:
                at = self.reference(handoff.at)
                if at is None or state != "accepted":
                    return at
                return Reference(at.node, at.begins, self.acceptance(id_), id_)
        return None

    def acceptance(self, handoff: str) -> Range:
        """How long the receiver of a handoff may take to accept it."""
        within = self.accepted_within(handoff)
        return self.time.range(within) if within else NOW

    def accepted_within(self, handoff: str) -> Duration | None:
        """The same as it is written, from no time at all on; ``None`` if nobody accepts, or in no time."""
        accept = self.playbook.model.handoffs[handoff].accept
        return _up_to(accept.within) if accept and accept.within else None

    def work(self, step: Step) -> Range | None:
        """How long a step takes; ``None`` if that is not said. An approval takes what the approvers have."""
        duration = self.duration(step)
        return self.time.range(duration) if duration else None

    def duration(self, step: Step) -> Duration | None:
        """The same as it is written; of an approval, from no time at all on."""
        if step.takes is not None:
            return step.takes
        return _up_to(step.approval.within) if step.approval and step.approval.within else None

    def step(self, id_: str) -> Step | None:
        """The step of that id, though only a part of the playbook may be shown."""
        symbol = self.playbook.symbols["step"].get(id_)
        found = self.playbook.steps.get(id_) or (symbol.value if symbol else None)
        return found if isinstance(found, Step) else None

    def stage(self, id_: str) -> Stage | None:
        """The stage of that id, though only a part of the playbook may be shown."""
        symbol = self.playbook.symbols["stage"].get(id_)
        found = self.playbook.stages.get(id_) or (symbol.value if symbol else None)
        return found if isinstance(found, Stage) else None


def _up_to(duration: Duration) -> Duration:
    """From no time at all up to what is written."""
    return replace(duration, low=0, high=duration.high if duration.high is not None else duration.low)
