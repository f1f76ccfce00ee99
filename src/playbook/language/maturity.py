"""``maturity:`` a matrix of capabilities, from ad hoc to operationalized."""

from __future__ import annotations

from pydantic import Field

from playbook.language.base import Document, Titled
from playbook.language.scalars import Expression, Id, KpiRef, Label, OneOrMany, OwnerRef, Whole


class Level(Titled):
    """What must hold for a level."""

    check: Expression | None = Field(
        None,
        description="A condition over the workspace or the measured KPIs; without it the level is in words only.",
    )


class Dimension(Titled):
    """One row of the matrix."""

    worst: Label = Field(alias="from", description="How it looks when it is left to chance.")
    best: Label = Field(alias="to", description="How it looks when it works.")
    owner: OneOrMany[OwnerRef] = Field((), description="Who moves it forward.")
    kpi: OneOrMany[KpiRef] = Field((), description="The primary KPI that shows progress.")
    levels: dict[str, Level] = Field({}, description="Levels by number, 0 (ad hoc) to 4 (operationalized).")
    claimed: Whole | None = Field(None, description="The level the team says it is on.")
    evidence: OneOrMany[Label] = Field((), description="What backs the claim.")


class Maturity(Document):
    """A maturity matrix."""

    maturity: Id = Field(description="The id of the matrix.")
    dimensions: dict[Id, Dimension] = Field(description="Rows by id.")
