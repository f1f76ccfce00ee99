"""HND005: a handoff hands over what nobody has captured or produced by then."""

from __future__ import annotations

from playbook.diagnostics import Severity
from playbook.lint.rule import Rule
from playbook.lint.supply import check_reads

_STAGES = """\
stages:
  - id: handover
    enter: deal.closed_won
    exit: sales_to_cs.accepted
    raci: {{C: [marketing, product], I: revops}}
    steps:
      - {{id: write_brief, do: Write the brief, raci: {{A: ae, R: ae, I: [csm, revops]}}, produces: brief{}}}
  - id: adoption
    enter: sales_to_cs.accepted
    exit: first_value.reached and account.active_seats >= 5
    raci: {{A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}}
    steps:
      - {{id: run_kickoff, do: Run the kickoff call, due: 5bd after closed_won{}}}
      - {{id: connect_data, do: Connect the data source, party: customer, raci: {{A: csm, R: admin}}}}
"""

RULE = Rule(
    code="HND005",
    name="hands-over-what-is-not-there",
    severity=Severity.ERROR,
    profile="team",
    what="The payload of a handoff has a field or an artifact that no step ahead of the handoff captures or "
    "produces, on some way that leads there.",
    why="The receiver is promised what the giver does not have, and finds out in front of the customer.",
    bad=_STAGES.format("", ", captures: account.use_case"),
    good=_STAGES.format(", captures: account.use_case", ""),
    graph=True,
    playbook=check_reads("payload"),
)
