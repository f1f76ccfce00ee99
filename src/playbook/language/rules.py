"""``rules:`` a team's own rules, said as data: what is looked at, and what must hold for it."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from playbook.language.base import Document, Titled
from playbook.language.scalars import CODE_PATTERN, Id, Label

CODE = re.compile(r"^[A-Z]{2,12}[0-9]{3}\Z")

Code = Annotated[str, StringConstraints(pattern=CODE_PATTERN)]
"""The code of a rule: a family in capital letters and three digits, such as ``ACME001``."""

Condition = Annotated[str, StringConstraints(min_length=1)]
"""An expression over what is selected; its names are no fields or events, so the compiler leaves it alone."""

Example = Annotated[str, StringConstraints(min_length=1, strip_whitespace=False)]
"""A piece of a playbook, or whole documents; read as it is written when somebody tries it."""

Selected = Literal[
    "playbook",
    "stage",
    "step",
    "milestone",
    "handoff",
    "routine",
    "risk",
    "interrupt",
    "segment",
    "decision",
    "team",
    "role",
    "system",
    "field",
    "event",
    "kpi",
    "content",
]


class TeamRule(Titled):
    """One rule: all that is selected must be as the rule requires."""

    select: Selected = Field(description="What is looked at: every one of the workspace.", examples=["step"])
    where: Condition | None = Field(
        None,
        description="Which of them; by default all.",
        examples=['step.party == "customer"'],
    )
    require: Condition = Field(description="What must hold for each.", examples=["step.touch.given"])
    message: Label = Field(
        description="What a finding says. A name in braces is its value.",
        examples=["{step.id} does not say how it reaches the customer"],
    )
    expected: Label | None = Field(None, description="What would be right; by default the condition itself.")
    suggestion: Label | None = Field(None, description="What could be written.", examples=["touch: email"])
    severity: Literal["error", "warning", "info"] = Field("warning", description="How much a finding weighs.")
    profile: Literal["basic", "team", "governed", "certified"] = Field(
        "basic", description="The first profile that asks for it."
    )
    why: Label | None = Field(None, description="Why it matters, for the page of the rule.")
    bad: Example | None = Field(
        None, description="A piece of a playbook with a finding. `playbook rule --test` tries it."
    )
    good: Example | None = Field(None, description="The same piece without a finding.")


class Rules(Document):
    """Rules of a team's own."""

    rules: Id = Field(description="The id of the document.")
    checks: dict[Code, TeamRule] = Field({}, description="The rules by their code, such as `ACME001`.")
