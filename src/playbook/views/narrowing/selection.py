"""What of a playbook is to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from playbook.views.narrowing.customers import for_customers
from playbook.views.narrowing.roles import work_of
from playbook.views.narrowing.stages import one_stage
from playbook.workspace import CompiledPlaybook


@dataclass(frozen=True, slots=True)
class Selection:
    """Whom it is for, and which part of it: one stage, the work of one role or team."""

    audience: Literal["all", "customer"] = "all"
    role: str | None = None
    stage: str | None = None


def narrowed(playbook: CompiledPlaybook, selection: Selection) -> CompiledPlaybook:
    """The playbook with only what is selected.

    A stage or role that it does not have leaves nothing of it.
    """
    stage, role = selection.stage, selection.role
    if selection.audience == "customer":
        # First, since stages and roles have other ids for customers, and some are none of their business.
        found = for_customers(playbook)
        stage = found.stages.get(stage, "") if stage is not None else None
        role = found.owners.get(role, "") if role is not None else None
        playbook = found.playbook
    if stage is not None:
        playbook = one_stage(playbook, stage)
    return playbook if role is None else work_of(playbook, role)
