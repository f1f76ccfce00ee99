"""CRT004: alternatives of which two can hold, or none."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Related, Severity
from playbook.fixing.changes import Put, Remedy, Rename
from playbook.lint.cases import account
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import shortened
from playbook.proofs.choices import Choice, choices_of
from playbook.workspace import CompiledPlaybook

_NOUN = {"branches": "branch", "lines": "line"}


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Two alternatives that hold for one account, and accounts for which none does."""
    del context
    yield from _open_ways(playbook)
    for choice in playbook.remembered(choices_of):
        yield from _overlaps(playbook, choice)
        gap = choice.answers.gap
        if gap is not None and gap.found == "yes":
            # One way out with a condition is a gate: people wait there until it holds.
            yield Finding(
                f"{account(gap)} meets none of the {len(choice.paths)} conditions"
                if len(choice.paths) > 1
                else f"{account(gap)} does not meet the only condition",
                choice.path,
                on_key=True,
                expected=f"conditions that cover every account, or one {_NOUN[choice.what]} with otherwise: true",
                suggestion="otherwise: true",
                fix=_otherwise(choice),
            )


def _otherwise(choice: Choice) -> Remedy | None:
    """The last alternative for all that no other is for; where there is but one, it would ask nothing at all."""
    if len(choice.paths) < 2:
        return None
    last = choice.paths[-1]
    return Remedy(
        f"let the last {_NOUN[choice.what]} take whatever no other takes",
        (Put(last, True), Rename(last, "otherwise")),
        safe=False,
    )


def _open_ways(playbook: CompiledPlaybook) -> Iterator[Finding]:
    """Ways out of a stage, or lines of a table of which one is to count, that are both open to all accounts."""
    for index, stage in enumerate(playbook.model.stages):
        for number in [at for at, way in enumerate(stage.next) if way.otherwise or not way.when][1:]:
            yield Finding(
                f'the way to "{shortened(stage.next[number].to)}" is open to all that take no other, and so is one '
                "before it",
                ("stages", index, "next", number),
                expected="a condition on all ways but one",
            )
    for id_, table in playbook.model.decisions.items():
        for number in [at for at, line in enumerate(table.rules) if line.otherwise or not line.when][1:]:
            yield Finding(
                "this line is for all that no other line is for, and so is one before it",
                ("decisions", id_, "rules", number),
                expected="a condition on all lines but one",
            )


def _overlaps(playbook: CompiledPlaybook, choice: Choice) -> Iterator[Finding]:
    for first, second, verdict in choice.answers.overlaps:
        if verdict.found == "yes":
            place = playbook.document.locator.place(choice.paths[first])
            yield Finding(
                f'{account(verdict)} meets "{shortened(choice.texts[second])}" and also '
                f'"{shortened(choice.texts[first])}"',
                choice.paths[second],
                related=(Related("the other condition", place),),
                expected="conditions of which only one can hold",
            )


RULE = Rule(
    code="CRT004",
    name="overlapping-or-missing-branch",
    severity=Severity.ERROR,
    profile="basic",
    what="Two branches of a stage (or two lines of a decision table of which one is to count) hold for the same "
    "account, or none does.",
    why="Where two ways are right, each person takes another; where none is, the account stays where it is.",
    bad="""\
decisions:
  track:
    hit: unique
    raci: {A: cs_leader}
    rules:
      - {when: account.active_seats < 10, gives: light}
      - {when: account.active_seats > 10, gives: full}
""",
    good="""\
decisions:
  track:
    hit: unique
    raci: {A: cs_leader}
    rules:
      - {when: account.active_seats < 10, gives: light}
      - {when: account.active_seats >= 10, gives: full}
""",
    graph=True,
    fix="unsafe",
    fix_title="lets the last branch, or line, take every account that no other takes",
    playbook=check,
)
