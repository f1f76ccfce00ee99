"""``governance:`` the council, goals, content, backlog and decisions that keep onboarding owned."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from playbook.language.base import Document, Model, Titled
from playbook.language.scalars import (
    Cadence,
    Date,
    Duration,
    Expression,
    Id,
    KpiRef,
    Label,
    Number,
    OneOrMany,
    OwnerRef,
    PlaybookRef,
    RoleRef,
    SegmentRef,
    SystemRef,
    TeamRef,
    Whole,
)


class Council(Titled):
    """The cross-functional group that reviews onboarding."""

    members: OneOrMany[RoleRef] = Field((), description="Roles that sit on it.")
    chair: RoleRef | None = Field(None, description="Who leads it.")
    cadence: Cadence | None = Field(None, description="How often it meets.", examples=["monthly", "quarterly"])
    quorum: Whole | None = Field(None, description="How many members make it able to decide.")
    agenda: OneOrMany[Label] = Field((), description="Standing items.")
    decision_rights: dict[Id, Label] = Field({}, description="What it may decide, by subject.")
    roadmap: Label | None = Field(None, description="The roadmap that its reviews are tied to.")


class Goal(Titled):
    """A KPI in a team's goals."""

    team: TeamRef = Field(description="Whose goal it is.")
    kpi: KpiRef = Field(description="What it is measured by.")
    target: Label | None = Field(None, description="What is to be reached.")
    period: Label | None = Field(None, description="By when.")


class Incentive(Titled):
    """Money or recognition that hangs on a KPI."""

    role: RoleRef = Field(description="Who gets it.")
    kpi: KpiRef = Field(description="What it hangs on.")
    weight: Number | None = Field(None, description="Its share of the variable pay.")


class VoiceOfCustomer(Titled):
    """How customers are heard."""

    instruments: OneOrMany[Label] = Field((), description="Surveys, interviews, boards.")
    triggers: OneOrMany[Label] = Field((), description="What sets one off.")
    sampling: Label | None = Field(None, description="Who is asked.")
    owner: OwnerRef | None = Field(None, description="Who answers for it.")
    close_loop: Duration | None = Field(None, description="How soon the customer hears what became of it.")


class Content(Titled):
    """A mail, deck, guide or other asset that customers or teams see."""

    kind: Label | None = Field(None, description="What sort of asset.")
    owner: OwnerRef | None = Field(None, description="Who keeps it right.")
    review: Date | None = Field(None, description="When it must next be looked at.")
    location: Label | None = Field(None, description="Where it lies: a path or a URL.")
    system: SystemRef | None = Field(None, description="The tool that holds it.")


class BacklogItem(Titled):
    """An improvement, with what its priority is reckoned from."""

    evidence: Label | None = Field(None, description="What shows that it is needed.")
    reach: Number | None = Field(None, description="Accounts it touches in a period.")
    impact: Number | None = Field(None, description="How much it moves the KPI for one of them.")
    confidence: Number | None = Field(None, description="How sure that is, from 0 to 1.")
    effort: Number | None = Field(None, description="Person-weeks.")
    owner: OwnerRef | None = Field(None, description="Who does it.")
    kpi: KpiRef | None = Field(None, description="The KPI it should move.")
    playbook: PlaybookRef | None = Field(None, description="The playbook it changes.")
    status: Literal["open", "planned", "doing", "done", "dropped"] = Field("open", description="Where it stands.")


class Coverage(Model):
    """How many accounts a holder of a role looks after."""

    role: RoleRef = Field(description="The role.")
    segment: SegmentRef | None = Field(None, description="The segment it is for.")
    accounts: Whole = Field(description="Accounts per person.")


class Trigger(Titled):
    """A sign that ownership should be decided anew."""

    when: Expression = Field(description="The condition over measured numbers.")


class Decision(Titled):
    """An entry of the decision log."""

    date: Date = Field(description="When it was decided.")
    decided: Label = Field(description="What was decided.")
    by: OneOrMany[RoleRef] = Field((), description="Who decided.")
    why: Label | None = Field(None, description="The reasons.")
    options: OneOrMany[Label] = Field((), description="What else was weighed.")
    revisit: Date | None = Field(None, description="When it is looked at again.")


class Review(Model):
    """A council meeting that took place."""

    date: Date = Field(description="When it was held.")
    attended: OneOrMany[RoleRef] = Field((), description="Who was there.")
    notes: Label | None = Field(None, description="What came of it.")


class Waiver(Titled):
    """A rule that may be broken for a while."""

    rule: Label = Field(description="The code of the rule.")
    playbook: PlaybookRef | None = Field(None, description="Where; by default everywhere.")
    reason: Label = Field(description="Why.")
    by: RoleRef | None = Field(None, description="Who allowed it.")
    until: Date = Field(description="The last day.")


class Governance(Document):
    """How onboarding is governed."""

    governance: Id = Field(description="The id of the document.")
    council: Council | None = Field(None, description="The onboarding council.")
    goals: dict[Id, Goal] = Field({}, description="Goals by id.")
    incentives: dict[Id, Incentive] = Field({}, description="Incentives by id.")
    voice_of_customer: VoiceOfCustomer | None = Field(None, description="The programme that hears customers.")
    narrative: Label | None = Field(None, description="Where the one story told to customers is kept.")
    content: dict[Id, Content] = Field({}, description="The content registry.")
    backlog: dict[Id, BacklogItem] = Field({}, description="Improvements by id.")
    coverage: tuple[Coverage, ...] = Field((), description="Coverage ratios.")
    evolve: dict[Id, Trigger] = Field({}, description="Signs that ownership should be decided anew.")
    decisions: dict[Id, Decision] = Field({}, description="The decision log.")
    reviews: tuple[Review, ...] = Field((), description="Reviews that were held.")
    waivers: dict[Id, Waiver] = Field({}, description="Rules that may be broken for a while.")
    escalate_within: Duration | None = Field(None, description="How long an escalation may stay open.")
