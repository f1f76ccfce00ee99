"""GRF014: a playbook that nobody can take in."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.lint.letters import stage_name
from playbook.lint.rule import Context, Finding, Option, Rule
from playbook.lint.words import counted
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Playbooks with many steps or many stages; a variant is as large as its base lets it be."""
    if playbook.variant is not None:
        return
    stages = playbook.model.stages
    steps = sum(len(stage.steps) for stage in stages)
    most_steps, most_stages = context.number(RULE, "steps"), context.number(RULE, "stages")
    if steps > most_steps:
        largest = max(stages, key=lambda stage: len(stage.steps))
        yield Finding(
            f"the playbook has {steps} steps in {counted(len(stages), 'stage')}",
            ("stages",),
            on_key=True,
            expected=f"at most {most_steps:g} steps",
            suggestion=f"the {counted(len(largest.steps), 'step')} of {stage_name(largest)} in a playbook of "
            "their own "
            "(scope: part), and one step here that runs it",
        )
    elif len(stages) > most_stages:
        yield Finding(
            f"the playbook has {len(stages)} stages",
            ("stages",),
            on_key=True,
            expected=f"at most {most_stages:g} stages",
            suggestion="stages without a gate of their own as steps of the stage before, or a playbook that is run",
        )


def _stages(count: int) -> str:
    lines = []
    for number in range(1, count + 1):
        enter = "deal.closed_won" if number == 1 else f"do_{number - 1}.completed and account.active_seats >= 1"
        lines.append(
            f"  - {{id: part_{number}, enter: {enter}, exit: do_{number}.completed and account.active_seats >= 1,\n"
            "     raci: {A: csm, R: [csm, admin, ae], C: [marketing, product], I: [revops, sales]},\n"
            f"     steps: [{{id: do_{number}, do: Do part {number}, captures: account.use_case}}]}}\n"
        )
    return "handoffs: null\nstages:\n" + "".join(lines)


RULE = Rule(
    code="GRF014",
    name="too-large",
    severity=Severity.WARNING,
    profile="governed",
    what="A playbook has more than 50 steps, or more than nine stages.",
    why="Nobody has all of it in mind, and its picture fits no page. Beyond 50 elements more than every second "
    "process model has an error.",
    bad=_stages(10),
    good=_stages(5),
    options=(
        Option("steps", 50, "So many steps in one playbook."),
        Option("stages", 9, "So many stages in one playbook."),
    ),
    playbook=check,
)
