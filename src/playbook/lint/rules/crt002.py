"""CRT002: an account that leaves a stage and cannot enter what follows."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Related, Severity
from playbook.lint.cases import account
from playbook.lint.letters import stage_name
from playbook.lint.lost import is_lost
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed, shortened
from playbook.proofs.gaps import Gap, gaps_of
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """One finding for each way between two stages on which an account may be left, with such an account."""
    del context
    for gap in playbook.remembered(gaps_of):
        if gap.verdict.found == "yes" and not _is_left_unread(playbook, gap):
            yield _finding(playbook, gap)


def _is_left_unread(playbook: CompiledPlaybook, gap: Gap) -> bool:
    """Whether the exit of a stage that is left could not be read: it may well make sure of what is asked."""
    document = playbook.document
    return bool(document.pruned) and any(
        is_lost(document, ("stages", index, "exit"))
        for index, stage in enumerate(playbook.model.stages)
        if stage.id in gap.sources
    )


def _finding(playbook: CompiledPlaybook, gap: Gap) -> Finding:
    target = stage_name(playbook.stages[gap.target])
    if gap.sources:
        left = listed(stage_name(playbook.stages[source]) for source in gap.sources)
        message = f"{account(gap.verdict)} leaves {left} and cannot enter {target}"
    else:
        message = f"{account(gap.verdict)} is sent to {target} and cannot enter it"
    return Finding(
        message,
        gap.criterion,
        related=tuple(_related(playbook, gap)),
        expected=f"an exit, or a branch, that makes sure of: {shortened(gap.text, 80)}",
        suggestion=f"add it to the exit of {gap.sources[-1]}" if gap.sources else None,
    )


def _related(playbook: CompiledPlaybook, gap: Gap) -> Iterator[Related]:
    place = playbook.document.locator.place
    for index, stage in enumerate(playbook.model.stages):
        if stage.id in gap.sources and stage.exit and playbook.stages[stage.id] is stage:
            yield Related("it leaves by this", place(("stages", index, "exit")))
    if gap.path[-2:-1] == ("next",) or not gap.sources:
        yield Related("it comes this way", place(gap.path))


RULE = Rule(
    code="CRT002",
    name="gap-between-stages",
    severity=Severity.ERROR,
    profile="basic",
    what="What lets an account leave a stage does not make sure that it may enter the next one.",
    why="Between two stages an account belongs to nobody: it has left one list and stands on no other. The "
    "finding shows such an account; the proof covers all values that fields can have, for every variant.",
    bad="""\
stages:
  - id: handover
    enter: deal.closed_won
    exit: sales_to_cs.accepted
    raci: {C: [marketing, product], I: revops}
    steps:
      - {id: write_brief, do: Write the handover brief, raci: {A: ae, R: ae, I: [csm, revops]}, produces: brief,
         captures: account.use_case}
  - id: adoption
    enter: sales_to_cs.accepted and account.active_seats > 0
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}
    steps:
      - {id: run_kickoff, do: Run the kickoff call, due: 5bd after closed_won}
      - {id: connect_data, do: Connect the data source, party: customer, raci: {A: csm, R: admin}}
""",
    good="""\
stages:
  - id: handover
    enter: deal.closed_won
    exit: [sales_to_cs.accepted, account.active_seats > 0]
    raci: {C: [marketing, product], I: revops}
    steps:
      - {id: write_brief, do: Write the handover brief, raci: {A: ae, R: ae, I: [csm, revops]}, produces: brief,
         captures: account.use_case}
  - id: adoption
    enter: sales_to_cs.accepted and account.active_seats > 0
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}
    steps:
      - {id: run_kickoff, do: Run the kickoff call, due: 5bd after closed_won}
      - {id: connect_data, do: Connect the data source, party: customer, raci: {A: csm, R: admin}}
""",
    graph=True,
    playbook=check,
)
