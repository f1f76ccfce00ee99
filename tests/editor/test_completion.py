"""What is offered at a cursor, in documents that are being typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lsprotocol import types

from playbook.editor.complete import completions
from playbook.editor.desk import Desk

MARK = "▮"

ORGANIZATION = """\
organization: acme
teams: {sales: {title: Sales}, success: {title: Success}}
roles:
  ae: {title: Account Executive, team: sales, description: Sells.}
  csm: {title: Success Manager, team: success}
systems: {crm: {title: CRM}}
"""
TRACKING = """\
tracking: plan
fields:
  account.seats: {title: Seats, type: integer}
  account.plan: {type: choice, values: [starter, pro, enterprise]}
  account.tags: {type: list, values: [vip, beta]}
  account.sso: {type: boolean}
events:
  workspace.created: {title: Workspace created}
"""
METRICS = "metrics: numbers\nkpis:\n  time_to_value: {kind: duration}\n"
CALENDAR = "calendar: work\nwindows: {release_days: [tue, thu]}\n"

HEAD = """\
playbook: welcome
anchors: {signed: {event: deal.closed_won, start: true}}
milestones: {first_value: {title: First value, when: account.seats >= 1}}
segments: {small: {when: account.seats < 10}, large: {otherwise: true}}
workstreams: {education: {A: csm}}
ends: {done: {success: true}}
handoffs: {to_cs: {from: ae, to: csm, at: greet}}
"""
STAGES = """\
stages:
  - id: opening
    raci: {A: csm, R: csm}
    steps:
      - id: greet
        do: Greet the customer
        produces: brief
      - id: follow
        do: Follow up
"""
STEP = HEAD + STAGES + "      - id: third\n        "


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("workspace")
    for name, text in (
        ("organization", ORGANIZATION),
        ("tracking", TRACKING),
        ("metrics", METRICS),
        ("calendar", CALENDAR),
    ):
        (home / f"{name}.yaml").write_text(text, encoding="utf-8")
    return home


RULES = """\
rules: acme
checks:
  ACME001: {title: Steps are due, select: step, require: step.due.given, message: No date}
"""


def test_rules_of_the_team_in_comments(tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    desk = Desk(tmp_path)
    found = items(desk, tmp_path, HEAD + "stages: [] # playbook: ignore[ACM▮")
    assert {"ACME001", "ACME", "RCI001"} <= set(labels(found))
    (item,) = (each for each in found if each.label == "ACME001")
    assert item.detail == "steps-are-due"


@pytest.fixture(scope="module")
def desk(home: Path) -> Desk:
    return Desk(home)


def items(desk: Desk, home: Path, marked: str, name: str = "welcome.yaml") -> list[types.CompletionItem]:
    uri = (home / name).as_uri()
    offset = marked.index(MARK)
    text = marked.replace(MARK, "")
    desk.update(uri, text, 1)
    buffer = desk.buffer(uri)
    assert buffer is not None
    view = desk.rough_view(uri, buffer.position(offset))
    assert view is not None
    found = completions(view, offset)
    desk.close(uri)
    return found


def labels(found: list[types.CompletionItem]) -> list[str]:
    return [item.label for item in found]


def written(marked: str, item: types.CompletionItem) -> str:
    """The text once an item is chosen."""
    from playbook.editor.buffers import Buffer
    from playbook.text.spans import SourceText

    text = marked.replace(MARK, "")
    buffer = Buffer(SourceText("x", text))
    edit = item.text_edit
    assert isinstance(edit, types.TextEdit)
    return text[: buffer.offset(edit.range.start)] + edit.new_text + text[buffer.offset(edit.range.end) :]


@pytest.mark.parametrize(
    ("text", "expected", "never"),
    [
        ("▮", ["playbook", "organization", "tracking", "metrics"], ["stages"]),
        ("play▮", ["playbook"], ["stages"]),
        (HEAD + "▮", ["stages", "outcome", "variants"], ["playbook", "anchors", "do"]),
        (HEAD + "sta▮\n" + STAGES, ["outcome", "version"], ["stages", "anchors"]),
        (HEAD + STAGES + "    ▮", ["exit", "enter", "due", "next"], ["id", "raci", "steps"]),
        (STEP + "▮", ["do", "due", "raci", "needs"], ["id", "stages"]),
        (STEP + "raci: {▮", ["A", "R", "C", "I"], []),
        (STEP + "raci: {A: csm, ▮}", ["R", "C", "I"], ["A"]),
        (STEP + "raci: {A: ▮}", ["csm", "ae", "sales"], ["greet"]),
        (STEP + "raci:\n          A: c▮", ["csm", "ae", "success"], ["crm"]),
        (STEP + "raci: {R: [csm, ▮]}", ["csm", "ae"], []),
        (STEP + "raci: {R: {any_of: [▮", ["csm", "ae"], []),
        (STEP + "need: ▮", ["required", "recommended", "optional", "forbidden"], ["csm"]),
        (STEP + "need: req▮", ["required"], []),
        (STEP + "waivable: ▮", ["true", "false"], []),
        (STEP + "touch: ▮", ["meeting", "email"], []),
        (STEP + "touch: {▮", ["kind", "lasts", "audience"], []),
        (STEP + "touch: {kind: ▮", ["meeting", "email"], []),
        (STEP + "system: ▮", ["crm"], ["csm"]),
        (STEP + "window: ▮", ["release_days"], []),
        (STEP + "after: ▮", ["greet", "first_value", "workspace.created", "deal.closed_won"], ["opening"]),
        (STEP + "after: [greet, ▮", ["follow"], []),
        (STEP + "after:\n          - ▮", ["greet", "follow"], []),
        (STEP + "needs: ▮", ["brief", "account.seats", "account.segment"], ["csm"]),
        (STEP + "captures: ▮", ["account.seats", "account.plan"], ["brief"]),
        (STEP + "due: ▮", ["5bd after signed"], []),
        (STEP + "due: 5▮", ["5bd", "5d", "5w", "5min", "5mo", "5h", "5bh"], []),
        (STEP + "due: 5b▮", ["5bd", "5bh"], []),
        (STEP + "due: 5bd ▮", ["after", "before"], ["signed"]),
        (STEP + "due: 5bd after ▮", ["signed", "greet", "opening", "first_value", "to_cs", "to_cs.accepted"], []),
        (STEP + "due: 5bd after si▮", ["signed"], []),
        (STEP + "due: 50% ▮", ["between"], []),
        (STEP + "due: 50% between signed ▮", ["and"], []),
        (STEP + "due: 50% between signed and ▮", ["first_value"], []),
        (STEP + "takes: 1..2▮", ["2bd", "2w"], []),
        (STEP + "takes: ▮", ["2d"], []),
        (STEP + "repeat: {every: ▮", ["1w", "monthly"], []),
        (STEP + "when: ▮", ["account.seats", "first_value.reached", "greet.completed", "days_since"], ["csm"]),
        (STEP + "when: account.▮", ["account.seats", "account.plan"], []),
        (STEP + "when: account.seats > 3 and ▮", ["to_cs.accepted", "workspace.created", "not"], []),
        (STEP + "when: account.plan == ▮", ["starter", "pro", "enterprise"], ["account.seats"]),
        (STEP + 'when: account.plan == "▮', ["starter", "pro"], ["account.seats"]),
        (STEP + 'when: account.plan != "s▮"', ["starter"], []),
        (STEP + 'when: account.plan in ["pro", ▮', ["starter", "pro"], []),
        (STEP + "when: account.segment == ▮", ["small", "large"], []),
        (STEP + "when: account.sso == ▮", ["True", "False"], []),
        (STEP + "when: >-\n          account.seats > 3\n          or ▮", ["first_value.reached"], []),
        (STEP + "run: ▮", [], ["greet"]),
        (HEAD + STAGES + "    workstream: ▮", ["education"], []),
        (HEAD + STAGES + "    kpis: [▮", ["time_to_value"], []),
        (HEAD + STAGES + "    next: ▮", ["opening", "done"], ["greet"]),
        (HEAD + STAGES + "    next: {to: ▮", ["opening", "done"], []),
        (HEAD + STAGES + "    exit: ▮", ["first_value.reached"], []),
        (HEAD + STAGES + "    exit:\n      - ▮", ["first_value.reached", "check"], []),
        (HEAD + STAGES + "    exit:\n      - check: ▮", ["first_value.reached"], []),
        (HEAD + "stages:\n  ▮", ["- id"], []),
        (HEAD + STAGES + "variants:\n  lean:\n    for: ▮", ["small", "large"], []),
        (HEAD + STAGES + "variants:\n  lean:\n    remove: [▮", ["greet", "to_cs", "brief"], []),
        (HEAD + STAGES + "variants:\n  lean:\n    set:\n      ▮", ["greet", "to_cs"], []),
        (HEAD + STAGES + "variants:\n  lean:\n    set:\n      greet.▮", ["greet.due", "greet.raci"], []),
        (HEAD + STAGES + "variants:\n  lean:\n    set:\n      greet.need: ▮", ["required"], []),
        (HEAD + STAGES + "variants:\n  lean:\n    replace:\n      ▮", ["greet", "follow"], []),
        (STEP + "do: x # ▮", ["playbook: ignore"], []),
        (STEP + "do: x # playbook: ▮", ["ignore", "ignore-file"], []),
        (STEP + "do: x # playbook: ignore[▮", ["RCI002", "RCI"], []),
        (STEP + "do: x # playbook: ignore[RCI002, ▮]", ["HND001"], []),
        (STEP + "do: x ▮", [], ["csm"]),
        (STEP + "raci: {A: csm}▮", [], ["R"]),
        (STEP + "raci: {A: csm\n        need: ▮\n        do: x", ["required"], []),
        (STEP + "do: 'open\n        need: ▮", ["required"], []),
        (STEP + "need:▮", ["required"], []),
    ],
)
def test_what_is_offered(desk: Desk, home: Path, text: str, expected: list[str], never: list[str]) -> None:
    found = labels(items(desk, home, text))
    assert [label for label in expected if label not in found] == []
    assert [label for label in never if label in found] == []
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("organization2.yaml", "organization: o\nroles: {x: {team: ▮", ["sales", "success"]),
        ("organization2.yaml", "organization: o\nteams: {x: {party: ▮", ["internal", "customer"]),
        ("tracking2.yaml", "tracking: t\nfields:\n  a.b: {type: ▮", ["choice", "integer"]),
        ("tracking2.yaml", "tracking: t\nfields:\n  a.b: {system: ▮", ["crm"]),
        ("metrics2.yaml", "metrics: m\nkpis:\n  x:\n    kind: ▮", ["duration", "rate"]),
        ("governance.yaml", "governance: g\ngoals: {x: {kpi: ▮", ["time_to_value"]),
        (
            "maturity.yaml",
            "maturity: m\ndimensions: {x: {levels: {1: {check: ▮",
            ["time_to_value", "account.seats"],
        ),
        ("calendar2.yaml", "calendar: c\nworking_days: [mon, ▮", ["tue", "fri"]),
    ],
)
def test_other_kinds_of_documents(desk: Desk, home: Path, name: str, text: str, expected: list[str]) -> None:
    found = labels(items(desk, home, text, name))
    assert [label for label in expected if label not in found] == []


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        (STEP + "ne▮", "need", STEP + "need: "),
        (STEP + "ne▮ed: required", "needs", STEP + "needs: required"),
        (STEP + "need:▮", "required", STEP + "need: required"),
        (STEP + "due: 5▮", "5bd", STEP + "due: 5bd "),
        (STEP + "due: 5bd af▮", "after", STEP + "due: 5bd after "),
        (STEP + "when: account.plan == ▮", "pro", STEP + 'when: account.plan == "pro"'),
        (STEP + "when: account.plan == 'p▮'", "pro", STEP + "when: account.plan == 'pro'"),
        (STEP + 'when: "account.plan == ▮"', "pro", STEP + "when: \"account.plan == 'pro'\""),
        (STEP + "when: 🚀 == 1 and account.se▮", "account.seats", STEP + "when: 🚀 == 1 and account.seats"),
        (STEP + "raci: {A: c▮sm, R: x}", "ae", STEP + "raci: {A: ae, R: x}"),
        (STEP + "che▮", "checklist", STEP + "checklist:\n          - "),
        (HEAD + "stages:\n  ▮", "- id", HEAD + "stages:\n  - id: "),
        (STEP + "do: x # playbook: ignore[RC▮]", "RCI002", STEP + "do: x # playbook: ignore[RCI002]"),
        ("▮", "playbook", "playbook: "),
    ],
)
def test_what_is_written(desk: Desk, home: Path, text: str, label: str, expected: str) -> None:
    (item,) = [item for item in items(desk, home, text) if item.label == label]
    assert written(text, item) == expected


def test_required_keys_come_first_and_explain_themselves(desk: Desk, home: Path) -> None:
    found = items(desk, home, HEAD + "handoffs2: x\ninputs:\n  x:\n    ▮")
    ordered = sorted(found, key=lambda item: item.sort_text or "")
    assert ordered[0].label == "owner"
    assert ordered[0].detail == "required"
    assert isinstance(ordered[0].documentation, types.MarkupContent)
    assert ordered[0].documentation.value == "Who provides it."
    (role,) = [item for item in items(desk, home, STEP + "raci: {A: ▮") if item.label == "ae"]
    assert role.detail == "role: Account Executive"


def test_a_document_that_was_never_readable_still_knows_its_own_ids(home: Path) -> None:
    fresh = Desk(home)
    assert "greet" in labels(items(fresh, home, STEP + "after: [▮\n        raci: {A: csm}\n"))


def test_what_was_readable_is_remembered(home: Path) -> None:
    fresh = Desk(home)
    uri = (home / "welcome.yaml").as_uri()
    fresh.update(uri, HEAD + STAGES, 1)
    assert fresh.view(uri) is not None
    broken = HEAD + "title: }{\n" + STAGES + "        after: "
    fresh.update(uri, broken, 2)
    view = fresh.view(uri)
    assert view is not None
    assert "follow" in labels(completions(view, len(broken)))


WORDS = st.sampled_from(
    [
        *" \n{}[],:#'\"-|>&*\ud800\u2028\x00🚀é",
        *("playbook: x\n", "stages:\n", "  - id: a\n", "    steps:\n", "raci: {A: ", "when: ", "account."),
        *("due: 5", "bd after ", "# playbook: ignore[", "variants:\n", "  set: {a.b: "),
    ]
)


@settings(max_examples=150)
@given(st.lists(WORDS, max_size=25).map("".join), st.integers(0, 200))
def test_nothing_that_is_typed_makes_it_fail(home: Path, text: str, offset: int) -> None:
    desk = Desk(home)
    uri = (home / "typed.yaml").as_uri()
    desk.update(uri, text, 1)
    buffer = desk.buffer(uri)
    assert buffer is not None
    view = desk.rough_view(uri, buffer.position(offset))
    assert view is not None
    for item in completions(view, min(offset, len(text))):
        assert isinstance(item.text_edit, types.TextEdit)
