"""The comments that hold for a place are found as if each had been looked at."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from playbook.suppression.comments import Ignore
from playbook.suppression.grammar import Directive
from playbook.suppression.reach import Reach

STRETCHES = st.lists(st.tuples(st.integers(0, 30), st.integers(-1, 30)), max_size=20)


@given(STRETCHES, st.integers(-1, 31))
def test_those_that_cover_a_place_in_the_order_of_the_text(stretches: list[tuple[int, int]], offset: int) -> None:
    ignores = [Ignore(Directive(number, number), stretch, stretch) for number, stretch in enumerate(stretches)]
    meant = [each for each in ignores if each.stretch[0] <= offset <= each.stretch[1]]
    assert Reach(ignores).at(offset) == meant
