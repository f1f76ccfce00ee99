"""RSK002: one sign, two answers."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import combinations

from playbook.diagnostics import Related, Severity
from playbook.expressions.cases import find_case
from playbook.language.playbook import Risk
from playbook.lint.cases import account
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import named
from playbook.proofs.conditions import names_in, tree_of
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Pairs of risks that are seen by the same names, can be there together, and are answered differently.

    Risks with different signs may well come together: each play answers its own.
    """
    del context
    if len(playbook.model.risks) < 2:
        return
    read = [
        (id_, risk, tree)
        for id_, risk in playbook.model.risks.items()
        if risk.when and (risk.run or risk.do) and (tree := tree_of(risk.when)) is not None
    ]
    for (first_id, first, one), (id_, risk, other) in combinations(read, 2):
        if names_in(one) == names_in(other) and _play(first) != _play(risk):
            yield from _together(playbook, (first_id, first, one), (id_, risk, other))


_Read = tuple[str, Risk, ast.expr]


def _together(playbook: CompiledPlaybook, earlier: _Read, later: _Read) -> Iterator[Finding]:
    verdict = find_case([earlier[2], later[2]], playbook.type_of)
    if verdict.found != "yes":
        return
    first_id, first, _ = earlier
    id_, risk, _ = later
    yield Finding(
        f"for {account(verdict)}, the risk {named(first.title, first_id)} calls for {_answer(first)}, and "
        f"{named(risk.title, id_)} for {_answer(risk)}",
        ("risks", id_, "when"),
        related=(Related("the other risk", playbook.document.locator.place(("risks", first_id, "when"))),),
        expected="signs of which one account shows only one, or one play for both",
    )


def _play(risk: Risk) -> tuple[str, str]:
    return (risk.run.playbook if risk.run else "", (risk.do or "").casefold())


def _answer(risk: Risk) -> str:
    return f"the playbook {risk.run.playbook}" if risk.run else f'"{risk.do}"'


RULE = Rule(
    code="RSK002",
    name="contradicting-plays",
    severity=Severity.WARNING,
    profile="governed",
    what="Two risks are seen by the same signs, can be there at once, and call for different plays.",
    why="Then which play the customer gets depends on who looks first, or it gets both.",
    bad="""\
risks:
  low_usage: {when: account.active_seats < 5, owner: csm, do: Plan a training}
  no_usage: {when: account.active_seats < 2, owner: cs_leader, do: Call the sponsor}
""",
    good="""\
risks:
  low_usage: {when: 2 <= account.active_seats < 5, owner: csm, do: Plan a training}
  no_usage: {when: account.active_seats < 2, owner: cs_leader, do: Call the sponsor}
""",
    playbook=check,
)
