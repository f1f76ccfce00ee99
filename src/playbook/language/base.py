"""What all models of the language share."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from playbook.language.scalars import Label


class Model(BaseModel):
    """A mapping of the language: frozen, and strict about its keys."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        # Only the document kinds that a run meets get a validator built.
        defer_build=True,
        populate_by_name=False,
        # Positions and quoting come from the reader; pydantic's copies of the input are not shown.
        hide_input_in_errors=True,
    )


class Titled(Model):
    """Something with a name for people."""

    title: Label | None = Field(None, description="The name that people see. Free to change at any time.")
    description: Label | None = Field(None, description="What it is for, in a sentence or two.")


class Document(Titled):
    """A file: its first key says the kind and the id."""
