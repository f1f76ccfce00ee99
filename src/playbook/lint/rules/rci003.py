"""RCI003: nobody does the work."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.fixing.changes import Put, Remedy
from playbook.lint.letters import lacking, step_name
from playbook.lint.lost import is_lost
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import shortened
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Steps without an R. Who approves does the work of an approval; a run playbook has its own doers."""
    del context
    for gap in lacking(playbook, "responsible"):
        if gap.stage is not None and is_lost(playbook.document, (*gap.path[:2], "raci")):
            continue
        if gap.task is None:
            on = "each stage" if gap.stage is None else "the stage"
            yield Finding(
                f"nobody is responsible for {gap.what}",
                gap.path,
                on_key=gap.stage is None,
                expected=f"one or more roles under R on {on}, or on each of its steps",
            )
            continue
        accountable = gap.task.owners.accountable
        alone = accountable is not None and len(accountable.holders) == 1
        yield Finding(
            f"nobody is responsible for {step_name(playbook, gap.task)}",
            gap.path,
            expected="one or more roles under R, on the step or on its stage",
            suggestion=f"R: {accountable.holders[0]}" if accountable is not None and alone else None,
            fix=_does_it_too((*gap.path, "R"), accountable.holders[0])
            if accountable is not None and alone
            else None,
        )


def _does_it_too(path: KeyPath, holder: str) -> Remedy:
    return Remedy(
        f'let "{shortened(holder)}", who is accountable, be responsible too', (Put(path, holder),), safe=False
    )


RULE = Rule(
    code="RCI003",
    name="responsible-missing",
    severity=Severity.ERROR,
    profile="basic",
    what="A step has no Responsible.",
    why="Work that is answered for but given to nobody is not done until somebody asks why it is not.",
    bad="""\
stages:
  - id: handover
    enter: deal.closed_won
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: ae, C: [marketing, product, csm], I: revops}
    steps:
      - id: write_brief
        do: Write the handover brief
        captures: account.use_case
        produces: brief
      - id: connect_data
        do: Connect the data source
        party: customer
        raci: {R: admin}
""",
    good="""\
stages:
  - id: handover
    enter: deal.closed_won
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: ae, R: ae, C: [marketing, product, csm], I: revops}
    steps:
      - id: write_brief
        do: Write the handover brief
        captures: account.use_case
        produces: brief
      - id: connect_data
        do: Connect the data source
        party: customer
        raci: {R: admin}
""",
    fix="unsafe",
    fix_title="lets the one role that is accountable for a step be responsible too",
    playbook=check,
)
