"""How messages tell a case: an account as its values, and what is not known."""

from __future__ import annotations

from collections.abc import Sequence

from playbook.expressions.cases import Verdict
from playbook.lint.words import counted, listed

_SHOWN = 6


def account(verdict: Verdict) -> str:
    """The account of a witness: ``an account with plan.status = draft and account.arr = 12,000``."""
    if not verdict.witness:
        return "any account"
    shown = [f"{name} = {value}" for name, value in verdict.witness]
    if len(shown) > _SHOWN:
        shown = [*shown[:_SHOWN], counted(len(shown) - _SHOWN, "more value")]
    return f"an account with {listed(shown, limit=_SHOWN + 1)}"


def not_known(verdicts: Sequence[Verdict]) -> str:
    """Why the answer is not known: the reasons of verdicts without one."""
    reasons = dict.fromkeys(verdict.reason for verdict in verdicts if verdict.reason)
    return listed(reasons) if reasons else "the conditions are too involved"
