"""Conditions in English: what the names in them are called, and what can be said of them."""

from __future__ import annotations

from functools import partial

from playbook.expressions.english import Phrase, in_english
from playbook.expressions.parse import parse_expression
from playbook.expressions.tree import dotted_name
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


def shown_condition(playbook: CompiledPlaybook, text: str) -> str:
    """A condition in the few words that fit into a picture: what is a field of yes or no, by its title alone."""
    title = statement(playbook, text)
    return f"“{title}”" if title else condition(playbook, text)


def statement(playbook: CompiledPlaybook, text: str) -> str | None:
    """The title that is by itself all of a condition: of a field of yes or no, or of an event."""
    tree = parse_expression(text).tree
    name = dotted_name(tree) if tree is not None else None
    if name is None:
        return None
    symbol = playbook.workspace_symbols["event"].get(name)
    if symbol is not None or name in EVENTS:
        return _event_title(playbook, name)
    type_ = playbook.type_of(name)
    symbol = playbook.workspace_symbols["field"].get(name)
    title = getattr(symbol.value, "title", None) if symbol else None
    return title if type_ is not None and type_.kind == "boolean" else None


def _event_title(playbook: CompiledPlaybook, name: str) -> str | None:
    """The title of an event; else that of the anchor which it sets."""
    symbol = playbook.workspace_symbols["event"].get(name)
    title = getattr(symbol.value, "title", None) if symbol else None
    anchors = (anchor.title for anchor in playbook.model.anchors.values() if anchor.event == name)
    return title or next((each for each in anchors if each), None)


def phrase(playbook: CompiledPlaybook, name: str) -> Phrase:
    """How a name in an expression is said."""
    type_ = playbook.type_of(name)
    kind_of_value = type_.kind if type_ else None
    for kind in ("field", "event"):
        symbol = playbook.workspace_symbols[kind].get(name)
        if symbol is not None or (kind == "event" and name in EVENTS):
            if kind == "event":
                return Phrase(_event_title(playbook, name) or _words(name), "has happened")
            title = getattr(symbol.value, "title", None) if symbol else None
            # What is true or false is often a sentence of its own: "SSO is required".
            subject = f'"{title}"' if title and kind_of_value == "boolean" else title or _words(name)
            return Phrase(subject, kind=kind_of_value)
    base, _, state = name.rpartition(".")
    for kind, states in STATES.items():
        symbol = playbook.symbols.get(kind, {}).get(base)
        if symbol is not None and state in states:
            title = getattr(symbol.value, "title", None) or words_of(base)
            # What is done is an order to somebody: "Write the brief" is done.
            do = getattr(symbol.value, "do", None)
            return Phrase(f'"{do}"' if do else title, _STATES.get(state, f"is {state}"))
    return Phrase(_words(name), kind=kind_of_value)


def _words(name: str) -> str:
    """The words of a dotted name: those of an account go without saying so."""
    return words_of(name.removeprefix("account.").replace(".", "_")).lower()
