"""Handoffs, governance, maturity, tracking and the numbers of the RACI matrix."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path

import pytest

from playbook.shapes.document import Document
from playbook.shapes.table import Cell, Table
from playbook.views.narrowing import Selection
from playbook.views.registry import VIEWS
from playbook.views.subject import Subject, narrowed_subject
from subjects import shipped, subject_from, template

GOLDEN = Path(__file__).parent / "golden"
UPDATE = os.environ.get("UPDATE_GOLDEN") == "1"


@pytest.mark.parametrize("view", ["handoffs", "governance", "maturity", "tracking", "raci"])
def test_whole_views_of_the_projects_own_playbook(view: str) -> None:
    subject = shipped()["customer_onboarding"]
    shapes = [VIEWS[view].build(shape, subject) for shape in VIEWS[view].gives]
    text = json.dumps([asdict(shape) for shape in shapes], ensure_ascii=False, indent=1) + "\n"
    path = GOLDEN / f"customer_onboarding_{view}.json"
    if UPDATE:
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")


def _table(name: str, subject: Subject) -> Table:
    shown = VIEWS[name].build("table", subject)
    assert isinstance(shown, Table)
    assert {len(row) for row in (*shown.rows, *shown.summary)} <= {len(shown.columns)}
    assert len({column.key for column in shown.columns}) == len(shown.columns)
    return shown


def _rows(shown: Table) -> list[dict[str, Cell]]:
    keys = [column.key for column in shown.columns]
    return [dict(zip(keys, row, strict=True)) for row in shown.rows]


# -- handoffs --------------------------------------------------------------------------------------

HANDOFFS = """\
    playbook: p
    ends: {done: {success: true}, off: {title: Called off}}
    artifacts: {plan: {title: The plan}}
    stages:
      - {id: one, title: First, steps: [{id: a, do: Write it}, {id: b}]}
      - {id: two, steps: [{id: c}]}
    handoffs:
      late: {from: x, to: y, at: two, payload: [plan, notes, account.use_case], accept: {within: 1..2bd, by: z}}
      early:
        title: From x to y
        from: x
        to: y
        at: b
        when: account.size > 3
        accept: {within: 2bd}
        reject: {back_to: a, at_most: 1, end: off}
        together: {kind: meeting, lasts: 30min}
        raci: {A: z}
      free: {from: y, to: x, reject: {end: off}}
    """
PEOPLE = """\
    organization: o
    roles: {x: {title: The X}, y: {title: The Y}, z: {}}
    """
FIELDS = """\
    tracking: t
    fields: {account.use_case: {title: The use case}, account.size: {type: integer}}
    """


def test_handoffs_in_words() -> None:
    shown = _table("handoffs", subject_from({"p.yaml": HANDOFFS, "o.yaml": PEOPLE, "t.yaml": FIELDS}))
    early, late, free = _rows(shown)
    assert early == {
        "stage": "First",
        "handoff": "From x to y",
        "from": "The X",
        "to": "The Y",
        "at": "B",
        "payload": (),
        "together": "meeting of 30 minutes",
        "accepted_by": "The Y",
        "within": "2 business days",
        "rejected": "back to “Write it”, once at most; then it ends: Called off",
        "condition": "size is above 3",
        "accountable": ("Z",),
    }
    assert late["stage"] == "Two"
    assert late["at"] == "the stage Two"
    assert late["payload"] == ("The plan", "Notes", "The use case")
    assert (late["accepted_by"], late["within"]) == ("Z", "1 to 2 business days")
    assert free["stage"] == "At any time"
    assert (free["accepted_by"], free["rejected"]) == ("", "it ends: Called off")
    assert shown.notes == ("Nobody has to accept: Free.",)


def test_a_handoff_in_the_work_of_a_role_says_where_it_comes_from() -> None:
    """The step behind which it happens may be somebody else's."""
    text = HANDOFFS.replace("{id: b}", "{id: b, do: Close it, raci: {R: z}}").replace(
        "steps: [{id: c}]", "steps: [{id: c, raci: {R: y}}]"
    )
    whole = subject_from({"p.yaml": text, "o.yaml": PEOPLE, "t.yaml": FIELDS})
    part = narrowed_subject(whole, Selection(role="y"))
    assert list(part.playbook.steps) == ["c"]
    early = _rows(_table("handoffs", part))[0]
    assert (early["stage"], early["at"]) == ("First", "Close it")
    assert early["rejected"] == "back to “Write it”, once at most; then it ends: Called off"


def test_a_playbook_without_handoffs_says_so() -> None:
    shown = _table("handoffs", subject_from({"p.yaml": "playbook: p\nstages: [{id: s, steps: [{id: a}]}]\n"}))
    assert shown.rows == ()
    assert shown.notes == ("No work changes hands here.",)


# -- governance ------------------------------------------------------------------------------------

GOVERNANCE = """\
    governance: g
    title: How we govern
    description: >-
      One line
      of two.
    council:
      {members: [x, z], chair: x, cadence: 2w, quorum: 2, agenda: Targets, decision_rights: {prices: X alone}}
    goals: {fast: {team: ours, kpi: speed}, slow: {team: ours, kpi: speed, target: 3d, period: 2027}}
    backlog:
      small: {reach: 10, impact: 1, confidence: 0.5, effort: 5}
      unknown: {title: Nobody knows}
      large: {reach: 10, impact: 2, confidence: 0.5, effort: 1, status: doing, owner: z, kpi: speed, playbook: p}
    content: {deck: {title: A deck, kind: slides, owner: x, review: 2027-03-01}}
    evolve: {crowded: {when: speed > 4 and measured.new_accounts >= 60}}
    decisions:
      old: {date: 2026-01-01, decided: One thing, by: x, options: [Another thing], revisit: 2027-01-01}
      new: {date: 2026-02-01, decided: Another thing, by: [x, z]}
    coverage: [{role: x, accounts: 8}, {role: z, segment: big, accounts: 4}]
    reviews: [{date: 2026-03-01, attended: [x], notes: All went well}]
    waivers: {late: {rule: SLA001, playbook: p, reason: Not yet, by: x, until: 2027-05-01}}
    voice_of_customer: {instruments: A survey, owner: z, close_loop: 5bd, sampling: Everybody}
    """
METRICS = "metrics: m\nkpis: {speed: {title: Speed, kind: duration, target: <= 9d}}\n"
TEAMS = """\
    organization: o
    teams: {ours: {title: Our team}}
    roles: {x: {title: The X}, z: {}}
    """
PLAYBOOK = """\
    playbook: p
    title: The playbook
    segments: {big: {title: Large ones, otherwise: true}}
    review: {by: x, next: 2026-12-01}
    stages: [{id: s, steps: [{id: a}]}]
    """


def _governed() -> Subject:
    texts = {"g.yaml": GOVERNANCE, "m.yaml": METRICS, "o.yaml": TEAMS, "p.yaml": PLAYBOOK}
    return subject_from(texts)


def test_governance_as_a_paper() -> None:
    shown = VIEWS["governance"].build("document", _governed())
    assert isinstance(shown, Document)
    assert (shown.title, shown.subtitle) == ("How we govern", "One line of two.")
    tables = {
        part.title: part.rows for section in shown.sections for part in section.parts if isinstance(part, Table)
    }
    assert tables == {
        "Who decides what": (("Prices", "X alone"),),
        "Goals of the teams": (
            ("Our team", "Fast", "Speed", "<= 9d", ""),
            ("Our team", "Slow", "Speed", "3d", "2027"),
        ),
        "What is looked at again": (
            ("2026-12-01", "The playbook", "playbook", "The X"),
            ("2027-01-01", "Old", "decision", ("The X",)),
            ("2027-03-01", "A deck", "slides", "The X"),
        ),
        "Decision log": (
            ("2026-02-01", "New", "Another thing", ("The X", "Z"), (), ""),
            ("2026-01-01", "Old", "One thing", ("The X",), ("Another thing",), "2027-01-01"),
        ),
        "Signs to decide anew": (("Crowded", "Speed is above 4 and new accounts is at least 60"),),
        "Improvements": (
            ("Large", "being done", "10", "Z", "Speed", "The playbook"),
            ("Small", "open", "1", "", "", ""),
            ("Nobody knows", "open", "", "", "", ""),
        ),
        "Accounts per person": (("The X", "all", 8), ("Z", "Large ones", 4)),
        "Reviews that were held": (("2026-03-01", ("The X",), "All went well"),),
        "Rules that may be broken for a while": (
            ("Late", "SLA001 in The playbook: Not yet", "The X", "2027-05-01"),
        ),
    }
    assert next(section.title for section in shown.sections) == "The council"


def test_governance_as_one_table() -> None:
    rows = _rows(_table("governance", _governed()))
    assert {str(row["section"]) for row in rows} >= {"The council", "Decision log", "Improvements"}
    (large,) = [row for row in rows if row["subject"] == "Large"]
    assert large["what"] == ("State: being done", "Priority: 10", "KPI: Speed", "Playbook: The playbook")
    assert large["who"] == "Z"
    (new,) = [row for row in rows if row["subject"] == "New"]
    assert (new["what"], new["when"]) == ("Another thing", "2026-02-01")


# -- maturity and tracking -------------------------------------------------------------------------

MATRIX = """\
    maturity: m
    title: The matrix
    dimensions:
      care:
        from: No care
        to: All care
        owner: [x, ours]
        kpi: speed
        levels: {0: {title: None}, 2: {title: Some}, 4: {title: All}}
        claimed: 2
        evidence: We looked
      talk: {from: Silence, to: Talk, claimed: 1}
      rest: {from: Haste, to: Rest}
    """


def test_maturity_as_it_is_claimed() -> None:
    texts = {"a.yaml": MATRIX, "b.yaml": MATRIX.replace("maturity: m", "maturity: n"), "p.yaml": PLAYBOOK}
    shown = _table("maturity", subject_from({**texts, "o.yaml": TEAMS, "m.yaml": METRICS}))
    rows = _rows(shown)
    assert len(rows) == 6
    assert shown.section == "matrix"
    assert rows[0] == {
        "matrix": "The matrix",
        "dimension": "Care",
        "from": "No care",
        "level_0": "None",
        "level_1": "",
        "level_2": "Claimed: Some",
        "level_3": "",
        "level_4": "All",
        "to": "All care",
        "claimed": 2,
        "owner": ("The X", "Our team"),
        "kpi": ("Speed",),
        "evidence": ("We looked",),
    }
    assert rows[1]["level_1"] == "Claimed"
    assert rows[2]["claimed"] is None
    assert [column.kind for column in shown.columns if column.key == "claimed"] == ["level"]
    assert shown.notes == (
        "A level is claimed for 4 of 6 dimensions.",
        "Some of the claimed levels have no evidence.",
    )


TRACKING = """\
    tracking: t
    title: The plan
    fields:
      account.arr: {title: Revenue, type: money, unit: EUR, at_least: 0, system: crm, owner: x, fresh_for: 1d}
      contact.role: {type: choice, values: [admin, 2.5, true], personal: true, captured: Asked for}
      account.lost: {type: list}
    events:
      deal.closed_won: {title: Deal won, properties: [account_id, The sum], source: crm, activity: true}
    """
SYSTEMS = "organization: o\nroles: {x: {title: The X}}\nsystems: {crm: {title: The CRM}}\n"
CAPTURING = """\
    playbook: p
    title: The playbook
    stages: [{id: s, steps: [{id: a, do: Ask, captures: [account.arr, contact.role]}]}]
    """


def test_tracking_in_words() -> None:
    shown = _table("tracking", subject_from({"t.yaml": TRACKING, "o.yaml": SYSTEMS, "p.yaml": CAPTURING}))
    revenue, role, lost, won = _rows(shown)
    assert shown.title == "The plan"
    assert revenue["type"] == "money in EUR, at least 0"
    assert (revenue["system"], revenue["owner"], revenue["captured"]) == ("The CRM", "The X", ("Ask",))
    assert revenue["fresh_for"] == "1 day"
    assert (role["type"], role["values"], role["personal"]) == ("one of", ("admin", "2.5", "yes"), "yes")
    assert role["captured"] == ("Ask", "Asked for")
    assert lost["title"] == "Account lost"
    assert (won["kind"], won["title"], won["system"]) == ("Events", "Deal won", "The CRM")
    assert won["values"] == ("account id", "The sum")
    assert shown.notes == (
        "1 of these holds personal data.",
        "1 field is filled by no step and from nowhere else that is named.",
    )


# -- the numbers of the matrix ---------------------------------------------------------------------

LETTERS = """\
    playbook: p
    milestones: {m: {raci: {A: x}}}
    stages:
      - id: s
        raci: {A: x, R: [x, y]}
        steps: [{id: a}, {id: b, raci: {A: z, I: y}}, {id: c, need: forbidden}]
    """
COLLEAGUES = """\
    organization: o
    teams: {ours: {}}
    roles: {x: {title: The X, team: ours, backup: y}, y: {team: ours}, z: {team: ours}, w: {title: The W}}
    """


def test_the_numbers_below_the_matrix() -> None:
    subject = subject_from({"p.yaml": LETTERS, "o.yaml": COLLEAGUES})
    shown = _table("raci", subject)
    assert [column.key for column in shown.columns] == ["stage", "step", "x", "y", "z"]
    assert shown.summary == (
        ("", "Steps responsible for", 2, 2, None),
        ("", "Steps accountable for", 1, None, 1),
        ("", "Steps consulted on", None, None, None),
        ("", "Steps informed of", None, 1, None),
        ("", "Share of all steps accountable for", "50%", None, "50%"),
    )
    assert shown.notes[1:] == (
        "Accountable for steps, with nobody named who steps in: Z.",
        "Roles of the organization without a letter on any step: The W.",
    )


def test_a_part_has_numbers_of_its_own_and_says_nothing_of_the_whole() -> None:
    subject = subject_from({"p.yaml": LETTERS, "o.yaml": COLLEAGUES})
    shown = _table("raci", narrowed_subject(subject, Selection(role="z")))
    assert shown.summary[1][2:] == (None, None, 1)
    assert len(shown.notes) == 1


def test_customers_see_no_numbers() -> None:
    shown = _table("raci", narrowed_subject(template("enterprise"), Selection("customer")))
    assert shown.rows
    assert shown.summary == ()
    assert len(shown.notes) == 1


def test_a_matrix_without_letters_has_no_numbers() -> None:
    shown = _table("raci", subject_from({"p.yaml": "playbook: p\nstages: [{id: s, steps: [{id: a}]}]\n"}))
    assert shown.summary == ()
