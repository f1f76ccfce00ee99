"""Steps that are done more than once for an account: for each of several things, and again and again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from playbook.expressions.evaluate import Value
from playbook.plans.account import Account
from playbook.plans.conditions import Values
from playbook.plans.keys import item_keys, label_of
from playbook.plans.lines import Line
from playbook.plans.plan import PlanNote


class Item(NamedTuple):
    """What a step is done for: a part of its key, and what people call it."""

    key: str
    label: str


ONCE = (Item("", ""),)


def items_of(line: Line, account: Account, values: Values, today: date, notes: list[PlanNote]) -> Sequence[Item]:
    """What a step is done for each of. Once, where the account's file does not say what there is."""
    each = line.for_each
    if each is None:
        return ONCE
    step = line.task.step
    items = account.collections.get(each.of)
    many = each.of.replace("_", " ")
    if items is None:
        notes.append(
            PlanNote("items", step, f"which {many} there are is not known; it is planned once, for all of them")
        )
        return ONCE
    keys = item_keys(items, line.one)
    found = []
    unknown = 0
    for position, (item, key) in enumerate(zip(items, keys, strict=True), 1):
        truth = True if line.where is None else line.where.truth(_with(values, item, line.one), today)
        if truth is not False:
            found.append(Item(key, label_of(item, line.one, position)))
            unknown += truth is None
    if unknown:
        text = f"whether it is for each of the {many} is not known of some; it is planned for them"
        notes.append(PlanNote("items", step, text))
    if each.at_least is not None and len(found) < each.at_least:
        text = f"there must be at least {each.at_least} of the {many} that it is for; there are fewer"
        notes.append(PlanNote("items", step, text))
    if each.at_most is not None and len(found) > each.at_most:
        text = f"there may be at most {each.at_most} of the {many} that it is for; there are more"
        notes.append(PlanNote("items", step, text))
    return found


def _with(values: Values, item: dict[str, Value | None] | Values, one: str) -> dict[str, Value | None]:
    """What is known of an account and one of its items; ``name`` is ``contact.name`` as well."""
    own = {key if "." in key else f"{one}.{key}": value for key, value in item.items()}
    return {**values, **own}
