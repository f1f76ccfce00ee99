"""RCI014: somebody answers whom nobody has named, and it is not who answers for the rest."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Related, Severity
from playbook.language.raci import names
from playbook.lint.letters import is_own, stage_name, step_name
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.runs import runs_of
from playbook.lint.words import named
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Handoffs whose giver answers by default, and steps that run a playbook which has a leader of its own."""
    del context
    yield from _handoffs(playbook)
    yield from _runs(playbook)


def _handoffs(playbook: CompiledPlaybook) -> Iterator[Finding]:
    place = playbook.document.locator.place
    index_of = {stage.id: index for index, stage in reversed(list(enumerate(playbook.model.stages)))}
    for id_, handoff in playbook.model.handoffs.items():
        stage = playbook.stages.get(handoff.at or "")
        if stage is None or stage.raci is None or (handoff.raci is not None and handoff.raci.A):
            continue
        declared = names(stage.raci.A)
        if len(declared) == 1 and declared[0] != handoff.giver:
            yield Finding(
                f"{handoff.giver}, as its giver, is accountable for the handoff {named(handoff.title, id_)} by "
                f"default; for {stage_name(stage)}, {declared[0]} is",
                ("handoffs", id_, "from"),
                related=(Related("the stage's A", place(("stages", index_of[stage.id], "raci", "A"))),),
                expected="raci: {A: ...} on the handoff, so that who answers for it is said",
                suggestion=f"raci: {{A: {declared[0]}}}",
            )


def _runs(playbook: CompiledPlaybook) -> Iterator[Finding]:
    for use in runs_of(playbook):
        step = use.path[:-1]
        task = next((task for task in playbook.process.tasks.values() if task.path == step), None)
        letter = task.owners.accountable if task is not None else None
        if task is None or letter is None or is_own(letter) or use.target is None or use.target.ownership is None:
            continue
        leader = use.target.ownership.accountable
        if leader is not None and leader not in letter.holders:
            part = named(use.target.title, use.target.playbook)
            yield Finding(
                f"{letter.holders[0]} is accountable for {step_name(playbook, task)} by default; for the playbook "
                f"{part} that it runs, {leader} is",
                use.path,
                related=(Related("the stage's A", playbook.document.locator.place(letter.path)),),
                expected="raci: {A: ...} on the step, so that who answers for it is said",
                suggestion=f"raci: {{A: {leader}}}",
            )


RULE = Rule(
    code="RCI014",
    name="accountable-by-default",
    severity=Severity.INFO,
    profile="certified",
    what="Who is accountable by default is not who is accountable for the stage, or for the playbook that is run.",
    why="Who never was asked whether they answer for it will say, when it counts, that it was the other one.",
    bad="""\
stages:
  - id: handover
    enter: deal.closed_won
    exit: sales_to_cs.accepted
    raci: {A: cs_leader, C: [marketing, product], I: revops}
    steps:
      - id: write_brief
        do: Write the handover brief
        raci: {A: ae, R: ae, I: [csm, revops]}
        captures: account.use_case
        produces: brief
  - id: adoption
    enter: sales_to_cs.accepted
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}
    steps:
      - id: run_kickoff
        do: Run the kickoff call
      - id: connect_data
        do: Connect the data source
        party: customer
        raci: {R: admin}
handoffs:
  sales_to_cs:
    from: ae
    to: csm
    at: handover
    payload: [brief, account.use_case]
    accept: {within: 1bd}
    reject: {back_to: write_brief, at_most: 2}
""",
    good="""\
stages:
  - id: handover
    enter: deal.closed_won
    exit: sales_to_cs.accepted
    raci: {A: cs_leader, C: [marketing, product], I: revops}
    steps:
      - id: write_brief
        do: Write the handover brief
        raci: {A: ae, R: ae, I: [csm, revops]}
        captures: account.use_case
        produces: brief
  - id: adoption
    enter: sales_to_cs.accepted
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}
    steps:
      - id: run_kickoff
        do: Run the kickoff call
      - id: connect_data
        do: Connect the data source
        party: customer
        raci: {R: admin}
handoffs:
  sales_to_cs:
    from: ae
    to: csm
    at: handover
    payload: [brief, account.use_case]
    accept: {within: 1bd}
    reject: {back_to: write_brief, at_most: 2}
    raci: {A: cs_leader}
""",
    playbook=check,
)
