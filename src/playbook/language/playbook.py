"""``playbook:`` a customer journey, or a part of one."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from playbook.language.base import Document, Model, Titled
from playbook.language.raci import Raci
from playbook.language.scalars import (
    Cadence,
    CalendarRef,
    Count,
    DataRef,
    Date,
    DestinationRef,
    Duration,
    EndRef,
    EventRef,
    Expression,
    FieldRef,
    Flag,
    Id,
    KpiRef,
    Label,
    OneOrMany,
    OwnerRef,
    PartRef,
    RoleRef,
    SegmentRef,
    SomeOf,
    StageRef,
    StepOrStageRef,
    StepRef,
    SystemRef,
    TeamRef,
    Timing,
    Value,
    Version,
    Whole,
    short_form,
)
from playbook.language.stage import Criteria, Stage
from playbook.language.step import Run, Step, Touch


class Effective(Model):
    """For which accounts a version holds: those that start in this time."""

    since: Date = Field(alias="from", description="Accounts that start on this day or later.")
    until: Date | None = Field(None, description="Accounts that start on this day or earlier.")


class Review(Model):
    """When the playbook itself is looked at again."""

    by: RoleRef | None = Field(None, description="Who looks at it.")
    next: Date | None = Field(None, description="The day by which.")
    every: Cadence | None = Field(None, description="How often.")


class Change(Model):
    """An entry of the changelog."""

    version: Version = Field(description="The version that brought it.")
    date: Date | None = Field(None, description="When.")
    change: OneOrMany[Label] = Field(description="What changed, for the people who work by it.")


class Dedicated(Model):
    """A dedicated onboarding team."""

    leader: RoleRef | None = Field(None, description="Who leads it.")
    budget: Label | None = Field(None, description="What it may spend.")
    objectives: OneOrMany[KpiRef] = Field((), description="The revenue-linked KPIs it answers for.")


class Ownership(Model):
    """Who owns the journey."""

    model: Literal["marketing", "customer_success", "dedicated", "shared", "other"] | None = Field(
        None, description="Where onboarding sits."
    )
    accountable: OwnerRef | None = Field(
        None, description="The one role that answers for the outcome of the whole journey."
    )
    sponsor: OwnerRef | None = Field(None, description="The executive who stands behind it.")
    decision: Label | None = Field(None, description="The entry of the decision log that settled it.")
    dedicated: Dedicated | None = Field(None, description="For a dedicated team: its leader, budget, objectives.")


class Context(Model):
    """What the choice of an ownership model depends on."""

    motion: Literal["self_serve", "low_touch", "mid_touch", "high_touch"] | None = Field(
        None, description="How much people take part."
    )
    growth_stage: Literal["early", "growth", "scale", "mature"] | None = Field(
        None, description="How far the business is."
    )
    complexity: Literal["low", "medium", "high"] | None = Field(None, description="How hard an implementation is.")
    volume: Whole | None = Field(None, description="New accounts per month.")


class Outcome(Model):
    """What "successfully onboarded" means."""

    statement: Label | None = Field(None, description="In the customer's words.")
    achieved: Criteria = Field((), description="The conditions that say it is reached.")
    within: Timing | None = Field(None, description="By when.", examples=["90d after closed_won"])
    agreed_by: OneOrMany[OwnerRef] = Field((), description="Who agreed to it.")
    agreed_on: Date | None = Field(None, description="When.")


class Anchor(Titled):
    """A date that timers hang on: an event that happens, or a field with a date."""

    event: EventRef | None = Field(None, description="The event that sets it.")
    field: FieldRef | None = Field(None, description="The field that holds it.")
    start: Flag = Field(False, description="Whether the journey starts with it.")
    moves: Flag = Field(False, description="Whether it is a plan that can change; timers follow it.")


class Milestone(Titled):
    """Something the customer has reached."""

    event: EventRef | None = Field(None, description="The event that says so.")
    when: Criteria = Field((), description="The conditions that say so.")
    value: Flag = Field(False, description="Whether it is value to the customer, not only progress.")
    raci: Raci | None = Field(None, description="Letters.")
    due: Timing | None = Field(None, description="By when.")
    stage: StageRef | None = Field(None, description="The stage in which it is reached.")


class End(Titled):
    """A way for the journey to be over."""

    success: Flag = Field(False, description="Whether it is the end that was hoped for.")


class Segment(Titled):
    """Accounts that are onboarded alike."""

    when: Expression | None = Field(None, description="Which accounts.")
    otherwise: Flag = Field(False, description="All accounts that no other segment covers.")


class Artifact(Titled):
    """A document or other result that steps make and need."""

    kind: Label | None = Field(None, description="What sort of thing.")
    template: Label | None = Field(None, description="Where its template lies.")
    customer_facing: Flag = Field(False, description="Whether the customer sees it.")


class Acceptance(Model):
    """The receiver's word that a handoff is complete."""

    within: Duration | None = Field(None, description="How long the receiver has.")
    by: OwnerRef | None = Field(None, description="Who accepts; by default the receiver.")


class Rejection(Model):
    """What happens when the receiver says no."""

    back_to: StepRef | None = Field(None, description="The step to do again.")
    at_most: Count | None = Field(None, description="How many times.")
    end: EndRef | None = Field(
        None, description="The end that it leads to; with `back_to`, once `at_most` is used up."
    )


class Handoff(Titled):
    """Work that changes hands."""

    giver: OwnerRef = Field(alias="from", description="Who gives.")
    receiver: OwnerRef = Field(alias="to", description="Who receives.")
    at: StepOrStageRef | None = Field(None, description="The stage or step at whose end it happens.")
    when: Expression | None = Field(None, description="Only if this holds.")
    payload: OneOrMany[DataRef] = Field((), description="Artifacts and fields that go along.")
    accept: Acceptance | None = Field(None, description="The receiver's acceptance, with its clock.")
    reject: Rejection | None = Field(None, description="Where a rejection leads.")
    raci: Raci | None = Field(None, description="Letters.")
    together: Annotated[Touch, *short_form("kind")] | None = Field(
        None, description="For a warm handoff: how giver and receiver meet."
    )


class Silence(Model):
    """Nothing heard for a while."""

    party: Literal["customer", "internal", "partner"] = Field("customer", description="From whom.")
    lasts: Duration = Field(alias="for", description="For how long.")


class Interrupt(Titled):
    """Something that can happen in any stage and leads out of it."""

    when: Expression | None = Field(None, description="Happens when this becomes true.")
    event: EventRef | None = Field(None, description="Happens with this event.")
    silent: Silence | None = Field(None, description="Happens when nothing was heard for a while.")
    stages: OneOrMany[StageRef] = Field((), description="In which stages; by default in all.")
    end: EndRef | None = Field(None, description="The end that it leads to.")
    to: DestinationRef | None = Field(None, description="The stage that it leads to.")
    run: Annotated[Run, *short_form("playbook")] | None = Field(None, description="The playbook that is run.")
    raci: Raci | None = Field(None, description="Letters.")


class Routine(Titled):
    """Work beside the flow: rituals, campaigns, alerts."""

    do: Label | None = Field(None, description="What is done: a verb and an object.")
    every: Cadence | None = Field(None, description="How often.")
    during: Label | None = Field(None, description="When within the period.", examples=["first week"])
    event: EventRef | None = Field(None, description="Done with this event.")
    when: Expression | None = Field(None, description="Done when this becomes true.")
    since: Timing | None = Field(None, alias="from", description="From when on.")
    until: Expression | None = Field(None, description="When it stops.")
    raci: Raci | None = Field(None, description="Letters.")
    touch: Annotated[Touch, *short_form("kind")] | None = Field(None, description="How it reaches people.")
    system: SystemRef | None = Field(None, description="The tool in which it is done.")
    run: Annotated[Run, *short_form("playbook")] | None = Field(None, description="The playbook that is run.")
    need: Literal["required", "recommended", "optional", "forbidden"] = Field(
        "required", description="How binding it is."
    )


class Risk(Titled):
    """Something that may go wrong, its sign, and what is then done."""

    when: Expression | None = Field(None, description="The sign.")
    owner: OwnerRef | None = Field(None, description="Who watches and acts.")
    run: Annotated[Run, *short_form("playbook")] | None = Field(None, description="The play that answers it.")
    do: Label | None = Field(None, description="What is done, where no playbook is run.")
    severity: Literal["low", "medium", "high"] | None = Field(None, description="How bad it would be.")


class Rule(Model):
    """One line of a decision table."""

    when: Expression | None = Field(None, description="Holds if this is true.")
    otherwise: Flag = Field(False, description="Holds if no other line does.")
    gives: Value = Field(description="The answer.")


class DecisionTable(Titled):
    """An answer that depends on several conditions."""

    sets: FieldRef | None = Field(None, description="The field that gets the answer.")
    raci: Raci | None = Field(None, description="Letters.")
    hit: Literal["first", "unique"] = Field("first", description="Which line counts if several hold.")
    rules: tuple[Rule, ...] = Field(min_length=1, description="The lines, in order.")


class Input(Titled):
    """Something another function owes the journey: promises made in the sale, content, data."""

    owner: OwnerRef = Field(description="Who provides it.")
    consumer: OneOrMany[OwnerRef] = Field((), description="Who relies on it.")
    data: OneOrMany[DataRef] = Field((), description="Where it is kept.")


class Interface(Titled):
    """What two teams owe each other."""

    between: tuple[TeamRef, ...] = Field(min_length=2, description="The teams.")
    needs: OneOrMany[DataRef] = Field((), description="What goes over.")
    channel: Label | None = Field(None, description="How.")
    within: Duration | None = Field(None, description="How fast an answer comes.")


class Contract(Model):
    """What a playbook needs from and gives to the one that runs it."""

    needs: OneOrMany[DataRef] = Field((), description="Artifacts and fields that must be there.")
    produces: OneOrMany[DataRef] = Field((), description="Artifacts and fields that it leaves.")


class Addition(Model):
    """A step or stage that a variant adds."""

    after: StepOrStageRef | None = Field(None, description="Right after this step or stage.")
    before: StepOrStageRef | None = Field(None, description="Right before this step or stage.")
    step: Step | None = Field(None, description="The step.")
    stage: Stage | None = Field(None, description="The stage.")


class Variant(Titled):
    """The same playbook, edited for a segment."""

    segments: SomeOf[SegmentRef] = Field(alias="for", description="The segments that it is for.")
    remove: OneOrMany[PartRef] = Field(
        (), description="Ids of steps, stages, handoffs and other parts that are left out."
    )
    # Values are read as the edited key reads them, once the variant is applied.
    set: dict[str, Any] = Field({}, description="New values by `id.key`, such as `write_brief.due`.")
    add: tuple[Addition, ...] = Field((), description="Steps and stages that come in.")
    replace: dict[Id, Step] = Field({}, description="Steps that are put in the place of others, by the old id.")


class Playbook(Document):
    """A customer journey, or a part of one."""

    playbook: Id = Field(description="The id of the playbook.")
    version: Version | None = Field(None, description="Its version.")
    status: Literal["draft", "active", "retired"] = Field("active", description="Whether it is in use.")
    scope: Literal["journey", "part", "programme"] = Field(
        "journey",
        description="`journey`: from signature to realized value. `part`: a stretch or play that something else "
        "starts. `programme`: internal work on onboarding itself.",
    )
    was: OneOrMany[Id] = Field((), description="Former ids.")
    effective: Effective | None = Field(None, description="For which accounts this version holds.")
    calendar: CalendarRef | None = Field(None, description="The calendar on which working time is counted.")
    review: Review | None = Field(None, description="When it is looked at again.")
    changelog: tuple[Change, ...] = Field((), description="What changed, newest first.")
    ownership: Ownership | None = Field(None, description="Who owns the journey.")
    context: Context | None = Field(None, description="Motion, growth stage, complexity and volume.")
    outcome: Outcome | None = Field(None, description='What "successfully onboarded" means.')
    interface: Contract | None = Field(
        None, description="What it needs and produces when another playbook runs it."
    )
    anchors: dict[Id, Anchor] = Field({}, description="The dates that timers hang on, by id.")
    milestones: dict[Id, Milestone] = Field({}, description="What the customer reaches, by id.")
    ends: dict[Id, End] = Field({}, description="The ways for the journey to be over, by id.")
    segments: dict[Id, Segment] = Field({}, description="Which accounts are onboarded alike, by id.")
    artifacts: dict[Id, Artifact] = Field({}, description="Titles and templates of artifacts, by id.")
    stages: tuple[Stage, ...] = Field(description="The journey, in order.")
    handoffs: dict[Id, Handoff] = Field({}, description="Where work changes hands, by id.")
    interrupts: dict[Id, Interrupt] = Field({}, description="What can happen in any stage, by id.")
    routines: dict[Id, Routine] = Field({}, description="Work beside the flow, by id.")
    risks: dict[Id, Risk] = Field({}, description="What may go wrong, by id.")
    decisions: dict[Id, DecisionTable] = Field({}, description="Decision tables, by id.")
    workstreams: dict[Id, Raci] = Field(
        {}, description="Strands of work across stages, such as messaging or education, with their letters."
    )
    inputs: dict[Id, Input] = Field({}, description="What other functions owe the journey, by id.")
    interfaces: dict[Id, Interface] = Field({}, description="What teams owe each other, by id.")
    variants: dict[Id, Variant] = Field({}, description="Edits per segment, by id.")
