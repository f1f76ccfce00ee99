"""``--horizon``: up to when recurring work is listed."""

from __future__ import annotations

from datetime import date, timedelta

import click

from playbook.cli.anchors import day_given
from playbook.text.quantities import DAYS_A_MONTH, QuantityError, parse_duration
from playbook.text.quote import shown
from playbook.text.terminal import printable

FARTHEST = timedelta(days=3660)
"""So far behind the last date the horizon may lie: ten years."""

_DAYS = {"d": 1.0, "w": 7.0, "mo": DAYS_A_MONTH, "bd": 1.4}
"""About so many days of the calendar, which is near enough for a horizon."""


def horizon_given(written: str) -> date | timedelta:
    """A date, or so long behind the last date of a plan. Raises :class:`click.UsageError` for anything else."""
    if "-" in written:
        return day_given("--horizon", written)
    said = printable(shown(written))
    try:
        duration = parse_duration(written)
    except QuantityError:
        duration = None
    if duration is None or duration.low != duration.high or duration.unit not in _DAYS:
        raise click.UsageError(f"--horizon: '{said}' is neither a date nor a time such as 90d, 12w or 6mo")
    days = (duration.high or 0) * _DAYS[duration.unit]
    if days > FARTHEST.days:
        raise click.UsageError(f"--horizon: '{said}' is more than ten years behind the last date")
    return timedelta(days=round(days))
