"""TRK005: a step needs what nobody has captured or produced by then."""

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
      - {{id: write_brief, do: Write the handover brief, raci: {{A: ae, R: ae, I: [csm, revops]}}, produces: brief,
         captures: account.use_case}}
  - id: adoption
    enter: sales_to_cs.accepted
    exit: first_value.reached and account.active_seats >= 5
    raci: {{A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}}
    steps:
      - {{id: run_kickoff, do: Run the kickoff call, due: 5bd after closed_won{kickoff}}}
      - {{id: connect_data, do: Connect the data source, party: customer, raci: {{A: csm, R: admin}}{connect}}}
"""

RULE = Rule(
    code="TRK005",
    name="needs-what-is-not-there",
    severity=Severity.ERROR,
    profile="team",
    what="A step needs a field or an artifact that no step ahead of it captures or produces, on some way that "
    "leads there.",
    why="Whoever comes to the step asks around for it, and the account waits.",
    bad=_STAGES.format(kickoff=", needs: data_map", connect=", produces: data_map"),
    good=_STAGES.format(kickoff=", produces: data_map", connect=", needs: data_map"),
    graph=True,
    playbook=check_reads("need"),
)
