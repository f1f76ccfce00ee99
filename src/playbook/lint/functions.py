"""The five functions that share in onboarding, and the teams of the company that they are."""

from __future__ import annotations

from typing import cast

from playbook.language.organization import Team
from playbook.workspace import Table

FUNCTIONS = ("sales", "customer_success", "marketing", "product", "revops")


def functions_of(teams: Table) -> dict[str, str]:
    """The function of each team of the company itself, where it is one of the five."""
    found: dict[str, str] = {}
    for id_, symbol in teams.items():
        team = cast(Team, symbol.value)
        function = team.function or id_
        if team.party == "internal" and function in FUNCTIONS:
            found[id_] = function
    return found
