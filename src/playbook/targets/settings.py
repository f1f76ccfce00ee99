"""What a user chooses of a target, held against what there is to choose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from playbook.targets.target import Option, Settings, Target
from playbook.text.quote import shown
from playbook.text.suggest import nearest

FORMATS = ("mermaid",)
"""Formats with limits of their own, which may be declared as targets though they are none: there is nothing to
choose, and ``playbook check`` tells where a playbook is too large for them."""


@dataclass(frozen=True, slots=True)
class WrongChoice:
    """An option that there is not, or a value that it cannot have. ``of_value`` says which of both."""

    option: str
    message: str
    expected: str
    suggestion: str | None
    of_value: bool


def settings_of(target: Target, given: Mapping[str, str]) -> tuple[Settings, tuple[WrongChoice, ...]]:
    """Every option of a target with its value, and what is wrong with the given ones; those keep their default."""
    known = {option.name: option for option in target.options}
    chosen = {option.name: option.default for option in target.options}
    wrong = []
    for name, value in given.items():
        option = known.get(name)
        if option is None:
            expected = "one of " + ", ".join(known) if known else f"no options: {target.name} has none"
            message = f"the target {target.name} has no option '{shown(name)}'"
            wrong.append(WrongChoice(name, message, expected, nearest(name, known), False))
        elif option.choices and value not in option.choices:
            wrong.append(_wrong_value(target, option, value))
        else:
            chosen[name] = value
    return chosen, tuple(wrong)


def _wrong_value(target: Target, option: Option, value: str) -> WrongChoice:
    message = f"'{shown(value)}' is nothing that '{option.name}' of the target {target.name} can be"
    expected = "one of " + ", ".join(option.choices)
    return WrongChoice(option.name, message, expected, nearest(value, option.choices), True)
