"""Dates that cannot be kept: what is due before all that is ahead of it can be over, with the chain of work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from playbook.calendars.days import date_of
from playbook.core.process import START
from playbook.schedule.accounts import Accounts
from playbook.schedule.axis import SAME, Moments
from playbook.schedule.dated_bounds import Earliest
from playbook.schedule.dated_times import NOT_KNOWN, Conflict, Link
from playbook.schedule.stated_days import Deadline, StatedDays


def conflicts_of(
    accounts: Accounts, stated: StatedDays, long: Earliest
) -> tuple[tuple[Conflict, ...], tuple[Conflict, ...]]:
    """What cannot be kept by the one account even if all work takes its shortest, and what only if it may take its
    longest. Of all that is late between the same two anchors, the one that is missed by most, with the others."""
    sure = list(_late(accounts, stated, Earliest(accounts, stated, long=False)))
    known = {(conflict.what, conflict.id) for conflict in sure}
    tight = [each for each in _late(accounts, stated, long) if (each.what, each.id) not in known]
    return _worst(sure), _worst(tight)


def _late(accounts: Accounts, stated: StatedDays, earliest: Earliest) -> Iterator[Conflict]:
    for node in accounts.network.order:
        if accounts.without(node) is None:
            for deadline in stated.deadlines(node):
                found = _Chain(accounts, stated, earliest).conflict(node, deadline)
                if found is not None:
                    yield found


def _worst(conflicts: list[Conflict]) -> tuple[Conflict, ...]:
    """One conflict for each pair of anchors, the worst; of several, the first."""
    groups: dict[tuple[str, str], list[Conflict]] = {}
    for conflict in conflicts:
        groups.setdefault((conflict.start, conflict.anchor), []).append(conflict)
    found: list[Conflict] = []
    for group in groups.values():
        worst = max(group, key=lambda conflict: conflict.short)
        found.append(replace(worst, others=tuple(each.id for each in group if each is not worst)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Back:
    """The way back along what a node waits for: the work on it, in order, and the anchor where it begins."""

    links: tuple[Link, ...]
    anchor: str


class _Chain:
    """The one account's chains of work."""

    def __init__(self, accounts: Accounts, stated: StatedDays, earliest: Earliest) -> None:
        self.accounts = accounts
        self.stated = stated
        self.earliest = earliest
        self.network = accounts.network

    def conflict(self, node: str, deadline: Deadline) -> Conflict | None:
        """How far a node misses a day; ``None`` if it does not, or nobody knows."""
        axis, earliest = self.accounts.axis, self.earliest
        due_day = deadline.days.high
        ends = earliest.ends[node]
        done = self.accounts.end_day(ends, earliest.begins[node])
        if NOT_KNOWN in (due_day[0], done[0]) or done[0] <= due_day[0]:
            return None
        back = self._back(node, deadline)
        since_day = self.accounts.anchor(back.anchor)
        due, since, over = date_of(due_day[0]), date_of(since_day[0]), date_of(done[0])
        if due is None or since is None or over is None:
            return None
        table = axis.calendar.table
        room = int(table.position_up_to(due_day)[0] - table.position_up_to(since_day)[0])
        needed = int(table.position_up_to(done)[0] - table.position_up_to(since_day)[0])
        window = self._window(node, due_day[0]) if deadline.what == "step" else None
        kind = "before_start" if due < since else "window" if window else "too_long"
        return Conflict(
            kind=kind,  # type: ignore[arg-type]
            what=deadline.what,
            id=deadline.id,
            due=due,
            earliest=over,
            start=back.anchor,
            since=since,
            anchor=deadline.days.anchor,
            chain=back.links,
            days=needed,
            room=room,
            short=needed - room,
            window=window,
        )

    def _window(self, node: str, due: int) -> str | None:
        """The change window of a step, if its work would be over in time without it."""
        step = self.network.playbook.steps[self.network.process.tasks[node].step]
        if step.window is None:
            return None
        begins = self.earliest.begins[node]
        duration = self.network.declared.duration(step)
        sure = self.earliest.long or self.network.is_sure(node)
        work = (duration.high if self.earliest.long else duration.low) if duration and sure else None
        ends = self.accounts.axis.ahead(begins, work, duration.unit) if work and duration else begins
        return step.window if self.accounts.end_day(ends, begins)[0] <= due else None

    def _back(self, node: str, deadline: Deadline) -> _Back:
        earliest = self.earliest
        links: list[Link] = []
        while node != START:
            begins, ends = earliest.begins[node][0], earliest.ends[node][0]
            task = self.network.process.tasks.get(node)
            if task is not None and (ends > begins + SAME or (not links and deadline.what == "step")):
                links.append(Link("step", task.step, round(float(ends - begins), 6)))
            kind, _, stage = node.partition(".")
            if kind == "exit" and self._holds(earliest.stage_over(stage), begins):
                entered = f"enter.{stage}"
                links.append(Link("stage", stage, round(float(begins - earliest.begins[entered][0]), 6)))
                node = entered
                continue
            if kind == "enter" and self._holds(earliest.opened(stage), begins):
                starts = self.stated.moment(self.network.playbook.stages[stage].starts)
                if starts is not None:
                    return _Back(tuple(reversed(links)), starts.anchor)
            node = self._ahead(node, begins) or START
        return _Back(tuple(reversed(links)), self.network.declared.start)

    def _ahead(self, node: str, begins: float) -> str | None:
        """What a node waits for: of several, the first that is over just when it begins."""
        after = {flow.source: self.earliest.after.get(flow.source) for flow in self.network.into(node)}
        held = [source for source, at in after.items() if at is not None and abs(at[0] - begins) <= SAME]
        return held[0] if held else None

    def _holds(self, moments: list[Moments], begins: float) -> bool:
        return any(abs(at[0] - begins) <= SAME for at in moments)
