"""A smaller playbook: what customers may see, the work of one role, one stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from playbook.workspace import CompiledPlaybook


@dataclass(frozen=True, slots=True)
class Selection:
    """What is to be shown; by default everything."""

    audience: Literal["all", "customer"] = "all"
    role: str | None = None
    stage: str | None = None


def narrowed(playbook: CompiledPlaybook, selection: Selection) -> CompiledPlaybook:
    """The playbook with only what is selected."""
    if selection == Selection():
        return playbook
    raise NotImplementedError
