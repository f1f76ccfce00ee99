"""Random documents: values, spans and columns against the emitter, ruamel.yaml and the text itself."""

from __future__ import annotations

import datetime
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from yaml_emitter import emit

from playbook.reader import decode, events, read_positions, read_values
from playbook.reader.compose import compose
from playbook.reader.fast import fast_values
from playbook.reader.values import _value_of
from playbook.text.scalars import Plain
from playbook.text.spans import SourceText

SEEDS = st.integers(0, 2**40)
SPECIAL = [*"\n\r\t '\"[]{}:,-?#&*!|>%@`~\\0a\x85\u2028\ufeff\x00😀"]
SPECIAL += ["<<: ", "*a0", "&a0 ", "---\n", "...\n", "!!x "]


def reread(text: str, style: str) -> object:
    """The value of a scalar's own text, put into a document of its own."""
    source = SourceText("own", f"- {text}\n" if style in {"|", ">"} else f"- {text}")
    value = read_values(source).value
    assert isinstance(value, list)
    return value[0]


@given(SEEDS)
@settings(max_examples=250, deadline=None)
def test_value_is_what_the_emitter_meant(seed: int) -> None:
    document = emit(seed)
    source, found = decode(document.text.encode(), "f.yaml")
    if source is None:  # a forbidden character, written raw
        assert "not allowed" in found[0].message
        return
    values = read_values(source)
    assert values.diagnostics == ()
    assert values.value == document.value
    assert _kinds(values.value) == _kinds(document.value)
    careful = compose(source)
    assert careful.findings == []
    assert _kinds(_value_of(careful)) == _kinds(values.value)


@given(SEEDS)
@settings(max_examples=120, deadline=None)
def test_spans_slice_back_to_the_values(seed: int) -> None:
    document = emit(seed)
    source = SourceText("f.yaml", document.text)
    positions = read_positions(source)
    for path, value, style in document.scalars:
        if not positions.exists(path):
            continue  # an item of a key collection that a merge hides
        written = source.slice(positions.span(path))
        if style == "plain":
            assert written == str(value)
        if "\n" not in written and "\r" not in written:
            assert reread(written, style) == value
        key = positions.span(path, "key")
        if isinstance(path[-1], str):
            assert source.slice(key).strip("'\"") == path[-1]


@given(SEEDS, st.data())
@settings(max_examples=120, deadline=None)
def test_within_slices_back_to_the_characters(seed: int, data: st.DataObject) -> None:
    document = emit(seed)
    source = SourceText("f.yaml", document.text)
    positions = read_positions(source)
    for path, value, style in document.scalars:
        if not isinstance(value, str):
            continue
        rng = random.Random(seed)
        start = rng.randint(0, len(value))
        end = rng.randint(start, len(value))
        written = source.slice(positions.within(path, start, end))
        wanted = value[start:end]
        if style in {"plain", "single"}:
            assert written.replace("''", "'") == wanted.replace("''", "'")
        elif style == "double":
            assert start == end or reread(f'"{written}"', style) == wanted
        elif start < end and not {value[start], value[end - 1]} & {" ", "\n"}:
            assert written.split() == wanted.split()


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_values_agree_with_ruamel(seed: int) -> None:
    document = emit(seed, rare=False)
    text = document.text.replace("\t", " ")
    expected = YAML(typ="safe", pure=True).load(text)
    assert _same(read_values(SourceText("f.yaml", text)).value, expected)


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_the_pure_parser_reads_the_same(seed: int) -> None:
    document = emit(seed, rare=False)
    source = SourceText("f.yaml", document.text.replace("\t", " "))
    fast = read_values(source)
    places = read_positions(source)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(events, "_CParser", None)
        assert _kinds(read_values(source).value) == _kinds(fast.value)
        pure = read_positions(source)
        for path, _, style in document.scalars:
            assert pure.span(path, "key") == places.span(path, "key")
            if style not in {"|", ">"}:
                assert pure.span(path) == places.span(path)


@given(st.binary(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_bytes_give_findings_only(data: bytes) -> None:
    _never_raises(data)


@given(SEEDS, SEEDS)
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_broken_documents_give_findings_only(seed: int, how: int) -> None:
    text = emit(seed).text
    rng = random.Random(how)
    for _ in range(rng.randint(1, 4)):
        at = rng.randint(0, len(text))
        drop = rng.choice([0, 0, 1, 1, 5])
        text = text[:at] + "".join(rng.choices(SPECIAL, k=rng.randint(0, 2))) + text[at + drop :]
    _never_raises(text.encode())


@given(st.text(alphabet="ab:- \n[]{},?'\"&*!#|>%<\t\\x0", max_size=40))
@settings(max_examples=600, deadline=None)
def test_any_signs_give_findings_only(text: str) -> None:
    _never_raises(text.encode())


def _never_raises(data: bytes) -> None:
    source, found = decode(data, "f.yaml")
    if source is None:
        assert found
        assert all(each.code == "SCH001" for each in found)
        return
    values = read_values(source)
    careful = compose(source)
    assert values.diagnostics == tuple(careful.findings)
    assert not (values.failed and not values.diagnostics)
    for each in values.diagnostics:
        assert each.code == "SCH001"
        assert 0 <= each.place.span.start.offset <= each.place.span.end.offset <= len(source.text)
    try:
        quick = fast_values(source.text)
    except Exception:
        pass
    else:
        assert careful.findings == []
        assert _kinds(quick) == _kinds(_value_of(careful))
    positions = read_positions(source)
    for path in [(), ("a",), (0,), ("a0", "id", 1), ("due",)]:
        positions.span(path)
        positions.span(path, "key")
        positions.within(path, 1, 3)
        positions.exists(path)


def _kinds(value: object) -> object:
    """A value with the class of every text, so that ``Plain`` and ``str`` differ, in written order."""
    if isinstance(value, dict):
        return [(key, _kinds(each)) for key, each in value.items()]
    if isinstance(value, list):
        return [_kinds(each) for each in value]
    return (type(value).__name__, value)


def _same(ours: object, theirs: object) -> bool:
    if isinstance(ours, dict):
        assert isinstance(theirs, dict)
        return {str(key) for key in theirs} == set(ours) and all(
            _same(ours[str(key)], value) for key, value in theirs.items()
        )
    if isinstance(ours, list):
        assert isinstance(theirs, list)
        return len(ours) == len(theirs) and all(map(_same, ours, theirs))
    if isinstance(ours, Plain):
        return isinstance(theirs, (bool, int, float)) and str(ours).lower() == str(theirs).lower().replace(
            "3.1", "3.10"
        )
    return ours == theirs or isinstance(theirs, datetime.date)
