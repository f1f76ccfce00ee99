"""What is told of amounts of time is certain: compared with walks through random calendars."""

from __future__ import annotations

import random
from datetime import date, datetime

import pytest
from calendar_walk import UNITS, WorkCalendar, random_calendar, random_start

from playbook.proofs.spans import Span, highest, lowest
from playbook.text.quantities import Unit, parse_duration

_MOST: dict[Unit, int] = {"bd": 25, "bh": 30, "mo": 4, "w": 9, "d": 60, "h": 90, "min": 200}


def random_span(choose: random.Random, working: int) -> Span:
    span = Span((), working)
    for unit in choose.sample(UNITS, choose.choice((1, 1, 2, 3))):
        span = span.plus(choose.randint(1, _MOST[unit]), unit)
    return span


def near(choose: random.Random, span: Span) -> Span:
    """A span of another kind that is about as long."""
    unit = choose.choice(("d", "h", "w", "mo", "bd"))
    days = {"d": 1, "h": 1 / 24, "w": 7, "mo": 30, "bd": 1.4}[unit]
    edge = choose.choice((span.least_days, span.least_days, span.most_days, span.usual_days))
    return Span((), span.working).plus(max(1, round(edge / days) + choose.randint(-1, 1)), unit)  # type: ignore[arg-type]


def walked(seed: int) -> tuple[int, int]:
    """How many of some pairs were compared for sure, and how many were not."""
    choose = random.Random(seed)
    sure = unsure = 0
    for _ in range(400):
        working = choose.choice((5, 5, 5, 4, 6, 7))
        one = random_span(choose, working)
        other = near(choose, one) if choose.random() < 0.7 else random_span(choose, working)
        for longer, shorter in ((one, other), (other, one)):
            if not longer.is_longer_than(shorter):
                unsure += 1
                continue
            sure += 1
            assert not shorter.is_longer_than(longer)
            for _ in range(6):
                work = random_calendar(choose, working)
                start = random_start(choose)
                ends = work.after(start, longer.amounts), work.after(start, shorter.amounts)
                assert ends[0] > ends[1], (longer, shorter, start, work)
    return sure, unsure


@pytest.mark.parametrize("seed", range(6))
def test_longer_is_longer_whatever_the_day_on_which_it_starts(seed: int) -> None:
    """Business time is counted first."""
    sure, unsure = walked(seed)
    assert min(sure, unsure) > 10, (sure, unsure)


def test_longer_is_longer_in_whichever_order_it_is_counted() -> None:
    """A day after a Friday is a Saturday: the business day after that ends no later than the one after Friday."""
    week = WorkCalendar(frozenset(range(5)), 9, 8)
    friday = datetime(2026, 1, 2, 9)
    day_first = week.after(friday, [("d", 1), ("bd", 1)], ("d", "bd"))
    assert span("1d + 1bd").is_longer_than(span("1bd")) == (day_first > week.after(friday, [("bd", 1)]))


@pytest.mark.parametrize("seed", range(4))
def test_the_fewest_and_the_most_days(seed: int) -> None:
    choose = random.Random(seed)
    for _ in range(400):
        working = choose.randint(1, 7)
        span = random_span(choose, working)
        work = random_calendar(choose, working)
        start = random_start(choose)
        order = tuple(choose.sample(UNITS, len(UNITS)))
        days = (work.after(start, span.amounts, order) - start).total_seconds() / 86_400
        assert span.least_days <= days + 1e-9, (span, start, work)
        assert days <= span.most_days + 1e-9, (span, start, work)


def test_more_of_a_unit_is_longer() -> None:
    for unit in UNITS:
        for working in range(1, 8):
            for amount in (1, 2, 5, 7, 40):
                less, more = Span((), working).plus(amount, unit), Span((), working).plus(amount + 1, unit)
                assert more.is_longer_than(less)
                assert not less.is_longer_than(more)
                assert not less.is_longer_than(less)


@pytest.mark.parametrize(("one", "other"), [("1h", "60min"), ("5bh", "5h"), ("1d + 1bh", "25h")])
def test_no_time_is_longer_than_the_same_in_another_unit(one: str, other: str) -> None:
    assert not span(one).is_longer_than(span(other))
    assert not span(other).is_longer_than(span(one))


@pytest.mark.parametrize(("one", "other"), [("1d", "24h"), ("1d", "1440min"), ("1w", "168h"), ("2w", "14d")])
def test_no_time_is_longer_than_the_same_number_of_whole_days(one: str, other: str) -> None:
    assert not span(one).is_longer_than(span(other))
    assert not span(other).is_longer_than(span(one))


def span(text: str, working: int = 5) -> Span:
    """A sum of durations."""
    total = Span((), working)
    for part in text.split(" + "):
        total = total.and_then(lowest(parse_duration(part), working))
    return total


@pytest.mark.parametrize(
    ("one", "other", "is_longer"),
    [
        ("8d", "1w", True),
        ("7d", "1w", False),
        ("25h", "1d", True),
        ("1441min", "1d", True),
        ("1mo", "27d", True),
        ("1mo", "28d", False),
        ("1mo", "4w", False),
        ("32d", "1mo", True),
        ("31d", "1mo", False),
        ("1mo", "30d", False),
        ("2mo", "1mo", True),
        ("5bd", "4d", True),
        ("10bd", "9d", True),
        ("1bd", "8bh", False),
        ("3w", "5bd", False),  # there may be holidays
        ("4w", "5bd", True),
        ("5bd + 1d", "5bd", False),  # the day may be a Saturday, and come first
        ("1mo + 5bd", "5bd", True),
        ("3d + 2bd", "1w", False),
    ],
)
def test_some_pairs(one: str, other: str, is_longer: bool) -> None:
    assert span(one).is_longer_than(span(other)) == is_longer


def test_sums_and_differences() -> None:
    total = span("5d + 2bd + 1w")
    assert list(total.amounts) == [("bd", 2), ("d", 5), ("w", 1)]
    assert list(total.less(span("5d")).amounts) == [("bd", 2), ("w", 1)]
    assert not total.less(total).amounts
    assert total.in_words() == "2 business days and 5 days and 1 week"
    assert Span().in_words() == "no time"
    assert not span("0d").amounts


def test_ends_of_ranges() -> None:
    assert list(lowest(parse_duration("2..5d")).amounts) == [("d", 2)]
    assert not lowest(parse_duration("..5d")).amounts
    high, open_end = highest(parse_duration("2..5d")), highest(parse_duration("2d.."))
    assert high is not None
    assert list(high.amounts) == [("d", 5)]
    assert open_end is None


def test_the_walk_itself() -> None:
    """A Friday at nine, and Monday as a holiday."""
    week = WorkCalendar(frozenset(range(5)), 9, 8)
    friday = datetime(2026, 1, 2, 9)
    assert week.after(friday, [("bd", 1)]) == datetime(2026, 1, 5, 9)
    assert week.after(friday, [("bd", 5)]) == datetime(2026, 1, 9, 9)
    assert week.after(friday, [("bh", 8)]) == datetime(2026, 1, 2, 17)
    assert week.after(friday, [("bh", 9)]) == datetime(2026, 1, 5, 10)
    assert week.after(friday, [("mo", 1), ("d", 1)]) == datetime(2026, 2, 3, 9)
    assert week.after(datetime(2026, 1, 31, 9), [("mo", 1)]) == datetime(2026, 2, 28, 9)
    off = WorkCalendar(frozenset(range(5)), 9, 8, frozenset({date(2026, 1, 5)}))
    assert off.after(friday, [("bd", 1)]) == datetime(2026, 1, 6, 9)
