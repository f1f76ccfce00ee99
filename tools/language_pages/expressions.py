"""The page about expressions, whose tables come from the code that reads, checks and evaluates them."""

from __future__ import annotations

import datetime
from typing import get_args

from language_pages.markdown import listed, table
from language_pages.probes import (
    ALL_OPERATORS,
    KINDS_OF_VALUES,
    is_read,
    kinds_for,
    kinds_in_list,
    kinds_of_arguments,
    meant_by,
)
from language_pages.reference import GENERATED
from playbook.expressions.evaluate import evaluate
from playbook.expressions.parse import DEEPEST, FUNCTIONS, LONGEST, parse_expression
from playbook.language.tracking import TrackedField
from playbook.language.vocabulary import ACTIVITY_EVENTS, BUILT_IN_FIELDS, EVENTS, STATES
from playbook.signals import type_of_field

_MEANING = {
    "or": "at least one side is true",
    "and": "both sides are true",
    "not": "the opposite",
    "==": "equal",
    "!=": "not equal",
    "<": "less, or earlier",
    "<=": "at most",
    ">": "more, or later",
    ">=": "at least",
    "in": "one of a list",
    "not in": "none of a list",
    "+": "sum",
    "-": "difference; between two dates, a duration",
    "*": "product",
    "/": "quotient",
}
_FUNCTION_WORDS = {
    "abs": (1, "the number without its sign"),
    "count": (1, "how many items a list has"),
    "days_since": (1, "how many days ago it happened"),
    "max": (2, "the largest of two or more"),
    "min": (2, "the smallest of two or more"),
}
_LITERALS = {
    "number": "`10_000`, `0.6`",
    "text": '`"Berlin"`',
    "choice": '`"enterprise"`, one of its values',
    "boolean": "`True`, `False`, or the name alone",
    "date": '`"2026-10-01"`',
    "duration": '`"14d"`',
    "list": '`"sso" in account.products`',
}
_SPELLINGS = ("&&", "||", "!", "=", "<>", "===", "=>", "=<", "AND", "OR", "NOT", "is", "is not", "≥", "≤", "≠")
_STATE_WORDS = {
    "anchor": "an anchor of the playbook",
    "artifact": "an artifact that a step produces",
    "handoff": "a handoff",
    "milestone": "a milestone",
    "stage": "a stage",
    "step": "a step",
}


def expressions_page() -> str:
    """What can stand where a condition is wanted."""
    read = [operator for operator in ALL_OPERATORS if is_read(operator)]
    if set(read) != set(_MEANING) or set(FUNCTIONS) != set(_FUNCTION_WORDS):
        raise ValueError("an operator or function of the language has no words here, or is no longer read")
    return f"{_values(read)}{_names()}{_refused()}"


def _values(read: list[str]) -> str:
    return f"""{GENERATED}
# Expressions

A condition is a small part of Python's expressions: names with dots, literals, comparisons and a few functions. It
has no side effects, every name in it must be declared, and types and units are checked: a mistake has its column
inside the text. `exit`, `enter`, `achieved` and a milestone's `when` take one condition, or a list that must hold
together.

```yaml
when: account.arr >= 10_000 and account.plan in ["team", "enterprise"]
exit: first_value.reached and account.active_seats / account.contracted_seats >= 0.6
until: days_since(kickoff_call.completed) > 30 or contact.trained
```

## Operators

{_operators(read)}
Comparisons can be chained: `10_000 <= account.arr < 100_000`. `not` binds tighter than `and`, and `and` tighter
than `or`; parentheses order the rest. Both sides of a comparison are of one kind; a date or duration may be written
as a text. A unit that both sides have must be the same, and falls away in a product or quotient.

## Functions

{_functions()}
## Literals and types

The type of a field is what `type` says in the [tracking plan](tracking.md#field).

{_types()}
Events and states are true once they have happened.

"""


def _names() -> str:
    return f"""## Names

A name is one of these; an unknown one is an error (REF002) with the nearest known name.

- a field of the tracking plan, such as `account.use_case`; {listed([f"`{name}`" for name in BUILT_IN_FIELDS])} are
  always there;
- an event of the tracking plan, or one of the {len(EVENTS)} known events below;
- the state of something that the playbook declares: its id, a dot, and one of these:

{_states()}
### Known events

Events in italics say only that we did something, not that it worked: an exit that reads nothing else is reported
(CRT008).

{listed([f"*`{event}`*" if event in ACTIVITY_EVENTS else f"`{event}`" for event in EVENTS])}

"""


def _refused() -> str:
    return f"""## Missing values

A value that is not there is neither true nor false, as in SQL's three-valued logic. A comparison, a sum or a
function with a missing value is missing; so is a division by zero. A condition that is not true does not hold, so a
missing value never opens a gate. What has not happened is false, not missing. (`?` is a missing value.)

{_three_values()}
## What other languages write

These are refused, with the spelling that is meant.

{_foreign()}
An expression has at most {LONGEST:,} characters and {DEEPEST} levels of nesting.
"""


def _operators(read: list[str]) -> str:
    rows = []
    for operator in read:
        kinds = kinds_for(operator)
        sides = "all kinds of values" if kinds == list(KINDS_OF_VALUES) else listed(kinds)
        if operator in ("in", "not in") and kinds_in_list(operator):
            sides += "; a text in a list field"
        rows.append((f"`{operator}`", _MEANING[operator], sides))
    return table(("Written", "Means", "For"), rows)


def _functions() -> str:
    rows = []
    for name in sorted(FUNCTIONS):
        number, meaning = _FUNCTION_WORDS[name]
        call = f"`{name}({', '.join(['x', 'y', 'z'][:number])})`"
        rows.append((call, meaning, listed(kinds_of_arguments(name, number))))
    return table(("Written", "Gives", "Of"), rows)


def _types() -> str:
    rows = []
    for name in get_args(TrackedField.model_fields["type"].annotation):
        type_ = type_of_field(TrackedField(type=name))
        whole = ", whole" if type_.whole else ""
        rows.append((f"`{name}`", f"{type_.kind}{whole}", _LITERALS[type_.kind]))
    return table(("`type`", "Is a", "Written in a condition"), rows)


def _states() -> str:
    rows = [
        (_STATE_WORDS[kind], listed([f"`.{state}`" for state in states])) for kind, states in sorted(STATES.items())
    ]
    return table(("Of", "States"), rows)


def _three_values() -> str:
    values = {"true": True, "false": False, "?": None}

    def shown(expression: str, x: bool | None, y: bool | None) -> str:
        tree = parse_expression(expression).tree
        assert tree is not None
        known = {name: value for name, value in (("x", x), ("y", y)) if value is not None}
        result = evaluate(tree, known, datetime.date(2026, 1, 1))
        return {True: "true", False: "false"}.get(result, "?") if isinstance(result, bool) else "?"

    whole = ("x and y", "x or y", "not x")
    rows = [(a, b, *(shown(text, values[a], values[b]) for text in whole)) for a in values for b in values]
    return table(("`x`", "`y`", *(f"`{text}`" for text in whole)), rows)


def _foreign() -> str:
    meant = {spelling: meant_by(spelling) for spelling in _SPELLINGS}
    if silent := [spelling for spelling, here in meant.items() if not here]:
        raise ValueError(f"nothing is suggested for {silent}")
    return table(("Elsewhere", "Here"), [(f"`{spelling}`", f"`{here}`") for spelling, here in meant.items()])
