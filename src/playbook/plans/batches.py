"""Many accounts at once: those of one variant are dated together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from playbook.calendars.days import NOT_KNOWN, Days, days_of
from playbook.plans.account import Account
from playbook.plans.rota import Rota
from playbook.plans.situation import Situation, rota_of, situation_of
from playbook.schedule.dated import plan_dates
from playbook.schedule.dated_times import PlanDates
from playbook.schedule.declared import Declared
from playbook.workspace import CompiledPlaybook

CHUNK = 2_000
"""So many accounts are looked at together: enough for arrays to be worth it, little enough for the memory."""


@dataclass(frozen=True)
class Batch:
    """Some accounts of one variant, with their dates as arrays. ``positions`` are their places in the chunk."""

    playbook: CompiledPlaybook
    situations: Sequence[Situation]
    positions: Sequence[int]
    anchors: Mapping[str, Days]
    left_out: Mapping[str, NDArray[np.bool_]]
    dates: PlanDates

    def last_days(self) -> Days:
        """The last date in the plan of each account."""
        dates = self.dates
        columns = [step.due for step in dates.steps.values()]
        columns += [stage.ends for stage in dates.stages.values()]
        columns += [*dates.milestones.values(), *self.anchors.values(), dates.outcome]
        return np.maximum.reduce(columns) if columns else np.full(len(self.situations), NOT_KNOWN, dtype=np.int64)


def chunks_of(
    playbook: CompiledPlaybook,
    accounts: Iterable[Account],
    today: date | None = None,
    *,
    rota: Rota | None = None,
    chunk: int = CHUNK,
) -> Iterator[list[Batch]]:
    """The accounts in chunks, each as its batches by variant. People take turns in the order of the accounts."""
    turns = rota or rota_of(playbook)
    coming = iter(accounts)
    while taken := list(islice(coming, chunk)):
        by_variant: dict[str | None, list[tuple[int, Situation]]] = {}
        for position, account in enumerate(taken):
            situation = situation_of(playbook, account, turns, today)
            by_variant.setdefault(situation.playbook.variant, []).append((position, situation))
        yield [_batch([each for _, each in members], [at for at, _ in members]) for members in by_variant.values()]


def _batch(situations: list[Situation], positions: list[int]) -> Batch:
    playbook = situations[0].playbook
    anchors = {
        anchor: days_of(situation.anchors.get(anchor) for situation in situations)
        for anchor in dict.fromkeys((*playbook.model.anchors, Declared(playbook).start))
    }
    steps = dict.fromkeys(step for situation in situations for step in situation.left_out)
    left_out = {step: np.array([step in each.left_out for each in situations], dtype=np.bool_) for step in steps}
    return Batch(playbook, situations, positions, anchors, left_out, plan_dates(playbook, anchors, left_out))


def dates_in(days: Days) -> list[date | None]:
    """The dates of an array of days; ``None`` for what is not known, which numpy calls by the same number."""
    return days.view("datetime64[D]").tolist()  # type: ignore[no-any-return]
