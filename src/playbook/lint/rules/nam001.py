"""NAM001: a step that is named for a thing, not for what is done."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.fixing.changes import Remedy, Reword
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.verbs import instruction_for, is_no_instruction
from playbook.lint.words import named, shortened
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook

_EXPECTED = 'a verb and an object, such as "Run the kickoff call"'


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Labels that are surely not verb + object; in doubt a label is left alone."""
    del context
    for index, stage in enumerate(playbook.model.stages):
        for number, step in enumerate(stage.steps):
            if step.do is None:
                if step.run is None:
                    yield Finding(
                        f'the step "{step.id}" does not say what is done',
                        ("stages", index, "steps", number, "do"),
                        expected=f"do: with {_EXPECTED}",
                    )
            elif is_no_instruction(step.do):
                yield Finding(
                    f"the label of the step {named(step.do, step.id)} does not say what is done",
                    ("stages", index, "steps", number, "do"),
                    expected=_EXPECTED,
                    suggestion=instruction_for(step.do),
                    fix=_reword(("stages", index, "steps", number, "do"), step.do),
                )


def _reword(path: KeyPath, label: str) -> Remedy | None:
    meant = instruction_for(label)
    return Remedy(f'call it "{shortened(meant)}"', (Reword(path, label, meant),), safe=False) if meant else None


RULE = Rule(
    code="NAM001",
    name="label-without-verb",
    severity=Severity.INFO,
    profile="team",
    what="The label of a step is not a verb and an object, or is missing.",
    why="'Kickoff' can be planned, held or written up; a verb says which, and when it is done.",
    bad="""\
stages:
  - id: adoption
    enter: deal.closed_won
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}
    steps:
      - id: kickoff
        do: Kickoff call
        captures: account.use_case
      - id: connect_data
        do: Connect the data source
        party: customer
        raci: {A: csm, R: [ae, admin]}
handoffs: null
""",
    good="""\
stages:
  - id: adoption
    enter: deal.closed_won
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}
    steps:
      - id: kickoff
        do: Run the kickoff call
        captures: account.use_case
      - id: connect_data
        do: Connect the data source
        party: customer
        raci: {A: csm, R: [ae, admin]}
handoffs: null
""",
    fix="unsafe",
    fix_title="puts a verb before the things of which it is known what is done with them",
    playbook=check,
)
