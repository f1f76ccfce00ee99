"""CRT005: a condition reads what nobody has captured by then."""

from __future__ import annotations

from playbook.diagnostics import Severity
from playbook.lint.rule import Rule
from playbook.lint.supply import check_reads

RULE = Rule(
    code="CRT005",
    name="reads-what-is-not-there",
    severity=Severity.ERROR,
    profile="basic",
    what="A condition reads a field, an artifact or a state that nothing ahead of it has made, on some way that "
    "leads there.",
    why="A gate that asks for what is not known is passed on a guess, or not at all. The finding names the way on "
    "which it is missing.",
    bad="""\
tracking: product
fields:
  account.use_case: {title: Use case}
  account.active_seats: {title: Active seats, type: integer}
events:
  account.first_report: {title: First report built}
""",
    good="""\
tracking: product
fields:
  account.use_case: {title: Use case}
  account.active_seats: {title: Active seats, type: integer, captured: Product usage}
events:
  account.first_report: {title: First report built}
""",
    graph=True,
    playbook=check_reads("condition"),
)
