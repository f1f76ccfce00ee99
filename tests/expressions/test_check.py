"""Types of expressions: what is right stays silent, and each mistake is told at its smallest place."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typed_expressions import anything

from playbook.expressions.check import check_types, type_of
from playbook.expressions.parse import DEEPEST, parse_expression
from playbook.expressions.types import BOOLEAN, DATE, DURATION, HAPPENED, NUMBER, TEXT, WHOLE, Type

TYPES = {
    "account.arr": Type("number", unit="USD"),
    "account.fee": Type("number", unit="EUR"),
    "account.seats": WHOLE,
    "account.age": Type("number", unit="days"),
    "account.plan": Type("choice", ("draft", "review", "live")),
    "account.mode": Type("choice", ("repair", "optimize")),
    "account.tier": Type("choice", (1, 2, 3)),
    "account.name": TEXT,
    "account.owner": TEXT,
    "account.sso": BOOLEAN,
    "account.eu": BOOLEAN,
    "account.go_live": DATE,
    "account.start": DATE,
    "account.lead": DURATION,
    "account.sla": Type("duration", unit="bd"),
    "account.products": Type("list", ("sso", "api")),
    "account.tags": Type("list"),
    "first_value.reached": HAPPENED,
}

RIGHT = [
    "True",
    "account.sso",
    "not account.sso and first_value.reached or False",
    "account.arr >= 10_000 and account.arr < 100_000",
    "0 < account.seats <= 5",
    "account.arr / account.seats >= 0.6",
    "account.arr * account.fee > account.fee / account.arr",
    "account.arr + 5 - account.arr > -account.arr",
    "account.arr > account.fee / 2 + account.arr",
    "account.go_live - account.start >= '14d'",
    'account.go_live - "2026-01-31" >= "2w"',
    'account.go_live >= "2026-01-31" and account.go_live != account.start',
    'account.lead >= "14d" and account.lead > "2w"',
    'account.lead < account.sla and account.sla > "4bh"',
    'account.lead in ["14d", "1w"]',
    'account.plan == "draft" or account.plan in ["review", "live"] or account.plan not in ("live",)',
    "account.tier == 1 or account.tier in [2, 3.0]",
    "account.plan == account.name",
    'account.name == "x" and account.name != account.owner',
    'account.name in ["x", account.owner]',
    "account.sso == True and first_value.reached != False",
    "(account.arr > 5) == False",
    '"sso" in account.products and "anything" in account.tags and account.name in account.tags',
    "account.plan in account.tags",
    "count(account.products) >= 2",
    "days_since(first_value.reached) < 5 and days_since(account.go_live) > account.age",
    'days_since("2026-01-31") > 5',
    "abs(account.arr - 5) < max(account.arr, 10, account.seats) + min(1, 2)",
    "unknown.a and unknown.b > 'x' and unknown.a + 1 < unknown.c",
    "unknown.a in unknown.b and account.plan in unknown.c and -unknown.a == unknown.d",
    "unknown.a - account.go_live > unknown.b and account.go_live - unknown.a > 5",
    "count(unknown.a) > 1 and days_since(unknown.b) > 1 and max(unknown.c, unknown.d) > unknown.e",
    "unknown.a",
]


@pytest.mark.parametrize("text", RIGHT)
def test_right(text: str) -> None:
    parsed = parse_expression(text)
    assert parsed.tree is not None
    assert check_types(parsed, TYPES.get) == ()


VALUES = 'one of "draft", "review", "live"'
CONDITION = "a comparison, or what is true or false by itself"
UNITS = "units that can be compared: min, h, d and w; bh and bd; mo by itself"
AMOUNT = 'one amount with a unit of min, bh, h, bd, d, w, mo, such as "14d"'
DAY = 'a date such as "2026-01-31"'
SAME = "the same kind of value on both sides"

WRONG = [
    # text, the characters that are underlined, message, suggestion, expected
    # -- true or false
    (
        "account.arr",
        "account.arr",
        "the condition gives a number, not true or false",
        "account.arr > 0",
        CONDITION,
    ),
    ("1", "1", "the condition gives a number, not true or false", "True", CONDITION),
    (
        "account.seats + 1",
        "account.seats + 1",
        "the condition gives a number, not true or false",
        "account.seats + 1 > 0",
        CONDITION,
    ),
    (
        "account.plan and account.sso",
        "account.plan",
        "account.plan is a choice, not true or false",
        'account.plan == "draft"',
        CONDITION,
    ),
    (
        "not account.name",
        "account.name",
        "account.name is a text, not true or false",
        'account.name != ""',
        CONDITION,
    ),
    (
        "account.sso or account.go_live",
        "account.go_live",
        "account.go_live is a date, not true or false",
        "days_since(account.go_live) >= 0",
        CONDITION,
    ),
    (
        "account.sso or account.lead",
        "account.lead",
        "account.lead is a duration, not true or false",
        'account.lead > "0d"',
        CONDITION,
    ),
    (
        "account.sso or account.tags",
        "account.tags",
        "account.tags is a list, not true or false",
        "count(account.tags) > 0",
        CONDITION,
    ),
    (
        'account.plan == "draft" or "review"',
        '"review"',
        '"review" is a text, not true or false',
        'account.plan == "review"',
        CONDITION,
    ),
    ('"x" and account.sso', '"x"', '"x" is a text, not true or false', None, CONDITION),
    # -- arithmetic
    (
        "account.arr + account.fee > 5",
        "account.arr + account.fee",
        "account.arr is in USD, account.fee in EUR",
        None,
        "one unit",
    ),
    (
        "(account.arr + 1) - (account.fee + 1) > 5",
        "(account.arr + 1) - (account.fee + 1)",
        "account.arr + 1 is in USD, account.fee + 1 in EUR",
        None,
        "one unit",
    ),
    ("account.plan + 1 > 2", "account.plan", "account.plan is a choice, and + takes numbers", None, "a number"),
    ('account.arr * "5" > 2', '"5"', '"5" is a text, and * takes numbers', "5", "a number"),
    ("account.sso / 2 > 2", "account.sso", "account.sso is true or false, and / takes numbers", None, "a number"),
    ("-account.name > 5", "account.name", "account.name is a text, and - takes numbers", None, "a number"),
    (
        "unknown.a + account.name > 5",
        "account.name",
        "account.name is a text, and + takes numbers",
        None,
        "a number",
    ),
    (
        "account.go_live + 14 > account.start",
        "account.go_live",
        "account.go_live is a date, and + takes numbers",
        None,
        "a number",
    ),
    (
        "account.go_live - 14 > account.start",
        "account.go_live - 14",
        "account.go_live is a date, 14 is a number",
        None,
        "a date on both sides of -",
    ),
    # -- numbers
    (
        "account.arr >= account.fee",
        "account.arr >= account.fee",
        "account.arr is in USD, account.fee in EUR",
        None,
        "one unit on both sides",
    ),
    (
        "0 < account.arr < account.fee",
        "account.arr < account.fee",
        "account.arr is in USD, account.fee in EUR",
        None,
        "one unit on both sides",
    ),
    ('5 > "5"', '"5"', '5 is a number, "5" a text', "5", "a number, as 5 is"),
    (
        'account.seats >= "10,000"',
        '"10,000"',
        'account.seats is a number, "10,000" a text',
        "10_000",
        "a number, as account.seats is",
    ),
    ('0 < account.seats < "x"', '"x"', 'account.seats is a number, "x" a text', None, SAME),
    (
        "account.seats == account.name",
        "account.seats == account.name",
        "account.seats is a number, account.name a text",
        None,
        SAME,
    ),
    # -- dates
    ('account.go_live > "2026-02-30"', '"2026-02-30"', '"2026-02-30" is not a date', None, DAY),
    ("'2026/1/31' < account.go_live", "'2026/1/31'", "'2026/1/31' is not a date", "'2026-01-31'", DAY),
    ('account.go_live > "20260131"', '"20260131"', '"20260131" is not a date', None, DAY),
    ('account.go_live > "14d"', '"14d"', '"14d" is not a date', None, DAY),
    (
        "account.go_live > 2026-10-31",
        "2026-10-31",
        "account.go_live is a date, 2026-10-31 a number",
        '"2026-10-31"',
        "a date, as account.go_live is",
    ),
    ("account.go_live > 5", "5", "account.go_live is a date, 5 a number", None, SAME),
    # -- durations
    (
        "account.lead >= 14",
        "14",
        "account.lead is a duration, 14 a number",
        '"14d"',
        "a duration, as account.lead is",
    ),
    ("3 > account.sla", "3", "3 is a number, account.sla a duration", '"3bd"', "a duration, as account.sla is"),
    (
        "account.go_live - account.start > 14",
        "14",
        "account.go_live - account.start is a duration, 14 a number",
        '"14d"',
        "a duration, as account.go_live - account.start is",
    ),
    (
        'account.go_live - account.start > "5bd"',
        '"5bd"',
        'account.go_live - account.start is in days, "5bd" in business days',
        None,
        UNITS,
    ),
    ('account.sla > "1mo"', '"1mo"', 'account.sla is in business days, "1mo" in months', None, UNITS),
    ('"5d" < account.lead < "5bd"', '"5bd"', 'account.lead is in days, "5bd" in business days', None, UNITS),
    ('account.lead in ["5d", "1mo"]', '"1mo"', 'account.lead is in days, "1mo" in months', None, UNITS),
    (
        "account.sla < account.go_live - account.start",
        "account.sla < account.go_live - account.start",
        "account.sla is in business days, account.go_live - account.start in days",
        None,
        UNITS,
    ),
    (
        'account.lead > "14 days"',
        '"14 days"',
        "\"14 days\" is not a duration: 'days' in '14 days' is not a unit",
        '"14d"',
        AMOUNT,
    ),
    (
        'account.lead > "14m"',
        '"14m"',
        "\"14m\" is not a duration: 'm' in '14m' is ambiguous",
        None,
        "14min (minutes) or 14mo (months)",
    ),
    ('account.lead > "1..2d"', '"1..2d"', '"1..2d" is not a duration', None, AMOUNT),
    ('account.lead > "~2d"', '"~2d"', '"~2d" is not a duration', None, AMOUNT),
    # -- choices and texts
    ('account.plan == "drft"', '"drft"', 'account.plan has no value "drft"', '"draft"', VALUES),
    ("'Live' != account.plan", "'Live'", "account.plan has no value 'Live'", "'live'", VALUES),
    ('account.plan == "purple"', '"purple"', 'account.plan has no value "purple"', None, VALUES),
    ('account.plan in ["live", "reveiw"]', '"reveiw"', 'account.plan has no value "reveiw"', '"review"', VALUES),
    ("account.plan == 5", "5", "account.plan has no value 5", None, VALUES),
    ('account.tier == "1"', '"1"', 'account.tier has no value "1"', "1", "one of 1, 2, 3"),
    ("account.tier == True", "True", "account.tier has no value True", None, "one of 1, 2, 3"),
    (
        'account.plan > "draft"',
        'account.plan > "draft"',
        "account.plan is a choice, which has no order",
        None,
        "== or !=, or in [...]",
    ),
    (
        '"b" > account.name',
        '"b" > account.name',
        "account.name is a text, which has no order",
        None,
        "== or !=, or in [...]",
    ),
    ("account.name == 5", "5", "account.name is a text, 5 a number", '"5"', "a text, as account.name is"),
    (
        "account.plan == account.mode",
        "account.plan == account.mode",
        "account.plan and account.mode have no value in common",
        None,
        f"for account.plan {VALUES}",
    ),
    # -- true or false in comparisons
    (
        "account.sso == account.eu",
        "account.sso == account.eu",
        "account.sso and account.eu are both true or false",
        None,
        "and, or, not; a comparison only with True or False",
    ),
    (
        "account.sso >= True",
        "account.sso >= True",
        "true and false have no order",
        None,
        "== or !=, or the condition by itself",
    ),
    (
        "account.sso == 1",
        "1",
        "account.sso is true or false, 1 a number",
        "True",
        "true or false, as account.sso is",
    ),
    (
        'account.sso == "no"',
        '"no"',
        'account.sso is true or false, "no" a text',
        "False",
        "true or false, as account.sso is",
    ),
    (
        "first_value.reached > 5",
        "first_value.reached",
        "first_value.reached is true or false, 5 a number",
        "days_since(first_value.reached)",
        "a number, as 5 is",
    ),
    # -- lists
    (
        'account.plan in "draft"',
        '"draft"',
        '"draft" is a text, not a list',
        '["draft"]',
        'a list in brackets such as ["a", "b"], or a field that holds a list',
    ),
    ("account.plan in []", "[]", "nothing is in an empty list", None, "a list with at least one value"),
    (
        '"ssoo" in account.products',
        '"ssoo"',
        'account.products has no value "ssoo"',
        '"sso"',
        'one of "sso", "api"',
    ),
    ("5 in account.tags", "5", "5 is a number, account.tags a list of texts", '"5"', "a text"),
    (
        'account.tags == "sso"',
        'account.tags == "sso"',
        "account.tags is a list, and is compared with nothing",
        '"sso" in account.tags',
        "in, not in or count(...)",
    ),
    (
        'account.tags in ["sso"]',
        'account.tags in ["sso"]',
        "account.tags is a list, and not one value",
        '"sso" in account.tags',
        "a value on the left of in",
    ),
    # -- functions
    (
        "count(account.name) > 1",
        "account.name",
        "account.name is a text, and count takes a list",
        None,
        "a field that holds a list",
    ),
    (
        "count(account.tags, account.tags) > 1",
        "count(account.tags, account.tags)",
        "count takes 1 argument, not 2",
        None,
        "1 argument",
    ),
    ("abs(1, 2) > 1", "abs(1, 2)", "abs takes 1 argument, not 2", None, "1 argument"),
    ("max(1) > 1", "max(1)", "max takes 2 arguments or more, not 1", None, "2 arguments or more"),
    ("min() > 1", "min()", "min takes 2 arguments or more, not 0", None, "2 arguments or more"),
    (
        "min(1, account.arr, account.fee) > 1",
        "account.arr, account.fee",
        "account.arr is in USD, account.fee in EUR",
        None,
        "one unit",
    ),
    (
        "days_since(account.sso) > 1",
        "account.sso",
        "account.sso is true or false, and has no day",
        None,
        "a date, or an event or state, which has the time at which it happened",
    ),
    ('days_since("soon") > 1', '"soon"', '"soon" is not a date', None, DAY),
    (
        'days_since(first_value.reached) < "14d"',
        '"14d"',
        'days_since(first_value.reached) is a number, "14d" a text',
        "14",
        "a number, as days_since(first_value.reached) is",
    ),
    (
        "days_since(account.start) < account.arr",
        "days_since(account.start) < account.arr",
        "days_since(account.start) is in days, account.arr in USD",
        None,
        "one unit on both sides",
    ),
]


@pytest.mark.parametrize(("text", "wrong", "message", "suggestion", "expected"), WRONG)
def test_wrong(text: str, wrong: str, message: str, suggestion: str | None, expected: str) -> None:
    parsed = parse_expression(text)
    assert parsed.mistakes == ()
    (mistake,) = check_types(parsed, TYPES.get)
    assert (text[mistake.start : mistake.end], mistake.message) == (wrong, message)
    assert (mistake.suggestion, mistake.expected) == (suggestion, expected)


@pytest.mark.parametrize("text", [text for text, *_, suggestion, _ in WRONG if suggestion])
def test_what_is_suggested_mends_the_expression(text: str) -> None:
    (mistake,) = check_types(parse_expression(text), TYPES.get)
    mended = parse_expression(f"{text[: mistake.start]}{mistake.suggestion}{text[mistake.end :]}")
    assert mended.mistakes == ()
    assert check_types(mended, TYPES.get) == ()


def test_all_mistakes_are_told_in_the_order_of_their_places() -> None:
    text = '\n  größe.x == "🙂" and account.arr\n  or account.plan == "drft" and -account.name > account.sso'
    mistakes = check_types(parse_expression(text), TYPES.get)
    assert [text[mistake.start : mistake.end] for mistake in mistakes] == ["account.arr", '"drft"', "account.name"]


def test_what_cannot_be_read_has_no_mistakes_of_type() -> None:
    assert check_types(parse_expression("account.arr and"), TYPES.get) == ()


TYPED = {
    "account.seats * 2 + 1": WHOLE,
    "account.seats / 2": NUMBER,
    "account.arr + 1": Type("number", unit="USD"),
    "account.arr * 2": NUMBER,
    "-account.arr": Type("number", unit="USD"),
    "max(account.arr, 5)": Type("number", unit="USD"),
    "count(account.tags)": WHOLE,
    "days_since(account.start)": Type("number", unit="d", whole=True),
    "account.go_live - account.start": Type("duration", unit="d"),
    "account.plan": TYPES["account.plan"],
    "account.plan == 'x'": BOOLEAN,
    "unknown.x": None,
    "unknown.x + 1": None,
}


@pytest.mark.parametrize("text", TYPED)
def test_types_of_parts(text: str) -> None:
    tree = parse_expression(text).tree
    assert tree is not None
    assert type_of(tree, TYPES.get) == TYPED[text]


def test_a_composed_tree_has_a_type() -> None:
    tree = ast.UnaryOp(ast.Not(), ast.BoolOp(ast.And(), [ast.Constant(True), ast.Constant(5)]))
    assert type_of(tree, TYPES.get) == BOOLEAN


LEAVES = [*TYPES, "unknown.x", "1", "0.5", "True", '"draft"', '"14d"', '"2026-01-31"', '"🙂"', "[]", "'x)('"]
expressions = anything(LEAVES)


@given(expressions, st.sampled_from(["", " \n "]))
def test_every_expression_is_answered_with_places_inside_it(text: str, lead: str) -> None:
    parsed = parse_expression(lead + text)
    assert parsed.mistakes == ()
    mistakes = check_types(parsed, TYPES.get)
    assert list(mistakes) == sorted(mistakes, key=lambda mistake: mistake.start)
    for mistake in mistakes:
        assert len(lead) <= mistake.start < mistake.end <= len(parsed.text)
        assert "\n" not in mistake.message


@given(expressions)
def test_names_of_unknown_type_add_no_mistake(text: str) -> None:
    names = {use.name for use in parse_expression(text).names}
    known = check_types(parse_expression(text), TYPES.get)
    for name in names:
        less = check_types(parse_expression(text), {other: TYPES[other] for other in TYPES if other != name}.get)
        assert len(less) <= len(known)


def test_nesting_has_a_limit_below_that_of_recursion() -> None:
    deep = "not " * (DEEPEST - 3) + "account.name"
    (mistake,) = check_types(parse_expression(deep), TYPES.get)
    assert deep[mistake.start : mistake.end] == "account.name"
    (mistake,) = parse_expression("not " * (DEEPEST + 1) + "account.name").mistakes
    assert mistake.message == "the expression is nested more than 100 levels deep"
