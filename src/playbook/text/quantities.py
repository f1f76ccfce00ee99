"""Spoken quantities of time: ``5bd``, ``1..2bd``, ``14d before go_live``, ``every 2w``.

Units are minutes ``min``, business hours ``bh``, hours ``h``, business days ``bd``, days ``d``, weeks
``w`` and months ``mo``. ``m`` is refused because it is read as minutes by some and months by others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from playbook.text.quote import quoted

Unit = Literal["min", "bh", "h", "bd", "d", "w", "mo"]

UNITS: dict[Unit, tuple[str, str]] = {
    "min": ("minute", "minutes"),
    "bh": ("business hour", "business hours"),
    "h": ("hour", "hours"),
    "bd": ("business day", "business days"),
    "d": ("day", "days"),
    "w": ("week", "weeks"),
    "mo": ("month", "months"),
}
"""Every unit with its singular and plural name."""

DAYS_A_MONTH = 365.25 / 12
"""On average."""

CALENDAR_DAYS: dict[Unit, float] = {"min": 1 / 1440, "h": 1 / 24, "d": 1.0, "w": 7.0, "mo": DAYS_A_MONTH}
"""How many days of the calendar a unit has; business days and hours have another number each time."""

# What people write instead. An ambiguous spelling has two readings and so no single correction.
_OTHER_SPELLINGS: dict[str, tuple[Unit, ...]] = {
    "m": ("min", "mo"),
    "mi": ("min",),
    "mins": ("min",),
    "minute": ("min",),
    "minutes": ("min",),
    "hr": ("h",),
    "hrs": ("h",),
    "hour": ("h",),
    "hours": ("h",),
    "b": ("bd", "bh"),
    "bday": ("bd",),
    "bdays": ("bd",),
    "wd": ("bd",),
    "day": ("d",),
    "days": ("d",),
    "wk": ("w",),
    "wks": ("w",),
    "week": ("w",),
    "weeks": ("w",),
    "mon": ("mo",),
    "mos": ("mo",),
    "month": ("mo",),
    "months": ("mo",),
}


class QuantityError(ValueError):
    """A quantity that cannot be read: what is wrong, where in the text, and how to mend it.

    ``unit`` tells a wrong unit (rule SCH007) from a wrong shape (rule SCH003).
    """

    def __init__(
        self, message: str, expected: str, start: int, end: int, *, suggestion: str = "", unit: bool = False
    ) -> None:
        super().__init__(message)
        self.message = message
        self.expected = expected
        self.start = start
        self.end = end
        self.suggestion = suggestion
        self.unit = unit


@dataclass(frozen=True, slots=True)
class Duration:
    """An amount of time: ``low`` to ``high`` units, either end possibly open (``None``).

    ``5bd`` has both ends equal; ``..2w`` is "up to"; ``2w..`` is "at least"; ``~8w`` is approximate.
    """

    low: float | None
    high: float | None
    unit: Unit
    approximate: bool = False
    text: str = ""

    def __str__(self) -> str:
        return self.text

    def in_words(self) -> str:
        """The duration in English: ``1 to 2 business days``."""
        singular, plural = UNITS[self.unit]
        if self.low is None:
            return f"up to {_number(self.high)} {singular if self.high == 1 else plural}"
        if self.high is None:
            return f"at least {_number(self.low)} {singular if self.low == 1 else plural}"
        about = "about " if self.approximate else ""
        if self.low == self.high:
            return f"{about}{_number(self.low)} {singular if self.low == 1 else plural}"
        return f"{about}{_number(self.low)} to {_number(self.high)} {plural}"


@dataclass(frozen=True, slots=True)
class Timing:
    """A moment told from another: ``5bd after kickoff``, or ``50% between start and go_live``.

    ``reference`` is what it hangs on (an anchor, milestone, step, stage or event); ``reference_start``
    its place in ``text``. For a share between two moments, ``until`` is the second one and ``share`` is
    between 0 and 1; ``offset`` is then ``None``.
    """

    text: str
    direction: Literal["after", "before", "between"]
    reference: str
    reference_start: int
    offset: Duration | None = None
    share: float | None = None
    until: str | None = None
    until_start: int = 0

    def __str__(self) -> str:
        return self.text

    def in_words(self, name: str, until: str = "") -> str:
        """The moment in English, with the names of what it hangs on."""
        if self.offset is None:
            return f"{_number((self.share or 0) * 100)}% of the way from {name} to {until}"
        if self.offset.low == 0 and self.offset.high == 0:
            return f"on the day of {name}"
        return f"{self.offset.in_words()} {self.direction} {name}"


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often something recurs: every ``count`` units, or a named calendar rhythm.

    Of a range such as ``1..2w``, ``count`` is the shorter interval and ``most`` the longer one.
    """

    text: str
    count: float
    unit: Unit | Literal["quarter", "year"]
    most: float | None = None

    def __str__(self) -> str:
        return self.text

    def in_words(self) -> str:
        """The rhythm in English, to follow "every": ``2 weeks``, ``1 to 2 weeks``, ``quarter``."""
        unit = self.unit
        singular, plural = (unit, f"{unit}s") if unit == "quarter" or unit == "year" else UNITS[unit]  # noqa: PLR1714
        if self.most is not None:
            return f"{_number(self.count)} to {_number(self.most)} {plural}"
        return singular if self.count == 1 else f"{_number(self.count)} {plural}"


_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_MOST = 1_000_000
"""More of a unit than anybody means; beyond it dates and sums would overflow."""
_LONGEST = 200
"""Longer texts are no quantities, and are not searched for one."""

_DURATION = re.compile(
    rf"(?P<about>~\s*)?(?:(?P<low>{_NUMBER})?(?P<range>\.\.)(?P<high>{_NUMBER})?|(?P<one>{_NUMBER}))"
    r"\s*(?P<unit>[^\W\d_]*)\Z"
)
_NAME = r"[A-Za-z_][\w.-]*"
_TIMING = re.compile(rf"(?P<offset>.+?)\s+(?P<direction>after|before)\s+(?P<name>{_NAME})\s*\Z", re.DOTALL)
_BETWEEN = re.compile(rf"(?P<share>{_NUMBER})%\s+between\s+(?P<name>{_NAME})\s+and\s+(?P<until>{_NAME})\s*\Z")

DURATION_FORM = "a number and a unit of min, bh, h, bd, d, w, mo, such as 2bd or 1..2w"
TIMING_FORM = "a duration, 'after' or 'before', and a name, such as 5bd after kickoff"
CADENCE_FORM = "an interval such as 2w or 1..2w, or one of day, week, month, quarter, year"


@lru_cache(maxsize=4096)
def parse_duration(text: str) -> Duration:
    """Read ``5bd``, ``1..2bd``, ``..2w``, ``2w..`` or ``~8w``.

    Raises :class:`QuantityError` for another form, an unknown or ambiguous unit, or a range whose low
    end is above its high end.
    """
    match = _DURATION.match(text) if len(text) <= _LONGEST else None
    if match is None or (match["range"] and match["low"] is None and match["high"] is None):
        # `2w..` and `1w..2w` name the unit before the dots, as people say it.
        flipped = re.match(rf"({_NUMBER})\s*([a-z]+)\.\.(?:({_NUMBER})\s*([a-z]+))?\Z", text[: _LONGEST + 1])
        if flipped and flipped[4] in (None, flipped[2]):
            unit = _unit(flipped[2], text, flipped[1], flipped.start(2), flipped.end(2))
            return _checked(Duration(_amount(flipped[1]), _amount(flipped[3]), unit, False, text))
        raise QuantityError(f"{quoted(text)} is not a duration", DURATION_FORM, 0, len(text))
    amount = text[: match.start("unit")].rstrip()
    unit = _unit(match["unit"], text, amount, match.start("unit"), match.end("unit"))
    about = match["about"] is not None
    if match["range"]:
        return _checked(Duration(_amount(match["low"]), _amount(match["high"]), unit, about, text))
    value = _amount(match["one"])
    return _checked(Duration(value, value, unit, about, text))


@lru_cache(maxsize=4096)
def parse_timing(text: str) -> Timing:
    """Read ``<duration> after|before <name>`` or ``<n>% between <name> and <name>``.

    Raises :class:`QuantityError` with the place of the mistake in ``text``.
    """
    short = len(text) <= _LONGEST
    between = _BETWEEN.match(text) if short else None
    if between:
        share = float(between["share"]) / 100
        if share > 1:
            raise QuantityError(
                f"'{between['share']}%' is more than the whole",
                "a share from 0% to 100%",
                0,
                between.end("share"),
            )
        return Timing(
            text,
            "between",
            between["name"],
            between.start("name"),
            share=share,
            until=between["until"],
            until_start=between.start("until"),
        )
    match = _TIMING.match(text) if short else None
    if match is None:
        raise QuantityError(f"{quoted(text)} does not say when", TIMING_FORM, 0, len(text))
    offset = parse_duration(match["offset"])
    direction: Literal["after", "before"] = "after" if match["direction"] == "after" else "before"
    return Timing(text, direction, match["name"], match.start("name"), offset=offset)


_RHYTHMS: dict[str, tuple[float, Unit | Literal["quarter", "year"]]] = {
    "day": (1, "d"),
    "daily": (1, "d"),
    "week": (1, "w"),
    "weekly": (1, "w"),
    "month": (1, "mo"),
    "monthly": (1, "mo"),
    "quarter": (1, "quarter"),
    "quarterly": (1, "quarter"),
    "year": (1, "year"),
    "yearly": (1, "year"),
}


@lru_cache(maxsize=1024)
def parse_cadence(text: str) -> Cadence:
    """Read an interval such as ``2w``, or ``week``, ``month``, ``quarter``, ``quarterly``...

    Raises :class:`QuantityError` for anything else.
    """
    rhythm = _RHYTHMS.get(text)
    if rhythm:
        return Cadence(text, *rhythm)
    try:
        duration = parse_duration(text)
    except QuantityError as error:
        if error.unit:
            raise
        raise QuantityError(f"{quoted(text)} does not say how often", CADENCE_FORM, 0, len(text)) from None
    if duration.low is None or duration.high is None or duration.low <= 0:
        raise QuantityError(f"{quoted(text)} does not say how often", CADENCE_FORM, 0, len(text))
    return Cadence(text, duration.low, duration.unit, duration.high if duration.high > duration.low else None)


def _checked(duration: Duration) -> Duration:
    if max(duration.low or 0, duration.high or 0) > _MOST:
        raise QuantityError(
            f"{quoted(duration.text)} is too much", f"at most {_MOST:,} of a unit", 0, len(duration.text)
        )
    if duration.low is not None and duration.high is not None and duration.low > duration.high:
        raise QuantityError(
            f"{quoted(duration.text)} begins above its end",
            "the low end first, such as 1..2bd",
            0,
            len(duration.text),
        )
    return duration


def _unit(unit: str, text: str, amount: str, start: int, end: int) -> Unit:
    if unit in UNITS:
        return unit
    units = "one of " + ", ".join(UNITS)
    if not unit:
        raise QuantityError(f"{quoted(text)} has no unit", units, 0, len(text), unit=True)
    lower = unit.lower()
    readings = tuple(known for known in UNITS if known == lower) or _OTHER_SPELLINGS.get(lower, ())
    what, suggestion = "is not a unit", f"{amount}{readings[0]}" if readings else ""
    if len(readings) > 1:
        what = "is ambiguous"
        suggestion = " or ".join(f"{amount}{reading} ({UNITS[reading][1]})" for reading in readings)
    message = f"{quoted(unit)} in {quoted(text)} {what}"
    raise QuantityError(message, units, start, end, suggestion=suggestion, unit=True)


def _amount(text: str | None) -> float | None:
    if text is None:
        return None
    return int(text) if text.isdecimal() else float(text)


def in_words(amount: float, unit: Unit) -> str:
    """An amount of a unit in English: ``1 business day``, ``5 days``."""
    singular, plural = UNITS[unit]
    return f"{_number(amount)} {singular if amount == 1 else plural}"


def _number(value: float | None) -> str:
    return f"{value:g}" if value is not None else ""
