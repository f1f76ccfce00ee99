"""Documents made to hang a reader or to exhaust the memory. Each must answer; each took less than 2.5 s."""

from __future__ import annotations

import pytest

from playbook.reader import read_positions, read_values
from playbook.reader.limits import MAX_BYTES, MAX_DEPTH, MAX_FINDINGS
from playbook.text.spans import SourceText

BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 10)}]\n" for n in range(30)
)
MERGES = "a: &a {" + ", ".join(f"k{n}: 1" for n in range(500)) + "}\nb:\n" + "- {<<: *a}\n" * 100_000
CHAIN = "- &a0 [x]\n" + "".join(f"- &a{n + 1} [*a{n}]\n" for n in range(100))
TOO_DEEP = f"more than {MAX_DEPTH} mappings and lists inside one another"
TOO_MANY = "the document has more than 500,000 values, those behind aliases included"


def stops(text: str) -> tuple[str, tuple[int, int]]:
    source = SourceText("f.yaml", text)
    values = read_values(source)
    assert values.failed
    assert values.value is None
    found = values.diagnostics[-1]
    positions = read_positions(source)
    positions.span(("a", 0, "b"))
    assert not positions.exists(("a",))
    return found.message, (found.place.span.start.line, found.place.span.start.column)


@pytest.mark.parametrize(
    ("opening", "place"),
    [
        ("[", (1, 65)),
        ("{a: ", (1, 257)),
        ("- ", (1, 129)),
        ("[\n", (65, 1)),
        ("{[", (1, 65)),
        ("{", (1, 65)),
        ("? ", (1, 129)),
        ("&a [", (1, 260)),
    ],
)
def test_ten_thousand_levels(opening: str, place: tuple[int, int]) -> None:
    assert stops(opening * 10_000) == (TOO_DEEP, place)


def test_ten_thousand_levels_of_block_mappings() -> None:
    assert stops("".join(" " * level + "a:\n" for level in range(2_000))) == (TOO_DEEP, (65, 65))


def test_the_deepest_document_allowed() -> None:
    for text in ("[" * MAX_DEPTH + "]" * MAX_DEPTH, "- " * MAX_DEPTH + "x"):
        assert read_values(SourceText("f.yaml", text)).diagnostics == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [(BOMB, TOO_MANY), (MERGES, TOO_MANY), (CHAIN, TOO_DEEP), ("[" + "a," * 600_000, TOO_MANY)],
)
def test_bombs(text: str, message: str) -> None:
    assert stops(text)[0] == message


def test_a_large_text_is_a_text() -> None:
    text = "x " * (MAX_BYTES // 2 - 4)
    source = SourceText("f.yaml", f"a: {text}\n")
    assert read_values(source).value == {"a": text.strip()}
    assert read_positions(source).within(("a",), 5, 6).start.column == 9


def test_a_huge_integer_stays_a_text() -> None:
    digits = "9" * 1_000_000
    assert read_values(SourceText("f.yaml", digits)).value == digits


@pytest.mark.parametrize("text", ["- *a\n", "- !a x\n", "~: a\n", "a: 1\n", "[]: x\n"])
def test_many_mistakes(text: str) -> None:
    values = read_values(SourceText("f.yaml", text * 3_000))
    assert len(values.diagnostics) == MAX_FINDINGS + 1
    assert values.failed
    assert values.diagnostics[-1].message == "too many mistakes; the rest of the file is not read"


@pytest.mark.parametrize("sign", list("'\"!&*%|>-:?,][{}#\t\n ~@`"))
def test_a_million_of_one_sign(sign: str) -> None:
    for text in (sign * 1_000_000, "a: " + sign * 1_000_000 + "b: c"):
        assert {found.code for found in read_values(SourceText("f.yaml", text)).diagnostics} <= {"SCH001"}
