"""What is shown when somebody points at a word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.editor.desk import Desk
from playbook.editor.hover import hover
from playbook.editor.markdown import code
from playbook.editor.symbols import view_outline

MARK = "▮"

ORGANIZATION = """\
organization: acme
teams: {success: {title: Success}}
roles:
  ae: {title: Account Executive, description: Sells to new accounts.}
  csm: {title: Success Manager, team: success, backup: ae}
"""
TRACKING = """\
tracking: plan
fields:
  account.seats: {title: Seats, type: integer, at_least: 0}
  account.plan: {type: choice, values: [starter, pro]}
"""
WELCOME = """\
playbook: welcome
anchors: {signed: {event: deal.closed_won, start: true}}
handoffs: {to_cs: {from: ae, to: csm, at: greet, title: To success}}
ends: {done: {success: true}}
stages:
  - id: opening
    title: Opening
    raci: {A: csm, R: csm}
    exit: account.seats >= 5 and account.plan == "pro" and to_cs.accepted
    steps:
      - id: greet
        do: Greet the customer
        need: required
        raci: {R: {any_of: [ae, csm]}}
        due: 5bd after signed
        takes: 1..2bd
      - {id: follow, do: Follow up, after: greet, when: account.seats > 1}
    next: done  # playbook: ignore[RCI002]
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("workspace")
    (home / "organization.yaml").write_text(ORGANIZATION, encoding="utf-8")
    (home / "tracking.yaml").write_text(TRACKING, encoding="utf-8")
    return home


@pytest.fixture(scope="module")
def desk(home: Path) -> Desk:
    return Desk(home)


def told(desk: Desk, home: Path, text: str, offset: int, name: str = "welcome.yaml") -> tuple[str, str]:
    """What is shown, and the text that it is about."""
    uri = (home / name).as_uri()
    desk.update(uri, text, 1)
    view = desk.view(uri)
    assert view is not None
    found = hover(view, offset)
    if found is None or found.range is None:
        return "", ""
    buffer = view.buffer
    about = buffer.text[buffer.offset(found.range.start) : buffer.offset(found.range.end)]
    return getattr(found.contents, "value", ""), about


@pytest.mark.parametrize(
    ("place", "word", "expected"),
    [
        ("stages", "stages", ["**stages** (required)", "The journey, in order."]),
        ("do: Greet", "do", ["What is done: a verb and an object."]),
        ("need:", "need", ["How binding it is", "`required`, `recommended`, `optional`, `forbidden`"]),
        ("required\n", "required", ["`required`, one of `required`"]),
        ("raci: {A", "raci", ["Letters for the stage"]),
        ("A: csm", "A", ["Accountable: the one role that answers for the result."]),
        ("R: {any_of", "R", ["Responsible: who does the work."]),
        ("any_of", "any_of", ["Any one of these roles or teams may act."]),
        ("ae, csm]", "ae", ["**ae**: role, “Account Executive”", "Sells to new accounts.", "organization.yaml:4"]),
        ("csm, R", "csm", ["Team: `success`, backup: `ae`"]),
        ("greet\n", "greet", [
            "**greet**: step, “Greet the customer”",
            "**R** Responsible: Account Executive or Success Manager",
            "**A** Accountable: Success Manager *(from the stage)*",
            "Due: 5 business days after Signed · Takes: 1 to 2 business days",
            "`greet.completed`",
            "welcome.yaml:11",
        ]),
        ("follow, do", "follow", ["Only if: Seats is above 1", "*(from the stage)*"]),
        ("greet, when", "greet", ["**greet**: step"]),
        ("opening", "opening", ["**opening**: stage, “Opening”", "2 steps"]),
        ("to_cs: ", "to_cs", ["**to_cs**: handoff, “To success”", "**A** Accountable: Account Executive"]),
        ("to_cs.acc", "to_cs", ["handoff", "*Seats is at least 5"]),
        ("account.plan", "account.plan", ["one of `starter`, `pro`", "*Seats is at least 5"]),
        ("and account", "and", ["`account.seats`: whole number", "`to_cs.accepted`: has happened or not"]),
        ("deal.closed_won", "deal.closed_won", ["The event that sets it."]),
        ("5bd", "5bd", ["*5 business days after Signed*"]),
        ("signed\n", "signed", ["**signed**: anchor", "Event: `deal.closed_won`"]),
        ("1..2bd", "1..2bd", ["*1 to 2 business days*"]),
        ("RCI002", "RCI002", ["**RCI002: "]),
        ("success: true", "success", ["Whether it is the end that was hoped for."]),
    ],
)  # fmt: skip
def test_what_is_shown(desk: Desk, home: Path, place: str, word: str, expected: list[str]) -> None:
    assert WELCOME.count(place) >= 1
    shown, about = told(desk, home, WELCOME, WELCOME.index(place) + 1)
    assert [part for part in expected if part not in shown] == [], shown
    assert about == word


@pytest.mark.parametrize("place", ["  - id: opening", "{id: follow", ": welcome"])
def test_where_nothing_is_shown(desk: Desk, home: Path, place: str) -> None:
    assert told(desk, home, WELCOME, WELCOME.index(place)) in [("", ""), told(desk, home, WELCOME, 3)]


def test_a_key_explains_itself_also_in_a_broken_document(desk: Desk, home: Path) -> None:
    broken = WELCOME.replace("raci: {A: csm, R: csm}", "raci: {A: csm, R: [csm")
    shown, about = told(desk, home, broken, broken.index("takes:") + 1)
    assert (about, "How long the work takes." in shown) == ("takes", True)


def test_shared_documents_explain_themselves(desk: Desk, home: Path) -> None:
    shown, _ = told(desk, home, ORGANIZATION, ORGANIZATION.index("csm:") + 1, "organization.yaml")
    assert "**csm**: role, “Success Manager”" in shown
    shown, _ = told(desk, home, TRACKING, TRACKING.index("choice") + 1, "tracking.yaml")
    assert "`choice`, one of `text`" in shown


def test_what_is_measured_needs_no_declaration(desk: Desk, home: Path) -> None:
    text = "maturity: m\ndimensions: {x: {levels: {1: {title: One, check: workspace.owners == 1}}}}\n"
    shown, _ = told(desk, home, text, text.index("owners"), "maturity.yaml")
    assert "`workspace.owners`: a number that is measured" in shown


IMAGE = "![x](https://example.com/x.png) <img src=x> `a`"


def test_nothing_that_is_written_in_a_file_is_rendered(desk: Desk, home: Path) -> None:
    quoted = f'"{IMAGE}"'
    text = WELCOME.replace("do: Greet the customer", f"do: {quoted}\n        description: {quoted}")
    text = text.replace("to: csm, at: greet, title: To success", f"to: csm, at: greet, title: {quoted}")
    for place in ("greet\n", "to_cs: ", "to_cs.acc", "after: greet"):
        shown, _ = told(desk, home, text, text.index(place) + (7 if place.startswith("after") else 1))
        assert "x.png" in shown
        assert re.search(r"(?<!\\)[\[\]<]", shown) is None
        assert "\\`a\\`" in shown


def test_code_shows_its_marks() -> None:
    assert code("plain") == "`plain`"
    assert code("a`b\n``c") == "``` a`b ``c ```"


PIECES = st.sampled_from([*WELCOME.splitlines(keepends=True), *"{}[]:'\"🚀\n", "  ", "- "])


@settings(max_examples=60)
@given(st.lists(PIECES, max_size=25).map("".join), st.integers(0, 600))
def test_any_text_can_be_pointed_at(home: Path, text: str, offset: int) -> None:
    desk = Desk(home)
    told(desk, home, text, min(offset, len(text)))
    view = desk.view((home / "welcome.yaml").as_uri())
    assert view is not None
    view_outline(view)
