"""Marks that stand in a plan for what differs from account to account: its name, dates, people and items."""

from __future__ import annotations

from datetime import date

from playbook.plans.expanding import Item
from playbook.plans.plan import PersonBinding

BEGIN, END = "\ue000", "\ue001"
"""Characters that no language uses (Unicode's private use area), around the name of a mark."""


def mark(name: str) -> str:
    """The text of a mark."""
    return f"{BEGIN}{name}{END}"


ID, NAME, PART = "id", "name", "part"
"""The account's id, its name, and its part of the keys."""


def person(at: int, *, has_address: bool) -> PersonBinding:
    """The holder of the role at a place, as somebody with an e-mail address or without one."""
    return PersonBinding(mark(f"person{at}{'@' if has_address else ''}"), mark(f"person_name{at}"))


def item(at: int) -> Item:
    """What a step is done for."""
    return Item(mark(f"item{at}"), mark(f"item_label{at}"))


class Day(date):
    """A day that is not said yet. Written by the format of a sheet it is its mark; it is good for nothing else."""

    mark: str

    def __new__(cls, at: int) -> Day:
        """The day at a place."""
        found = super().__new__(cls, 2000, 1, 1)
        found.mark = mark(f"day{at}")
        return found

    def strftime(self, format: str) -> str:
        """The mark."""
        del format
        return self.mark
