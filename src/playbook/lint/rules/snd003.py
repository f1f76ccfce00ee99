"""SND003: a step that can never be done."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.lint.flaws import node_name
from playbook.lint.letters import step_name
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import shortened
from playbook.proofs.dead import dead_steps
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Steps whose condition cannot hold where they stand, and work that no run comes to."""
    del context
    for dead in dead_steps(playbook):
        where = f" in the variant for {' and '.join(playbook.segments)}" if dead.by_variant else ""
        reason = f' on the way that leads here ("{shortened(dead.against)}")' if dead.against else where
        condition = shortened(dead.condition)
        yield Finding(
            f'{step_name(playbook, dead.task)} can never be done: "{condition}" cannot hold{reason}',
            (*dead.task.path, "when"),
            expected="a condition that can hold there, or the step on another way",
        )
    soundness = playbook.soundness
    for flaw in soundness.flaws if soundness else ():
        if flaw.kind == "dead" and (name := node_name(playbook, flaw.node)) is not None:
            yield Finding(
                f"{name} can never happen: no run comes to it",
                playbook.process.nodes[flaw.node],
                expected="a way that leads to it",
            )


RULE = Rule(
    code="SND003",
    name="never-done",
    severity=Severity.ERROR,
    profile="basic",
    what="A step can never be done: its condition contradicts the way that leads to it, or no run comes to it.",
    why="Everybody believes that it is being done, since it stands there.",
    bad="""\
segments:
  small: {when: account.active_seats < 10}
  large: {otherwise: true}
stages:
  - id: handover
    enter: deal.closed_won
    exit: sales_to_cs.accepted
    raci: {C: [marketing, product], I: revops}
    steps:
      - {id: write_brief, do: Write the handover brief, raci: {A: ae, R: ae, I: [csm, revops]}, produces: brief,
         captures: account.use_case}
    next:
      - {to: adoption, when: account.segment == "small"}
      - {to: integration, otherwise: true}
  - id: integration
    enter: sales_to_cs.accepted
    exit: first_value.reached
    raci: {A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}
    steps:
      - {id: watch_tour, do: Watch the guided tour, when: account.active_seats < 10}
  - id: adoption
    enter: sales_to_cs.accepted
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}
    steps:
      - {id: run_kickoff, do: Run the kickoff call, due: 5bd after closed_won}
      - {id: connect_data, do: Connect the data source, party: customer, raci: {A: csm, R: admin}}
""",
    good="""\
segments:
  small: {when: account.active_seats < 10}
  large: {otherwise: true}
stages:
  - id: handover
    enter: deal.closed_won
    exit: sales_to_cs.accepted
    raci: {C: [marketing, product], I: revops}
    steps:
      - {id: write_brief, do: Write the handover brief, raci: {A: ae, R: ae, I: [csm, revops]}, produces: brief,
         captures: account.use_case}
    next:
      - {to: adoption, when: account.segment == "small"}
      - {to: integration, otherwise: true}
  - id: integration
    enter: sales_to_cs.accepted
    exit: first_value.reached
    raci: {A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}
    steps:
      - {id: book_training, do: Book the training, when: account.active_seats >= 50}
  - id: adoption
    enter: sales_to_cs.accepted
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}
    steps:
      - {id: run_kickoff, do: Run the kickoff call, due: 5bd after closed_won}
      - {id: connect_data, do: Connect the data source, party: customer, raci: {A: csm, R: admin}}
""",
    graph=True,
    playbook=check,
)
