"""What was meant beyond doubt."""

from __future__ import annotations

import pytest

from playbook.fixing.slips import slip


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("acheived", "achieved"),
        ("milestnes", "milestones"),
        ("milestoness", "milestones"),
        ("mileztones", "milestones"),
        ("Milestones", "milestones"),
        ("cs-leader", "cs_leader"),
        ("account.frist_report", "account.first_report"),
    ],
)
def test_a_slip_is_mended(word: str, meant: str) -> None:
    assert slip(word, [meant, "something_else", "x"]) == meant


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("cse", ["csm"]),
        ("ae", ["se"]),
        ("plan_1", ["plan_2"]),
        ("plan_12", ["plan_1"]),
        ("stage", ["stages", "stager"]),
        ("cart", ["card"]),
        ("achevied_it", ["achieved"]),
        ("", ["a"]),
        ("csm", []),
    ],
)
def test_in_doubt_nothing_is(word: str, known: list[str]) -> None:
    assert slip(word, known) is None
