"""A step: one piece of work, with its owner, its time and what it needs and yields."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from playbook.language.base import Model, Titled
from playbook.language.raci import Holders, Raci
from playbook.language.scalars import (
    ArtifactRef,
    Cadence,
    ContentRef,
    Count,
    DataRef,
    Duration,
    EndRef,
    Expression,
    FieldRef,
    Flag,
    Id,
    Label,
    OneOrMany,
    OwnerRef,
    PlaybookRef,
    PredecessorRef,
    Share,
    SomeOf,
    StepRef,
    SystemRef,
    Timing,
    Version,
    Whole,
    WindowRef,
    short_form,
)
from playbook.text.ids import words_of

Need = Literal["required", "recommended", "optional", "forbidden"]
StepParty = Literal["internal", "customer", "partner", "system", "joint"]
TouchKind = Literal[
    "internal",
    "meeting",
    "call",
    "email",
    "chat",
    "in_product",
    "document",
    "training",
    "survey",
    "portal",
    "ticket",
]


class Touch(Model):
    """How a step reaches people."""

    kind: TouchKind = Field(description="The channel.")
    lasts: Duration | None = Field(None, description="How long a meeting or call lasts.", examples=["30min"])
    asset: ContentRef | None = Field(None, description="What is shown or sent, by its id in the content registry.")
    audience: OneOrMany[OwnerRef] = Field((), description="Who is reached.")


class Sla(Model):
    """A promise about time: when it is warned of, when it is broken, who hears of it."""

    warn: Duration | None = Field(None, description="When to warn, from the start of the clock.")
    breach: Duration = Field(description="When the promise is broken, from the start of the clock.")
    starts: PredecessorRef | None = Field(
        None, description="What starts the clock; by default the step being ready to start."
    )
    escalate: OneOrMany[OwnerRef] = Field((), description="Who is told of a breach, in order.")
    pause_while: Expression | None = Field(None, description="The clock stands still while this holds.")


class Vote(Model):
    """A decision by a share of a group."""

    share: Share = Field(description="The share of votes that carries, from 0 to 1.")
    within: Duration | None = Field(None, description="How long the vote is open.")


class Rework(Model):
    """Where a rejection leads."""

    back_to: StepRef | None = Field(None, description="The step to do again.")
    at_most: Count | None = Field(None, description="How many times.")
    end: EndRef | None = Field(
        None, description="The end that it leads to; with `back_to`, once `at_most` is used up."
    )


class Approval(Model):
    """A decision that the step waits for."""

    by: Holders = Field(description="Who approves: all of a list, or {any_of: [...]}.")
    vote: Vote | None = Field(None, description="For a group: which share carries.")
    within: Duration | None = Field(None, description="How long the approvers have.")
    on_reject: Rework | None = Field(None, description="Where a rejection leads.")
    on_silence: Literal["escalate", "approve", "reject", "wait"] = Field(
        "wait", description="What no answer in time means."
    )


class ForEach(Model):
    """Do the step once for each of several things."""

    of: Id = Field(description="The collection: contacts, instances, repositories.", examples=["contacts"])
    where: Expression | None = Field(None, description="Which of them.")
    at_least: Whole | None = Field(None, description="How many there must be.")
    at_most: Whole | None = Field(None, description="How many there may be.")


class Repeat(Model):
    """Do the step again and again."""

    every: Cadence = Field(description="How often.", examples=["1w", "monthly"])
    until: Expression | None = Field(None, description="When to stop.")
    at_most: Count | None = Field(None, description="How many times.")
    lasts: Duration | None = Field(None, description="For how long.")
    then: Repeat | None = Field(None, description="The rhythm that follows.")


class Run(Model):
    """Another playbook as a part of this one."""

    playbook: PlaybookRef = Field(description="The playbook that is run.")
    version: Version | None = Field(None, description="The version that it is pinned to.")
    give: dict[Id, DataRef] = Field({}, description="What it needs, by its name there.")


class ChecklistItem(Model):
    """A line to tick off."""

    do: Label = Field(description="What to do or to check.")
    id: Id | None = Field(None, description="An id, where something refers to it.")
    need: Need = Field("required", description="How binding it is.")
    when: Expression | None = Field(None, description="Only if this holds.")
    party: StepParty | None = Field(None, description="Whose task it is, where it differs from the step's.")
    checklist: tuple[Annotated[ChecklistItem, *short_form("do")], ...] = Field((), description="Lines below it.")


class Step(Model):
    """One piece of work."""

    id: Id = Field(description="The stable name of the step.")
    do: Label | None = Field(None, description="What is done: a verb and an object.")
    description: Label | None = Field(None, description="How, why, and what done means.")
    was: OneOrMany[Id] = Field((), description="Former ids.")
    raci: Raci | None = Field(None, description="Letters; they replace the same letters of the stage.")
    party: StepParty | None = Field(None, description="Whose task it is; `joint` is done together.")
    after: OneOrMany[PredecessorRef] | None = Field(
        None, description="The steps, milestones or events that it follows; by default the step before it."
    )
    when: Expression | None = Field(None, description="Only if this holds.")
    need: Need = Field("required", description="How binding it is; `forbidden` is a thing not to do.")
    touch: Annotated[Touch, *short_form("kind")] | None = Field(None, description="How it reaches people.")
    due: Timing | None = Field(None, description="By when.", examples=["5bd after kickoff", "14d before go_live"])
    takes: Duration | None = Field(None, description="How long the work takes.", examples=["1..2bd"])
    sla: Sla | None = Field(None, description="The promise about its time.")
    window: WindowRef | None = Field(None, description="The change window of the calendar in which it may be done.")
    needs: OneOrMany[DataRef] = Field((), description="Artifacts and fields without which it cannot start.")
    captures: OneOrMany[FieldRef] = Field((), description="Fields that it fills.")
    produces: OneOrMany[ArtifactRef] = Field((), description="Artifacts that it yields.")
    system: SystemRef | None = Field(None, description="The tool in which it is done.")
    automation: Literal["manual", "assisted", "automated"] = Field(
        "manual", description="How far a system does it."
    )
    approval: Approval | None = Field(None, description="The decision that it is or ends with.")
    checklist: tuple[Annotated[ChecklistItem, *short_form("do")], ...] = Field((), description="Lines to tick off.")
    for_each: ForEach | None = Field(None, description="Once for each of several things.")
    repeat: Repeat | None = Field(None, description="Again and again.")
    run: Annotated[Run, *short_form("playbook")] | None = Field(
        None, description="Another playbook that is run as this step."
    )
    waivable: Flag = Field(False, description="Whether the accountable role may let it go, with a follow-up.")

    @property
    def label(self) -> str:
        """What people read: the words of ``do``, or the id in words."""
        return self.do or words_of(self.id)


class Choice(Titled):
    """Some of several steps of a stage, not all."""

    one_of: tuple[StepRef, ...] = Field((), description="Exactly one of these steps is done.")
    any_of: tuple[StepRef, ...] = Field((), description="One or several of these steps are done.")
    at_least: Whole | None = Field(None, description="With `any_of`: how many at least.")
    at_most: Whole | None = Field(None, description="With `any_of`: how many at most.")
    by: Holders | None = Field(None, description="Who chooses.")


Choices = SomeOf[Choice]
