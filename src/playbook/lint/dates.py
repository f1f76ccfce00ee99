"""Rhythms and days, as rules compare them."""

from __future__ import annotations

from playbook.proofs.spans import MOST_DAYS
from playbook.text.quantities import Cadence


def days_between(cadence: Cadence) -> float:
    """The most calendar days from one time to the next."""
    count = cadence.most if cadence.most is not None else cadence.count
    if cadence.unit == "quarter":
        return count * 92
    if cadence.unit == "year":
        return count * 366
    return count * MOST_DAYS[cadence.unit]
