"""Shipped documents, written untidily: the meaning stays, every comment stays with its entry, twice is once."""

from __future__ import annotations

import itertools
import random
import re
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scribble import Scribbler

from playbook.formatting import format_document
from playbook.formatting.document import same
from playbook.language.documents import KINDS
from playbook.reader import events, read_values
from playbook.text.spans import SourceText

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(
    path
    for folder in ("playbooks", "examples", "src/playbook/templates")
    for path in (ROOT / folder).rglob("*.yaml")
    if path.stat().st_size < 12_000
)
SEEDS = st.integers(0, 2**40)
BOUNDED = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
# Their keys are ids, whose order is the author's.
MAPS = {
    "anchors",
    "artifacts",
    "backlog",
    "content",
    "dashboards",
    "decision_rights",
    "decisions",
    "dimensions",
    "ends",
    "entities",
    "events",
    "evolve",
    "fields",
    "give",
    "goals",
    "handoffs",
    "incentives",
    "inputs",
    "interfaces",
    "interrupts",
    "kpis",
    "levels",
    "milestones",
    "parts",
    "people",
    "replace",
    "risks",
    "roles",
    "routines",
    "segments",
    "set",
    "systems",
    "teams",
    "variants",
    "waivers",
    "windows",
    "workstreams",
}


def values_of(text: str) -> dict[str, object]:
    values = read_values(SourceText("f.yaml", text))
    assert values.diagnostics == (), text
    assert isinstance(values.value, dict)
    return values.value


def formatted(text: str, kind: str) -> str:
    result = format_document(SourceText("f.yaml", text), kind)
    assert result.fault == "", text
    return result.text


def kind_of(value: dict[str, object]) -> str:
    return next(kind for kind in KINDS if kind == next(iter(value)))


def untidy(seed: int, *, comments: bool = True) -> tuple[str, str, Scribbler, dict[str, object]]:
    """A shipped document in another order and style."""
    rng = random.Random(seed)
    value = values_of(rng.choice(FILES).read_text(encoding="utf-8"))
    scribbler = Scribbler(rng, comments=comments)
    text = scribbler.document(value)
    return text, kind_of(value), scribbler, value


@given(SEEDS)
@BOUNDED
def test_the_meaning_stays_and_twice_is_once(seed: int) -> None:
    text, kind, _, value = untidy(seed)
    assert same(values_of(text), value)
    once = formatted(text, kind)
    assert same(values_of(once), value)
    assert formatted(once, kind) == once


@given(SEEDS)
@BOUNDED
def test_every_comment_stays_once_with_its_entry(seed: int) -> None:
    text, kind, scribbler, _ = untidy(seed)
    lines = formatted(text, kind).splitlines()
    comments = [line[line.index("# ") :] for line in lines if "# " in line]
    assert sorted(comments) == sorted([*scribbler.above, *scribbler.behind, *scribbler.loose])
    header = _header(text)
    assert comments[: len(header)] == header
    for index, line in enumerate(lines):
        comment = line[line.index("# ") :] if "# " in line else ""
        about = scribbler.above.get(comment) or scribbler.behind.get(comment)
        if about is None or comment in header:
            continue
        place = line
        if line.lstrip().startswith("#"):
            # Above the entry, or above the item that the entry opens.
            place = next(below for below in lines[index:] if below.strip() and below.lstrip()[0] != "#")
        elif line.split("  #")[0][-1] in "'\"" and not re.match(r" *(- )*-|[ -]*[\w.@\"]+:", line):
            place = lines[index - 1]  # behind the second line of a quoted text
        assert about in place.split("  #")[0].replace('"', ""), (comment, place)


def _header(text: str) -> list[str]:
    """Comments at the top, apart from what follows, are about the file."""
    lines = text.replace("---", "").lstrip().splitlines()
    top = list(itertools.takewhile(lambda line: not line.strip() or line.strip().startswith("#"), lines))
    while top and top[-1].strip():
        top.pop()
    return [line.strip() for line in top if line.strip()]


@given(SEEDS)
@BOUNDED
def test_comments_of_one_entry_keep_their_order(seed: int) -> None:
    text, kind, _, _ = untidy(seed)
    lines = [line.strip() for line in formatted(text, kind).splitlines()]
    for first, second in itertools.pairwise(lines):
        one, other = first.split(), second.split()
        if one[:1] == other[:1] == ["#"] and one[2:] == other[2:] and one[2] == "above" and one[3] != "-":
            assert int(one[1]) < int(other[1])


@given(SEEDS)
@BOUNDED
def test_keys_have_one_order_however_they_are_written(seed: int) -> None:
    text, kind, _, value = untidy(seed, comments=False)
    tidy = values_of(formatted(Scribbler(random.Random(1), comments=False).document(value), kind))
    _same_order(values_of(formatted(text, kind)), tidy)


def _same_order(first: object, second: object, key: str = "") -> None:
    if isinstance(first, dict):
        assert isinstance(second, dict)
        if key not in MAPS:
            assert list(first) == list(second)
        for name, value in first.items() if key != "set" else ():  # what a variant sets can be anything
            _same_order(value, second[name], name)
    elif isinstance(first, list):
        assert isinstance(second, list)
        for one, other in zip(first, second, strict=True):
            _same_order(one, other)


@given(SEEDS)
@BOUNDED
def test_lines_are_clean(seed: int) -> None:
    text, kind, _, _ = untidy(seed)
    result = formatted(text, kind)
    assert result.endswith("\n")
    assert not result.endswith("\n\n")
    assert "\r" not in result
    assert "\n\n\n" not in result
    assert not [line for line in result.split("\n") if line != line.rstrip()]
    assert not [line for line in result.split("\n") if (len(line) - len(line.lstrip(" "))) % 2]


@given(SEEDS)
@settings(max_examples=100, deadline=None)
def test_any_yaml_keeps_its_meaning(seed: int) -> None:
    """Anchors, merges, folded texts, explicit keys: what the emitter of the reader's tests writes."""
    emit = _emitter()
    rng = random.Random(seed)
    text = emit(seed)
    values = read_values(SourceText("f.yaml", text))
    for number in range(rng.randint(0, 6)):
        lines = text.split("\n")
        at = rng.randint(0, len(lines) - 1)
        lines[at] += (
            f" # behind {number}" if rng.random() < 0.4 else f"\n{' ' * rng.choice([0, 1, 2, 4])}# {number}"
        )
        changed = read_values(SourceText("f.yaml", "\n".join(lines)))
        if not changed.diagnostics and same(changed.value, values.value):
            text = "\n".join(lines)
    once = formatted(text, "playbook")
    assert same(read_values(SourceText("f.yaml", once)).value, values.value)
    assert formatted(once, "playbook") == once


@given(SEEDS)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_pure_parser_gives_the_same(seed: int) -> None:
    text, kind, _, _ = untidy(seed)
    expected = formatted(text, kind)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(events, "_CParser", None)
        assert formatted(text, kind) == expected


def _emitter() -> Callable[[int], str]:
    folder = str(ROOT / "tests" / "reader")
    if folder not in sys.path:
        sys.path.append(folder)
    emit = import_module("yaml_emitter").emit
    return lambda seed: str(emit(seed, rare=False).text)
