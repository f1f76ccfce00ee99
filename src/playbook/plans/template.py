"""A playbook as tools take it before there is an account: tasks with offsets and roles, no dates, no people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from playbook.language.calendar import Weekday
from playbook.text.ids import words_of
from playbook.text.quantities import Duration, Unit

Letters = Literal["R", "A", "C", "I"]


@dataclass(frozen=True, slots=True)
class Offset:
    """A time counted from an anchor: ``amount`` of ``unit`` after it, negative before it.

    ``stated`` is false where it is not written in the playbook but follows from the order of work; it is then
    counted in working days.
    """

    anchor: str
    amount: float
    unit: Unit = "bd"
    stated: bool = True


@dataclass(frozen=True, slots=True)
class RoleTemplate:
    """A role or team that holds a letter: whom a tool must map to a user, a queue or an owner property."""

    id: str
    title: str
    team: str | None
    """The title of its team."""
    party: str


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    """A line to tick off; ``depth`` is 0 for the lines of the step itself, 1 for those below one of them."""

    do: str
    depth: int
    need: str
    condition: str = ""
    """In English; empty if it always holds."""


@dataclass(frozen=True, slots=True)
class TaskTemplate:
    """One step as a task.

    ``key`` is the stable key of the task in all tools, ``<playbook>/<step>``. ``owner`` is the role that is
    assigned the task: the first responsible, else the first accountable; ``None`` if nobody is named.
    ``start`` and ``due`` are ``None`` where nothing says when. ``when`` and ``condition`` are in plain English
    (``expression`` as written), empty where there is none. ``after`` are the ids of the steps right ahead.
    """

    key: str
    step: str
    stage: str
    position: int
    """From 1 on, in the order of the file."""
    title: str
    description: str
    letters: dict[Letters, tuple[str, ...]]
    owner: str | None
    party: str
    start: Offset | None
    due: Offset | None
    when: str
    takes: Duration | None
    work: float | None
    """The working days that it takes, by the upper end of what is written."""
    slack: float | None
    critical: bool
    after: tuple[str, ...]
    condition: str
    expression: str | None
    need: str
    touch: str | None
    asset: str | None
    system: str | None
    """The id of the tool in which it is done."""
    automation: str
    captures: tuple[str, ...]
    produces: tuple[str, ...]
    checklist: tuple[ChecklistLine, ...]
    approval: str
    """Who approves within what time and what a no leads to, in English; empty if nobody approves."""
    for_each: str
    """What it is done for each of, in English: ``contacts where Role is admin``; empty if it is done once."""
    repeat: str
    """How often it is done again, in English; empty if it is done once."""
    sla: str
    """The promise about its time and who hears of a breach, in English; empty if there is none."""

    @property
    def is_internal(self) -> bool:
        """Whether the customer has no part in it."""
        return self.party in ("internal", "system")


@dataclass(frozen=True, slots=True)
class StageTemplate:
    """One stage, in the order of the file from ``position`` 1 on."""

    id: str
    title: str
    position: int
    goal: str
    statuses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MilestoneTemplate:
    """Something the customer reaches; ``due`` is ``None`` where nothing says when."""

    id: str
    key: str
    title: str
    due: Offset | None
    stage: str | None


@dataclass(frozen=True, slots=True)
class AnchorTemplate:
    """A date that offsets are counted from. ``start`` is true for the one that the journey starts with."""

    id: str
    title: str
    start: bool
    moves: bool


@dataclass(frozen=True, slots=True)
class HandoffTemplate:
    """Work that changes hands, with role ids; ``at`` is the step or stage at whose end it does."""

    id: str
    key: str
    title: str
    giver: str
    receiver: str
    at: str | None
    accept: str
    """How long the receiver has, in English."""


@dataclass(frozen=True, slots=True)
class RoutineTemplate:
    """Work beside the flow: what is done how often, or with what event."""

    id: str
    key: str
    title: str
    every: str
    event: str | None
    condition: str
    touch: str | None
    owner: str | None


@dataclass(frozen=True)
class Template:
    """A playbook, or a variant of one, without dates and people. All is in the order of the file."""

    id: str
    title: str
    description: str
    version: str | None
    variant: str | None
    stages: dict[str, StageTemplate]
    tasks: tuple[TaskTemplate, ...]
    milestones: tuple[MilestoneTemplate, ...]
    anchors: dict[str, AnchorTemplate]
    roles: dict[str, RoleTemplate]
    handoffs: tuple[HandoffTemplate, ...]
    routines: tuple[RoutineTemplate, ...]
    ends: dict[str, tuple[str, bool]]
    """Titles of the ends by id, and whether each is the one that was hoped for."""
    week: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri")
    """The days of the week that are worked, from Monday on."""
    hours_a_day: float = 8.0
    """So many business hours are a business day."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What tools, content, fields and results of steps are called, by id."""
    _by_step: dict[str, TaskTemplate] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._by_step.update((task.step, task) for task in self.tasks)

    @property
    def name(self) -> str:
        """The id of the playbook, of a variant ``<playbook>.<variant>``."""
        return f"{self.id}.{self.variant}" if self.variant else self.id

    @property
    def working_days(self) -> int:
        """How many days of a week are worked."""
        return len(self.week)

    def task(self, step: str) -> TaskTemplate:
        """The task of a step."""
        return self._by_step[step]

    def of_stage(self, stage: str) -> Iterator[TaskTemplate]:
        """The tasks of a stage, in order."""
        return (task for task in self.tasks if task.stage == stage)

    def called(self, id_: str) -> str:
        """What a tool, a piece of content, a field or a result of a step is called."""
        return self.names.get(id_) or words_of(id_.replace(".", "_"))

    def role_title(self, role: str | None) -> str:
        """What a role is called; empty for none."""
        return self.roles[role].title if role else ""
