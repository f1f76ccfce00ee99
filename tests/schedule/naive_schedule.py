"""A schedule worked out day by day, in plain Python, from the words of the documents alone: an oracle for tests.

It knows stages, steps (with work, due dates, change windows and an order), two anchors and a calendar.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

DAY = timedelta(days=1)
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Takes = tuple[int, int, str]
"""From so many up to so many of a unit."""
Due = tuple[int, str, str, str]
"""So many of a unit, after or before, an anchor or a step."""


@dataclass(frozen=True)
class Office:
    """When work is done."""

    week: tuple[str, ...] = WEEK[:5]
    country: str = ""
    holidays: frozenset[date] = frozenset()
    closed: tuple[date, date] | None = None
    counting: str = "day_0"
    roll: str = "forward"
    windows: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: {"deploy": ("tue", "thu")})

    def is_worked(self, day: date) -> bool:
        closed = self.closed is not None and self.closed[0] <= day <= self.closed[1]
        return WEEK[day.weekday()] in self.week and day not in self.holidays and not closed

    def worked_from(self, day: date, step: timedelta = DAY) -> date:
        while not self.is_worked(day):
            day += step
        return day

    def walked(self, day: date, count: int) -> date:
        """So many worked days on (or back), the day itself not counted."""
        for _ in range(abs(count)):
            day = self.worked_from(day + (DAY if count > 0 else -DAY), DAY if count > 0 else -DAY)
        return day

    def rolled(self, day: date) -> date:
        steps = {"forward": DAY, "backward": -DAY}
        return self.worked_from(day, steps[self.roll]) if self.roll in steps else day

    def in_window(self, day: date, window: str, *, back: bool = False) -> date:
        while not (self.is_worked(day) and WEEK[day.weekday()] in self.windows[window]):
            day += -DAY if back else DAY
        return day

    def counted(self, base: date, count: int, unit: str, direction: str) -> date:
        """The day that a timer leads to."""
        if unit == "bd" and count:
            if direction == "before":
                return self.walked(base, -count)
            first = self.counting == "day_1"
            return self.walked(self.worked_from(base), count - 1) if first else self.walked(base, count)
        days = count * (7 if unit == "w" else 1)
        if direction == "before":
            return self.rolled(base - days * DAY)
        return self.rolled(base + max(days - (self.counting == "day_1" and unit == "d"), 0) * DAY)

    def written(self) -> str:
        lines = ["calendar: office", f"working_days: [{', '.join(self.week)}]"]
        lines += [f"counting: {self.counting}", f"roll: {self.roll}"]
        lines += [f"country: {self.country}"] if self.country else []
        lines += [f"closures: [{{from: {self.closed[0]}, until: {self.closed[1]}}}]"] if self.closed else []
        return "\n".join([*lines, "windows: {deploy: [tue, thu]}"]) + "\n"


@dataclass(frozen=True)
class Reached:
    """Either work may begin on a day (``done`` is false), or it was done up to and with a worked day."""

    day: date
    done: bool = False


@dataclass(frozen=True)
class NaiveStep:
    id: str
    takes: Takes | None = None
    due: Due | None = None
    after: tuple[str, ...] = ()
    window: str = ""


@dataclass(frozen=True)
class NaiveStage:
    id: str
    steps: tuple[NaiveStep, ...]
    parallel: bool = False
    takes: Takes | None = None
    starts: Due | None = None
    due: Due | None = None


@dataclass
class NaivePlan:
    """The dates of one account."""

    office: Office
    stages: tuple[NaiveStage, ...]
    anchors: Mapping[str, date]

    @property
    def steps(self) -> list[NaiveStep]:
        return [step for stage in self.stages for step in stage.steps]

    # -- when things are due ---------------------------------------------------------------------

    def day(self, due: Due) -> date | None:
        count, unit, direction, name = due
        base = self.anchors.get(name) or self.due(next(step for step in self.steps if step.id == name))
        return self.office.counted(base, count, unit, direction) if base else None

    def due(self, step: NaiveStep) -> date | None:
        found = self.day(step.due) if step.due else None
        if found is None or step.due is None or not step.window:
            return found
        return self.office.in_window(found, step.window, back=step.due[2] == "before")

    # -- work ------------------------------------------------------------------------------------

    def starts(self, at: Reached) -> date:
        return self.office.walked(at.day, 1) if at.done else self.office.worked_from(at.day)

    def over(self, at: Reached) -> date:
        return at.day if at.done else self.office.worked_from(at.day)

    def latest(self, found: list[Reached]) -> Reached:
        return max(found, key=lambda at: (self.starts(at), not at.done, at.day))

    def worked(self, at: Reached, takes: Takes | None, *, long: bool) -> Reached:
        """When work is over that begins when something is reached."""
        count, unit = (takes[1] if long else takes[0], takes[2]) if takes else (0, "bd")
        if not count:
            return at
        office, first = self.office, self.office.counting == "day_1"
        if unit == "bd":
            if not first:
                return Reached(office.walked(at.day, count))
            begins = at.day if at.done else office.worked_from(at.day)
            return Reached(office.walked(begins, count if at.done else count - 1), done=True)
        begins = office.walked(at.day, 1) if at.done else at.day
        last = begins + (count * (7 if unit == "w" else 1) - first) * DAY
        return Reached(office.worked_from(last), done=first)

    def earliest(self, *, long: bool, late: tuple[str, int] = ("", 0)) -> dict[str, tuple[Reached, Reached]]:
        """When steps and stages begin and are over; ``late`` delays one step by so many working days."""
        found: dict[str, tuple[Reached, Reached]] = {}
        now = Reached(self.anchors["won"])
        for stage in self.stages:
            opened = self.day(stage.starts) if stage.starts else None
            entered = self.latest([now, *([Reached(self.office.worked_from(opened))] if opened else [])])
            before: tuple[str, ...] = ()
            for step in stage.steps:
                ahead = step.after or (() if stage.parallel else before)
                begins = self.latest([entered, *(found[id_][1] for id_ in ahead)])
                done = self._in_window(step, self.worked(begins, step.takes, long=long), 0)
                found[step.id] = (begins, self._in_window(step, done, late[1]) if late[0] == step.id else done)
                before = (step.id,)
            ends = [found[step.id][1] for step in stage.steps]
            now = self.latest([entered, *ends, self.worked(entered, stage.takes, long=long)])
            found[stage.id] = (entered, now)
        return found

    def _in_window(self, step: NaiveStep, done: Reached, late: int) -> Reached:
        over = self.office.walked(self.over(done), late)
        day = self.office.in_window(over, step.window) if step.window else over
        return done if day == self.over(done) else Reached(day, done=self.office.counting == "day_1")

    def late(self, *, long: bool, late: tuple[str, int] = ("", 0)) -> set[str]:
        """The steps and stages that are over after the day on which they are due."""
        dues = {step.id: self.due(step) for step in self.steps}
        dues |= {stage.id: self.day(stage.due) for stage in self.stages if stage.due}
        found = self.earliest(long=long, late=late)
        return {id_ for id_, due in dues.items() if due is not None and self.over(found[id_][1]) > due}

    def follows_too_closely(self, step: NaiveStep, ahead: list[NaiveStep]) -> bool:
        """Whether a step is late if one of those right ahead of it is done on the day on which that is due."""
        due = self.due(step)
        dues = [day for each in ahead if (day := self.due(each)) is not None and self.office.is_worked(day)]
        done = [Reached(day, done=self.office.counting == "day_1") for day in dues]
        return due is not None and any(self.over(self.worked(at, step.takes, long=True)) > due for at in done)

    def written(self) -> str:
        lines = ["playbook: p", "calendar: office", "anchors:", "  won: {event: deal.won, start: true}"]
        lines += ["  live: {field: account.live, moves: true}", "stages:"]
        for stage in self.stages:
            lines += [f"  - id: {stage.id}", f"    parallel: {str(stage.parallel).lower()}"]
            lines += [f"    takes: {_takes(stage.takes)}"] if stage.takes else []
            lines += [f"    starts: {_due(stage.starts)}"] if stage.starts else []
            lines += [f"    due: {_due(stage.due)}"] if stage.due else []
            lines.append("    steps:")
            for step in stage.steps:
                parts = [f"id: {step.id}"]
                parts += [f"takes: {_takes(step.takes)}"] if step.takes else []
                parts += [f"due: {_due(step.due)}"] if step.due else []
                parts += [f"after: [{', '.join(step.after)}]"] if step.after else []
                parts += [f"window: {step.window}"] if step.window else []
                lines.append(f"      - {{{', '.join(parts)}}}")
        return "\n".join(lines) + "\n"


def _takes(takes: Takes) -> str:
    low, high, unit = takes
    return f"{low}{unit}" if low == high else f"{low}..{high}{unit}"


def _due(due: Due) -> str:
    return f"{due[0]}{due[1]} {due[2]} {due[3]}"


# -- random plans -----------------------------------------------------------------------------------------


def random_plan(seed: int, holidays: frozenset[date]) -> NaivePlan:
    """A small plan around the turn of the year 2026."""
    chance = random.Random(seed)
    won = date(2026, 11, 2) + chance.randint(0, 60) * DAY
    american = chance.random() < 0.6
    office = Office(
        week=WEEK[:5] if chance.random() < 0.8 else WEEK[:6],
        country="US" if american else "",
        holidays=holidays if american else frozenset(),
        closed=(date(2026, 12, 24), date(2027, 1, 1)) if chance.random() < 0.4 else None,
        counting=chance.choice(("day_0", "day_1")),
        roll=chance.choice(("forward", "backward", "none")),
    )
    known: list[NaiveStep] = []
    stages = tuple(_stage(chance, number, known) for number in range(chance.randint(1, 3)))
    return NaivePlan(office, stages, {"won": won, "live": won + chance.randint(-5, 45) * DAY})


def _stage(chance: random.Random, number: int, known: list[NaiveStep]) -> NaiveStage:
    parallel = chance.random() < 0.5
    steps: list[NaiveStep] = []
    for place in range(chance.randint(1, 4)):
        after = (chance.choice(steps).id,) if parallel and steps and chance.random() < 0.5 else ()
        window = "deploy" if chance.random() < 0.15 else ""
        step = NaiveStep(f"s{number}_{place}", _work(chance), _timer(chance, known), after, window)
        steps.append(step)
        known.append(step)
    whole = (chance.randint(1, 6), 8, chance.choice(("bd", "d"))) if chance.random() < 0.2 else None
    starts = (chance.randint(0, 5), "bd", chance.choice(("before", "after")), "live")
    due = (chance.randint(0, 20), "bd", chance.choice(("after", "before")), chance.choice(("won", "live")))
    opened, limited = number > 0 and chance.random() < 0.2, chance.random() < 0.2
    return NaiveStage(
        f"stage{number}", tuple(steps), parallel, whole, starts if opened else None, due if limited else None
    )


def _work(chance: random.Random) -> Takes | None:
    if chance.random() < 0.25:
        return None
    low, unit = chance.randint(0, 4), chance.choice(("bd", "bd", "d", "w"))
    return (min(low, 2), 2, unit) if unit == "w" else (low, low + chance.choice((0, 0, 1, 3)), unit)


def _timer(chance: random.Random, known: list[NaiveStep]) -> Due | None:
    unit, kind = chance.choice(("bd", "d")), chance.random()
    dated = [step.id for step in known if step.due]
    if kind < 0.22:
        return (chance.randint(0, 25), unit, "after", "won")
    if kind < 0.4:
        return (chance.randint(0, 15), unit, chance.choice(("before", "before", "after")), "live")
    if kind < 0.45 and dated:
        return (chance.randint(0, 5), unit, "after", chance.choice(dated))
    return None
