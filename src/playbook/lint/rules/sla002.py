"""SLA002: work that takes longer than the outcome allows."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Related, Severity
from playbook.lint.flaws import node_name
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed
from playbook.proofs.critical import critical_path, is_surely_shorter, time_frame
from playbook.workspace import CompiledPlaybook

_SHOWN = 4


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """The critical path, if it is longer than the time frame even with every step at its shortest."""
    del context
    frame = time_frame(playbook)
    if frame is None or is_surely_shorter(playbook, frame):
        return
    path = critical_path(playbook)
    outcome = playbook.model.outcome
    if path is None or outcome is None or not path.length.is_longer_than(frame):
        return
    names = [name for node in path.nodes if (name := node_name(playbook, node))]
    place = playbook.document.locator.place
    yield Finding(
        f"the outcome is to be reached {outcome.within}, but the work up to it takes at least "
        f"{path.length.in_words()}: {listed(names, limit=_SHOWN)}",
        ("outcome", "within"),
        related=tuple(
            Related("a part of it", place((*playbook.process.nodes[node], "takes"))) for node in path.nodes[:_SHOWN]
        ),
        expected="a time frame that the longest way of work fits into, or shorter or parallel work",
    )


RULE = Rule(
    code="SLA002",
    name="longer-than-the-outcome-allows",
    severity=Severity.ERROR,
    profile="basic",
    what="The critical path, with every step at its shortest, is longer than the outcome's time frame.",
    why="Then the promise is broken on the day on which it is made, for every account.",
    bad="""\
outcome:
  achieved: first_value.reached
  within: 10d after closed_won
stages:
  - id: handover
    enter: deal.closed_won
    exit: sales_to_cs.accepted
    raci: {C: [marketing, product], I: revops}
    steps:
      - {id: write_brief, do: Write the handover brief, raci: {A: ae, R: ae, I: [csm, revops]}, produces: brief,
         captures: account.use_case, takes: 1..2bd}
  - id: adoption
    enter: sales_to_cs.accepted
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}
    steps:
      - {id: run_kickoff, do: Run the kickoff call, due: 5bd after closed_won}
      - {id: connect_data, do: Connect the data source, party: customer, raci: {A: csm, R: admin}, takes: 2..3w}
""",
    good="""\
outcome:
  achieved: first_value.reached
  within: 30d after closed_won
stages:
  - id: handover
    enter: deal.closed_won
    exit: sales_to_cs.accepted
    raci: {C: [marketing, product], I: revops}
    steps:
      - {id: write_brief, do: Write the handover brief, raci: {A: ae, R: ae, I: [csm, revops]}, produces: brief,
         captures: account.use_case, takes: 1..2bd}
  - id: adoption
    enter: sales_to_cs.accepted
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}
    steps:
      - {id: run_kickoff, do: Run the kickoff call, due: 5bd after closed_won}
      - {id: connect_data, do: Connect the data source, party: customer, raci: {A: csm, R: admin}, takes: 2..3w}
""",
    graph=True,
    playbook=check,
)
