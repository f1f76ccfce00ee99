"""``calendar:`` working time, holidays and change windows."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from playbook.language.base import Document, Model
from playbook.language.scalars import Date, Id, Label, OneOrMany, short_form

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
COUNTRY_PATTERN = r"^[A-Z]{2}$"
HOURS_PATTERN = r"^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-4]):[0-5][0-9]$"

Hours = Annotated[str, StringConstraints(pattern=HOURS_PATTERN)]


class Closure(Model):
    """Days on which nobody works, beside the public holidays."""

    since: Date = Field(alias="from", description="First day of the closure.")
    until: Date | None = Field(None, description="Last day; by default the first day.")
    title: Label | None = Field(None, description="Why.")


class Calendar(Document):
    """When work is done. Business days and hours of a playbook are counted on it."""

    calendar: Id = Field(description="The id of the calendar.")
    country: Annotated[str, StringConstraints(pattern=COUNTRY_PATTERN)] | None = Field(
        None, description="Country of the public holidays (ISO 3166-1 alpha-2).", examples=["DE"]
    )
    subdivision: Label | None = Field(
        None, description="Subdivision of the country (ISO 3166-2 without the country).", examples=["BY"]
    )
    time_zone: Label | None = Field(None, description="IANA time zone.", examples=["Europe/Berlin"])
    working_days: OneOrMany[Weekday] = Field(("mon", "tue", "wed", "thu", "fri"), description="Days of the week.")
    working_hours: Hours | None = Field(None, description="From-to on a working day.", examples=["09:00-17:00"])
    closures: tuple[Annotated[Closure, *short_form("from")], ...] = Field(
        (), description="Company closures: a date, or {from, until, title}."
    )
    windows: dict[Id, OneOrMany[Weekday]] = Field(
        {}, description="Change windows by id, such as the days on which deployments are allowed."
    )
    counting: Literal["day_0", "day_1"] = Field(
        "day_0", description="The counting rule: is the day of the trigger day 0 or already day 1?"
    )
    roll: Literal["forward", "backward", "none"] = Field(
        "forward", description="Where a date goes that falls on a day that is not worked."
    )
