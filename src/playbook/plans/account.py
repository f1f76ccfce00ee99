"""An account that is onboarded: what an accounts file says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from playbook.expressions.evaluate import Value


@dataclass(frozen=True, slots=True)
class Account:
    """One account.

    ``id`` is the stable key that it has in the tools, ``name`` what people call it. ``anchors`` are its dates by
    anchor id, ``fields`` its values by dotted name (``account.arr``), ``roles`` the people (by their name in
    ``people:`` of the organization, an e-mail address as a rule) by role id. ``collections`` are what ``for_each``
    goes through: items by the name of the collection, each with its fields (``contact.role``) and its ``name``;
    of items of which only the number is known, each is empty.
    """

    id: str
    name: str
    anchors: Mapping[str, date] = field(default_factory=dict)
    fields: Mapping[str, Value | None] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    collections: Mapping[str, tuple[Mapping[str, Value | None], ...]] = field(default_factory=dict)
    line: int = 0
    """Where it stands in the accounts file; 0 if it stands in none."""
