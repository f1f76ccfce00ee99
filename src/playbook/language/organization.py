"""``organization:`` teams, roles, people and systems, shared by all playbooks of a workspace."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from playbook.language.base import Document, Model, Titled
from playbook.language.scalars import Date, Id, Label, OneOrMany, OwnerRef, RoleRef, TeamRef, Whole

Party = Literal["internal", "customer", "partner", "system"]

Function = Literal[
    "analytics",
    "content",
    "cs_ops",
    "customer_experience",
    "customer_success",
    "executive",
    "finance",
    "implementation",
    "it",
    "legal",
    "marketing",
    "marketing_ops",
    "product",
    "professional_services",
    "revops",
    "sales",
    "security",
    "support",
]
"""The functions of a revenue organization that take part in onboarding."""


class Team(Titled):
    """A group of people. A team may be responsible, consulted or informed, never accountable."""

    party: Party = Field("internal", description="Whose side the team is on.")
    function: Function | None = Field(
        None,
        description="Which function of the company it belongs to; by default the team's own id, if it is one.",
    )
    lead: RoleRef | None = Field(None, description="The role that leads the team.")


class Role(Titled):
    """What a person does in onboarding. Playbooks name roles, never people."""

    team: TeamRef | None = Field(None, description="The team that the role belongs to.")
    backup: RoleRef | None = Field(None, description="The role that steps in.")
    assigned_by: RoleRef | None = Field(
        None,
        description="Who decides which person takes the role for an account, when it is not known before.",
    )
    pool: Literal["round_robin", "least_loaded", "on_call", "territory", "first_to_claim"] | None = Field(
        None, description="How a person is chosen from several holders."
    )
    reports_to: RoleRef | None = Field(None, description="The role above this one.")
    also: OneOrMany[Label] = Field((), description="Other names in use for the same role.")
    at_least: Whole | None = Field(None, description="How many people must hold the role for an account.")
    at_most: Whole | None = Field(None, description="How many people may hold the role for an account.")


class Person(Model):
    """Binds a person or a queue to roles, and to its id in each tool."""

    roles: OneOrMany[OwnerRef] = Field((), description="The roles that the person holds.")
    name: Label | None = Field(None, description="The person's or queue's name.")
    since: Date | None = Field(None, description="First day of the binding.")
    until: Date | None = Field(None, description="Last day of the binding.")
    hubspot_owner: Label | None = Field(None, description="Owner id in HubSpot.")
    salesforce_user: Label | None = Field(None, description="User id in Salesforce.")
    salesforce_queue: Label | None = Field(None, description="Queue id in Salesforce.")
    gainsight_user: Label | None = Field(None, description="User id in Gainsight.")
    asana_user: Label | None = Field(None, description="User id or e-mail in Asana.")
    jira_account: Label | None = Field(None, description="Account id in Jira.")
    planhat_user: Label | None = Field(None, description="User id in Planhat.")
    todoist_user: Label | None = Field(None, description="Collaborator id in Todoist.")
    trello_member: Label | None = Field(None, description="Member id in Trello.")
    vitally_user: Label | None = Field(None, description="User id in Vitally.")
    github_user: Label | None = Field(None, description="User name in GitHub.")
    slack_id: Label | None = Field(None, description="Member or channel id in Slack.")


class System(Titled):
    """A tool in which the work happens or data lives."""

    purpose: OneOrMany[Literal["record", "engage", "execute", "analyse"]] = Field(
        (), description="What it is used for: system of record, engagement, execution or analysis."
    )
    owner: OwnerRef | None = Field(None, description="Who answers for the tool.")


class Organization(Document):
    """Teams, roles, people and systems."""

    organization: Id = Field(description="The id of the organization.")
    teams: dict[Id, Team] = Field({}, description="Teams by id.")
    roles: dict[Id, Role] = Field({}, description="Roles by id.")
    people: dict[str, Person] = Field(
        {},
        description="Optional bindings by e-mail address or name: who holds which role, and their ids in tools.",
    )
    systems: dict[Id, System] = Field({}, description="Tools by id.")
