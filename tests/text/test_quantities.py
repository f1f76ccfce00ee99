"""Durations, timings and cadences: what is read, what is refused, and at which characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.text.quantities import (
    UNITS,
    Duration,
    QuantityError,
    parse_cadence,
    parse_duration,
    parse_timing,
)

DURATIONS = [
    # text, low, high, unit, approximate, in words
    ("30min", 30, 30, "min", False, "30 minutes"),
    ("1min", 1, 1, "min", False, "1 minute"),
    ("4bh", 4, 4, "bh", False, "4 business hours"),
    ("24h", 24, 24, "h", False, "24 hours"),
    ("1h", 1, 1, "h", False, "1 hour"),
    ("5bd", 5, 5, "bd", False, "5 business days"),
    ("1bd", 1, 1, "bd", False, "1 business day"),
    ("14d", 14, 14, "d", False, "14 days"),
    ("2w", 2, 2, "w", False, "2 weeks"),
    ("1mo", 1, 1, "mo", False, "1 month"),
    ("5 bd", 5, 5, "bd", False, "5 business days"),
    ("1.5h", 1.5, 1.5, "h", False, "1.5 hours"),
    ("0d", 0, 0, "d", False, "0 days"),
    ("~8w", 8, 8, "w", True, "about 8 weeks"),
    ("~ 8w", 8, 8, "w", True, "about 8 weeks"),
    ("~1..2w", 1, 2, "w", True, "about 1 to 2 weeks"),
    ("1..2bd", 1, 2, "bd", False, "1 to 2 business days"),
    ("0.5..1.5h", 0.5, 1.5, "h", False, "0.5 to 1.5 hours"),
    ("2..2bd", 2, 2, "bd", False, "2 business days"),
    ("..2w", None, 2, "w", False, "up to 2 weeks"),
    ("..1w", None, 1, "w", False, "up to 1 week"),
    ("2..w", 2, None, "w", False, "at least 2 weeks"),
    ("2w..", 2, None, "w", False, "at least 2 weeks"),
    ("1w..", 1, None, "w", False, "at least 1 week"),
    ("1w..2w", 1, 2, "w", False, "1 to 2 weeks"),
]


@pytest.mark.parametrize(("text", "low", "high", "unit", "approximate", "words"), DURATIONS)
def test_durations(
    text: str, low: float | None, high: float | None, unit: str, approximate: bool, words: str
) -> None:
    duration = parse_duration(text)
    assert (duration.low, duration.high, duration.unit, duration.approximate) == (low, high, unit, approximate)
    assert duration.in_words() == words
    assert str(duration) == text


BAD_DURATIONS = [
    # text, the characters that are wrong, a part of the message, suggestion, about the unit
    ("5m", "m", "ambiguous", "5min (minutes) or 5mo (months)", True),
    ("5M", "M", "ambiguous", "5min (minutes) or 5mo (months)", True),
    ("1..2m", "m", "ambiguous", "1..2min (minutes) or 1..2mo (months)", True),
    ("5b", "b", "ambiguous", "5bd (business days) or 5bh (business hours)", True),
    ("5 days", "days", "not a unit", "5d", True),
    ("5days", "days", "not a unit", "5d", True),
    ("5 Days", "Days", "not a unit", "5d", True),
    ("1 week", "week", "not a unit", "1w", True),
    ("3months", "months", "not a unit", "3mo", True),
    ("2hrs", "hrs", "not a unit", "2h", True),
    ("~2hrs", "hrs", "not a unit", "~2h", True),
    ("2weeks..", "weeks", "not a unit", "2w", True),
    ("5bdd", "bdd", "not a unit", "", True),
    ("5BD", "BD", "not a unit", "5bd", True),
    ("5MO", "MO", "not a unit", "5mo", True),
    ("5ß", "ß", "not a unit", "", True),
    ("5", "5", "has no unit", "", True),
    ("1..2", "1..2", "has no unit", "", True),
    ("bd", "bd", "not a duration", "", False),
    ("", "", "not a duration", "", False),
    ("..", "..", "not a duration", "", False),
    ("..w", "..w", "not a duration", "", False),
    ("-1d", "-1d", "not a duration", "", False),
    ("1e3d", "1e3d", "not a duration", "", False),
    ("5bd ", "5bd ", "not a duration", "", False),
    ("5bd\n", "5bd\n", "not a duration", "", False),
    ("1w..2d", "1w..2d", "not a duration", "", False),
    ("five days", "five days", "not a duration", "", False),
    ("2..1bd", "2..1bd", "begins above its end", "", False),
    ("2w..1w", "2w..1w", "begins above its end", "", False),
]


@pytest.mark.parametrize(("text", "wrong", "message", "suggestion", "unit"), BAD_DURATIONS)
def test_mistaken_durations(text: str, wrong: str, message: str, suggestion: str | None, unit: bool) -> None:
    with pytest.raises(QuantityError) as caught:
        parse_duration(text)
    error = caught.value
    assert message in error.message
    assert text[error.start : error.end] == wrong
    assert error.unit is unit
    assert error.expected
    if suggestion is not None:
        assert error.suggestion == suggestion


TIMINGS = [
    # text, direction, reference, until, in words
    ("5bd after kickoff", "after", "kickoff", None, "5 business days after Kickoff"),
    ("14d before go_live", "before", "go_live", None, "14 days before Kickoff"),
    ("1..2w after stage.entered", "after", "stage.entered", None, "1 to 2 weeks after Kickoff"),
    ("0d after kickoff", "after", "kickoff", None, "on the day of Kickoff"),
    ("~2w after kickoff", "after", "kickoff", None, "about 2 weeks after Kickoff"),
    ("5bd  after   kickoff ", "after", "kickoff", None, "5 business days after Kickoff"),
    ("50% between start and go_live", "between", "start", "go_live", "50% of the way from Kickoff to End"),
    ("0% between a and b", "between", "a", "b", "0% of the way from Kickoff to End"),
    ("100% between a and b", "between", "a", "b", "100% of the way from Kickoff to End"),
    ("33.3% between a and b", "between", "a", "b", "33.3% of the way from Kickoff to End"),
]


@pytest.mark.parametrize(("text", "direction", "reference", "until", "words"), TIMINGS)
def test_timings(text: str, direction: str, reference: str, until: str | None, words: str) -> None:
    timing = parse_timing(text)
    assert (timing.direction, timing.reference, timing.until) == (direction, reference, until)
    start = timing.reference_start
    assert text[start : start + len(reference)] == reference
    if until is not None:
        assert text[timing.until_start : timing.until_start + len(until)] == until
    assert timing.in_words("Kickoff", "End") == words
    assert str(timing) == text


BAD_TIMINGS = [
    ("5bd", "5bd", "does not say when", False),
    ("after kickoff", "after kickoff", "does not say when", False),
    ("5bd after", "5bd after", "does not say when", False),
    ("5bd afterkickoff", "5bd afterkickoff", "does not say when", False),
    ("5bd since kickoff", "5bd since kickoff", "does not say when", False),
    ("5bd after the kickoff", "5bd after the kickoff", "does not say when", False),
    ("5m after kickoff", "m", "ambiguous", True),
    ("5 days after kickoff", "days", "not a unit", True),
    ("soon after kickoff", "soon", "not a duration", False),
    ("150% between a and b", "150", "more than the whole", False),
    ("50% between a", "50% between a", "does not say when", False),
    ("", "", "does not say when", False),
]


@pytest.mark.parametrize(("text", "wrong", "message", "unit"), BAD_TIMINGS)
def test_mistaken_timings(text: str, wrong: str, message: str, unit: bool) -> None:
    with pytest.raises(QuantityError) as caught:
        parse_timing(text)
    assert message in caught.value.message
    assert text[caught.value.start : caught.value.end] == wrong
    assert caught.value.unit is unit


@pytest.mark.parametrize(
    ("text", "count", "unit"),
    [
        ("week", 1, "w"),
        ("weekly", 1, "w"),
        ("day", 1, "d"),
        ("daily", 1, "d"),
        ("month", 1, "mo"),
        ("monthly", 1, "mo"),
        ("quarter", 1, "quarter"),
        ("quarterly", 1, "quarter"),
        ("year", 1, "year"),
        ("yearly", 1, "year"),
        ("2w", 2, "w"),
        ("30d", 30, "d"),
        ("1mo", 1, "mo"),
    ],
)
def test_cadences(text: str, count: float, unit: str) -> None:
    cadence = parse_cadence(text)
    assert (cadence.count, cadence.unit, cadence.most, str(cadence)) == (count, unit, None, text)


def test_a_cadence_may_be_a_range() -> None:
    cadence = parse_cadence("1..2w")
    assert (cadence.count, cadence.most, cadence.unit) == (1, 2, "w")


@pytest.mark.parametrize(
    ("text", "message", "unit"),
    [
        ("0w", "does not say how often", False),
        ("..2w", "does not say how often", False),
        ("often", "does not say how often", False),
        ("Weekly", "does not say how often", False),
        ("", "does not say how often", False),
        ("2m", "ambiguous", True),
        ("2 weeks", "not a unit", True),
    ],
)
def test_mistaken_cadences(text: str, message: str, unit: bool) -> None:
    with pytest.raises(QuantityError) as caught:
        parse_cadence(text)
    assert message in caught.value.message
    assert caught.value.unit is unit


amounts = st.one_of(
    st.integers(0, 9999).map(str), st.decimals(0, 999, places=2, allow_nan=False).map(lambda value: f"{value:.2f}")
)


@given(amounts, st.sampled_from(sorted(UNITS)), st.sampled_from(["", " ", "  "]), st.booleans())
def test_what_is_written_is_read(amount: str, unit: str, space: str, about: bool) -> None:
    duration = parse_duration(f"{'~' * about}{amount}{space}{unit}")
    assert isinstance(duration, Duration)
    assert duration.low == duration.high == float(amount)
    assert (duration.unit, duration.approximate) == (unit, about)


readers = st.sampled_from([parse_duration, parse_timing, parse_cadence])
pieces = st.lists(
    st.one_of(
        st.sampled_from(
            ["5", "1..2", "..", "~", "bd", "m", "after", "before", "between", "and", "%", " ", "\n", "x"]
        ),
        st.text(max_size=4),
    ),
    max_size=8,
).map("".join)


def refusal(reader: object, text: str) -> QuantityError | None:
    """What a reader has against a text."""
    try:
        reader(text)  # type: ignore[operator]
    except QuantityError as error:
        return error
    return None


@given(readers, pieces)
def test_any_text_is_read_or_refused_with_a_place(reader: object, text: str) -> None:
    error = refusal(reader, text)
    if error is not None:
        assert 0 <= error.start <= error.end <= len(text)
        assert error.message
        assert "\n" not in error.message
        assert error.expected


def test_a_corrected_unit_is_read() -> None:
    for text in ("5 days", "2hrs", "1 week", "3months", "~2hrs"):
        with pytest.raises(QuantityError) as caught:
            parse_duration(text)
        parse_duration(caught.value.suggestion)


@pytest.mark.parametrize("text", ["9" * 30 + "bd", "1000001d", "1..9999999999d", "..2000000w", "2000000w.."])
def test_more_than_anybody_means_is_refused(text: str) -> None:
    with pytest.raises(QuantityError, match="too much") as caught:
        parse_duration(text)
    assert (caught.value.start, caught.value.end) == (0, len(text))


@pytest.mark.parametrize("reader", [parse_duration, parse_timing, parse_cadence])
@pytest.mark.parametrize(
    "text", ["9" * 5_000 + "bd", "x" + " " * 100_000 + "y", "1d after " * 10_000, "50% between " + "a" * 100_000]
)
def test_long_texts_are_refused_at_once_and_quoted_in_short(reader: object, text: str) -> None:
    with pytest.raises(QuantityError) as caught:
        reader(text)  # type: ignore[operator]
    assert len(caught.value.message) < 150


def test_messages_stay_on_one_line() -> None:
    with pytest.raises(QuantityError) as caught:
        parse_timing("5bd\nafter the\tkickoff")
    assert caught.value.message == "'5bd after the kickoff' does not say when"


def test_only_the_digits_0_to_9_are_digits() -> None:
    with pytest.raises(QuantityError):
        parse_duration("٥bd")
