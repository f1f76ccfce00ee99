"""Records as plain data and back."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from playbook.checking.memory import Entry
from playbook.checking.plain_form import ShapeError, from_plain, to_plain
from playbook.diagnostics import Diagnostic, Edit, Fix, Place, Related, Severity
from playbook.results import Results, RuleSummary, Suppressed
from playbook.text.spans import Position, Span

_TEXTS = st.text(max_size=5)
_NUMBERS = st.integers(-1, 10)
_SPANS = st.builds(Span, *[st.builds(Position, _NUMBERS, _NUMBERS, _NUMBERS)] * 2)
_PLACES = st.builds(Place, _TEXTS, _SPANS)


def _tuples(items: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(items, max_size=2).map(tuple)


_FIXES = st.builds(Fix, _TEXTS, _tuples(st.builds(Edit, _TEXTS, _NUMBERS, _NUMBERS, _TEXTS)), st.booleans())
_FINDINGS = st.builds(
    Diagnostic,
    code=_TEXTS,
    severity=st.sampled_from(Severity),
    message=_TEXTS,
    place=_PLACES,
    related=_tuples(st.builds(Related, _TEXTS, _PLACES)),
    expected=st.none() | _TEXTS,
    suggestion=st.none() | _TEXTS,
    sensitive=st.booleans(),
    variants=_tuples(_TEXTS),
    fixes=_tuples(_FIXES),
)
_RESULTS = st.builds(
    Results,
    findings=_tuples(_FINDINGS),
    documents=_NUMBERS,
    held_to=_TEXTS,
    passed_over=_tuples(_TEXTS),
    suppressed=_tuples(
        st.builds(
            Suppressed, _FINDINGS, st.sampled_from(["comment", "baseline"]), _TEXTS, _TEXTS, st.none() | _PLACES
        )
    ),
    mended=_NUMBERS,
    rules=st.dictionaries(
        _TEXTS,
        st.builds(RuleSummary, _TEXTS, _TEXTS, st.sampled_from(Severity), _TEXTS, _TEXTS),
        max_size=2,
    ),
    applied=st.frozensets(_TEXTS, max_size=2),
)


@given(_RESULTS)
def test_results_come_back_as_they_were(results: Results) -> None:
    assert from_plain(json.loads(json.dumps(to_plain(results, Results))), Results) == results


@pytest.mark.parametrize("form", [Results, Diagnostic, Entry])
def test_every_field_has_a_plain_form(form: type[Any]) -> None:
    """A field of a type that cannot be kept is found here, and not in somebody's folder."""
    with pytest.raises(ShapeError):
        from_plain([None] * len(fields(form)), form)


_JSON = st.recursive(
    st.none() | st.booleans() | _NUMBERS | st.floats() | _TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=12,
)


@given(_JSON)
def test_other_data_is_refused(data: object) -> None:
    with pytest.raises(ShapeError):
        from_plain(data, Diagnostic)


@hypothesis_settings(max_examples=200)
@given(_FINDINGS, st.lists(_NUMBERS, min_size=1, max_size=6), _JSON)
def test_a_part_that_is_exchanged_is_refused_or_has_the_right_type(
    finding: Diagnostic, way: list[int], part: object
) -> None:
    data = to_plain(finding, Diagnostic)
    inner = data
    for at in way[:-1]:
        if isinstance(inner[at % len(inner)], list) and inner[at % len(inner)]:
            inner = inner[at % len(inner)]
    inner[way[-1] % len(inner)] = part
    try:
        read = from_plain(data, Diagnostic)
    except ShapeError:
        return
    assert isinstance(read, Diagnostic)
    assert isinstance(read.message, str)
    assert isinstance(read.place.span.start.line, int)
    assert to_plain(read, Diagnostic) == data
