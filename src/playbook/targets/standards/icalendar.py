"""``icalendar``: the dated tasks of accounts as to-dos and as events of a calendar (RFC 5545, RFC 9253).

It is written by ourselves and not with the package ``icalendar``: little of it would be needed, it takes some
four times as long, and so it can say in the tests what it reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from playbook.plans.plan import Plan
from playbook.plans.template import Template
from playbook.targets.files.stable import account_file
from playbook.targets.standards.calendar_parts import Look, calendar, components
from playbook.targets.target import FULL, Evidence, File, Loss, Option, Settings, Target, none, part
from playbook.targets.worked_out import WORKED_OUT

_MOST_TOGETHER = 10_000
"""How many entries one file holds where accounts share files, so that any number of accounts fits into memory."""

TARGET = Target(
    name="icalendar",
    title="iCalendar",
    tool="calendars and to-do lists",
    what="The dated tasks of accounts as to-dos and as all-day events.",
    form="ICS",
    group="Standards",
    modes=("plan",),
    carries={
        **WORKED_OUT,
        "stages": part("as a category, by which calendars filter and colour"),
        "start_dates": part("of to-dos; an event stands on the due day, unless `days` is `span`"),
        "durations": part("as the days from start to due"),
        "people": part("by name in the note; as attendees where `organizer` is set"),
        "raci": part("in the note"),
        "dependencies": part("as relations of RFC 9253, which most calendars show nowhere"),
        "lags": part("as the whole days that lie between two tasks in the plan"),
        "checklists": part("as lines of the note"),
        "descriptions": FULL,
        "means": part("in the note"),
        "custom_fields": part("the fields that a step fills are named in the note"),
        "approvals": part("in the note"),
        "slas": part("in the note"),
        "milestones": part("as events (as to-dos where there are only these)"),
        "handoffs": none("a calendar has no place for them"),
        "routines": none("they have no date of their own"),
        "repeats": part("an entry for each occurrence up to the horizon"),
        "keys": FULL,
    },
    updates=True,
    how=(
        "Take the file that ends in `.events.ics` for Outlook and Google Calendar, and the one that ends in "
        "`.todos.ics` for programs that keep to-dos, such as Thunderbird or a CalDAV server.",
        "Make a calendar of its own for onboarding and import the file into it, so that it can be taken away as a "
        "whole.",
        "At a later export raise `sequence` by one; programs that go by UID and SEQUENCE then change their "
        "entries. Where a program makes a second entry instead, empty that calendar before.",
    ),
    options=(
        Option("kind", "What is written.", "both", ("both", "event", "todo")),
        Option(
            "days",
            "What an event covers: the due day alone, or all days from start to due.",
            "due",
            ("due", "span"),
        ),
        Option("files", "A file for each account, or files that hold many.", "account", ("account", "together")),
        Option("relations", "Whether what waits for what is written as relations.", "yes", ("yes", "no")),
        Option("organizer", "The e-mail address from which people are invited; without one nobody is an attendee."),
        Option("owner", "Only the tasks of this person: an e-mail address."),
        Option("sequence", "The number of the revision, to be raised with every change.", "0"),
        Option(
            "stamp", "The day of the revision, as 2026-12-01; the day of the starting anchor if it is not said."
        ),
    ),
    evidence=(
        Evidence(
            "The files are iCalendar: components, dates, escapes, folding, relations with GAP",
            "proven",
            "read back by icalendar (Python) and ical.js (Mozilla) in the tests",
        ),
        Evidence(
            "FINISHTOSTART stands at the task that comes first and names the one that waits; DEPENDS-ON stands at "
            "the one that waits",
            "reported",
            "RFC 9253, sections 4 to 6, as retold in the documentation of the Python package icalendar 7",
        ),
        Evidence("Outlook ignores to-dos in a file that is imported", "reported", "Mozilla wiki, Calendar formats"),
        Evidence("Google Calendar ignores to-dos in a file that is imported", "recalled", "no source"),
        Evidence(
            "A reader that knows only RFC 5545 may show what waits as a subtask: set `relations` to `no` for it",
            "reported",
            "github.com/tasks/tasks issue 2527",
        ),
    ),
    keys={"plan": "X-PLAYBOOK-KEY and the last line of DESCRIPTION; UID is a UUID made from it"},
)


def plan(plans: Iterable[Plan], settings: Settings) -> Iterator[File]:
    """The calendars of the accounts."""
    look = _look(settings)
    kinds = [kind for kind in ("event", "todo") if settings["kind"] in (kind, "both")]
    if settings["files"] == "account":
        for each in plans:
            title = f"{each.account.name}: {each.template.title}"
            for kind in kinds:
                name = account_file(each, f".{kind}s.ics")
                yield File(name, calendar(title, components(each, kind, look, alone=len(kinds) == 1)))
    else:
        yield from _together(plans, kinds, look)


def _together(plans: Iterable[Plan], kinds: list[str], look: Look) -> Iterator[File]:
    held: dict[str, list[bytes]] = {kind: [] for kind in kinds}
    number = dict.fromkeys(kinds, 1)

    def file(kind: str) -> File:
        name = f"onboarding.{kind}s{f'-{number[kind]}' if number[kind] > 1 else ''}.ics"
        return File(name, calendar("Customer onboarding", held[kind]))

    for each in plans:
        for kind in kinds:
            more = list(components(each, kind, look, alone=len(kinds) == 1))
            if held[kind] and len(held[kind]) + len(more) > _MOST_TOGETHER:
                yield file(kind)
                held[kind], number[kind] = [], number[kind] + 1
            held[kind] += more
    for kind in kinds:
        if held[kind] or number[kind] == 1:
            yield file(kind)


def losses(template: Template, settings: Settings) -> Iterator[Loss]:
    """Tasks that no day can be said of, and settings that cannot be read."""
    if settings["kind"] != "todo":
        undated = tuple(task.step for task in template.tasks if task.due is None and task.start is None)
        if undated:
            both = settings["kind"] == "both"
            why = "an event needs a day" + ("; they are among the to-dos" if both else "")
            yield Loss("tasks without a date", why, undated, part=both)
    for name, pattern, form in (
        ("sequence", r"\d{1,9}", "a whole number"),
        ("stamp", r"(\d{4}-\d\d-\d\d)?", "a day such as 2026-12-01"),
        ("organizer", r"([^@\s]+@[^@\s]+)?", "an e-mail address"),
        ("owner", r"([^@\s]+@[^@\s]+)?", "an e-mail address"),
    ):
        if not re.fullmatch(pattern, settings[name]) or (
            name == "stamp" and settings[name] and not _day(settings[name])
        ):
            yield Loss(f"the option {name}", f"{settings[name]!r} is not {form}", refused=True)


def _look(settings: Settings) -> Look:
    return Look(
        span=settings["days"] == "span",
        relations=settings["relations"] == "yes",
        organizer=settings["organizer"],
        owner=settings["owner"],
        sequence=int(settings["sequence"]) if settings["sequence"].isdecimal() else 0,
        stamp=_day(settings["stamp"]),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
