"""The texts of cells as values, each by the type that is wanted. What is not clear is refused, never guessed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from playbook.calendars.days import FIRST_YEAR, LAST_YEAR
from playbook.expressions.evaluate import Value
from playbook.expressions.literals import DURATION_FORM, corrected_date, exact_duration, read_date
from playbook.expressions.types import Type
from playbook.plans.accounts.problems import MisreadError
from playbook.text.quote import quoted
from playbook.text.scalars import FLOAT, INTEGER
from playbook.text.suggest import nearest

Reader = Callable[[str], Value]
"""Gives the value of a text without blanks around it. Raises :class:`MisreadError`."""

DATE = "a date such as 2026-12-31"

_WITH_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9]{2}:[0-9]{2}[0-9:.]*(?:Z|[+-][0-9]{2}:?[0-9]{2})?\Z")
_AMBIGUOUS = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})\Z")
_THOUSANDS = re.compile(r"[-+]?[0-9]{1,3}(?:[ ,_'\u00a0\u202f][0-9]{3})+(?:\.[0-9]+)?\Z")
_LONGEST_NUMBER = 30
_SPREADSHEET_EPOCH = date(1899, 12, 30)
"""Day 0 of spreadsheets, counted so that days from March 1900 on are right (ECMA-376, 18.17.4.1)."""


@lru_cache(maxsize=4096)
def day(text: str) -> date:
    """A day; of a time stamp its day as it is written, whatever the time zone."""
    found = read_date(text)
    if found is None:
        match = _WITH_TIME.match(text)
        found = read_date(match[1]) if match else None
    if found is None:
        raise _no_day(text)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise MisreadError(
            f"{quoted(text)} is too far away", f"a day from {FIRST_YEAR} to {LAST_YEAR}", None, "ACC007"
        )
    return found


def _no_day(text: str) -> MisreadError:
    if re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return MisreadError(f"{quoted(text)} is no day that there is", DATE, None, "ACC007")
    readings = _readings(text)
    if len(readings) == 2:
        both = " or ".join(readings)
        return MisreadError(f"{quoted(text)} can be read in two ways", DATE, both, "ACC007")
    written = readings[0] if readings else corrected_date(text)
    message = f"{quoted(text)} is no date"
    if written is None and re.match(r"[1-9][0-9]{4}\Z", text):
        written = (_SPREADSHEET_EPOCH + timedelta(days=int(text))).isoformat()
        message = f"{quoted(text)} is the number that a spreadsheet has for a day"
    return MisreadError(message, DATE, written, "ACC007")


def _readings(text: str) -> list[str]:
    """The days that ``01/06/2026`` may mean: the day first, then the month first."""
    match = _AMBIGUOUS.match(text)
    if match is None:
        return []
    first, second, year = match.groups()
    written = (f"{year}-{int(month):02d}-{int(day_):02d}" for day_, month in ((first, second), (second, first)))
    return list(dict.fromkeys(each for each in written if read_date(each) is not None))


def truth(text: str) -> bool:
    """``true`` or ``false``, in small or capital letters."""
    lower = text.lower()
    if lower in ("true", "false"):
        return lower == "true"
    meant = {"yes": "true", "y": "true", "1": "true", "x": "true", "no": "false", "n": "false", "0": "false"}.get(
        lower
    )
    raise MisreadError(f"{quoted(text)} is neither true nor false", "true or false", meant)


def happened(text: str) -> bool | date:
    """Whether an event has happened, or the day on which it did."""
    if text[:1].isdigit():
        return day(text)
    try:
        return truth(text)
    except MisreadError:
        raise MisreadError(f"{quoted(text)} does not say when it happened", f"{DATE}, or true or false") from None


def number(text: str, *, whole: bool = False, at_least: float | None = None, at_most: float | None = None) -> float:
    """A number, written with a dot and without anything between the digits."""
    if len(text) > _LONGEST_NUMBER or FLOAT.match(text) is None or text.lower().endswith(("inf", "nan")):
        plain = re.sub(r"[^0-9.+-]", "", text) if _THOUSANDS.match(text) else None
        raise MisreadError(f"{quoted(text)} is no number", "digits such as 12000 or 0.5", plain)
    found = int(text) if INTEGER.match(text) else float(text)
    if isinstance(found, float) and found.is_integer() and abs(found) < 1e15:
        found = int(found)
    if whole and isinstance(found, float):
        raise MisreadError(f"{quoted(text)} is no whole number", "a whole number")
    if found != found or abs(found) == float("inf"):  # noqa: PLR0124 - the test for NaN
        raise MisreadError(f"{quoted(text)} is too large a number", "digits such as 12000 or 0.5")
    if at_least is not None and found < at_least:
        raise MisreadError(f"{quoted(text)} is too small", f"at least {at_least:g}")
    if at_most is not None and found > at_most:
        raise MisreadError(f"{quoted(text)} is too large", f"at most {at_most:g}")
    return found


def _choice(type_: Type) -> Reader:
    values: dict[str, Value] = {_as_written(value): value for value in type_.values}

    def read(text: str) -> Value:
        try:
            return values[text]
        except KeyError:
            near = nearest(text, values)
            known = ", ".join(values)
            raise MisreadError(f"{quoted(text)} is no value of it", f"one of {known}", near) from None

    return read


def _as_written(value: str | bool | float) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _items(type_: Type) -> Reader:
    one = _choice(type_) if type_.values else str

    def read(text: str) -> Value:
        return frozenset(one(part.strip()) for part in text.split(";") if part.strip())

    return read


def _duration(text: str) -> Value:
    found = exact_duration(text)
    if found is None:
        raise MisreadError(f"{quoted(text)} is no duration", DURATION_FORM.replace('"', ""))
    return found


def reader_of(type_: Type, at_least: float | None = None, at_most: float | None = None) -> Reader:
    """What reads the cells of a type; numbers must lie between the limits."""
    if type_.moment:
        return happened
    if type_.kind == "number":
        return lambda text: number(text, whole=type_.whole, at_least=at_least, at_most=at_most)
    if type_.kind == "choice" and type_.values:
        return _choice(type_)
    if type_.kind == "list":
        return _items(type_)
    readers: dict[str, Reader] = {"boolean": truth, "date": day, "duration": _duration}
    return readers.get(type_.kind, str)
