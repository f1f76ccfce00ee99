"""Accounts → their plans: the segment's variant, the steps that are done, dates, people and stable keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from playbook.plans.account import Account
from playbook.plans.assembling import Assembly
from playbook.plans.batches import CHUNK, chunks_of
from playbook.plans.plan import Plan
from playbook.plans.rota import Rota
from playbook.workspace import CompiledPlaybook


def plan_of(
    playbook: CompiledPlaybook, account: Account, *, today: date | None = None, horizon: date | None = None
) -> Plan:
    """The plan of one account; see :func:`plans_of`."""
    return next(plans_of(playbook, (account,), today=today, horizon=horizon))


def plans_of(
    playbook: CompiledPlaybook,
    accounts: Iterable[Account],
    *,
    today: date | None = None,
    horizon: date | None = None,
    rota: Rota | None = None,
    chunk: int = CHUNK,
) -> Iterator[Plan]:
    """The plans of accounts, in their order.

    ``today`` is the day for which conditions are asked; by default each account's start. ``horizon`` is the last
    day for repeated tasks; by default 90 days behind the last date of each plan. A ``rota`` goes on with the
    turns of people that it has given before.
    """
    for batches in chunks_of(playbook, accounts, today, rota=rota, chunk=chunk):
        plans: dict[int, Plan] = {}
        for batch in batches:
            assembly = Assembly(batch, horizon)
            plans.update((position, assembly.plan(index)) for index, position in enumerate(batch.positions))
        yield from (plans[position] for position in range(len(plans)))
