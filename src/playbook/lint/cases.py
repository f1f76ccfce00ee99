"""How messages tell a case: an account as its values."""

from __future__ import annotations

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
