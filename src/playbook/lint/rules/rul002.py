"""RUL002: a rule of the team's own without examples or without a reason."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.language.rules import Rules
from playbook.lint.rule import Context, Finding, Rule
from playbook.workspace import Document


def check(document: Document, context: Context) -> Iterator[Finding]:
    """One finding for each rule that lacks something."""
    del context
    if document.kind != "rules" or not isinstance(document.model, Rules):
        return
    for code, entry in document.model.checks.items():
        missing = [key for key in ("why", "bad", "good") if getattr(entry, key) is None]
        if missing:
            yield Finding(
                f"{code} has {_listed(missing)}",
                ("checks", code),
                on_key=True,
                expected="the reason (why), an example with a finding (bad) and the same without one (good)",
            )


def _listed(keys: list[str]) -> str:
    named = [f'no "{key}"' for key in keys]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"


_START = """\
rules: acme
checks:
  ACME001:
    title: Customer steps say how they reach the customer
    select: step
    where: step.party == "customer"
    require: step.touch.given
    message: "{step.id} does not say how it reaches the customer"
"""

RULE = Rule(
    code="RUL002",
    name="untested-team-rule",
    severity=Severity.WARNING,
    profile="team",
    what="A rule of the team's own has no bad example, no good example, or does not say why it matters.",
    why="A rule that nobody has seen find something may find nothing, and one without a reason is ignored.",
    bad=_START,
    good=_START
    + """\
    why: Whoever does the step has to know where to find the customer.
    bad: |
      stages:
        - id: handover
          enter: deal.closed_won
          exit: connect.completed
          raci: {A: csm, R: csm}
          steps: [{id: connect, do: Connect the data, party: customer}]
      handoffs: {}
    good: |
      stages:
        - id: handover
          enter: deal.closed_won
          exit: connect.completed
          raci: {A: csm, R: csm}
          steps: [{id: connect, do: Connect the data, party: customer, touch: email}]
      handoffs: {}
""",
    document=check,
)
