"""SND004: work that is started again while it is still open."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.core.process import Flow
from playbook.core.soundness import Flaw
from playbook.diagnostics import Related, Severity
from playbook.lint.flaws import decisions, node_name
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """What can be open twice at once, told at the way back that does it."""
    del context
    soundness = playbook.soundness
    flaws = [flaw for flaw in soundness.flaws if flaw.kind == "twice"] if soundness else []
    by_cause: dict[Flow | None, list[Flaw]] = {}
    for flaw in flaws:
        by_cause.setdefault(_way_back(playbook, flaw), []).append(flaw)
    for cause, together in by_cause.items():
        yield _finding(playbook, cause, together)


def _way_back(playbook: CompiledPlaybook, flaw: Flaw) -> Flow | None:
    """The last way back on a run."""
    at = {node: index for index, node in enumerate(flaw.way)}
    backs = [flow for flow in playbook.process.flows if flow.kind == "rework" and flow.source in at]
    return max(backs, key=lambda flow: at[flow.source], default=None)


def _finding(playbook: CompiledPlaybook, cause: Flow | None, flaws: list[Flaw]) -> Finding:
    names = dict.fromkeys(node_name(playbook, flaw.node) or "work" for flaw in flaws)
    path = playbook.process.nodes.get(flaws[0].node, ("stages",))
    way = decisions(playbook, flaws[0].way)
    return Finding(
        f"{listed(names)} can be started again while still open{f', when {listed(way)}' if way else ''}",
        cause.path if cause else path,
        related=(Related("this is still open", playbook.document.locator.place(path)),) if cause else (),
        expected="a way back to a step that only leads to what is to be done again, or an 'after' that lets the "
        "other work wait until this is decided",
    )


RULE = Rule(
    code="SND004",
    name="started-twice",
    severity=Severity.ERROR,
    profile="basic",
    what="Some run of the journey starts a step or stage again while it is still open.",
    why="Two people work on the same thing, or one is told to begin what is half done; what counts in the end is "
    "left to chance.",
    bad="""\
stages:
  - id: handover
    enter: deal.closed_won
    exit: sales_to_cs.accepted
    raci: {C: [marketing, product], I: revops}
    steps:
      - id: write_brief
        do: Write the handover brief
        raci: {A: ae, R: ae, I: [csm, revops]}
        captures: account.use_case
        produces: brief
  - id: adoption
    enter: sales_to_cs.accepted
    exit: first_value.reached and account.active_seats >= 5
    parallel: true
    raci: {A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}
    steps:
      - id: run_kickoff
        do: Run the kickoff call
        due: 5bd after closed_won
        approval: {by: csm, on_reject: {back_to: write_brief, at_most: 2}}
      - {id: connect_data, do: Connect the data source, party: customer, raci: {A: csm, R: admin}}
""",
    good="""\
stages:
  - id: handover
    enter: deal.closed_won
    exit: sales_to_cs.accepted
    raci: {C: [marketing, product], I: revops}
    steps:
      - id: write_brief
        do: Write the handover brief
        raci: {A: ae, R: ae, I: [csm, revops]}
        captures: account.use_case
        produces: brief
  - id: adoption
    enter: sales_to_cs.accepted
    exit: first_value.reached and account.active_seats >= 5
    parallel: true
    raci: {A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}
    steps:
      - id: run_kickoff
        do: Run the kickoff call
        due: 5bd after closed_won
        approval: {by: csm, on_reject: {back_to: write_brief, at_most: 2}}
      - {id: connect_data, do: Connect the data source, party: customer, raci: {A: csm, R: admin},
         after: run_kickoff}
""",
    graph=True,
    playbook=check,
)
