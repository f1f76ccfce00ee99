"""RCI001: something has nobody who answers for it."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.lint.rule import Context, Finding, Rule
from playbook.workspace import CompiledPlaybook

_EXPECTED = "exactly one role under A, here or on the stage"


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Steps, milestones and decisions without an A. A handoff's giver and a KPI's owner are its A."""
    del context
    for task in playbook.process.tasks.values():
        if task.owners.accountable is None:
            step = playbook.steps[task.step]
            yield Finding(f'nobody is accountable for the step "{step.label}"', (*task.path, "raci"), expected=_EXPECTED)
    for kind, entries in (("milestones", playbook.model.milestones), ("decisions", playbook.model.decisions)):
        for id_, entry in entries.items():
            if entry.raci is None or not entry.raci.A:
                yield Finding(
                    f'nobody is accountable for the {kind[:-1]} "{entry.title or id_}"',
                    (kind, id_),
                    on_key=True,
                    expected="exactly one role under A, such as raci: {A: csm}",
                )


RULE = Rule(
    code="RCI001",
    name="accountable-missing",
    severity=Severity.ERROR,
    profile="basic",
    what="A step, milestone or decision has no Accountable.",
    why="What nobody answers for falls between the teams, and is noticed by the customer first.",
    bad="""\
milestones:
  first_value: {event: account.first_report}
""",
    good="""\
milestones:
  first_value: {event: account.first_report, raci: {A: csm}}
""",
    playbook=check,
)
