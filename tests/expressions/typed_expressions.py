"""Random expressions that are right by type, and values for the names they read."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from playbook.expressions.evaluate import Value

TODAY = date(2026, 7, 1)

NUMBERS = ["account.arr", "account.seats", "account.score"]
BOOLEANS = ["account.sso", "deal.won", "kickoff.completed"]
TEXTS = ["account.plan", "account.owner"]
DATES = ["account.go_live", "account.start"]
DURATIONS = ["account.lead", "account.slack"]
LISTS = ["account.products", "account.tags"]
WORDS = ["draft", "review", "live"]

days = st.dates(date(2026, 6, 27), TODAY)
times = st.integers(-2, 3).map(lambda count: timedelta(days=count))
VALUES: dict[str, st.SearchStrategy[Value]] = {
    **dict.fromkeys(NUMBERS, st.integers(-3, 3) | st.sampled_from([0.5, -1.5, 2.25])),
    **dict.fromkeys(BOOLEANS, st.booleans()),
    **dict.fromkeys(TEXTS, st.sampled_from(WORDS)),
    **dict.fromkeys(DATES, days),
    **dict.fromkeys(DURATIONS, times),
    **dict.fromkeys(LISTS, st.frozensets(st.sampled_from(WORDS)) | st.lists(st.sampled_from(WORDS)).map(tuple)),
}
complete = st.fixed_dictionaries(VALUES)

ORDER = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
IN = st.sampled_from(["in", "not in"])


def _infix(left: st.SearchStrategy[str], operators: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(left, operators, left).map(" ".join)


def _literals(words: list[str]) -> st.SearchStrategy[str]:
    return st.sampled_from(words).map('"{}"'.format)


numbers = st.recursive(
    st.sampled_from(NUMBERS)
    | st.sampled_from(["0", "1", "2", "0.5", "-1", "1_000"])
    | st.sampled_from(LISTS).map("count({})".format)
    | st.sampled_from(DATES).map("days_since({})".format),
    lambda part: st.one_of(
        _infix(part, st.sampled_from("+-*/")),
        _infix(part, st.sampled_from("+-*/")).map("({})".format),
        part.map("-({})".format),
        part.map("abs({})".format),
        st.tuples(st.sampled_from(["min", "max"]), part, part).map(lambda call: f"{call[0]}({call[1]}, {call[2]})"),
    ),
    max_leaves=5,
)
texts = st.sampled_from(TEXTS) | _literals(WORDS)
dates = st.sampled_from(DATES)
durations = st.sampled_from(DURATIONS) | st.just("account.go_live - account.start")


def _chain(part: st.SearchStrategy[str], operators: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(part, operators, part, operators, part).map(" ".join)


def _list(part: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(part, min_size=1, max_size=3).map(lambda items: f"[{', '.join(items)}]")


def _among(part: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(part, IN, _list(part)).map(" ".join)


equal = st.sampled_from(["==", "!="])
comparisons = st.one_of(
    _infix(numbers, ORDER),
    _chain(numbers, ORDER),
    _among(numbers),
    _infix(texts, equal),
    _chain(texts, equal),
    _among(texts),
    st.tuples(texts, IN, st.sampled_from(LISTS)).map(" ".join),
    _infix(dates, ORDER),
    st.tuples(dates, ORDER, _literals(["2026-06-29", "2026-07-01"])).map(" ".join),
    st.tuples(_literals(["2026-06-28"]), ORDER, dates, ORDER, dates).map(" ".join),
    _infix(durations, ORDER),
    st.tuples(durations, ORDER, _literals(["0d", "1d", "24h", "1440min"])).map(" ".join),
    st.tuples(durations, IN, _list(_literals(["1d", "2d"]))).map(" ".join),
    st.tuples(st.sampled_from(BOOLEANS), equal, st.sampled_from(["True", "False"])).map(" ".join),
)
conditions = st.recursive(
    comparisons | st.sampled_from([*BOOLEANS, "True", "False"]),
    lambda part: st.one_of(
        _infix(part, st.sampled_from(["and", "or"])),
        _infix(part.map("({})".format), st.sampled_from(["and", "or"])),
        part.map("not ({})".format),
    ),
    max_leaves=6,
)


def anything(leaves: list[str]) -> st.SearchStrategy[str]:
    """Expressions that can be read, right by type or not."""
    operators = st.sampled_from(["and", "or", "==", "!=", "<", ">=", "in", "not in", "+", "-", "*", "/"])
    functions = st.sampled_from(["count", "abs", "min", "days_since"])
    return st.recursive(
        st.sampled_from(leaves),
        lambda part: st.one_of(
            _infix(part.map("({})".format), operators),
            _infix(part, st.sampled_from(["and", "or"])),
            part.map("not ({})".format),
            part.map("-({})".format),
            st.tuples(functions, st.lists(part, max_size=2)).map(lambda call: f"{call[0]}({', '.join(call[1])})"),
            st.lists(part, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        ),
        max_leaves=8,
    )
