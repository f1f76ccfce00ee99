"""GRF006: the same way, written twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from playbook.diagnostics import Related, Severity
from playbook.fixing.changes import Remedy, Remove
from playbook.language.stage import Branch
from playbook.lint.letters import stage_name
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import named, shortened
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Ways out of a stage to one place on one condition, and names that stand twice in ``after`` or "
    "``overlaps``."""
    del context
    for index, stage in enumerate(playbook.model.stages):
        place: KeyPath = ("stages", index)
        if len(stage.next) > 1:
            yield from _ways(playbook, stage.next, stage_name(stage), place)
        if len(stage.overlaps) > 1:
            overlaps = [overlap.stage for overlap in stage.overlaps]
            yield from _names(overlaps, f"{stage_name(stage)} overlaps", (*place, "overlaps"))
        for number, step in enumerate(stage.steps):
            if step.after is not None and len(step.after) > 1:
                subject = f"the step {named(step.do, step.id)} waits for"
                yield from _names(step.after, subject, (*place, "steps", number, "after"))


def _ways(playbook: CompiledPlaybook, ways: Sequence[Branch], stage: str, path: KeyPath) -> Iterator[Finding]:
    first: dict[tuple[str, str], KeyPath] = {}
    for number, way in enumerate(ways):
        condition = "" if way.otherwise or not way.when else " ".join(way.when.split())
        here: KeyPath = (*path, "next", number, "when") if condition else (*path, "next", number)
        before = first.setdefault((way.to, condition), here)
        if before != here:
            why = f' if "{shortened(condition)}"' if condition else ""
            yield Finding(
                f'{stage} leads to "{shortened(way.to)}"{why}, and does so twice',
                here,
                related=(Related("the same way", playbook.document.locator.place(before)),),
                expected="each way once",
                fix=Remedy("remove the second", (Remove((*path, "next", number)),), ways[_number(before)] == way),
            )


def _number(path: KeyPath) -> int:
    """Which of the ways out a path leads to."""
    return next(step for step in reversed(path) if isinstance(step, int))


def _names(names: Sequence[str], subject: str, path: KeyPath) -> Iterator[Finding]:
    seen: set[str] = set()
    for number, name in enumerate(names):
        if name in seen:
            yield Finding(
                f'{subject} "{shortened(name)}" twice',
                (*path, number),
                expected="each name once",
                fix=Remedy("remove the second", (Remove((*path, number)),)),
            )
        seen.add(name)


_STAGES = """\
stages:
  - id: handover
    enter: deal.closed_won
    exit: sales_to_cs.accepted
    raci: {{C: [marketing, product], I: revops}}
    steps:
      - {{id: write_brief, do: Write the handover brief, raci: {{A: ae, R: ae, I: [csm, revops]}}, produces: brief,
         captures: account.use_case}}
  - id: adoption
    enter: sales_to_cs.accepted
    exit: first_value.reached
    raci: {{A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}}
    steps:
      - {{id: run_kickoff, do: Run the kickoff call, due: 5bd after closed_won}}
      - {{id: connect_data, do: Connect the data source, party: customer, raci: {{A: csm, R: admin}}}}
    next:
      - {{to: stopped, when: account.active_seats < 5}}
      - {{to: {0}, when: account.active_seats {1}}}
      - {{to: onboarded, otherwise: true}}
ends:
  onboarded: {{title: Onboarded, success: true}}
  stopped: {{title: Stopped before value}}
{2}"""

RULE = Rule(
    code="GRF006",
    name="same-way-twice",
    severity=Severity.WARNING,
    profile="basic",
    what="A stage leads to the same place on the same condition twice, or a list in `after` or `overlaps` names "
    "something twice.",
    why="One of the two was meant to be another way, and that way is missing.",
    bad=_STAGES.format("stopped", "< 5", ""),
    good=_STAGES.format(
        "small", ">= 5 and account.active_seats < 10", "  small: {title: Onboarded as a small account}\n"
    ),
    instead_of=("CRT004",),
    fix="safe",
    fix_title="removes the second of the two",
    playbook=check,
)
