"""The accounts whose dates are worked out together: their anchors, and what is not done for which of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from playbook.calendars.days import NOT_KNOWN, Days, is_known
from playbook.language.step import Step
from playbook.schedule.axis import SAME, Axis, Moments
from playbook.schedule.network import Network
from playbook.text.quantities import Unit

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Accounts:
    """``count`` accounts on one network; ``dates`` are their days by anchor, ``left_out`` is by step id."""

    network: Network
    axis: Axis
    count: int
    dates: Mapping[str, Days]
    left_out: Mapping[str, Mask] = field(default_factory=dict)
    windows: bool = True
    """Whether change windows are waited for."""

    def window(self, step: Step) -> str | None:
        """The change window that a step waits for."""
        return step.window if self.windows else None

    def anchor(self, id_: str) -> Days:
        """The days of an anchor."""
        return self.dates.get(id_, self.no_days)

    @cached_property
    def no_days(self) -> Days:
        """Days of which nothing is known."""
        return np.full(self.count, NOT_KNOWN, dtype=np.int64)

    @cached_property
    def nothing(self) -> Moments:
        """Moments of which nothing is said."""
        return np.full(self.count, np.nan)

    def without(self, node: str) -> Mask | None:
        """The accounts for which the step of a node is not done; ``None`` if it is done for all."""
        task = self.network.process.tasks.get(node)
        mask = self.left_out.get(task.step) if task else None
        return mask if mask is not None and mask.any() else None

    @cached_property
    def start(self) -> Moments:
        """When work begins: the date of the anchor that the journey starts with."""
        return self.axis.anchor(self.anchor(self.network.declared.start))

    def ahead(self, moments: Moments, amount: float, unit: Unit) -> Moments:
        """When work is over that begins at some moments. What goes by the calendar and begins with the journey is
        counted from the very day on which that starts, as a timer is, though it is a Saturday."""
        found = self.axis.ahead(moments, amount, unit)
        over = self._over_from_start(amount, unit)
        if over is None:
            return found
        off, by_day = over
        return np.where(off & (np.abs(moments - self.start) <= SAME), by_day, found)

    def back(self, limits: Moments, amount: float, unit: Unit) -> Moments:
        """When work begins at the latest that is over by some limits; with the journey, if it then is in time."""
        found = self.axis.back(limits, amount, unit)
        over = self._over_from_start(amount, unit)
        if over is None:
            return found
        off, by_day = over
        not_yet = np.fmin(found, self.start - 2 * SAME)
        nearest = np.where(by_day <= limits + SAME, np.fmax(found, self.start), not_yet)
        return np.where(off & np.isfinite(found), nearest, found)

    def _over_from_start(self, amount: float, unit: Unit) -> tuple[Mask, Moments] | None:
        """The accounts that start on a day that is not worked, and when work is over there that goes by the
        calendar and begins with the journey."""
        if self._off is None or unit not in ("d", "w", "mo") or amount < 1:
            return None
        return self._off[0], self.axis.ahead_of_day(self.anchor(self.network.declared.start), amount, unit)

    def start_day(self, moments: Moments) -> Days:
        """The day on which work begins; not before the journey does, be it that this starts on a weekend."""
        return self._from_start(self.axis.start_day(moments), moments)

    def end_day(self, moments: Moments, since: Moments | None) -> Days:
        """The day on which work is over that nothing lets begin before ``since``."""
        return self._from_start(self.axis.end_day(moments, since), moments)

    def latest_day(self, days: Days, limits: Moments, earliest: Moments) -> Days:
        """The last day of something that can be on the day on which the journey starts."""
        found = self._from_start(days, limits)
        return days if found is days else np.where(np.floor(earliest + SAME) == self.start, found, days)

    def _from_start(self, days: Days, moments: Moments) -> Days:
        if self._off is None:
            return days
        off, next_day = self._off
        return np.where(off & (np.floor(moments + SAME) == self.start), next_day, days)

    @property
    def starts_off(self) -> bool:
        """Whether any of them starts on a day that is not worked."""
        return self._off is not None

    @cached_property
    def _off(self) -> tuple[Mask, Days] | None:
        """The accounts that start on a day that is not worked, and the next one that is."""
        starts = self.anchor(self.network.declared.start)
        off = is_known(starts) & ~self.axis.calendar.is_worked(starts)
        return (off, self.axis.calendar.roll(starts, "forward")) if off.any() else None
