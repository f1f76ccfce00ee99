"""``tracking:`` the fields and events that playbooks read and write."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from playbook.language.base import Document, Titled
from playbook.language.scalars import (
    Duration,
    Flag,
    Id,
    Label,
    Name,
    Number,
    OneOrMany,
    OwnerRef,
    SystemRef,
    Value,
)


class Entity(Titled):
    """A kind of thing that has fields and of which an account has several, such as contacts."""

    plural: Id | None = Field(
        None, description="The name of the collection, for `for_each`.", examples=["contacts"]
    )


class TrackedField(Titled):
    """A value that is kept about an account, contact, plan or deal."""

    type: Literal[
        "text", "number", "integer", "money", "boolean", "date", "datetime", "duration", "choice", "list"
    ] = Field("text", description="The type of the value.")
    values: tuple[Value, ...] = Field((), description="The allowed values of a choice or list.")
    unit: Label | None = Field(None, description="The unit of a number, or the currency of money.")
    at_least: Number | None = Field(None, description="The smallest number that it can have.", examples=[0])
    at_most: Number | None = Field(None, description="The largest number that it can have.")
    system: SystemRef | None = Field(None, description="The system of record.")
    personal: Flag = Field(False, description="Whether it is personal data.")
    owner: OwnerRef | None = Field(None, description="Who answers for its quality.")
    captured: Label | None = Field(None, description="Where it comes from, when no step captures it.")
    fresh_for: Duration | None = Field(None, description="How old a value may be to count as observed.")
    was: OneOrMany[Name] = Field((), description="Former names.")


class TrackedEvent(Titled):
    """Something that happened, with a time stamp."""

    properties: OneOrMany[Label] = Field((), description="Names of the values that come with it.")
    source: SystemRef | None = Field(None, description="The system that sends it.")
    owner: OwnerRef | None = Field(None, description="Who answers for it being sent.")
    activity: Flag = Field(
        False,
        description="True if it only says that we did something (mail sent, call made), not that it worked.",
    )
    personal: Flag = Field(False, description="Whether it carries personal data.")
    was: OneOrMany[Name] = Field((), description="Former names.")


class Tracking(Document):
    """The tracking plan."""

    tracking: Id = Field(description="The id of the tracking plan.")
    entities: dict[Id, Entity] = Field({}, description="Kinds of things that fields belong to, by id.")
    fields: dict[Name, TrackedField] = Field({}, description="Fields by dotted name, such as `account.use_case`.")
    events: dict[Name, TrackedEvent] = Field({}, description="Events by dotted name, such as `deal.closed_won`.")
