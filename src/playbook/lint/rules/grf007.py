"""GRF007: a choice that leaves nothing to choose."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.fixing.changes import Remedy, Remove
from playbook.lint.letters import stage_name
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed, shortened
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Choices of fewer than two steps of their stage, and those that are of both kinds."""
    del context
    for index, stage in enumerate(playbook.model.stages):
        own = {step.id for step in stage.steps if step.need != "forbidden"}
        for number, choice in enumerate(stage.choose or ()):
            path: KeyPath = ("stages", index, "choose", number)
            if choice.one_of and choice.any_of:
                yield Finding(
                    f"a choice in {stage_name(stage)} has one_of and any_of",
                    path,
                    expected="one_of (just one of them) or any_of (one or several)",
                )
            named = dict.fromkeys((*choice.one_of, *choice.any_of))
            foreign = [shortened(step) for step in named if step in playbook.steps and step not in own]
            if foreign:
                names = listed(foreign)
                yield Finding(
                    f"a choice in {stage_name(stage)} names {names}, no step of this stage that may be done",
                    path,
                    expected="steps of the stage itself",
                )
            elif len(named) < 2:
                yield Finding(
                    f"a choice in {stage_name(stage)} leaves nothing to choose: it names "
                    f"{listed(map(shortened, named)) or 'no step'}",
                    path,
                    expected="two steps or more, or no choice",
                    fix=Remedy("remove the choice", (Remove(path if len(stage.choose or ()) > 1 else path[:-1]),)),
                )


RULE = Rule(
    code="GRF007",
    name="no-choice",
    severity=Severity.WARNING,
    profile="basic",
    what="A choice names fewer than two steps of its stage, steps of another stage, or is of both kinds.",
    why="It is drawn and read as a decision, and somebody looks for who takes it.",
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
    enter: sales_to_cs.accepted
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}
    choose: {one_of: [run_kickoff]}
    steps:
      - {id: run_kickoff, do: Run the kickoff call, due: 5bd after closed_won}
      - {id: connect_data, do: Connect the data source, party: customer, raci: {A: csm, R: admin}}
""",
    good="""\
stages:
  - id: handover
    enter: deal.closed_won
    exit: sales_to_cs.accepted
    raci: {C: [marketing, product], I: revops}
    steps:
      - {id: write_brief, do: Write the handover brief, raci: {A: ae, R: ae, I: [csm, revops]}, produces: brief,
         captures: account.use_case}
  - id: adoption
    enter: sales_to_cs.accepted
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}
    choose: {one_of: [run_kickoff, send_guide], title: A call or a guide?}
    steps:
      - {id: run_kickoff, do: Run the kickoff call, due: 5bd after closed_won}
      - {id: send_guide, do: Send the guide}
      - {id: connect_data, do: Connect the data source, party: customer, raci: {A: csm, R: admin}}
""",
    fix="safe",
    fix_title="removes a choice of one step or none",
    playbook=check,
)
