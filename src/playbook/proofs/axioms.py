"""What is true of names whatever a playbook does: milestones and their events, states, segments."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

from playbook.expressions.cases import Verdict, find_case
from playbook.expressions.check import check_types
from playbook.expressions.parse import parse_expression
from playbook.proofs.conditions import (
    all_of,
    any_of,
    names_in,
    names_in_products,
    negated,
    same,
    text_of,
    tree_of,
    trees_of,
)
from playbook.signals import SEGMENT
from playbook.workspace import CompiledPlaybook

_FOLLOWS: dict[str, dict[str, tuple[str, ...]]] = {
    "artifact": {"accepted": ("produced",)},
    "handoff": {"accepted": ("submitted",), "rejected": ("submitted",)},
    "stage": {"exited": ("entered",)},
    "step": {"completed": ("started",), "approved": ("completed",), "rejected": ("started",)},
}
"""States that take another one for granted."""

_EXCLUDES = {"step": (("completed", "skipped"), ("approved", "rejected")), "handoff": (("accepted", "rejected"),)}
"""States of which only one can be the last word."""


def find(
    playbook: CompiledPlaybook, conditions: Sequence[ast.expr], assumed: Iterable[ast.expr] = ()
) -> Verdict | None:
    """Whether there is a case in which some conditions hold, where all that is assumed does.

    ``None`` if they speak of something that nothing declares, or compare what cannot be compared: that is
    told as what it is.
    """
    claim = all_of(list(conditions))
    relevant = relevant_to(playbook, claim, assumed)
    if any(playbook.is_misnamed(name) for tree in (claim, *relevant) for name in names_in(tree)):
        return None
    verdict = find_case([*conditions, *relevant], playbook.type_of)
    if verdict.found == "yes":
        return verdict if _keeps_limits(playbook, verdict) else Verdict("unknown", reason=_BEYOND_LIMITS)
    return None if any(_is_mistyped(playbook, tree) for tree in (claim, *relevant)) else verdict


_BEYOND_LIMITS = "products of fields with limits are not calculated"


def _keeps_limits(playbook: CompiledPlaybook, verdict: Verdict) -> bool:
    """Whether all numbers of a witness are such as their fields can have."""
    for name, shown in verdict.witness:
        for limit in limits_of(playbook, name):
            number = tree_of(shown.replace(",", ""))
            if number is None or not isinstance(limit, ast.Compare):
                continue
            kept = find_case([ast.Compare(number, limit.ops, limit.comparators)], playbook.type_of)
            if kept.found == "no":
                return False
    return True


def _is_mistyped(playbook: CompiledPlaybook, tree: ast.expr) -> bool:
    return bool(check_types(parse_expression(text_of(tree)), playbook.type_of))


def relevant_to(playbook: CompiledPlaybook, claim: ast.expr, assumed: Iterable[ast.expr] = ()) -> list[ast.expr]:
    """What has to do with a claim: those of the assumed conditions that share a name with it, or with each
    other, and what is true of all these names whatever a playbook does."""
    left = list(assumed)
    found: list[ast.expr] = []
    reached: frozenset[str] = frozenset()
    new = names_in(claim)
    while new:
        reached |= new
        near: list[ast.expr] = []
        apart: list[ast.expr] = []
        for tree in left:
            (apart if names_meant(playbook, tree).isdisjoint(new) else near).append(tree)
        left = apart
        for name in sorted(new):
            near += _about(playbook, name)
        found += near
        new = frozenset().union(*(names_in(tree) for tree in near)) - reached
    # A product is an unknown of its own: what limits its parts would only make it seem less known.
    free = reached.difference(*(names_in_products(tree) for tree in (claim, *found)))
    return [*found, *(limit for name in sorted(free) for limit in limits_of(playbook, name))]


def limits_of(playbook: CompiledPlaybook, name: str) -> list[ast.expr]:
    """The smallest and the largest number that a field can have."""
    field = playbook.workspace_symbols["field"].get(name)
    if field is None:
        return []
    limits = ((">=", field.value.at_least), ("<=", field.value.at_most))  # type: ignore[attr-defined]
    return trees_of(f"{name} {operator} {limit}" for operator, limit in limits if limit is not None)


def names_meant(playbook: CompiledPlaybook, tree: ast.expr) -> frozenset[str]:
    """The names that a condition reads, and those that what is true of them speaks of."""
    meant = playbook.remembered(_names_meant)
    if tree not in meant:
        names = names_in(tree)
        meant[tree] = names.union(*(names_in(each) for name in names for each in _about(playbook, name)))
    return meant[tree]


def _names_meant(playbook: CompiledPlaybook) -> dict[ast.expr, frozenset[str]]:
    """What has been worked out of conditions already."""
    del playbook
    return {}


def _known(playbook: CompiledPlaybook) -> dict[str, list[ast.expr]]:
    """What has been worked out of names already."""
    del playbook
    return {}


def _about(playbook: CompiledPlaybook, name: str) -> list[ast.expr]:
    known = playbook.remembered(_known)
    if name not in known:
        known[name] = _true_of(playbook, name)
    return known[name]


def _true_of(playbook: CompiledPlaybook, name: str) -> list[ast.expr]:
    if name == SEGMENT:
        return segments_of(playbook)
    base, _, state = name.rpartition(".")
    found: list[ast.expr] = []
    for kind in ("anchor", "milestone"):
        symbol = playbook.symbols[kind].get(base)
        if symbol is not None and state == "reached":
            found += _reached(name, symbol.value)
    for kind, pairs in _FOLLOWS.items():
        if base in playbook.symbols.get(kind, {}):
            found += trees_of(f"not {name} or {base}.{other}" for other in pairs.get(state, ()))
            excluded = [pair for pair in _EXCLUDES.get(kind, ()) if state in pair]
            found += trees_of(f"not ({base}.{first} and {base}.{second})" for first, second in excluded)
    return found


def _reached(name: str, value: object) -> list[ast.expr]:
    """A milestone or anchor is reached with its event; a milestone also once its conditions hold."""
    reached = tree_of(name)
    event = getattr(value, "event", None)
    if reached is None:
        return []
    if event and (tree := tree_of(event)) is not None:
        return [same(reached, tree)]
    conditions = trees_of(criterion.check for criterion in getattr(value, "when", ()))
    return [any_of([negated(all_of(conditions)), reached])] if conditions else []


def segments_of(playbook: CompiledPlaybook) -> list[ast.expr]:
    """What the segments say about the built-in field: each of its values stands for a condition."""
    whens = {id_: tree_of(segment.when) for id_, segment in playbook.model.segments.items() if segment.when}
    known = [tree for tree in whens.values() if tree is not None]
    found: list[ast.expr] = []
    for id_, segment in playbook.model.segments.items():
        condition = whens.get(id_)
        if segment.otherwise:
            condition = negated(any_of(known))
        is_segment = tree_of(f'{SEGMENT} == "{id_}"')
        if condition is not None and is_segment is not None:
            found.append(same(is_segment, condition))
    return found


def of_variant(playbook: CompiledPlaybook) -> list[ast.expr]:
    """Of a variant: that the account is in one of its segments."""
    if playbook.variant is None:
        return []
    return [any_of(trees_of(f'{SEGMENT} == "{id_}"' for id_ in playbook.segments))]
