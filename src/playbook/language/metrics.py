"""``metrics:`` KPIs and the dashboards made of them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from playbook.language.base import Document, Model, Titled
from playbook.language.raci import Raci
from playbook.language.scalars import (
    Duration,
    Expression,
    Id,
    KpiRef,
    Label,
    Number,
    OneOrMany,
    OwnerRef,
    PointRef,
    Whole,
)


class Part(Titled):
    """One weighted part of a composite score."""

    weight: Number = Field(description="Its share of the whole; the weights of a score add up to 1.")
    measures: Label | None = Field(None, description="How the part is measured, in words.")


class Clamp(Model):
    """Limits outside which a value is set to the limit."""

    low: Number | None = Field(None, description="Values below become this.")
    high: Number | None = Field(None, description="Values above become this.")


class Kpi(Titled):
    """One number, defined once, so that every report agrees."""

    kind: Literal["duration", "rate", "score", "ratio", "sum", "composite", "correlation"] = Field(
        description="What sort of number it is."
    )
    since: PointRef | None = Field(
        None, alias="from", description="Where a duration starts: an anchor, milestone or event."
    )
    until: PointRef | None = Field(None, alias="to", description="Where a duration ends.")
    numerator: Label | None = Field(None, description="What is counted or summed, in words or as an expression.")
    denominator: Label | None = Field(None, description="What it is divided by.")
    where: Expression | None = Field(None, description="Which accounts take part.")
    window: Duration | None = Field(None, description="How long after the start something counts.")
    cohort: PointRef | None = Field(None, description="The event that puts an account into a cohort.")
    matured: Literal["window", "none"] | None = Field(
        None, description="`window`: accounts younger than the window stay out of the denominator."
    )
    unit: Label | None = Field(None, description="The unit shown.")
    direction: Literal["up", "down"] | None = Field(None, description="Which way is better.")
    statistic: Literal["p50", "p75", "p90", "mean", "sum", "share", "count", "rank_correlation"] | None = Field(
        None,
        description="How accounts are put together; unfinished accounts count as censored, never dropped.",
    )
    clock: Literal["customer", "ours"] | None = Field(
        None,
        description="`customer` counts calendar time; `ours` working time without waiting for the customer.",
    )
    clamp: Clamp | None = Field(None, description="Limits for single values.")
    source: Literal["automatic", "manual", "either"] | None = Field(None, description="Where the value comes from.")
    parts: dict[Id, Part] = Field({}, description="The parts of a composite score.")
    target: Label | None = Field(None, description="The goal, with its comparison.", examples=["<= 45d", ">= 80%"])
    baseline: Label | None = Field(None, description="Where it stood when the target was set.")
    owner: OwnerRef | None = Field(None, description="Who answers for it.")
    raci: Raci | None = Field(None, description="Letters, where more than the owner has a part.")
    per: OneOrMany[Label] = Field(
        (), description="What it is broken down by.", examples=[["segment", "cohort_month"]]
    )
    minimum_sample: Whole | None = Field(None, description="Below this many accounts nothing is shown.")
    measures: Literal["outcome", "activity"] = Field(
        "outcome", description="Whether it counts what was achieved or only what we did."
    )


class Dashboard(Titled):
    """KPIs shown to an audience."""

    audience: OneOrMany[OwnerRef] = Field((), description="Who looks at it.")
    kpis: OneOrMany[KpiRef] = Field((), description="What it shows.")


class Metrics(Document):
    """A library of KPIs."""

    metrics: Id = Field(description="The id of the library.")
    kpis: dict[Id, Kpi] = Field({}, description="KPIs by id.")
    dashboards: dict[Id, Dashboard] = Field({}, description="Dashboards by id.")
