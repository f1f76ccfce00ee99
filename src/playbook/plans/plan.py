"""The plan of one account: every task with its dates, its person and its stable key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from playbook.plans.account import Account
from playbook.plans.template import TaskTemplate, Template


@dataclass(frozen=True, slots=True)
class PersonBinding:
    """A person or a queue that holds a role. ``ids`` are its ids in tools by the key of the organization file
    (``hubspot_owner``, ``salesforce_user`` …)."""

    key: str
    """As in ``people:``: an e-mail address or a name."""
    name: str
    ids: Mapping[str, str] = field(default_factory=dict)

    @property
    def email(self) -> str | None:
        """The e-mail address, if the key is one."""
        return self.key if "@" in self.key else None


@dataclass(frozen=True, slots=True)
class PlannedTask:
    """One task of one account.

    ``key`` is stable from export to export: ``<playbook>/<step>/<account>``, then the item of ``for_each`` and
    the number of the occurrence of a repeated task, where there are any. ``after`` are the keys of the tasks
    right ahead. ``starts`` and ``due`` are ``None`` where nothing says when. ``owner`` is the person who is
    assigned; ``None`` where the role (``task.owner``) is bound to nobody.
    """

    task: TaskTemplate
    account: Account
    key: str
    title: str
    starts: date | None
    due: date | None
    owner: PersonBinding | None
    people: Mapping[str, PersonBinding] = field(default_factory=dict)
    """By role id, for every role that holds a letter and is bound."""
    after: tuple[str, ...] = ()
    item: str = ""
    """What of ``for_each`` it is done for; empty if it is done once."""
    occurrence: int = 0
    """Of a repeated task from 1 on; 0 if it is done once."""
    former: tuple[str, ...] = ()
    """Keys that it had before its step or playbook was renamed (``was:``)."""


NoteKind = Literal[
    "segment",
    "effective",
    "anchor",
    "condition",
    "items",
    "owner",
    "backup",
    "repeat",
]
"""What a note is about: which segment it is; whether this version holds for it; a date that is missing; a condition
that cannot be told; what a step is done for each of; a role that nobody is given; one for which somebody steps in;
a repeated task."""


@dataclass(frozen=True, slots=True)
class PlanNote:
    """Something that could not be told of an account, or that people should know. ``about`` is the id of a step,
    role or anchor; the ``text`` does not name the account, so that notes of many accounts can be counted."""

    kind: NoteKind
    about: str
    text: str


@dataclass(frozen=True)
class Plan:
    """The dated work of one account, in the order of the template; ``template`` is that of its variant.

    ``anchors`` are the dates that are known, of the accounts file or of its fields and events.
    """

    template: Template
    account: Account
    anchors: Mapping[str, date]
    tasks: tuple[PlannedTask, ...]
    milestones: Mapping[str, date] = field(default_factory=dict)
    """By id, as far as they have a date."""
    notes: tuple[PlanNote, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)
    """Why steps are not done for this account, by step id."""
    segment: str | None = None
    continued: bool = False
    """Whether only the tasks are here that are new since an earlier export: what is made once for an account, such
    as its project and its milestones, is in the tool already."""

    def of_stage(self, stage: str) -> Iterator[PlannedTask]:
        """The tasks of a stage, in order."""
        return (planned for planned in self.tasks if planned.task.stage == stage)
