"""The days that a playbook states, counted from the dates of anchors on the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from playbook.calendars.counting import moved
from playbook.calendars.days import Days
from playbook.core.process import START
from playbook.language.step import Step
from playbook.proofs.critical import goal_of
from playbook.schedule.accounts import Accounts
from playbook.schedule.declared import DEEPEST
from playbook.schedule.spans import longest, shortest
from playbook.text.quantities import Timing


@dataclass(frozen=True, slots=True, eq=False)
class DayRange:
    """Days between ``low`` and ``high`` (the same array where they are exact), and the anchor that they hang on."""

    anchor: str
    low: Days
    high: Days


@dataclass(frozen=True, slots=True, eq=False)
class Deadline:
    """A day by which something is to be over."""

    what: Literal["step", "stage", "outcome"]
    id: str
    days: DayRange


class StatedDays:
    """What timers say without the order of work; the dated counterpart of ``Declared``."""

    def __init__(self, accounts: Accounts) -> None:
        self.accounts = accounts
        self.calendar = accounts.axis.calendar
        self.declared = accounts.network.declared
        self._due: dict[str, DayRange | None] = {}
        self._goal = goal_of(accounts.network.playbook)

    def moment(self, timing: Timing | None, depth: int = 0) -> DayRange | None:
        """When a timing is; ``None`` where nothing states it."""
        if timing is None or depth > DEEPEST:
            return None
        base = self.named(timing.reference, depth)
        until = self.named(timing.until, depth) if timing.until else None
        return self.counted(timing, base, until)

    def counted(self, timing: Timing, base: DayRange | None, until: DayRange | None) -> DayRange | None:
        """A timing, counted from when what it hangs on is. Of a range, the least and the most."""
        if base is None:
            return None
        offset = timing.offset
        if offset is None:
            return self._share(timing.share or 0, base, until) if until is not None else None
        if timing.direction == "after":
            least, most = shortest(offset), longest(offset)
        else:
            least, most = longest(offset), offset.low if offset.low is not None else longest(offset)
        direction: Literal["after", "before"] = "after" if timing.direction == "after" else "before"
        low = moved(self.calendar, base.low, least, offset.unit, direction)
        if base.low is base.high and least == most:
            return DayRange(base.anchor, low, low)
        return DayRange(base.anchor, low, moved(self.calendar, base.high, most, offset.unit, direction))

    def _share(self, share: float, base: DayRange, until: DayRange) -> DayRange:
        """A part of the way, in working days, from one moment to another."""
        axis = self.accounts.axis

        def between(first: Days, last: Days) -> Days:
            begins, ends = axis.anchor(first), axis.anchor(last)
            return axis.start_day(begins + (ends - begins) * share)

        anchor = max(base.anchor, until.anchor, key=self.declared.rank)
        low = between(base.low, until.low)
        exact = base.low is base.high and until.low is until.high
        return DayRange(anchor, low, low if exact else between(base.high, until.high))

    def named(self, name: str, depth: int = 0) -> DayRange | None:
        """When that is what a name stands for; a name that stands for nothing is an anchor of its own."""
        stated = self.declared.stands_for(name)
        if stated.anchor is not None:
            days = self.accounts.anchor(stated.anchor)
            return DayRange(stated.anchor, days, days)
        if stated.at is not None:
            at = self.named(stated.at, depth + 1) if depth <= DEEPEST else None
            return self.accepted(at, stated.accepted)
        step = self.declared.step(stated.step) if stated.step else None
        if step is not None and stated.timing is not None:
            return self.due(step, depth + 1)
        return self.moment(stated.timing, depth + 1)

    def accepted(self, at: DayRange | None, handoff: str | None) -> DayRange | None:
        """When a handoff is accepted that happens at some time."""
        within = self.declared.accepted_within(handoff) if handoff is not None else None
        if at is None or within is None:
            return at
        return DayRange(at.anchor, at.low, moved(self.calendar, at.high, longest(within), within.unit, "after"))

    def due(self, step: Step, depth: int = 0) -> DayRange | None:
        """When a step is due, on a day of its change window."""
        if step.id not in self._due:
            found = self.in_window(step, self.moment(step.due, depth))
            if depth:
                return found  # What a long chain could not say of its beginning is no answer for others.
            self._due[step.id] = found
        return self._due[step.id]

    def in_window(self, step: Step, due: DayRange | None) -> DayRange | None:
        """A due date moved into the step's change window: what is counted before something, to the window ahead."""
        window = self.accounts.window(step)
        if due is None or window is None:
            return due
        backward = step.due is not None and step.due.direction == "before"
        low, high = (self.calendar.next_in_window(days, window, backward=backward) for days in (due.low, due.high))
        return DayRange(due.anchor, low, low if due.low is due.high else high)

    def deadlines(self, node: str) -> list[Deadline]:
        """The days by which a node is to be over: a step, a stage by its exit, the outcome by its goal."""
        network = self.accounts.network
        found: list[Deadline] = []
        task = network.process.tasks.get(node)
        if task is not None:
            due = self.due(network.playbook.steps[task.step])
            found += [Deadline("step", task.step, due)] if due is not None else []
        kind, _, id_ = node.partition(".")
        stage = network.playbook.stages.get(id_) if kind == "exit" else None
        due = self.moment(stage.due) if stage is not None else None
        found += [Deadline("stage", id_, due)] if due is not None else []
        if node == self._goal and node != START:
            outcome = self.outcome()
            found += [Deadline("outcome", "outcome", outcome)] if outcome is not None else []
        return found

    def outcome(self) -> DayRange | None:
        """By when the outcome is to be reached."""
        outcome = self.accounts.network.playbook.model.outcome
        return self.moment(outcome.within) if outcome else None
