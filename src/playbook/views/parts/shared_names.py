"""What the things that all playbooks share are called: roles, teams, systems, fields, KPIs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from playbook.expressions.english import Phrase, in_english
from playbook.expressions.parse import parse_expression
from playbook.language.base import Document as DocumentModel
from playbook.text.ids import words_of
from playbook.workspace import Table, Workspace

Symbols = Mapping[str, Table]


def title_of(symbols: Symbols, kind: str, id_: str) -> str:
    """The title of something that is declared, or its id in words."""
    symbol = symbols[kind].get(id_)
    title = getattr(symbol.value, "title", None) if symbol else None
    return title or words_of(id_.removeprefix("account.").replace(".", "_"))


def owner_title(symbols: Symbols, owner: str | None) -> str:
    """The title of a role or a team; empty for none."""
    if owner is None:
        return ""
    return title_of(symbols, "role" if owner in symbols["role"] else "team", owner)


def owner_titles(symbols: Symbols, owners: Iterable[str]) -> tuple[str, ...]:
    """The titles of several roles or teams."""
    return tuple(owner_title(symbols, owner) for owner in owners)


def condition_in_words(symbols: Symbols, text: str) -> str:
    """A condition over measured numbers and fields in English; as it is written, if it cannot be read."""
    tree = parse_expression(text).tree
    return text if tree is None else in_english(tree, partial(_phrase, symbols))


def _phrase(symbols: Symbols, name: str) -> Phrase:
    if name in symbols["kpi"]:
        return Phrase(title_of(symbols, "kpi", name), kind="number")
    for kind in ("field", "event"):
        if name in symbols[kind]:
            title = title_of(symbols, kind, name)
            return Phrase(title, "has happened") if kind == "event" else Phrase(title)
    return Phrase(words_of(name.rpartition(".")[2]).lower())


def documents_of(workspace: Workspace, kind: str) -> Iterator[tuple[str, DocumentModel]]:
    """The documents of a kind that could be read, with their ids, in the order of their names."""
    for document in workspace.documents:
        if document.kind == kind and document.model is not None:
            yield document.id or "", document.model
