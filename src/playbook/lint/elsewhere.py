"""Findings that no rule of ``playbook check`` gives, since they need more than the files of a workspace.

They are told by the command that knows the rest: the dates, or an accounts file. ``playbook rule CODE``
explains them like any other.
"""

from __future__ import annotations

from dataclasses import dataclass

from playbook.diagnostics import Severity


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A kind of finding: what it says, why it matters, and which commands tell it."""

    code: str
    name: str
    severity: Severity
    what: str
    why: str
    told_by: str


_WITH_DATES = "'playbook schedule'"

ELSEWHERE: dict[str, Elsewhere] = {
    each.code: each
    for each in (
        Elsewhere(
            "PLN001",
            "impossible-plan",
            Severity.ERROR,
            "With these dates, something is due before the work that leads to it can be done.",
            "A plan that cannot hold is seen on the first day instead of in the week of the go-live: move the date, "
            "take work out, let steps overlap, or begin sooner.",
            _WITH_DATES,
        ),
        Elsewhere(
            "PLN002",
            "due-before-start",
            Severity.ERROR,
            "With these dates, something is due before the journey begins.",
            "What was due before the customer was won is late from the first day on. As a rule one of the dates is "
            "mistyped, or the playbook needs a shorter variant for customers who are in a hurry.",
            _WITH_DATES,
        ),
    )
}
"""By code. A code that was once released never changes its meaning."""
