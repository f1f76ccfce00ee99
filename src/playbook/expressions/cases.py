"""Whether there is a case in which conditions hold: the decision behind the linter's proofs."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from playbook.expressions.candidates import Other, Undecided, Value, Witness, constants_of, shown_other, shown_value
from playbook.expressions.cubes import BeyondCubesError, smallest_case
from playbook.expressions.formula import (
    NEVER,
    All,
    Formula,
    Some,
    Truth,
    Variable,
    all_of,
    atoms,
    some_of,
    variables_of,
)
from playbook.expressions.translation import translate
from playbook.expressions.types import Types
from playbook.text.quote import quoted


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether there is a case in which all conditions hold.

    ``yes`` comes with a witness: the names that matter and a value of each, as shown to people; the
    conditions hold whatever the other names are. ``no`` is proven. ``unknown`` comes with a reason.
    """

    found: Literal["yes", "no", "unknown"]
    witness: tuple[tuple[str, str], ...] = ()
    reason: str = ""


def find_case(conditions: Sequence[ast.expr], types: Types) -> Verdict:
    """Decide whether the names can have values, none missing, with which all conditions hold.

    Terms that are not calculated with (products of names, ``days_since``, ``count``) are taken as
    unknowns of their own. That proves a "no"; a "yes" counts only where such a term is sure to be able
    to have the value that it needs.
    """
    try:
        return _decide(conditions, types)
    except RecursionError:
        return Verdict("unknown", reason="the conditions are nested too deeply")


def _decide(conditions: Sequence[ast.expr], types: Types) -> Verdict:
    translation = translate(conditions, types)
    formula, variables = translation.formula, translation.variables
    if not any(variable.term for variable in variables.values()):
        return _verdict(formula, variables)
    used = {key: variables[key] for atom in atoms(formula) for key in variables_of(atom)}
    doubts = _doubts(used)
    if not doubts and not any(moment in used for variable in used.values() for moment in variable.moments):
        return _verdict(formula, variables)
    # What holds even if nothing is true that is in doubt, holds.
    certain = _certain(formula, used, doubts)
    verdict = _verdict(certain, variables)
    if verdict.found == "yes":
        return verdict
    # And what cannot hold whatever is true of it, cannot hold.
    outcome = _outcome(formula, variables)
    if isinstance(outcome, dict):
        return Verdict("unknown", reason=_reason(outcome, used, doubts))
    return Verdict("no") if outcome is None else Verdict("unknown", reason=outcome.reason)


def _verdict(formula: Formula, variables: Mapping[str, Variable]) -> Verdict:
    outcome = _outcome(formula, variables)
    if outcome is None:
        return Verdict("no")
    if isinstance(outcome, Undecided):
        return Verdict("unknown", reason=outcome.reason)
    return Verdict("yes", tuple((key, _shown(variables[key], outcome[key], formula)) for key in sorted(outcome)))


def _shown(variable: Variable, value: Value, formula: Formula) -> str:
    if not isinstance(value, Other):
        return shown_value(variable, value)
    return shown_other(value, constants_of(formula).items.get(variable.key, set()))


def _outcome(formula: Formula, variables: Mapping[str, Variable]) -> Witness | Undecided | None:
    """Let the fast engine decide, and the solver where that one cannot."""
    try:
        return smallest_case(formula, variables)
    except BeyondCubesError:
        pass
    # The solver is loaded only where it is needed: loading it takes longer than most checks.
    from playbook.expressions.solver import solve

    return solve(formula, variables)


def _doubts(used: Mapping[str, Variable]) -> dict[str, str]:
    """The terms that cannot be relied on to have any value that is needed, and why."""
    doubts: dict[str, str] = {}
    for key in sorted(used):
        variable = used[key]
        if variable.term:
            doubt = variable.doubt or _entanglement(variable, used)
            if doubt:
                doubts[key] = doubt
    return doubts


def _entanglement(variable: Variable, used: Mapping[str, Variable]) -> str:
    """A term is no free unknown if more is said of a name in it."""
    for key in sorted(used):
        other = used[key]
        shared = variable.names & other.names
        if other is variable or not shared or (variable.family and variable.family == other.family):
            continue
        if not other.term and other.kind == "boolean" and key in variable.moments:
            continue  # the term has a value if that has happened, and is free then
        term, name = quoted(variable.key), quoted(min(shared))
        return f"how {term} goes together with what else is said of {name} is not known"
    return ""


def _certain(formula: Formula, used: Mapping[str, Variable], doubts: Mapping[str, str]) -> Formula:
    """The formula with all that is in doubt taken as not true, and moments of terms as reached."""
    if isinstance(formula, All):
        return all_of([_certain(part, used, doubts) for part in formula.parts])
    if isinstance(formula, Some):
        return some_of([_certain(part, used, doubts) for part in formula.parts])
    keys = variables_of(formula)
    if any(key in doubts for key in keys):
        return NEVER
    moments = sorted({moment for key in keys for moment in used[key].moments if moment in used})
    return all_of([formula, *(Truth(moment, True) for moment in moments)]) if moments else formula


def _reason(witness: Witness, used: Mapping[str, Variable], doubts: Mapping[str, str]) -> str:
    """What the case hangs on that is not known; first what it needs, then whatever stands in it."""
    for key in (*sorted(witness), *sorted(used)):
        if key in doubts:
            return doubts[key]
        if used[key].moments:
            return f"{quoted(key)} has no value before {quoted(used[key].moments[0])}"
    raise AssertionError("only terms make a case uncertain")
