"""Texts that stand for a date or a duration, as they are written in expressions."""

from __future__ import annotations

import ast
import re
from datetime import date

from playbook.text.quantities import UNITS, Duration, QuantityError, parse_duration

DATE_FORM = 'a date such as "2026-01-31"'
DURATION_FORM = f'one amount with a unit of {", ".join(UNITS)}, such as "14d"'

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_LOOSE_DATE = re.compile(r"\s*([0-9]{4})\s*[-/. ]\s*([0-9]{1,2})\s*[-/. ]\s*([0-9]{1,2})\s*\Z")

_FAMILY = {"min": "time", "h": "time", "d": "time", "w": "time", "bh": "business", "bd": "business", "mo": "month"}
_MINUTES = {"min": 1, "h": 60, "d": 24 * 60, "w": 7 * 24 * 60}


def text_literal(node: ast.AST) -> str | None:
    """The text of a literal in quotation marks; ``None`` if the node is something else."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def read_date(text: str) -> date | None:
    """The day that ``2026-01-31`` names; ``None`` for another form or a day that does not exist."""
    if _DATE.match(text) is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def corrected_date(text: str) -> str | None:
    """A date in the right form, if the text has year, month and day in this order."""
    match = _LOOSE_DATE.match(text)
    if match is None:
        return None
    written = f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}"
    return written if read_date(written) is not None else None


def read_duration(text: str) -> Duration:
    """The single, exact amount of time that ``14d`` says.

    Raises :class:`QuantityError` for what is no duration, or is a range or only approximate.
    """
    duration = parse_duration(text)
    if duration.approximate or duration.low is None or duration.low != duration.high:
        raise QuantityError(f"'{text}' is not one exact amount of time", DURATION_FORM, 0, len(text))
    return duration


def exact_duration(text: str) -> Duration | None:
    """The same, with ``None`` instead of an error."""
    try:
        return read_duration(text)
    except QuantityError:
        return None


def family_of(unit: str | None) -> str | None:
    """Units of one family can be compared: ``min h d w``, ``bh bd``, ``mo``. ``None`` for no such unit."""
    return _FAMILY.get(unit) if unit is not None else None


def amount_of(duration: Duration) -> tuple[str, float] | None:
    """What durations are compared by: a scale, and the amount on it. ``None`` for a range.

    Minutes, hours, days and weeks have one scale. How many hours a business day has depends on the
    calendar, so business hours and business days have one each, and so have months.
    """
    if duration.low is None or duration.low != duration.high:
        return None
    minutes = _MINUTES.get(duration.unit)
    return ("time", duration.low * minutes) if minutes is not None else (duration.unit, duration.low)


def unit_words(unit: str) -> str:
    """A unit in the plural: ``business days``. What is no unit of time stays as it is."""
    return next((plural for known, (_, plural) in UNITS.items() if known == unit), unit)
