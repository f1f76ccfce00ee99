"""DOC001: a playbook that says what is done, and neither what for nor when it is done."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.language.step import Step
from playbook.lint.letters import stage_name
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed, named
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """The purpose of the playbook, the goals of its stages, and steps of which nothing shows that they are done.

    One finding for each of the three.
    """
    del context
    if playbook.variant is not None:
        return
    model = playbook.model
    if not model.description and (model.outcome is None or not model.outcome.statement):
        yield Finding(
            f"the playbook {named(model.title, playbook.id)} does not say what it is for",
            ("description",),
            expected="description: for whom it is and what comes out; or a statement under outcome",
        )
    goalless = [index for index, stage in enumerate(model.stages) if not stage.goal and not stage.description]
    if goalless:
        names = [stage_name(model.stages[index]) for index in goalless]
        yield Finding(
            f"{listed(names, limit=3)} {'does' if len(names) == 1 else 'do'} not say what "
            f"{'it is' if len(names) == 1 else 'they are'} to achieve",
            ("stages", goalless[0], "goal"),
            expected="goal: what is true for the customer when the stage is over",
        )
    if not playbook.document.pruned:
        yield from _steps(playbook)


def _steps(playbook: CompiledPlaybook) -> Iterator[Finding]:
    steps = [
        (("stages", index, "steps", number), step)
        for index, stage in enumerate(playbook.model.stages)
        for number, step in enumerate(stage.steps)
        if step.need != "forbidden"
    ]
    vague = [(path, step) for path, step in steps if not _shows_done(step)]
    if vague:
        path, first = vague[0]
        name = named(first.do, first.id)
        yield Finding(
            f"the step {name} does not say when it is done"
            if len(vague) == 1
            else f"{len(vague)} of {len(steps)} steps do not say when they are done; the first is {name}",
            (*path, "description"),
            expected="a description that says what done means, a checklist, or what the step captures or produces",
        )


def _shows_done(step: Step) -> bool:
    """Whether somebody else can see that a step is done: words, lines to tick off, a result, a meeting, a "
    "decision."""
    touch = step.touch is not None and step.touch.kind != "internal"
    results = step.captures or step.produces or step.approval or step.run
    return bool(step.description or step.checklist or results or touch or step.automation == "automated")


_STAGES = """\
description: Takes a new customer from the signed deal to the first report that the customer builds.
stages:
  - id: adoption
{0}    enter: deal.closed_won
    exit: first_value.reached and account.active_seats >= 5
    raci: {{A: cs_leader, R: [csm, ae, admin], C: [marketing, product], I: [revops, sales]}}
    steps:
      - id: write_brief
        do: Write the account brief
        captures: account.use_case
        produces: brief
      - id: plan_rollout
        do: Plan the rollout
{1}handoffs: null
"""

RULE = Rule(
    code="DOC001",
    name="purpose-missing",
    severity=Severity.INFO,
    profile="certified",
    what="A playbook does not say what it is for, a stage has no goal, or nothing says when a step is done.",
    why="Who does not know what a step is for does it to the letter, or leaves it out; both look the same in the "
    "report.",
    bad=_STAGES.format("", ""),
    good=_STAGES.format(
        "    goal: The first team works with its own data\n",
        "        description: Done when each team has a date and a name.\n",
    ),
    playbook=check,
)
