"""The letters of a piece of work."""

from __future__ import annotations

from playbook.core.owners import NOBODY, Letter, Owners

CSM = Letter(("csm",), ("raci", "A"))
BOTH = Letter(("csm", "se"), ("raci", "R"), choice=True)


def test_letters_come_in_the_order_of_their_name() -> None:
    owners = Owners(accountable=CSM, responsible=BOTH, informed=CSM)
    assert owners.letters() == (("R", BOTH), ("A", CSM), ("I", CSM))
    assert owners.everyone() == {"csm", "se"}


def test_nobody_holds_nothing() -> None:
    assert NOBODY.letters() == ()
    assert NOBODY.everyone() == set()
