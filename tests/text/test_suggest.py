"""The near match behind "did you mean"."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from playbook.text.suggest import nearest

words = st.text(alphabet="abcdeé_-Z ", min_size=1, max_size=12)
candidates = st.lists(words, max_size=8)


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("stge", ["stage", "step"], "stage"),
        ("satge", ["stage", "step"], "stage"),  # neighbours swapped count once
        ("stagee", ["stage", "step"], "stage"),
        ("CSM", ["csm", "cs_leader"], "csm"),
        ("write-brief", ["write_brief", "write_briefs"], "write_brief"),
        ("write brief", ["write_brief"], "write_brief"),
        ("csm", [], None),
        ("xyz", ["csm", "ae"], None),
        ("a", ["b"], None),  # of a single letter nothing is left when it differs
        ("cs", ["csx", "csa"], "csa"),  # a tie goes to the first in the alphabet
        ("", ["csm"], None),
        ("STRASSE", ["straße"], "straße"),
    ],
)
def test_nearest(word: str, known: list[str], expected: str | None) -> None:
    assert nearest(word, known) == expected


@given(words, candidates, st.randoms())
@example("ab", ["ba", "aB", "Ab"], __import__("random").Random(1))
def test_the_order_of_candidates_does_not_matter(word: str, known: list[str], random: object) -> None:
    shuffled = list(known)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert nearest(word, known) == nearest(word, shuffled) == nearest(word, iter(known + known))


@given(words, candidates)
def test_a_known_word_is_its_own_nearest(word: str, known: list[str]) -> None:
    found = nearest(word, [*known, word])
    assert found is not None
    # Words that differ only in case or in the sign between their parts are one word here.
    fold = str.maketrans("- ", "__")
    assert found.casefold().translate(fold) == word.casefold().translate(fold)


@given(words, candidates)
def test_the_answer_is_a_candidate_or_nothing(word: str, known: list[str]) -> None:
    assert nearest(word, known) in {None, *known}


@given(st.text(max_size=300), st.lists(st.text(max_size=300), max_size=4))
def test_any_text_is_answered(word: str, known: list[str]) -> None:
    assert nearest(word, known) in {None, *known}


def test_long_words_are_answered_quickly() -> None:
    assert nearest("a" * 100_000, ["b" * 100_000, "c"]) is None


def plain_distance(left: str, right: str) -> int:
    """Optimal string alignment distance with the whole table."""
    table = [[row + column for column in range(len(right) + 1)] for row in range(len(left) + 1)]
    for row in range(1, len(left) + 1):
        for column in range(1, len(right) + 1):
            same = left[row - 1] == right[column - 1]
            table[row][column] = min(
                table[row - 1][column] + 1, table[row][column - 1] + 1, table[row - 1][column - 1] + (not same)
            )
            if row > 1 and column > 1 and left[row - 1] == right[column - 2] and left[row - 2] == right[column - 1]:
                table[row][column] = min(table[row][column], table[row - 2][column - 2] + 1)
    return table[-1][-1]


@given(
    st.text(alphabet="abcd", min_size=2, max_size=30),
    st.lists(st.text(alphabet="abcd", max_size=30), max_size=6),
)
def test_the_answer_is_that_of_the_whole_table(word: str, candidates: list[str]) -> None:
    def limit(candidate: str) -> int:
        return min(4, max(1, max(len(word), len(candidate)) // 3))

    near = [
        (plain_distance(word, candidate), candidate)
        for candidate in candidates
        if plain_distance(word, candidate) <= limit(candidate)
    ]
    assert nearest(word, candidates) == (min(near)[1] if near else None)
