"""The dates of a playbook: its order of work and its timers, counted from dated anchors on its calendar.

What is past and what is planned both are anchors: work follows forward from those that lie ahead of it and is
counted back from those that lie behind it. The order of work, the anchor that a step hangs on and the handling of
alternatives are those of :mod:`playbook.schedule.relative`; with dates, times from different anchors compare.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import date

import numpy as np
from numpy.typing import NDArray

from playbook.schedule.dated_times import DatedSchedule, Days, PlanDates, StepDates
from playbook.workspace import CompiledPlaybook


def dates_of(
    playbook: CompiledPlaybook,
    anchors: Mapping[str, Days],
    left_out: Mapping[str, NDArray[np.bool_]] | None = None,
) -> dict[str, StepDates]:
    """The dates of every step for many accounts: by step id, arrays with one value for each account.

    ``anchors`` are the accounts' dates by anchor id (``NOT_KNOWN`` where an account has none; a missing anchor is
    known of nobody). ``left_out`` tells by step id the accounts for which a step is not done: it takes no time.
    """
    return plan_dates(playbook, anchors, left_out).steps


def plan_dates(
    playbook: CompiledPlaybook,
    anchors: Mapping[str, Days],
    left_out: Mapping[str, NDArray[np.bool_]] | None = None,
) -> PlanDates:
    """The same with stages, milestones and the outcome."""
    raise NotImplementedError


def dated_schedule(
    playbook: CompiledPlaybook, anchors: Mapping[str, date], left_out: Set[str] = frozenset()
) -> DatedSchedule:
    """The dates of one account, with what cannot be kept. ``left_out`` are ids of steps that are not done."""
    raise NotImplementedError
