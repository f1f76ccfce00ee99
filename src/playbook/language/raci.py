"""Who is Responsible, Accountable, Consulted and Informed."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from playbook.language.base import Model
from playbook.language.scalars import OneOrMany, OwnerRef


class AnyOf(Model):
    """Either-or: any one of these may act."""

    any_of: tuple[OwnerRef, ...] = Field(min_length=1, description="Any one of these roles or teams may act.")


def _holders_form(value: Any) -> str:
    return "<choice>" if isinstance(value, dict) else "<list>"


Holders = Annotated[
    Annotated[OneOrMany[OwnerRef], Tag("<list>")] | Annotated[AnyOf, Tag("<choice>")],
    Discriminator(_holders_form),
]
"""Roles or teams that hold a letter: one, several together, or ``{any_of: [...]}``."""


def names(holders: tuple[str, ...] | AnyOf | None) -> tuple[str, ...]:
    """The roles and teams of a letter, whichever form it was written in."""
    if holders is None:
        return ()
    return holders.any_of if isinstance(holders, AnyOf) else holders


class Raci(Model):
    """The letters of a step, stage, milestone, handoff, KPI or decision."""

    A: Holders | None = Field(
        None, description="Accountable: the one role that answers for the result.", examples=["csm"]
    )
    R: Holders | None = Field(
        None,
        description="Responsible: who does the work. A list works together; {any_of: [...]} is either-or.",
        examples=["csm", ["csm", "se"]],
    )
    C: Holders | None = Field(None, description="Consulted before the work is done.", examples=["product"])
    I: Holders | None = Field(None, description="Informed once it is done.", examples=["sales"])  # noqa: E741
