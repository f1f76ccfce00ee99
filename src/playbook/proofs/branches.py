"""Whether exactly one of several alternatives holds: branches of a stage, segments, lines of a table."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from playbook.expressions.cases import Verdict
from playbook.proofs.axioms import find
from playbook.proofs.conditions import all_of, names_in, negated
from playbook.workspace import CompiledPlaybook


@dataclass(frozen=True, slots=True)
class Alternatives:
    """What is not right with alternatives.

    ``overlaps`` are pairs of which both can hold, ``gap`` the case in which none does; each verdict is
    ``yes`` with a witness, or ``unknown`` with a reason.
    """

    overlaps: tuple[tuple[int, int, Verdict], ...]
    gap: Verdict | None


def examine(
    playbook: CompiledPlaybook,
    conditions: Sequence[ast.expr],
    assumed: Sequence[ast.expr] = (),
    *,
    otherwise: bool,
    exclusive: bool = True,
) -> Alternatives:
    """Compare alternatives with each other, where all that is ``assumed`` holds.

    With ``otherwise`` there is one more that takes what no other does; unless ``exclusive``, two may
    hold at once.
    """
    overlaps = []
    for first, second in combinations(range(len(conditions)), 2) if exclusive else ():
        verdict = _case(playbook, [conditions[first], conditions[second]], assumed)
        if verdict is not None and verdict.found != "no":
            overlaps.append((first, second, verdict))
    gap = None
    if not otherwise and conditions:
        verdict = _case(playbook, [negated(condition) for condition in conditions], assumed)
        gap = verdict if verdict is not None and verdict.found != "no" else None
    return Alternatives(tuple(overlaps), gap)


def _case(playbook: CompiledPlaybook, conditions: list[ast.expr], assumed: Sequence[ast.expr]) -> Verdict | None:
    """A case in which all conditions hold, told by the names that they read."""
    verdict = find(playbook, conditions, assumed)
    if verdict is None:
        return None
    told = names_in(all_of(conditions))
    witness = tuple((name, value) for name, value in verdict.witness if name in told)
    return Verdict(verdict.found, witness, verdict.reason)
