"""SND001: a run that gets stuck, or ends while something is still waiting."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.core.soundness import Flaw
from playbook.diagnostics import Related, Severity
from playbook.lint.flaws import decisions, node_name, waiting
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """One finding for each place where runs get stuck, with a shortest run that does."""
    del context
    soundness = playbook.soundness
    told: set[str] = set()
    for flaw in soundness.flaws if soundness else ():
        if flaw.kind in ("deadlock", "open") and flaw.node not in told:
            told.add(flaw.node)
            yield _finding(playbook, flaw)


def _finding(playbook: CompiledPlaybook, flaw: Flaw) -> Finding:
    way = decisions(playbook, flaw.way)
    when = f", when {listed(way)}" if way else ""
    if flaw.kind == "open" and not flaw.missing:
        message = f"the journey can end while {node_name(playbook, flaw.node) or 'other work'} is still open{when}"
    else:
        message = f"{waiting(playbook, flaw)}{when}"
    missing = [node for way in flaw.missing for node in way[-1:] if node in playbook.process.nodes]
    return Finding(
        message,
        _path(playbook, flaw.node),
        related=tuple(
            Related("waits for this", playbook.document.locator.place(playbook.process.nodes[node]))
            for node in missing
        ),
        expected="only work that every way leads through, or the wait moved to where the ways have met",
    )


def _path(playbook: CompiledPlaybook, node: str) -> KeyPath:
    path = playbook.process.nodes.get(node, ("stages",))
    task = playbook.process.tasks.get(node)
    if task is not None:
        return (*path, "after" if playbook.steps[task.step].after else "id")
    return (*path, "id") if path[:1] == ("stages",) and len(path) == 2 else path


RULE = Rule(
    code="SND001",
    name="stuck",
    severity=Severity.ERROR,
    profile="basic",
    what="Some run of the journey gets stuck: something waits for work that is not done on the way taken.",
    why="An account that gets stuck shows up nowhere. Nobody is late, nothing is wrong, and nobody works on it.",
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
    next:
      - {to: connection, when: account.active_seats >= 50}
      - {to: adoption, otherwise: true}
  - id: connection
    enter: sales_to_cs.accepted
    exit: sales_to_cs.accepted
    raci: {A: csm, R: csm, C: [marketing, product], I: [sales, revops]}
    steps:
      - {id: connect_sso, do: Connect single sign-on}
  - id: adoption
    enter: sales_to_cs.accepted
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}
    steps:
      - {id: run_kickoff, do: Run the kickoff call, due: 5bd after closed_won, after: connect_sso}
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
    next:
      - {to: connection, when: account.active_seats >= 50}
      - {to: adoption, otherwise: true}
  - id: connection
    enter: sales_to_cs.accepted
    exit: sales_to_cs.accepted
    raci: {A: csm, R: csm, C: [marketing, product], I: [sales, revops]}
    steps:
      - {id: connect_sso, do: Connect single sign-on}
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
