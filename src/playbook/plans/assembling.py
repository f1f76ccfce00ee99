"""The plans of a batch of accounts, put together from what is decided, dated and bound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property

from playbook.calendars.working_calendar import WorkingCalendar
from playbook.plans.batches import Batch, dates_in
from playbook.plans.expanding import ONCE, Item, items_of
from playbook.plans.keys import key_part
from playbook.plans.lines import Line, lines_of
from playbook.plans.members import Members
from playbook.plans.plan import Plan, PlannedTask, PlanNote
from playbook.plans.recurring import Known, days_of, names_until
from playbook.plans.situation import Situation
from playbook.schedule.moments import Moments
from playbook.schedule.recurring import BEHIND_THE_END
from playbook.schedule.working_calendars import calendar_of

_Keys = dict[str, dict[str, str]]
"""The key of the first task of each step and item: by step id, then by the item's part of the key."""


class Assembly:
    """Makes the plans of a batch; ``horizon`` is the last day for repeated tasks, or how long it is behind the
    last date."""

    def __init__(self, batch: Batch, horizon: date | timedelta | None) -> None:
        self.batch = batch
        self.horizon = horizon
        known = lines_of(batch.playbook)
        self.template = known.template
        self.lines = known.lines
        self.by_step = {line.task.step: line for line in known.lines}
        self._nobody_knows: list[date | None] = [None] * len(batch.situations)
        self._milestones = {id_: dates_in(days) for id_, days in batch.dates.milestones.items()}
        self.repeats = any(line.repeat is not None for line in known.lines)
        self.last = dates_in(batch.last_days()) if self.repeats else self._nobody_knows
        self._stages = {
            id_: (dates_in(each.starts), dates_in(each.ends))
            for id_, each in batch.dates.stages.items()
            if self.repeats
        }
        self._ending = frozenset(name for line in known.lines for name in names_until(line.repeat))
        self.calendar: WorkingCalendar | None = calendar_of(batch.playbook) if self.repeats else None

    @cached_property
    def starts(self) -> Mapping[str, Sequence[date | None]]:
        """When steps begin, by step id and the account's place in the batch.

        Steps that wait for each other in a circle have no place in time, and so no dates.
        """
        known = {id_: dates_in(step.starts) for id_, step in self.batch.dates.steps.items()}
        return {**dict.fromkeys(self.by_step, self._nobody_knows), **known}

    @cached_property
    def due(self) -> Mapping[str, Sequence[date | None]]:
        """The same of when they are due."""
        known = {id_: dates_in(step.due) for id_, step in self.batch.dates.steps.items()}
        return {**dict.fromkeys(self.by_step, self._nobody_knows), **known}

    def plan(self, index: int) -> Plan:
        """The plan of the account at that place of the batch."""
        situation = self.batch.situations[index]
        milestones = {id_: day for id_, days in self._milestones.items() if (day := days[index]) is not None}
        account = AccountTasks(self, index)
        tasks = tuple(account.tasks())
        return Plan(
            template=self.template,
            account=situation.account,
            anchors=situation.anchors,
            tasks=tasks,
            milestones=milestones,
            notes=(*situation.notes, *account.notes, *account.members.notes(tasks), *account.undated(tasks)),
            left_out=situation.left_out,
            segment=situation.segment,
        )

    def moments(self, index: int) -> Moments:
        """The dates of one account on which the end of a rhythm may hang."""
        known = Known(
            self.batch.playbook,
            self.batch.situations[index].anchors,
            {id_: day for id_, days in self._milestones.items() if (day := days[index]) is not None},
            {id_: (self.starts[id_][index], days[index]) for id_, days in self.due.items() if id_ in self._ending},
            {id_: (starts[index], ends[index]) for id_, (starts, ends) in self._stages.items()},
        )
        assert self.calendar is not None
        return known.moments(self.calendar)


class AccountTasks:
    """The tasks of one account while they are put together."""

    def __init__(self, assembly: Assembly, index: int, situation: Situation | None = None) -> None:
        self._assembly = assembly
        self._index = index
        self._situation = situation or assembly.batch.situations[index]
        self.part = key_part(self._situation.account.id)
        self._keys: _Keys = {}
        self._left_out = self._situation.left_out.keys()
        self._moments: Moments | None = None
        self.notes: list[PlanNote] = []

    @cached_property
    def members(self) -> Members:
        """Who is assigned them."""
        return Members(self._situation, self._assembly.batch.playbook)

    def tasks(self) -> Iterator[PlannedTask]:
        """All tasks, in the order of the template, then of the items, then of the days."""
        left_out = self._situation.left_out
        items: dict[str, Sequence[Item]] = {}
        for line in self._assembly.lines:
            step = line.task.step
            if step in left_out:
                continue
            key = line.prefix + self.part
            if line.is_plain:
                self._keys[step] = {"": key}
                continue
            items[step] = found = self.items(line)
            first = "/1" if line.repeat is not None else ""
            self._keys[step] = {item.key: f"{key}/{item.key}{first}" if item.key else key + first for item in found}
        for line in self._assembly.lines:
            if line.is_plain:
                if line.task.step not in left_out:
                    yield self._plain(line)
            elif line.task.step not in left_out:
                for item in items[line.task.step]:
                    yield from self._repeated(line, item)

    def items(self, line: Line) -> Sequence[Item]:
        """What a step is done for each of."""
        situation = self._situation
        if line.for_each is None:
            return ONCE
        return items_of(line, situation.account, situation.values, situation.today, self.notes)

    def _plain(self, line: Line) -> PlannedTask:
        task = line.task
        starts, due = self.dates(task.step)
        people = self.members.on(line.roles, starts or due)
        return PlannedTask(
            task,
            self._situation.account,
            line.prefix + self.part,
            task.title,
            starts,
            due,
            people.get(task.owner) if task.owner else None,
            people,
            self._after(line, ""),
            former=tuple([former + self.part for former in line.former]) if line.former else (),
        )

    def _repeated(self, line: Line, item: Item) -> Iterator[PlannedTask]:
        """The tasks of a step for one item: one, or one for each day on which it recurs."""
        task = line.task
        starts, due = self.dates(task.step)
        title = f"{task.title}: {item.label}" if item.key else task.title
        tail = f"{self.part}/{item.key}" if item.key else self.part
        days: tuple[date | None, ...] = (due,)
        if line.repeat is not None and due is not None:
            days = self.days(line, due)
        before = self._after(line, item.key)
        for number, day in enumerate(days, 1):
            ending = f"{tail}/{number}" if line.repeat is not None else tail
            begins = starts if number == 1 else self.begins(starts, due, day)
            people = self.members.on(line.roles, begins or day)
            yield PlannedTask(
                task,
                self._situation.account,
                line.prefix + ending,
                title if number == 1 else f"{title} ({number})",
                begins,
                day,
                people.get(task.owner) if task.owner else None,
                people,
                before,
                item.label if item.key else "",
                number if line.repeat is not None else 0,
                tuple(former + ending for former in line.former),
            )
            before = (line.prefix + ending,)

    def dates(self, step: str) -> tuple[date | None, date | None]:
        """When a step begins, and when it is due."""
        return self._assembly.starts[step][self._index], self._assembly.due[step][self._index]

    def days(self, line: Line, due: date) -> tuple[date | None, ...]:
        """The days on which a repeated step is due, the first one included."""
        assembly = self._assembly
        if self._moments is None:
            self._moments = assembly.moments(self._index)
        last = assembly.last[self._index] or due
        horizon = timedelta(days=BEHIND_THE_END) if assembly.horizon is None else assembly.horizon
        horizon = last + horizon if isinstance(horizon, timedelta) else horizon
        assert line.repeat is not None
        return days_of(line.task.step, line.repeat, due, horizon, self._moments, self.notes)

    def begins(self, starts: date | None, due: date | None, day: date | None) -> date | None:
        """When a later occurrence begins: as many days before it is due as the first one, but on a worked day."""
        if starts is None or due is None or day is None or self._moments is None:
            return None
        worked = self._moments.worked(day - (due - starts))
        return min(worked or day, day)

    def _after(self, line: Line, item: str, seen: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """The keys of the tasks right ahead; of a step that is left out, of those ahead of it."""
        if line.ahead is not None and self._left_out.isdisjoint(line.task.after):
            return tuple([prefix + self.part for prefix in line.ahead])
        found: dict[str, None] = {}
        for step in line.task.after:
            keys = self._keys.get(step)
            ahead = self._assembly.by_step.get(step)
            if keys is None:
                if ahead is not None and step not in seen:
                    found.update(dict.fromkeys(self._after(ahead, item, seen | {step})))
            elif item in keys and (not item or _alike(line, ahead)):
                found[keys[item]] = None
            else:
                found.update(dict.fromkeys(keys.values()))
        return tuple(found)

    def undated(self, tasks: tuple[PlannedTask, ...]) -> Iterator[PlanNote]:
        """The anchors without a date for which tasks have none."""
        if all(planned.due is not None for planned in tasks):
            return
        hanging = [planned.task.due or planned.task.start for planned in tasks if planned.due is None]
        for anchor in dict.fromkeys(offset.anchor for offset in hanging if offset is not None):
            if anchor not in self._situation.anchors:
                yield PlanNote("anchor", anchor, "its date is not known; what hangs on it has no date")


def _alike(line: Line, ahead: Line | None) -> bool:
    """Whether two steps are done for each of the same things, so that each waits for its own."""
    return (
        ahead is not None
        and line.for_each is not None
        and ahead.for_each is not None
        and line.for_each.of == ahead.for_each.of
    )
