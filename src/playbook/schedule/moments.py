"""The dates of what timers and conditions name: anchors, milestones, stages, steps and handoffs."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import numpy as np

from playbook.calendars.counting import moved
from playbook.calendars.days import date_of, day_number
from playbook.calendars.working_calendar import WorkingCalendar
from playbook.expressions.parse import parse_expression
from playbook.expressions.tree import dotted_name
from playbook.schedule.dated_times import DatedSchedule, DatedStage
from playbook.schedule.declared import Declared
from playbook.text.quantities import Duration, Timing, Unit
from playbook.workspace import CompiledPlaybook

_BEGINS = ("started", "entered")
_DEEPEST = 20
"""So many handoffs may hang on each other before the chain is given up (it may be a circle)."""


@dataclass(frozen=True)
class Moments:
    """When the things that a playbook names are planned, in the dated schedule of one account."""

    playbook: CompiledPlaybook
    dated: DatedSchedule
    calendar: WorkingCalendar
    _stages: dict[str, DatedStage] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_stages", {stage.stage: stage for stage in self.dated.stages})

    def reached(self, condition: str) -> date | None:
        """The day on which a condition is planned to become true; ``None`` where that is not a matter of the plan.

        Only a single name says that: ``live.reached``, ``kickoff.exited``, an event of an anchor or milestone.
        """
        tree = parse_expression(condition).tree
        body = getattr(tree, "body", tree)
        name = dotted_name(body) if body is not None else None
        return self.named(name) if name is not None else None

    def named(self, name: str, depth: int = 0) -> date | None:
        """The day of a name in a timing or a condition, with or without a state behind it."""
        model, dated = self.playbook.model, self.dated
        base, _, state = name.rpartition(".")
        for id_ in (name, base):
            if id_ in dated.anchors:
                return dated.anchors[id_]
            if id_ in model.milestones:
                return dated.milestones.get(id_)
            step = dated.by_step.get(id_)
            if step is not None:
                return step.starts if state in _BEGINS and id_ == base else step.due
            stage = self._stages.get(id_)
            if stage is not None:
                return stage.starts if state in _BEGINS and id_ == base else stage.ends
            if id_ in model.handoffs:
                return self._handed_over(id_, accepted=state == "accepted", depth=depth)
        anchor = next((id_ for id_, each in model.anchors.items() if each.event == name), None)
        milestone = next((id_ for id_, each in model.milestones.items() if each.event == name), None)
        return dated.anchors.get(anchor or "") or dated.milestones.get(milestone or "")

    def at(self, timing: Timing | None) -> date | None:
        """The day of a timing; of a range, the upper end behind what it hangs on and the lower end before it."""
        base = self.named(timing.reference) if timing is not None else None
        if timing is None or base is None:
            return None
        if timing.offset is None:
            until = self.named(timing.until or "")
            return self.worked(base + (until - base) * (timing.share or 0)) if until is not None else None
        if timing.direction == "after":
            return self._moved(base, _upper(timing.offset), timing.offset.unit, "after")
        low = timing.offset.low if timing.offset.low is not None else timing.offset.high
        return self._moved(base, low or 0, timing.offset.unit, "before")

    def _handed_over(self, handoff: str, *, accepted: bool, depth: int) -> date | None:
        at = self.playbook.model.handoffs[handoff].at
        day = self.named(at, depth + 1) if at and depth < _DEEPEST else None
        wait = math.ceil(Declared(self.playbook).acceptance(handoff).high) if accepted else 0
        return self._moved(day, wait, "bd", "after") if day is not None and wait else day

    def _moved(self, day: date, amount: float, unit: Unit, direction: Literal["after", "before"]) -> date | None:
        start = np.array([day_number(day)], dtype=np.int64)
        return date_of(int(moved(self.calendar, start, amount, unit, direction)[0]))

    def worked(self, day: date) -> date | None:
        """A day, or the worked day that it goes to."""
        return self._on(day_number(day))

    def _on(self, day: int) -> date | None:
        return date_of(int(self.calendar.roll(np.array([day], dtype=np.int64))[0]))


def _upper(offset: Duration) -> float:
    return offset.high if offset.high is not None else offset.low or 0
