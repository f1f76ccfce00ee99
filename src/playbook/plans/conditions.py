"""Conditions for one account: true, false, or not known yet."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from playbook.core.process import START
from playbook.expressions.evaluate import Value, evaluate
from playbook.expressions.parse import parse_expression
from playbook.plans.account import Account
from playbook.workspace import CompiledPlaybook

Values = Mapping[str, Value | None]
"""What is known of an account, by dotted name. What is not in it is not known, events that may come included."""

_MOST_KEPT = 4096


class Condition:
    """One condition, asked for many accounts. Answers are kept by the values that it reads."""

    __slots__ = ("_answers", "_names", "_needs_day", "_tree")

    def __init__(self, text: str) -> None:
        parsed = parse_expression(text)
        self._tree = parsed.tree
        self._names = tuple(dict.fromkeys(use.name for use in parsed.names))
        self._needs_day = self._tree is not None and any(
            isinstance(node, ast.Call) for node in ast.walk(self._tree)
        )
        self._answers: dict[tuple[object, ...], bool | None] = {}

    def truth(self, values: Values, today: date) -> bool | None:
        """Whether it holds; ``None`` if that depends on what is not known (or it is no condition at all)."""
        if self._tree is None:
            return None
        read = [values.get(name) for name in self._names]
        key = (*read, *map(type, read), today if self._needs_day else None)
        if key in self._answers:
            return self._answers[key]
        found = evaluate(self._tree, values, today)
        answer = True if isinstance(found, date) else found if isinstance(found, bool) else None
        if len(self._answers) >= _MOST_KEPT:
            # Steps with one condition are asked one after the other: the last answers are those that are needed.
            self._answers.clear()
        self._answers[key] = answer
        return answer

    def missing(self, values: Values) -> tuple[str, ...]:
        """The names that it reads and of which nothing is known."""
        return tuple(name for name in self._names if values.get(name) is None)


@lru_cache(maxsize=4096)
def condition_of(text: str) -> Condition:
    """The condition that an expression is."""
    return Condition(text)


def anchors_of(playbook: CompiledPlaybook, account: Account) -> dict[str, date]:
    """The dates of an account by anchor: its own, else that of the anchor's field or event.

    Where the playbook does not say with what it starts, the start itself is one of them.
    """
    found = {}
    for id_, anchor in playbook.model.anchors.items():
        named = (
            account.anchors.get(id_),
            account.fields.get(anchor.field or ""),
            account.fields.get(anchor.event or ""),
        )
        day = next((each for each in named if isinstance(each, date)), None)
        if day is not None:
            found[id_] = day
    begins = account.anchors.get(START)
    if (
        begins is not None
        and START not in found
        and not any(each.start for each in playbook.model.anchors.values())
    ):
        found[START] = begins
    return found


def start_of(playbook: CompiledPlaybook, anchors: Mapping[str, date]) -> date | None:
    """The day on which the journey of an account starts, if it is known."""
    declared = (id_ for id_, anchor in playbook.model.anchors.items() if anchor.start)
    return anchors.get(next(declared, START))


def values_of(
    playbook: CompiledPlaybook, account: Account, anchors: Mapping[str, date], today: date
) -> dict[str, Value | None]:
    """What is known of an account: its fields, and what its dates say of the fields and events behind them.

    An event of the future has not happened, but it is not known that it will not: it stays unknown.
    """
    values = dict(account.fields)
    for id_, day in anchors.items():
        anchor = playbook.model.anchors.get(id_)
        if anchor is None:
            continue
        if anchor.field:
            values.setdefault(anchor.field, day)
        if day <= today:
            values.setdefault(f"{id_}.reached", day)
            if anchor.event:
                values.setdefault(anchor.event, day)
    return values
