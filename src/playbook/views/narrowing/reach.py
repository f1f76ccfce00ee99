"""Which steps reach customers."""

from __future__ import annotations

from typing import cast

from playbook.core.process import Task
from playbook.language.raci import names
from playbook.language.step import Step, StepParty
from playbook.views.parts.words import party_of
from playbook.workspace import CompiledPlaybook

CUSTOMERS = ("customer", "joint")
"""The parties of work that customers do or take part in."""


def is_customer(playbook: CompiledPlaybook, owner: str) -> bool:
    """Whether a role or team is on the customer's side."""
    team = playbook.team(playbook.team_of(owner) or "")
    return team is not None and team.party == "customer"


def steps_for_customers(playbook: CompiledPlaybook) -> list[Task]:
    """The tasks that customers know of. Of a programme, which is work on onboarding itself, there are none."""
    if playbook.model.scope == "programme":
        return []
    return [task for task in playbook.process.tasks.values() if reaches_customers(playbook, task)]


def reaches_customers(playbook: CompiledPlaybook, task: Task) -> bool:
    """Whether customers know of a step, because they work on it or because it comes to them.

    They work on what is theirs or joint by its party; where it says none, on what one of them is responsible or
    accountable for; and on what one of them approves. What comes to them has a touch (other than an internal
    one) that names one of them as its audience. A touch that names nobody may be one among ourselves; and a
    document that customers see in the end is drafted without them.
    """
    step = playbook.steps[task.step]
    if step.need == "forbidden":
        return False
    if shown_party(playbook, task, step) in CUSTOMERS:
        return True
    reached = names(step.approval.by) if step.approval else ()
    if step.touch is not None and step.touch.kind != "internal":
        reached += step.touch.audience
    return any(is_customer(playbook, who) for who in reached)


def shown_party(playbook: CompiledPlaybook, task: Task, step: Step) -> StepParty:
    """Whose step it is, where customers are concerned: what they work on with others is joint."""
    party = cast("StepParty", party_of(playbook, task, step))
    if party in CUSTOMERS or step.party is not None:
        return party
    working = (task.owners.responsible, task.owners.accountable)
    holders = [holder for letter in working if letter for holder in letter.holders]
    return "joint" if any(is_customer(playbook, holder) for holder in holders) else party
