"""A stage: a stretch of the journey with a gate at each end."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from playbook.language.base import Model, Titled
from playbook.language.raci import Raci
from playbook.language.scalars import (
    Count,
    DestinationRef,
    Duration,
    Expression,
    Flag,
    Id,
    KpiRef,
    Label,
    OneOrMany,
    OwnerRef,
    SignalRef,
    StageRef,
    Timing,
    WorkstreamRef,
    short_form,
)
from playbook.language.step import Choices, Sla, Step, Vote
from playbook.text.ids import words_of


class Waiver(Model):
    """Permission to pass a gate without a criterion."""

    by: OneOrMany[OwnerRef] = Field(description="Who may allow it.")
    follow_up: Label | None = Field(None, description="What must then be done afterwards.")
    within: Duration | None = Field(None, description="How soon.")


class Criterion(Titled):
    """One condition of a gate."""

    check: Expression = Field(description="The condition.")
    waivable: Waiver | None = Field(None, description="Who may let the account pass without it.")
    vote: Vote | None = Field(None, description="A group that decides it.")


Criteria = OneOrMany[Annotated[Criterion, *short_form("check")]]
"""Conditions that must all hold; each is an expression or ``{check, title, waivable}``."""


class Status(Model):
    """A finer state inside a stage, as a tool shows it."""

    status: Label = Field(description="The name of the state.")
    clock: Literal["running", "stopped"] = Field("running", description="Whether time counts.")
    awaiting: Literal["customer", "internal", "partner"] | None = Field(None, description="Whom it waits for.")
    since: SignalRef | None = Field(None, description="The field or event with its time stamp.")


class AnyStatus(Model):
    """States in no order."""

    any_of: tuple[Annotated[Status, *short_form("status")], ...] = Field(description="The states.")


def _statuses_form(value: object) -> str:
    return "<unordered>" if isinstance(value, dict) and "any_of" in value else "<ordered>"


Statuses = Annotated[
    Annotated[OneOrMany[Annotated[Status, *short_form("status")]], Tag("<ordered>")]
    | Annotated[AnyStatus, Tag("<unordered>")],
    Discriminator(_statuses_form),
]


class Branch(Model):
    """One way out of a stage."""

    to: DestinationRef = Field(description="The stage or end that follows.")
    when: Expression | None = Field(None, description="Taken if this holds.")
    otherwise: Flag = Field(False, description="Taken if no other branch is.")
    at_most: Count | None = Field(None, description="For a way back: how many times.")
    within: Duration | None = Field(None, description="For a way back: for how long it may be taken.")


class Overlap(Model):
    """A stage that starts before another has ended."""

    stage: StageRef = Field(description="The stage that need not have ended.")
    starts: Timing | None = Field(None, description="When it may start.")
    when: Expression | None = Field(None, description="Only if this holds.")


class Stage(Titled):
    """A stretch of the journey."""

    id: Id = Field(description="The stable name of the stage.")
    was: OneOrMany[Id] = Field((), description="Former ids.")
    phase: Label | None = Field(None, description="The phase that it belongs to, where stages are grouped.")
    goal: Label | None = Field(None, description="What the stage is to achieve, in words.")
    enter: Criteria = Field((), description="What must hold before an account enters.")
    exit: Criteria = Field((), description="What must hold before an account leaves.")
    statuses: Statuses = Field((), description="Finer states, in order; or {any_of: [...]}.")
    raci: Raci | None = Field(None, description="Letters for the stage, and for its steps where they have none.")
    workstream: OneOrMany[WorkstreamRef] = Field((), description="The workstreams that it is part of.")
    starts: Timing | None = Field(None, description="When it is planned to start.")
    due: Timing | None = Field(None, description="When it is planned to have ended.")
    takes: Duration | None = Field(None, description="How long it takes.")
    sla: Sla | None = Field(None, description="The promise about its time.")
    parallel: Flag = Field(False, description="Its steps have no order but what `after` says.")
    overlaps: OneOrMany[Annotated[Overlap, *short_form("stage")]] = Field(
        (), description="Stages ahead of it that need not have ended."
    )
    steps: tuple[Step, ...] = Field((), description="The work, in order.")
    choose: Choices | None = Field(None, description="Steps of which only some are done.")
    next: OneOrMany[Annotated[Branch, *short_form("to")]] = Field(
        (), description="The ways out; by default the next stage of the file, or the end."
    )
    kpis: OneOrMany[KpiRef] = Field((), description="What is reported for the stage.")

    @property
    def label(self) -> str:
        """What people read: the title, or the id in words."""
        return self.title or words_of(self.id)
