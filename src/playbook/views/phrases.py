"""Conditions in English: what the names in them are called, and what can be said of them."""

from __future__ import annotations

from functools import partial

from playbook.expressions.english import Phrase, in_english
from playbook.expressions.parse import parse_expression
from playbook.language.vocabulary import EVENTS, STATES
from playbook.text.ids import words_of
from playbook.workspace import CompiledPlaybook

_STATES: dict[str, str] = {
    "completed": "is done",
    "started": "is begun",
}
"""How a state is said, where it is not "is" and its name."""


def condition(playbook: CompiledPlaybook, text: str) -> str:
    """A condition in English; as it is written, if it cannot be read."""
    tree = parse_expression(text).tree
    return text if tree is None else in_english(tree, partial(phrase, playbook))


def phrase(playbook: CompiledPlaybook, name: str) -> Phrase:
    """How a name in an expression is said."""
    type_ = playbook.type_of(name)
    kind_of_value = type_.kind if type_ else None
    for kind in ("field", "event"):
        symbol = playbook.workspace_symbols[kind].get(name)
        if symbol is not None or (kind == "event" and name in EVENTS):
            title = getattr(symbol.value, "title", None) if symbol else None
            if kind == "event":
                return Phrase(title or _words(name), "has happened")
            # What is true or false is often a sentence of its own: "SSO is required".
            subject = f'"{title}"' if title and kind_of_value == "boolean" else title or _words(name)
            return Phrase(subject, kind=kind_of_value)
    base, _, state = name.rpartition(".")
    for kind, states in STATES.items():
        symbol = playbook.symbols.get(kind, {}).get(base)
        if symbol is not None and state in states:
            title = getattr(symbol.value, "title", None) or getattr(symbol.value, "do", None)
            return Phrase(title or words_of(base), _STATES.get(state, f"is {state}"))
    return Phrase(_words(name), kind=kind_of_value)


def _words(name: str) -> str:
    """The words of a dotted name: those of an account go without saying so."""
    return words_of(name.removeprefix("account.").replace(".", "_")).lower()
