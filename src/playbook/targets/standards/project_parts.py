"""The parts of an MSPDI file that a template and a plan have in common: calendar, fields, links, resources.

The order of the elements is that of the schema ``mspdi_pj15.xsd``, which is a sequence everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from playbook.plans.template import TaskTemplate, Template
from playbook.targets.files.short_text import in_one_line, shortened
from playbook.targets.files.stable import uuid_of
from playbook.targets.files.xml_text import Element, element, optional
from playbook.targets.standards.project_calendar import HOURS, calendars
from playbook.targets.standards.project_resources import Resources
from playbook.text.quantities import Unit

NAMESPACE = "http://schemas.microsoft.com/project"
FIELDS = {"Key": 188743731, "Role": 188743734, "Only if": 188743737, "Need": 188743740}
"""The fields of our own by their names, with the ids of Text1 to Text4 of a task."""

_TENTHS = {"min": 10, "bh": 600, "h": 600, "bd": HOURS * 600, "d": 14_400, "w": 7 * 14_400, "mo": 30 * 14_400}
_LAG_FORMATS = {"min": 4, "bh": 5, "h": 6, "bd": 7, "d": 8, "w": 10, "mo": 12}
"""Elapsed units but for business hours and days."""

FINISH_TO_FINISH, FINISH_TO_START, START_TO_START = 0, 1, 3
MOST = 255
"""The characters that the name of a task and a text field hold."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a task waits for: the UID of another, and how long after it, in ``unit`` (negative: before it)."""

    uid: int
    lag: float = 0
    unit: Unit = "bd"
    type: int = FINISH_TO_START


@dataclass(frozen=True, slots=True)
class Row:
    """A task of the file. ``days`` are working days; ``starts`` and ``ends`` are not known in a template.

    ``key`` is what the GUID is made from.
    """

    uid: int
    key: str
    title: str
    level: int
    outline: str
    days: float = 0
    starts: date | None = None
    ends: date | None = None
    deadline: date | None = None
    not_before: date | None = None
    milestone: bool = False
    summary: bool = False
    notes: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    links: tuple[Link, ...] = ()


def project(
    template: Template, key: str, title: str, start: date | None, rows: Iterable[Row], resources: Resources
) -> Element:
    """The whole file."""
    tasks = element("Tasks", *map(_task, rows))
    return Element(
        "Project",
        (
            Element("SaveVersion", 14),
            *_some(optional("GUID", str(uuid_of(key)).upper())),
            Element("Title", title),
            Element("ScheduleFromStart", 1),
            *_some(optional("StartDate", _at(start, "08:00"))),
            Element("CalendarUID", 1),
            Element("DefaultStartTime", "08:00:00"),
            Element("DefaultFinishTime", "17:00:00"),
            Element("MinutesPerDay", HOURS * 60),
            Element("MinutesPerWeek", HOURS * 60 * template.working_days),
            Element("DaysPerMonth", 20),
            Element("DurationFormat", 7),
            Element("NewTasksAreManual", 0),
            _fields(),
            calendars(template.week),
            tasks,
            element("Resources", *resources.elements()),
            element("Assignments", *resources.assignments()),
        ),
        {"xmlns": NAMESPACE},
    )


def own_fields(template: Template, task: TaskTemplate, key: str) -> tuple[tuple[str, str], ...]:
    """The fields of a task that are ours; what is too long for one is in the note as a whole."""
    return (
        ("Key", key),
        ("Role", template.role_title(task.owner)),
        ("Only if", shortened(in_one_line(task.condition), MOST)),
        ("Need", task.need),
    )


def _task(row: Row) -> Element:
    constrained = row.not_before is not None
    return element(
        "Task",
        Element("UID", row.uid),
        Element("GUID", str(uuid_of(row.key)).upper()),
        Element("ID", row.uid),
        Element("Name", shortened(in_one_line(row.title), MOST)),
        Element("Manual", 0),
        Element("Type", 1),
        Element("IsNull", 0),
        Element("WBS", row.outline),
        Element("OutlineNumber", row.outline),
        Element("OutlineLevel", row.level),
        optional("Start", _at(row.starts, "08:00")),
        optional("Finish", _at(row.ends, "08:00" if row.milestone else "17:00")),
        None if row.summary else Element("Duration", _duration(row.days)),
        None if row.summary else Element("DurationFormat", 7),
        Element("EffortDriven", 0),
        Element("Estimated", 0),
        Element("Milestone", int(row.milestone)),
        Element("Summary", int(row.summary)),
        None if row.summary else Element("ConstraintType", 4 if constrained else 0),
        optional("ConstraintDate", _at(row.not_before, "08:00")),
        optional("Deadline", _at(row.deadline, "17:00")),
        optional("Notes", row.notes),
        *map(_link, row.links),
        *(
            element("ExtendedAttribute", Element("FieldID", FIELDS[name]), Element("Value", value))
            for name, value in row.fields
            if value
        ),
    )


def _link(link: Link) -> Element:
    return element(
        "PredecessorLink",
        Element("PredecessorUID", link.uid),
        Element("Type", link.type),
        Element("CrossProject", 0),
        Element("LinkLag", round(link.lag * _TENTHS[link.unit])),
        Element("LagFormat", _LAG_FORMATS[link.unit]),
    )


def _fields() -> Element:
    return element(
        "ExtendedAttributes",
        *(
            element(
                "ExtendedAttribute",
                Element("FieldID", id_),
                Element("FieldName", f"Text{number}"),
                Element("Alias", name),
            )
            for number, (name, id_) in enumerate(FIELDS.items(), 1)
        ),
    )


def _duration(days: float) -> str:
    minutes = round(days * HOURS * 60)
    return f"PT{minutes // 60}H{minutes % 60}M0S"


def _at(day: date | None, time: str) -> str | None:
    return f"{day.isoformat()}T{time}:00" if day else None


def _some(each: Element | None) -> tuple[Element, ...]:
    return (each,) if each is not None else ()
