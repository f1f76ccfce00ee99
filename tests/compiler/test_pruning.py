"""A mistaken part is told and cut out; the rest of the document stays, at its own lines."""

from __future__ import annotations

import textwrap

import pytest
from building import ORGANIZATION, compiled, findings_of, told

from playbook.text.paths import original_path


def test_a_bad_item_keeps_the_others_at_their_lines() -> None:
    text = """\
    playbook: p
    stages:
      - id: a
        steps:
          - {id: one, takes: 5}
          - 7
          - {id: three, system: nowhere, checklist: [x, 1, {do: y, need: often}, z]}
          - {ID: four}
          - {id: five, due: 1bd after nowhere}
      - 8
      - id: b
        raci: {A: nobody}
    """
    found = findings_of(text)
    assert [(each.place.span.start.line, *told(each, text)[:2]) for each in found] == [
        (5, "SCH007", "5"),
        (6, "SCH003", "7"),
        (7, "REF002", "nowhere"),
        (7, "SCH003", "often"),
        (8, "SCH003", "{ID: four}"),
        (8, "SCH002", "ID"),
        # Nothing about line 9: what it waits for may be the step that has no id.
        (10, "SCH003", "8"),
        (12, "REF002", "nobody"),
    ]
    (playbook,) = compiled({"p.yaml": text, "o.yaml": ORGANIZATION}).playbooks
    assert list(playbook.steps) == ["one", "three", "five"]
    assert list(playbook.stages) == ["a", "b"]
    assert [item.do for item in playbook.steps["three"].checklist] == ["x", "1", "y", "z"]
    assert playbook.steps["one"].takes is None
    # A path of the model leads to the line of the file.
    place = playbook.document.locator.place(("stages", 1, "id"))
    assert place.span.start.line == 11


@pytest.mark.parametrize(
    ("path", "pruned", "original"),
    [
        (("a", 0), [], ("a", 0)),
        (("a", 0), [("a", 0)], ("a", 1)),
        (("a", 1), [("a", 0), ("a", 2)], ("a", 3)),
        (("a", 0, "b", 0), [("a", 0), ("a", 1, "b", 0)], ("a", 1, "b", 1)),
        (("a", 0, "b", 0), [("a", 1, "b", 0)], ("a", 0, "b", 0)),
        (("a", "k"), [("a", "j")], ("a", "k")),
        (("x", 3), [("x", 5), ("x", 3), ("x", 4)], ("x", 6)),
        (("x", 3), [("y", 0)], ("x", 3)),
    ],
)
def test_paths_back_to_the_file(
    path: tuple[object, ...], pruned: list[object], original: tuple[object, ...]
) -> None:
    assert original_path(path, pruned) == original  # type: ignore[arg-type]


def test_what_an_alias_shares_is_told_at_its_anchor_and_cut_everywhere() -> None:
    text = """\
    playbook: p
    stages:
      - id: a
        steps:
          - &step {id: one, takes: 5m, raci: &raci {A: nobody, X: csm}}
          - {<<: *step, id: two}
          - {id: three, raci: *raci}
    """
    found = findings_of(text)
    assert [told(each, text)[:2] for each in found] == [
        ("SCH007", "m"),
        ("REF002", "nobody"),
        ("SCH002", "X"),
    ]
    (playbook,) = compiled({"p.yaml": text, "o.yaml": ORGANIZATION}).playbooks
    assert list(playbook.steps) == ["one", "two", "three"]
    for step in playbook.steps.values():
        assert step.raci is not None
        assert step.raci.A == ("nobody",)


MISSING = [
    ("playbook: p\n", "stages", "playbook: p", "this playbook"),
    ("playbook: p\nstages: [{title: X}]\n", "id", "{title: X}", "this stage"),
    ("playbook: p\nstages: [{id: a, steps: [{do: X}]}]\n", "id", "{do: X}", "this step"),
    ("playbook: p\nstages: [{id: a, steps: [{id: s, sla: {warn: 1d}}]}]\n", "breach", "{warn: 1d}", "the sla"),
    ("playbook: p\nstages: []\nhandoffs: {h: {from: ae}}\n", "to", "{from: ae}", "this handoff"),
    ("playbook: p\nstages: []\neffective: {until: 2026-01-01}\n", "from", "{until: 2026-01-01}", "this effective"),
    ("metrics: m\nkpis: {k: {owner: csm}}\n", "kind", "{owner: csm}", "this kpi"),
]


@pytest.mark.parametrize(("text", "key", "underlined", "where"), MISSING)
def test_missing_keys(text: str, key: str, underlined: str, where: str) -> None:
    (finding,) = findings_of(text)
    assert finding.message == f'required key "{key}" is missing in {where}'
    assert (finding.expected or "").startswith(f'"{key}": ')
    assert underlined.startswith(told(finding, text)[1]) or told(finding, text)[1] in text


UNKNOWN = [
    # text, the unknown key, the near match, a key that must be offered, the mapping it stands in
    ("playbook: p\nstages: []\nstagess: []\n", "stagess", "stages", "handoffs", "this playbook"),
    ("playbook: p\nstages: [{id: a, stepps: []}]\n", "stepps", "steps", "overlaps", "this stage"),
    ("playbook: p\nstages: [{id: a, steps: [{id: s, deu: 1d}]}]\n", "deu", "due", "checklist", "this step"),
    (
        "playbook: p\nstages: [{id: a, steps: [{id: s, raci: {A: csm, a: csm}}]}]\n",
        "a",
        "A",
        "I",
        "the raci",
    ),
    (
        "playbook: p\nstages: [{id: a, steps: [{id: s, raci: {A: {anyof: [csm]}}}]}]\n",
        "anyof",
        "any_of",
        "any_of",
        "this any of",
    ),
    (
        "playbook: p\nstages: [{id: a, steps: [{id: s, touch: {kind: email, length: 1h}}]}]\n",
        "length",
        None,
        "lasts",
        "this touch",
    ),
    (
        "playbook: p\nstages: [{id: a, steps: [{id: s, checklist: [{do: x, needs: y}]}]}]\n",
        "needs",
        "need",
        "party",
        "this checklist item",
    ),
    (
        "playbook: p\nstages: [{id: a, steps: [{id: s, repeat: {every: 1w, then: {every: 2w, atmost: 2}}}]}]\n",
        "atmost",
        "at_most",
        "until",
        "this repeat",
    ),
    (
        "playbook: p\nstages: [{id: a, exit: {check: x.y, wavable: {by: csm}}}]\n",
        "wavable",
        "waivable",
        "vote",
        "this criterion",
    ),
    (
        "playbook: p\nstages: [{id: a, exit: [{check: x.y, wavable: {by: csm}}]}]\n",
        "wavable",
        "waivable",
        "vote",
        "this criterion",
    ),
    ("playbook: p\nstages: [{id: a, next: {two: b}}]\n", "two", "to", "otherwise", "this branch"),
    ("playbook: p\nstages: [{id: a, statuses: {anyof: [x]}}]\n", "anyof", None, "", ""),
    ("organization: o\nroles: {csm2: {teem: success}}\n", "teem", "team", "backup", "this role"),
    ("tracking: t\nfields: {account.x: {typ: text}}\n", "typ", "type", "unit", "this tracked field"),
    (
        "calendar: c\nclosures: [{from: 2026-01-01, untill: 2026-01-02}]\n",
        "untill",
        "until",
        "title",
        "this closure",
    ),
    ("playbook: p\nstages: []\nvariants: {v: {for: x, ad: []}}\n", "ad", "add", "remove", "this variant"),
    (
        "playbook: p\nstages: []\nvariants: {v: {for: x, add: [{step: {id: s, doo: x}}]}}\n",
        "doo",
        "do",
        "when",
        "this step",
    ),
]


@pytest.mark.parametrize(("text", "key", "near", "offered", "where"), UNKNOWN)
def test_unknown_keys_are_told_the_keys_of_where_they_stand(
    text: str, key: str, near: str | None, offered: str, where: str
) -> None:
    finding = next(each for each in findings_of(text) if each.code == "SCH002")
    assert told(finding, text)[1] == key
    if where:
        assert finding.message == f'unknown key "{key}" in {where}'
        assert offered in (finding.expected or "").removeprefix("one of ").split(", ")
        assert finding.suggestion == near


VALUES = [
    ("status: activ", "activ", "not one of the values allowed here", "active"),
    ("context: {volume: '12'}", "'12'", "expected a whole number, found '12'", "12"),
    ("context: {volume: 1.5}", "1.5", "expected a whole number, found '1.5'", None),
    ("context: {volume: 1_000}", "1_000", "expected a whole number", "1000"),
    ("context: {volume: 9999999999999999}", "9999999999999999", "is too large", None),
    ("anchors: {a: {event: deal.closed_won, start: yes}}", "yes", "expected true or false, found 'yes'", "true"),
    ("anchors: {a: {event: deal.closed_won, start: 'true'}}", "'true'", "expected true or false", "true"),
    ("review: {next: 2026-02-30}", "2026-02-30", "expected a date", None),
    ("review: {next: 01.02.2026}", "01.02.2026", "expected a date", None),
    ("title: ''", "''", "expected at least one character", None),
    ("title: []", "[]", "expected a text, found a list", None),
    ("title: {a: b}", "{a: b}", "expected a text, found a mapping", None),
    ("ends: [x]", "[x]", "expected a mapping of keys and values, found a list", None),
    ("ends: {Gone-Away: {}}", "Gone-Away", "is not an id", "gone_away"),
    ("ends: {Größe: {}}", "Größe", "is not an id", "grosse"),
    ("version: '1 2'", "'1 2'", "does not have the form", None),
    ("outcome: {within: 5bd}", "5bd", "does not say when", None),
    ("outcome: {within: 5m after x}", "m", "is ambiguous", "5min (minutes) or 5mo (months)"),
    ("outcome: {within: '5 days after x'}", "days", "is not a unit", "5d"),
]


@pytest.mark.parametrize(("line", "underlined", "message", "suggestion"), VALUES)
def test_values_of_a_wrong_form(line: str, underlined: str, message: str, suggestion: str | None) -> None:
    text = f"playbook: p\nstages: []\n{line}\n"
    (finding,) = findings_of(text)
    assert told(finding, text) == (finding.code, underlined, suggestion)
    assert message in finding.message
    assert finding.code in ("SCH003", "SCH007")


def test_nothing_cascades_from_a_part_that_is_lost() -> None:
    text = textwrap.dedent("""\
        playbook: p
        ends: {done: {success: yes}, lost: 5}
        milestones: {value: {evnt: x}, "bad id": {}}
        stages:
          - id: a
            next: [{to: lost, when: value.reached}, {to: done, otherwise: true}]
            steps:
              - {id: s, produces: [brief, {}], takes: 5}
              - {id: t-1, do: x}
              - {id: u, after: [s, t-1, t_1], needs: brief, when: bad_id.reached}
        """)
    assert {finding.code for finding in findings_of(text)} <= {"SCH002", "SCH003", "SCH007"}


@pytest.mark.parametrize(
    ("line", "expected", "suggestion"),
    [
        ("country: Germany", "the code of a country", None),
        ("country: de", "the code of a country", "DE"),
        ("working_hours: 9-17", "09:00-17:00", None),
    ],
)
def test_the_form_that_is_wanted_is_said_in_words(line: str, expected: str, suggestion: str | None) -> None:
    (finding,) = findings_of(f"calendar: office\n{line}\nsubdivision: BY\n")
    assert expected in (finding.expected or "")
    assert finding.suggestion == suggestion
    assert "^" not in (finding.expected or "")
