"""An account while its values are read, whether they stand in the cells of a row or below the keys of a list."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b

from playbook.diagnostics import Diagnostic, Place, Severity
from playbook.expressions.evaluate import Value
from playbook.plans.accounts.meanings import Meaning
from playbook.plans.accounts.problems import MisreadError, counted
from playbook.plans.people import People
from playbook.text.quote import quoted

Item = Mapping[str, Value | None]

MOST_ITEMS = 10_000
"""Of one collection of one account."""

_MOST_TOLD = 100
"""So many people who are not in the organization are named."""


def items_of(text: str) -> tuple[Item, ...]:
    """The items of a collection as a cell has them: a number, or names with ``;`` between them.

    Raises :class:`MisreadError`.
    """
    if text.isascii() and text.isdecimal():
        if len(text) > 6 or int(text) > MOST_ITEMS:
            raise MisreadError(f"{quoted(text)} are too many", f"at most {MOST_ITEMS:,}", None, "ACC010")
        return tuple({} for _ in range(int(text)))
    names = [name.strip() for name in text.split(";")]
    if len(names) > MOST_ITEMS:
        raise MisreadError(f"{len(names):,} are too many", f"at most {MOST_ITEMS:,}", None, "ACC010")
    return tuple({"name": name} for name in names if name)


def with_fields(items: tuple[Item, ...], field: str, text: str, meaning: Meaning) -> tuple[Item, ...]:
    """The items with the values of a field, which stand in their order with ``;`` between them.

    Raises :class:`MisreadError`.
    """
    values = [value.strip() for value in text.split(";")]
    if len(values) != len(items):
        told, there = counted(len(values), "value"), counted(len(items), "item")
        message = f"{quoted(text)} has {told} for {there} of {meaning.collection}"
        raise MisreadError(message, f"a value for each, with ';' between them ({len(items)})", None, "ACC010")
    return tuple(
        {**item, field: meaning.read(value)} if value else item for item, value in zip(items, values, strict=True)
    )


class Seen:
    """What has been read before: the ids of accounts, and people who are not in the organization.

    Of ids only digests are kept (64 bits: that two of a million ids share one has a chance of one in 40 million).
    """

    def __init__(self, people: People) -> None:
        self._people = people
        self._lines: dict[int, int] = {}
        self._told: set[str] = set()

    def first(self, account: str, line: int) -> int | None:
        """The line in which an account was listed before; else this one is remembered."""
        key = int.from_bytes(blake2b(account.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
        before = self._lines.setdefault(key, line)
        return before if before != line else None

    def stranger(self, name: str, role: str, place: Place) -> Diagnostic | None:
        """The finding about a person in a role of ours of whom the organization knows nothing; once for each."""
        if len(self._told) >= _MOST_TOLD or not self.is_stranger(name, role):
            return None
        self._told.add(name)
        near = self._people.nearest(name)
        return Diagnostic(
            "ACC009",
            Severity.WARNING,
            f"{quoted(name)} is not among the people of the organization",
            place,
            expected="an e-mail address or name as under people:",
            suggestion=near,
        )

    def is_stranger(self, name: str, role: str) -> bool:
        """Whether :meth:`stranger` has something to tell."""
        return role not in self._people.of_others and name not in self._told and not self._people.knows(name)
