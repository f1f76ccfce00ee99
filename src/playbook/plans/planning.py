"""Accounts → their plans: the segment's variant, the steps that are done, dates, people and stable keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from playbook.plans.account import Account
from playbook.plans.assembling import Assembly
from playbook.plans.batches import CHUNK, chunks_of
from playbook.plans.plan import Plan, PlanNote
from playbook.plans.rota import Rota
from playbook.workspace import CompiledPlaybook


class Plans(Iterable[Plan]):
    """The plans of accounts, in their order. They are worked out as they are asked for, and only once.

    ``today`` is the day for which conditions are asked; by default each account's start. ``horizon`` is the last
    day for repeated tasks, or how long behind the last date of each plan it is; by default 90 days. A ``rota`` goes
    on with the turns of people that it has given before. ``notes`` counts what could not be told of the accounts.
    """

    def __init__(
        self,
        playbook: CompiledPlaybook,
        accounts: Iterable[Account],
        *,
        today: date | None = None,
        horizon: date | timedelta | None = None,
        rota: Rota | None = None,
        chunk: int = CHUNK,
    ) -> None:
        self._chunks = chunks_of(playbook, accounts, today, rota=rota, chunk=chunk)
        self._horizon = horizon
        self.notes: Counter[PlanNote] = Counter()

    def __iter__(self) -> Iterator[Plan]:
        for assemblies in self.assemblies():
            plans: dict[int, Plan] = {}
            for assembly in assemblies:
                positions = assembly.batch.positions
                plans.update((position, assembly.plan(index)) for index, position in enumerate(positions))
            for position in range(len(plans)):
                plan = plans.pop(position)
                self.notes.update(plan.notes)
                yield plan

    def assemblies(self) -> Iterator[list[Assembly]]:
        """The same before plans are made of it: chunk by chunk, each with the accounts of a variant together.

        Whoever takes them counts the ``notes``.
        """
        for batches in self._chunks:
            yield [Assembly(batch, self._horizon) for batch in batches]


def plan_of(
    playbook: CompiledPlaybook,
    account: Account,
    *,
    today: date | None = None,
    horizon: date | timedelta | None = None,
) -> Plan:
    """The plan of one account; see :class:`Plans`."""
    return next(iter(Plans(playbook, (account,), today=today, horizon=horizon)))


def plans_of(
    playbook: CompiledPlaybook,
    accounts: Iterable[Account],
    *,
    today: date | None = None,
    horizon: date | timedelta | None = None,
    rota: Rota | None = None,
    chunk: int = CHUNK,
) -> Iterator[Plan]:
    """The plans of accounts, in their order; see :class:`Plans`."""
    return iter(Plans(playbook, accounts, today=today, horizon=horizon, rota=rota, chunk=chunk))
