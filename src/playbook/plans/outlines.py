"""What the plans of many accounts share: the same tasks in the same order, with other names, dates and people.

Accounts of one outline have plans that differ only in the texts of what :mod:`playbook.plans.marks` marks: what is
written for one of them needs only new texts for all others.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from playbook.calendars.days import NOT_KNOWN, Days, date_of
from playbook.plans import marks
from playbook.plans.account import Account
from playbook.plans.assembling import AccountTasks, Assembly
from playbook.plans.expanding import ONCE, Item
from playbook.plans.lines import Line
from playbook.plans.people import Holder
from playbook.plans.plan import PersonBinding, Plan, PlanNote
from playbook.plans.rota import Held
from playbook.plans.situation import Situation

_MOST_KEPT = 4096


class Repeats(NamedTuple):
    """A step that is not done just once: the places of its items (-1 for the account itself), and how often it is
    done again. ``begins`` says of each time behind the first one whether the day is known on which it begins."""

    step: str
    items: tuple[int, ...]
    times: int
    begins: tuple[bool, ...]


class Outline(NamedTuple):
    """The outline of a plan. Two accounts of a playbook with equal outlines have plans alike."""

    left_out: tuple[str, ...]
    anchors: tuple[str, ...]
    known: bytes
    """Which dates of steps are known."""
    people: tuple[Hashable, ...]
    repeats: tuple[Repeats, ...] = ()


class Holding(NamedTuple):
    """Who holds a role, and what the outline has of it; ``is_limited`` if that depends on the day."""

    held: Held
    person: PersonBinding | None
    kind: Hashable
    is_limited: bool


@dataclass(slots=True)
class Own:
    """What an account has of its own, beside its id, its name and the dates of its steps.

    ``items`` are in the order in which steps name them first, ``days`` the pairs of days (begins, due) of what is
    done again. ``notes`` are those about the account; others follow from its outline.
    """

    people: list[PersonBinding | None] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    days: list[date | None] = field(default_factory=list)
    notes: Sequence[PlanNote] = ()
    _places: dict[tuple[str, str], int] = field(default_factory=dict)

    def place(self, collection: str, item: Item) -> int:
        """The place of an item among those of the account."""
        if not item.key:
            return -1
        place = self._places.setdefault((collection, item.key), len(self.items))
        if place == len(self.items):
            self.items.append(item)
        return place


class Outlines:
    """The outlines of the accounts of a batch.

    ``days`` has a row for each account and two columns for each step: when it begins and when it is due
    (``NOT_KNOWN`` where nothing says it). ``kept`` is a place for what is known of the holders of roles.
    """

    def __init__(self, assembly: Assembly, kept: dict[int, Holding]) -> None:
        self.assembly = assembly
        self._steps = tuple(line.task.step for line in assembly.lines)
        self.days = _days(assembly, self._steps)
        self._known = np.packbits(self.days != NOT_KNOWN, axis=1)
        owners = (line.task.owner for line in assembly.lines)
        self.roles: tuple[str, ...] = tuple(dict.fromkeys(owner for owner in owners if owner is not None))
        self._varied = [line for line in assembly.lines if not line.is_plain]
        self._kept = kept

    def of(self, index: int) -> tuple[Outline, Own] | None:
        """The outline of an account and its own; ``None`` if a role goes from one person to another in between."""
        situation = self.assembly.batch.situations[index]
        own = Own(notes=situation.notes)
        repeats = tuple(self._repeats(index, own)) if self._varied else ()
        kinds = []
        for role in self.roles:
            found = self._kept.get(id(situation.held[role])) or self._holding(situation.held[role])
            if found.is_limited:
                during = self._holding_during(situation.held[role], index, own)
                if during is None:
                    return None
                found = during
            kinds.append(found.kind)
            own.people.append(found.person)
        known = self._known[index].tobytes()
        return Outline(tuple(situation.left_out), tuple(situation.anchors), known, tuple(kinds), repeats), own

    def _holding(self, held: Held) -> Holding:
        """Who holds a role; of one that depends on the day, only that it does."""
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
        # What is kept with it stays alive, so that its number means nothing else.
        found = self._kept[id(held)] = _held_by(held, None if held.is_limited else held.on(None))
        return found

    def _holding_during(self, held: Held, index: int, own: Own) -> Holding | None:
        """Who holds a role on all days of an account; ``None`` if that is not always the same person or nobody."""
        days = self.days[index]
        known = [date_of(int(day)) for day in days[days != NOT_KNOWN]]
        dates = [day for day in (*known, *own.days, self.assembly.batch.situations[index].today) if day is not None]
        first, last = min(dates), max(dates)
        changes = (
            day for holder in held.holders for day in (holder.since, _after(holder.until)) if day is not None
        )
        if any(first < day <= last for day in changes):
            return None
        return _held_by(held, held.on(first))._replace(is_limited=False)

    def _repeats(self, index: int, own: Own) -> Iterator[Repeats]:
        """What is not done just once by an account; what it has of its own in this is added."""
        situation = self.assembly.batch.situations[index]
        tasks = AccountTasks(self.assembly, index)
        for line in self._varied:
            step = line.task.step
            if step in situation.left_out:
                continue
            items = tasks.items(line)
            collection = line.for_each.of if line.for_each else ""
            places = tuple([own.place(collection, item) for item in items])
            starts, due = tasks.dates(step)
            days: tuple[date | None, ...] = (due,)
            if line.repeat is not None and due is not None and items:
                ahead = len(tasks.notes)
                days = tasks.days(line, due)
                tasks.notes += tasks.notes[ahead:] * (len(items) - 1)
            begins = [tasks.begins(starts, due, day) for day in days[1:]]
            for begin, day in zip(begins, days[1:], strict=True):
                own.days += (begin, day)
            yield Repeats(step, places, len(days) - 1, tuple([begin is not None for begin in begins]))
        own.notes = (*situation.notes, *tasks.notes)

    def plan(self, index: int, outline: Outline, own: Own) -> Plan:
        """The plan of an account with marks in the place of what is its own."""
        situation = self.assembly.batch.situations[index]
        # Roles to which no task is given are held by nobody here: nothing is said of them.
        held = {role: Held(why=each.why) for role, each in situation.held.items()}
        for at, (role, person) in enumerate(zip(self.roles, own.people, strict=True)):
            if person is not None:
                held[role] = Held((Holder(marks.person(at, has_address=person.email is not None)),))
        account = Account(marks.mark(marks.ID), marks.mark(marks.NAME))
        tasks = _MarkedTasks(
            self.assembly, index, replace(situation, account=account, held=held), self._dates(index), outline
        )
        return Plan(self.assembly.template, account, {}, tuple(tasks.tasks()), left_out=situation.left_out)

    def _dates(self, index: int) -> dict[str, tuple[date | None, date | None]]:
        known = self.days[index] != NOT_KNOWN
        days = [marks.Day(column) if known[column] else None for column in range(len(known))]
        return {step: (days[2 * at], days[2 * at + 1]) for at, step in enumerate(self._steps)}


class _MarkedTasks(AccountTasks):
    """The tasks of an account with marks in the place of what is its own."""

    def __init__(
        self,
        assembly: Assembly,
        index: int,
        situation: Situation,
        dates: Mapping[str, tuple[date | None, date | None]],
        outline: Outline,
    ) -> None:
        super().__init__(assembly, index, situation)
        self.part = marks.mark(marks.PART)
        self._dates = dates
        self._repeats = {each.step: each for each in outline.repeats}
        self._again: dict[str, list[tuple[date | None, date]]] = {}
        self._begin: dict[str, date | None] = {}
        column = 2 * len(dates)
        for each in outline.repeats:
            self._again[each.step] = []
            for is_known in each.begins:
                begin, day = marks.Day(column) if is_known else None, marks.Day(column + 1)
                self._again[each.step].append((begin, day))
                self._begin[day.mark] = begin
                column += 2

    def dates(self, step: str) -> tuple[date | None, date | None]:
        return self._dates[step]

    def items(self, line: Line) -> Sequence[Item]:
        return [marks.item(place) if place >= 0 else ONCE[0] for place in self._repeats[line.task.step].items]

    def days(self, line: Line, due: date) -> tuple[date | None, ...]:
        return (due, *(day for _, day in self._again[line.task.step]))

    def begins(self, starts: date | None, due: date | None, day: date | None) -> date | None:
        del starts, due
        return self._begin[day.mark] if isinstance(day, marks.Day) else None


def _held_by(held: Held, person: PersonBinding | None) -> Holding:
    has_address = person is not None and person.email is not None
    return Holding(held, person, (person is not None, has_address, held.why, held.backup), held.is_limited)


def _after(day: date | None) -> date | None:
    return day + timedelta(days=1) if day is not None and day < date.max else None


def _days(assembly: Assembly, steps: Sequence[str]) -> Days:
    dates = assembly.batch.dates.steps
    nobody_knows = np.full(len(assembly.batch.situations), NOT_KNOWN, dtype=np.int64)
    if not steps:
        return np.empty((len(nobody_knows), 0), dtype=np.int64)
    columns: list[Days] = []
    for step in steps:
        found = dates.get(step)
        columns += [found.starts, found.due] if found is not None else [nobody_knows, nobody_knows]
    return np.stack(columns, axis=1)
