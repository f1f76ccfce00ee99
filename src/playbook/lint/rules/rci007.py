"""RCI007: so many are consulted or informed that nobody is."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.core.owners import Letter
from playbook.diagnostics import Severity
from playbook.language.raci import AnyOf, names
from playbook.lint.letters import is_own, stage_name, step_name
from playbook.lint.rule import Context, Finding, Option, Rule
from playbook.lint.words import listed
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook

_VERBS = {"C": "consulted on", "I": "informed of"}


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Letters C and I with too many holders. What a stage hands down is reported at the stage.

    A choice (``any_of``) counts for one: only one of its members takes part.
    """
    most = context.number(RULE, "at_most")
    for index, stage in enumerate(playbook.model.stages):
        if stage.raci is None:
            continue
        for key, holders in (("C", stage.raci.C), ("I", stage.raci.I)):
            if not isinstance(holders, AnyOf) and len(set(names(holders))) > most:
                what = f"each step of {stage_name(stage)}"
                yield _finding(key, names(holders), what, most, ("stages", index, "raci", key))
    for task in playbook.process.tasks.values():
        for key, letter in (("C", task.owners.consulted), ("I", task.owners.informed)):
            if letter is not None and len(letter.holders) > most and _is_too_many(letter, most):
                yield _finding(key, letter.holders, step_name(playbook, task), most, letter.path)


def _is_too_many(letter: Letter, most: float) -> bool:
    return not letter.choice and is_own(letter) and len(set(letter.holders)) > most


def _finding(key: str, holders: tuple[str, ...], what: str, most: float, path: KeyPath) -> Finding:
    distinct = list(dict.fromkeys(holders))
    return Finding(
        f"{len(distinct)} are {_VERBS[key]} {what}: {listed(distinct)}",
        path,
        expected=f"at most {most:g} under {key}",
        suggestion="a team in the place of its roles, or only those whose work changes with it",
    )


RULE = Rule(
    code="RCI007",
    name="too-many-consulted-or-informed",
    severity=Severity.WARNING,
    profile="team",
    what="More than four hold C, or more than four hold I, on a step or as a stage's default.",
    why="Consulting many makes a step wait for the slowest; informing many teaches all of them not to read.",
    bad="""\
stages:
  - id: adoption
    enter: deal.closed_won
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: [csm, ae, admin], C: [marketing, product], I: [revops, sales, cco, ae, admin]}
    steps:
      - id: write_brief
        do: Write the account brief
        captures: account.use_case
        produces: brief
handoffs: null
""",
    good="""\
stages:
  - id: adoption
    enter: deal.closed_won
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: [csm, ae, admin], C: [marketing, product], I: [revops, sales, cco]}
    steps:
      - id: write_brief
        do: Write the account brief
        captures: account.use_case
        produces: brief
handoffs: null
""",
    options=(Option("at_most", 4, "the most roles and teams that may hold C, or hold I"),),
    playbook=check,
)
