"""Dates that cannot be kept: what is due before all that is ahead of it can be over, with the chain of work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from playbook.calendars.days import Days, date_of
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
    sure = list(_Chains(accounts, stated, Earliest(accounts, stated, long=False)).late())
    known = {(conflict.what, conflict.id) for conflict in sure}
    tight = [each for each in _Chains(accounts, stated, long).late() if (each.what, each.id) not in known]
    return _worst(sure), _worst(tight)


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


class _Chains:
    """The one account's chains of work, and what they make late."""

    def __init__(self, accounts: Accounts, stated: StatedDays, earliest: Earliest) -> None:
        self.accounts = accounts
        self.stated = stated
        self.earliest = earliest
        self.network = accounts.network

    def late(self) -> Iterator[Conflict]:
        """Everything that misses a day, in the order of work."""
        for node in self.network.order:
            if self.accounts.without(node) is None:
                for deadline in self.stated.deadlines(node):
                    found = self._conflict(node, deadline)
                    if found is not None:
                        yield found

    def _conflict(self, node: str, deadline: Deadline) -> Conflict | None:
        """How far a node misses a day; ``None`` if it does not, or nobody knows."""
        due_day, done = (
            deadline.days.high,
            self.accounts.end_day(self.earliest.ends[node], self.earliest.since[node]),
        )
        if not _is_missed(due_day, done):
            return None
        chain, start = self._back(node, deadline)
        since_day = self.accounts.anchor(start)
        due, since, earliest = date_of(due_day[0]), date_of(since_day[0]), date_of(done[0])
        if due is None or since is None or earliest is None:
            return None
        up_to = self.accounts.axis.calendar.table.position_up_to
        begun = int(self.accounts.axis.anchor(since_day)[0])
        first_day = int(self.accounts.axis.counts_first)
        room, needed = (int(up_to(days)[0]) - begun + first_day for days in (due_day, done))
        window = self._window(node, deadline, chain)
        return Conflict(
            kind="before_start" if due < since else "window" if window else "too_long",
            what=deadline.what,
            id=deadline.id,
            due=due,
            earliest=earliest,
            start=start,
            since=since,
            anchor=deadline.days.anchor,
            chain=chain,
            days=needed,
            room=room,
            short=needed - room,
            window=window,
        )

    def _window(self, node: str, deadline: Deadline, chain: tuple[Link, ...]) -> str | None:
        """The change window on a chain, if all would be in time without any."""
        steps = [self.network.playbook.steps[link.id] for link in chain if link.kind == "step"]
        windows = [step.window for step in steps if step.window is not None]
        if not windows:
            return None
        stated, earliest = self._without_windows
        done = self.accounts.end_day(earliest.ends[node], earliest.since[node])
        due = next(each.days.high for each in stated.deadlines(node) if each.what == deadline.what)
        return None if _is_missed(due, done) else windows[-1]

    @cached_property
    def _without_windows(self) -> tuple[StatedDays, Earliest]:
        accounts = replace(self.accounts, windows=False)
        stated = StatedDays(accounts)
        return stated, Earliest(accounts, stated, long=self.earliest.long)

    def _back(self, node: str, deadline: Deadline) -> tuple[tuple[Link, ...], str]:
        """The way back along what a node waits for: the work on it, in order, and the anchor it begins with."""
        earliest = self.earliest
        links: list[Link] = []
        start = self.network.declared.start
        while node != START:
            begins, ends = earliest.begins[node][0], earliest.ends[node][0]
            task = self.network.process.tasks.get(node)
            if task is not None and (ends > begins + SAME or (not links and deadline.what == "step")):
                links.append(Link("step", task.step, round(float(ends - begins), 6)))
            kind, _, stage = node.partition(".")
            entered = f"enter.{stage}"
            if kind == "exit" and self._holds(earliest.stage_over(stage), begins):
                links.append(Link("stage", stage, round(float(begins - earliest.begins[entered][0]), 6)))
                node = entered
            elif kind == "enter" and self._holds(earliest.opened(stage), begins):
                starts = self.stated.moment(self.network.playbook.stages[stage].starts)
                start = starts.anchor if starts is not None else start
                break
            else:
                node = self._ahead(node, begins) or START
        return tuple(reversed(links)), start

    def _ahead(self, node: str, begins: float) -> str | None:
        """What a node waits for: of several, the first that is over just when it begins."""
        after = {flow.source: self.earliest.after.get(flow.source) for flow in self.network.into(node)}
        held = [source for source, at in after.items() if at is not None and abs(at[0] - begins) <= SAME]
        return held[0] if held else None

    def _holds(self, moments: list[Moments], begins: float) -> bool:
        return any(abs(at[0] - begins) <= SAME for at in moments)


def _is_missed(due: Days, done: Days) -> bool:
    return NOT_KNOWN not in (due[0], done[0]) and bool(done[0] > due[0])
