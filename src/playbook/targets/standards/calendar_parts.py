"""The components of a calendar: a to-do or an event for each planned task, and for each milestone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from playbook.plans.keys import key_part
from playbook.plans.plan import Plan, PlannedTask
from playbook.targets.files.notes import planned_notes
from playbook.targets.files.stable import uuid_of
from playbook.targets.standards.content_lines import date_line, line, person_line, text_line, texts_line

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Look:
    """What the user has chosen; ``stamp`` is ``None`` for the day on which the plan starts."""

    span: bool
    relations: bool
    organizer: str
    owner: str
    sequence: int
    stamp: date | None


def calendar(title: str, parts: Iterable[bytes]) -> bytes:
    """A whole calendar file."""
    head = [
        line("BEGIN", "VCALENDAR"),
        line("VERSION", "2.0"),
        line("PRODID", "-//playbook//customer onboarding//EN"),
        line("CALSCALE", "GREGORIAN"),
        # RFC 7986, and what programs understood before it.
        text_line("NAME", title),
        text_line("X-WR-CALNAME", title),
    ]
    return b"".join([*head, *parts, line("END", "VCALENDAR")])


def components(plan: Plan, kind: str, look: Look, *, alone: bool) -> Iterator[bytes]:
    """The entries of a plan, ``todo`` or ``event``; milestones are events, or to-dos where these are ``alone``."""
    written = _Components(plan, kind, look)
    for planned in plan.tasks:
        if look.owner and not (planned.owner and planned.owner.key.lower() == look.owner.lower()):
            continue
        if kind == "todo" or planned.due or planned.starts:
            yield written.task(planned)
    if kind == "event" or alone:
        yield from map(written.milestone, plan.milestones)


@dataclass(frozen=True)
class _Components:
    plan: Plan
    kind: str
    look: Look

    def task(self, planned: PlannedTask) -> bytes:
        stage = self.plan.template.stages[planned.task.stage].title
        return self._component(
            planned.key,
            f"{planned.title} ({planned.account.name})",
            planned_notes(self.plan.template, planned),
            (stage, planned.account.name),
            [*self._days(planned.starts, planned.due), *self._people(planned), *self._relations(planned)],
        )

    def milestone(self, id_: str) -> bytes:
        template, account = self.plan.template, self.plan.account
        milestone = next((each for each in template.milestones if each.id == id_), None)
        title = milestone.title if milestone else id_
        key = f"{template.id}/{id_}/{key_part(account.id)}"
        day = self.plan.milestones[id_]
        return self._component(
            key,
            f"Milestone: {title} ({account.name})",
            f"Key: {key}",
            ("Milestone", account.name),
            self._days(day, day),
        )

    def _component(
        self, key: str, title: str, notes: str, categories: tuple[str, ...], more: Iterable[bytes]
    ) -> bytes:
        name = "VTODO" if self.kind == "todo" else "VEVENT"
        return b"".join(
            [
                line("BEGIN", name),
                line("UID", self._uid(key)),
                line("DTSTAMP", f"{self._stamp:%Y%m%d}T000000Z"),
                line("SEQUENCE", str(self.look.sequence)),
                text_line("SUMMARY", " ".join(title.split())),
                *more,
                line("STATUS", "NEEDS-ACTION") if self.kind == "todo" else line("TRANSP", "TRANSPARENT"),
                texts_line("CATEGORIES", categories),
                text_line("DESCRIPTION", notes),
                text_line("X-PLAYBOOK-KEY", key),
                line("END", name),
            ]
        )

    def _uid(self, key: str) -> str:
        """An event and a to-do of one task are two entries, so each has a UID of its own."""
        return str(uuid_of(key if self.kind == "todo" else f"{key}#event"))

    @cached_property
    def _stamp(self) -> date:
        """When the plan was made as far as a calendar is concerned: no clock is asked."""
        if self.look.stamp:
            return self.look.stamp
        starts = [
            self.plan.anchors[id_]
            for id_, anchor in self.plan.template.anchors.items()
            if anchor.start and id_ in self.plan.anchors
        ]
        return min([*starts] or self.plan.anchors.values(), default=date(1970, 1, 1))

    def _days(self, starts: date | None, due: date | None) -> Iterator[bytes]:
        first, last = starts or due, due or starts
        if first is None or last is None:
            return
        if self.kind == "todo":
            # DUE has to be later than DTSTART.
            if starts and (due is None or starts < due):
                yield date_line("DTSTART", starts)
            if due:
                yield date_line("DUE", due)
            return
        yield date_line("DTSTART", min(first, last) if self.look.span else last)
        yield date_line("DTEND", last + _DAY)

    def _people(self, planned: PlannedTask) -> Iterator[bytes]:
        """RFC 5545 has attendees only where there is an organizer."""
        people = {person.email: person.name for person in planned.people.values() if person.email}
        if planned.owner and planned.owner.email:
            people = {planned.owner.email: planned.owner.name} | people
        if self.look.organizer and people:
            yield person_line("ORGANIZER", self.look.organizer, self.look.organizer)
            for email, name in people.items():
                yield person_line("ATTENDEE", name, email)

    def _relations(self, planned: PlannedTask) -> Iterator[bytes]:
        if not self.look.relations:
            return
        for key in planned.after:
            if self._is_there(key):
                yield line("RELATED-TO;RELTYPE=DEPENDS-ON", self._uid(key))
        for later in self._behind.get(planned.key, ()):
            if self._is_there(later.key):
                yield line(f"RELATED-TO;RELTYPE=FINISHTOSTART{_gap(planned, later)}", self._uid(later.key))

    def _is_there(self, key: str) -> bool:
        planned = self._by_key.get(key)
        return planned is not None and (self.kind == "todo" or bool(planned.due or planned.starts))

    @cached_property
    def _by_key(self) -> dict[str, PlannedTask]:
        return {planned.key: planned for planned in self.plan.tasks}

    @cached_property
    def _behind(self) -> dict[str, list[PlannedTask]]:
        found: dict[str, list[PlannedTask]] = {}
        for planned in self.plan.tasks:
            for key in planned.after:
                found.setdefault(key, []).append(planned)
        return found


def _gap(earlier: PlannedTask, later: PlannedTask) -> str:
    """The whole days that lie between two tasks; nothing where there are none."""
    if earlier.due is None or later.starts is None:
        return ""
    days = (later.starts - earlier.due).days - 1
    return f";GAP=P{days}D" if days > 0 else ""
