"""Conditions in English: exact wording, and no two conditions of different meaning in the same words."""

from __future__ import annotations

import ast
import itertools
from functools import cache

import pytest
from hypothesis import given, settings
from typed_expressions import BOOLEANS, DATES, DURATIONS, LISTS, NUMBERS, TEXTS, anything, conditions

from playbook.expressions.english import Phrase, in_english
from playbook.expressions.parse import parse_expression

PHRASES = {
    "first_value.reached": Phrase("First value", "is reached", "is not reached"),
    "kickoff.completed": Phrase("the kickoff", "is completed", "is not completed"),
    "deal.won": Phrase("the deal", "is won", "is not won"),
    "brief.accepted": Phrase("the brief", "is accepted"),
    "owner.agrees": Phrase("the owner", "agrees"),
    "account.sso": Phrase("SSO required"),
    "account.trained": Phrase("the team trained", negative="is not trained"),
    "account.arr": Phrase("ARR"),
    "account.target": Phrase("the target"),
    "account.active": Phrase("active seats"),
    "account.seats": Phrase("seats"),
    "account.plan": Phrase("plan status"),
    "account.product": Phrase("the product"),
    "account.code": Phrase("the code", kind="choice"),
    "account.lead": Phrase("lead time", kind="duration"),
    "account.slack": Phrase("the slack", kind="duration"),
    "account.go_live": Phrase("go-live", kind="date"),
    "account.start": Phrase("the start", kind="date"),
    "account.since": Phrase("the last call"),
    "account.products": Phrase("the products"),
}

TABLE = {
    # names, numbers and negation
    "first_value.reached": "First value is reached",
    "not first_value.reached": "First value is not reached",
    "not not first_value.reached": "First value is reached",
    "not brief.accepted": "the brief is not accepted",
    "not owner.agrees": "it is not so that the owner agrees",
    "account.sso": "SSO required is true",
    "not account.sso": "SSO required is false",
    "not account.trained": "the team trained is not trained",
    "account.sso == False and deal.won == True": "SSO required is false and the deal is won",
    "not (True != account.sso)": "SSO required is true",
    "(account.arr > 5) == False": "ARR is at most 5",
    "True": "always",
    "not True": "never",
    "account.arr >= 10_000": "ARR is at least 10,000",
    "account.arr < 1234567.5": "ARR is below 1,234,567.5",
    "account.arr <= 1e6": "ARR is at most 1,000,000",
    "account.arr > -5": "ARR is above -5",
    "account.arr == 0": "ARR is 0",
    "account.arr != 0": "ARR is not 0",
    "5 < account.arr": "ARR is above 5",
    "not account.arr >= 5": "ARR is below 5",
    "not account.arr == 5": "ARR is not 5",
    "not account.arr <= 5": "ARR is above 5",
    "not account.arr > 5": "ARR is at most 5",
    "not account.arr < 5": "ARR is at least 5",
    "not account.arr != 5": "ARR is 5",
    "account.arr >= account.target": "ARR is at least the target",
    "account.arr == account.target": "ARR is the same as the target",
    "account.arr != account.target": "ARR is not the same as the target",
    # ranges
    "10_000 <= account.arr < 100_000": "ARR is at least 10,000 and below 100,000",
    "100 > account.arr > -1": "ARR is below 100 and above -1",
    "not (10_000 <= account.arr < 100_000)": "ARR is below 10,000 or at least 100,000",
    "0 < account.arr == account.target": "ARR is above 0 and ARR is the same as the target",
    "account.arr < 5 < account.target": "ARR is below 5 and the target is above 5",
    '"2027-01-01" <= account.go_live < "2027-04-01"': (
        "go-live is on or after 1 January 2027 and before 1 April 2027"
    ),
    # choices, texts and lists
    'account.plan == "draft"': "plan status is draft",
    'account.plan != "self_serve"': "plan status is not self serve",
    'account.plan in ["draft", "review"]': "plan status is draft or review",
    'account.plan in ["draft", "review", "live"]': "plan status is draft, review or live",
    'account.plan in ("draft",)': "plan status is draft",
    'account.plan not in ["draft"]': "plan status is not draft",
    'not account.plan in ["draft", "review"]': "plan status is neither draft nor review",
    'account.plan not in ["draft", "review", "live"]': "plan status is none of draft, review and live",
    'account.plan == ""': "plan status is empty",
    'account.plan == "Acme & Sons"': "plan status is “Acme & Sons”",
    'account.plan == "not"': "plan status is “not”",
    'account.plan == "win_or_lose"': "plan status is “win_or_lose”",
    'account.plan == "5"': "plan status is “5”",
    'account.code == "14d"': "the code is “14d”",
    "account.arr in [1, 2_000]": "ARR is 1 or 2,000",
    '"sso" in account.products': "sso is among the products",
    "account.product not in account.products": "the product is not among the products",
    "count(account.products) >= 3": "the number of the products is at least 3",
    # dates and durations
    'account.go_live >= "2027-01-31"': "go-live is on or after 31 January 2027",
    'account.since < "2026-12-01"': "the last call is before 1 December 2026",
    'account.go_live == "2027-01-31"': "go-live is 31 January 2027",
    "account.go_live > account.start": "go-live is after the start",
    'account.lead > "14d"': "lead time is more than 14 days",
    'not account.since >= "1bd"': "the last call is less than 1 business day",
    "account.lead < account.slack": "lead time is less than the slack",
    'account.go_live - account.start >= "2w"': "the time from the start to go-live is at least 2 weeks",
    "account.go_live - account.start < account.lead": "the time from the start to go-live is less than lead time",
    "days_since(kickoff.completed) < 5": "fewer than 5 days have passed since the kickoff was completed",
    "days_since(account.go_live) >= 1": "at least 1 day has passed since go-live",
    'not days_since("2026-01-31") > 30': "at most 30 days have passed since 31 January 2026",
    "days_since(first_value.reached) != 5": "the number of days since First value was reached is not 5",
    "5 <= days_since(first_value.reached) < 10": (
        "the number of days since First value was reached is at least 5 and below 10"
    ),
    # arithmetic
    "account.active / account.seats >= 0.6": "active seats divided by seats is at least 0.6",
    "(account.active + 1) * 2 != account.seats - (account.arr - 1)": (
        "(active seats plus 1) times 2 is not the same as seats minus (ARR minus 1)"
    ),
    "account.active + 1 * account.seats - 1 > 0": "active seats plus 1 times seats minus 1 is above 0",
    "-account.arr < 0": "minus ARR is below 0",
    "abs(account.arr - account.target) < 5": "the absolute value of (ARR minus the target) is below 5",
    "max(account.active, 5) > min(account.seats, 1, account.arr)": (
        "the larger of active seats and 5 is above the smallest of seats, 1 and ARR"
    ),
    # and, or
    "account.arr >= 10_000 and first_value.reached": "ARR is at least 10,000 and First value is reached",
    "deal.won and (first_value.reached and account.sso)": (
        "the deal is won, First value is reached and SSO required is true"
    ),
    "not (first_value.reached and kickoff.completed)": (
        "First value is not reached or the kickoff is not completed"
    ),
    "not (first_value.reached or account.arr < 5)": "First value is not reached and ARR is at least 5",
    "10 <= account.arr < 100 and first_value.reached": (
        "ARR is at least 10 and below 100, and First value is reached"
    ),
    'first_value.reached or account.plan in ["draft", "review"]': (
        "First value is reached, or plan status is draft or review"
    ),
    "deal.won and (first_value.reached or account.sso)": (
        "the deal is won and either First value is reached or SSO required is true"
    ),
    "deal.won or first_value.reached and account.sso": (
        "the deal is won or both First value is reached and SSO required is true"
    ),
    "(first_value.reached or account.sso) and deal.won": (
        "either First value is reached or SSO required is true; and the deal is won"
    ),
    "first_value.reached and account.sso or deal.won": (
        "both First value is reached and SSO required is true; or the deal is won"
    ),
    "deal.won or first_value.reached and account.sso and kickoff.completed": (
        "the deal is won; or First value is reached, SSO required is true and the kickoff is completed"
    ),
    "deal.won and (kickoff.completed or first_value.reached and account.sso)": (
        "the deal is won; and either the kickoff is completed, "
        "or both First value is reached and SSO required is true"
    ),
    "account.arr > 5 or deal.won and (kickoff.completed or first_value.reached and account.sso)": (
        "ARR is above 5; or (the deal is won; and either the kickoff is completed, "
        "or both First value is reached and SSO required is true)"
    ),
}


def english(text: str) -> str:
    tree = parse_expression(text).tree
    assert tree is not None, text
    return in_english(tree, lambda name: PHRASES.get(name, Phrase(name)))


@pytest.mark.parametrize("text", TABLE)
def test_wording(text: str) -> None:
    assert english(text) == TABLE[text]


# -- and, or, not ------------------------------------------------------------------------------------


@cache
def _shapes(leaves: int) -> list[str]:
    """All groupings of so many names, ``{}`` each, by and, or and not of a group."""
    if leaves == 1:
        return ["{}"]
    shapes = []
    for left in range(1, leaves):
        for one, word, other in itertools.product(_shapes(left), ("and", "or"), _shapes(leaves - left)):
            shapes.append(f"({one} {word} {other})")
            shapes.append(f"(not {one} {word} {other})")
    return shapes


NAMES = ["a.a", "b.b", "c.c", "d.d", "e.e"]


def _truths(text: str, names: list[str]) -> tuple[bool, ...]:
    code = compile(text.replace(".", "_"), "", "eval")
    flat = [name.replace(".", "_") for name in names]
    return tuple(
        eval(code, dict(zip(flat, row, strict=True))) for row in itertools.product((False, True), repeat=len(flat))
    )


@pytest.mark.parametrize("leaves", [2, 3, 4, 5])
def test_no_two_groupings_of_different_meaning_have_the_same_words(leaves: int) -> None:
    names = NAMES[:leaves]
    meanings: dict[str, tuple[bool, ...]] = {}
    for shape in _shapes(leaves):
        text = shape.format(*names)
        truths = _truths(text, names)
        said = english(text)
        assert meanings.setdefault(said, truths) == truths, said
    assert len(set(meanings.values())) > leaves


@settings(max_examples=150, deadline=None)
@given(conditions)
def test_a_negation_said_twice_is_as_if_not_said(text: str) -> None:
    assert english(f"not (not ({text}))") == english(text)
    assert english(f"not ({text})") != english(text)


@settings(max_examples=150, deadline=None)
@given(anything([*NUMBERS, *TEXTS, *BOOLEANS, *DATES, *DURATIONS, *LISTS, "1", '"x"', '"14d"', "True"]))
def test_everything_that_can_be_read_can_be_said(text: str) -> None:
    said = english(text)
    assert said == said.strip()
    assert "  " not in said


def test_a_composed_tree_can_be_said() -> None:
    one = parse_expression("account.arr > 5").tree
    assert one is not None
    tree = ast.BoolOp(ast.And(), [ast.UnaryOp(ast.Not(), one), ast.Constant(True)])
    assert in_english(tree, PHRASES.__getitem__) == "ARR is at most 5 and always"
