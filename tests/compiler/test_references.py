"""Every kind of reference: the right name is found, a misspelled one is told at its place with the near match."""

from __future__ import annotations

import pytest
from building import compiled, findings_of, told

BASE = """\
playbook: main
calendar: {calendar}
ownership: {{accountable: {owner}}}
outcome: {{achieved: {signal}, within: 90d after {moment}}}
anchors:
  closed_won: {{event: {event}, start: true}}
  go_live: {{field: {field}, moves: true}}
milestones:
  first_value: {{event: account.first_report, stage: {stage}, raci: {{A: csm}}}}
ends:
  done: {{success: true}}
segments:
  small: {{when: account.seats < 5}}
artifacts:
  plan: {{template: plans/plan.md}}
stages:
  - id: build
    raci: {{A: csm, I: {owner2}}}
    workstream: {workstream}
    kpis: {kpi}
    starts: 0d after {moment2}
    exit: {{check: "{signal2} and account.seats > 1"}}
    steps:
      - id: write
        captures: {field2}
        needs: {data}
        produces: brief
        system: {system}
        window: {window}
        sla: {{breach: 2bd, starts: {predecessor}}}
        touch: {{kind: document, asset: {content}}}
      - id: sign
        after: {predecessor2}
        due: 50% between {point} and go_live
        approval: {{by: {{any_of: [csm, {owner3}]}}, on_reject: {{back_to: {step}, end: {end}}}}}
        run: {playbook}
    choose: {{one_of: [write, {step2}]}}
    next: {{to: {destination}}}
handoffs:
  over: {{from: ae, to: csm, at: {step_or_stage}, payload: [brief, {data2}], reject: {{back_to: write}}}}
  spare: {{from: ae, to: csm}}
inputs:
  promises: {{owner: ae, data: {data3}}}
interfaces:
  talk: {{between: [sales, {team}], within: 1bd}}
interrupts:
  gone: {{when: "{signal3}", stages: {stage2}, end: done}}
routines:
  recap: {{every: week, do: Send it, from: 1w after {moment3}, until: over.accepted}}
workstreams:
  education: {{A: csm}}
variants:
  lite: {{for: {segment}, remove: {part}}}
"""

RIGHT = {
    "calendar": "emea",
    "owner": "csm",
    "owner2": "sales",
    "owner3": "ae",
    "signal": "first_value.reached",
    "signal2": "write.completed",
    "signal3": "build.entered and over.accepted and brief.produced and closed_won.reached",
    "moment": "closed_won",
    "moment2": "first_value.reached",
    "moment3": "build.entered",
    "event": "deal.closed_won",
    "field": "account.go_live",
    "field2": "account.sso",
    "stage": "build",
    "stage2": "build",
    "workstream": "education",
    "kpi": "ttv",
    "data": "plan",
    "data2": "account.seats",
    "data3": "brief",
    "system": "crm",
    "window": "deploy",
    "predecessor": "write",
    "predecessor2": "first_value",
    "content": "deck",
    "point": "closed_won",
    "step": "write",
    "step2": "sign",
    "end": "done",
    "playbook": "other",
    "destination": "done",
    "step_or_stage": "build",
    "team": "success",
    "segment": "small",
    "part": "spare",
}

OTHERS = {
    "c": "calendar: emea\nwindows: {deploy: [tue]}\n",
    "m": "metrics: kpis\nkpis: {ttv: {kind: duration, from: closed_won, to: first_value, owner: csm}}\n",
    "g": "governance: council\ncontent: {deck: {owner: csm}}\n",
    "x": "playbook: other\nscope: part\nstages: [{id: only}]\n",
}


def test_right_names_are_found() -> None:
    assert findings_of(BASE.format(**RIGHT), **OTHERS) == ()


MISSPELLED = [
    # which reference, the misspelled name, what is underlined of it, the near match
    ("calendar", "emae", None, "emea"),
    ("owner", "cms", None, "csm"),
    ("owner2", "salse", None, "sales"),
    ("owner3", "aee", None, "ae"),
    ("event", "deal.closed_wno", None, "deal.closed_won"),
    ("event", "account.first_reprot", None, "account.first_report"),
    ("field", "account.golive", None, "account.go_live"),
    ("field2", "account.soo", None, "account.sso"),
    ("stage", "biuld", None, "build"),
    ("stage2", "[build, biuld]", "biuld", "build"),
    ("workstream", "[education, eduction]", "eduction", "education"),
    ("kpi", "tttv", None, "ttv"),
    ("data", "paln", None, "plan"),
    ("data2", "account.seat", None, "account.seats"),
    ("data3", "breif", None, "brief"),
    ("system", "crn", None, "crm"),
    ("window", "deplyo", None, "deploy"),
    ("predecessor", "wirte", None, "write"),
    ("predecessor2", "[write, first_vlaue]", "first_vlaue", "first_value"),
    ("content", "deckk", None, "deck"),
    ("step", "wriet", None, "write"),
    ("step2", "sgin", None, "sign"),
    ("end", "doen", None, "done"),
    ("playbook", "ohter", None, "other"),
    ("playbook", "{playbook: ohter}", "ohter", "other"),
    ("destination", "doen", None, "done"),
    ("step_or_stage", "biuld", None, "build"),
    ("team", "succes", None, "success"),
    ("segment", "smal", None, "small"),
    ("part", "[spare, ovre]", "ovre", "over"),
    ("moment", "closed_wn", None, "closed_won"),
    ("moment2", "first_value.reachd", None, None),
    ("moment3", "biuld.entered", None, None),
    ("point", "closde_won", None, "closed_won"),
    ("signal", "first_value.reachd", None, None),
    ("signal", "first_vlaue.reached", None, None),
    ("signal2", "account.seat", None, "account.seats"),
    ("signal2", "wirte.completed", None, None),
    ("signal3", "build.entered\n    and account.seets > 1", "account.seets", "account.seats"),
]


@pytest.mark.parametrize(("what", "name", "wrong", "near"), MISSPELLED)
def test_misspelled_names_are_told(what: str, name: str, wrong: str | None, near: str | None) -> None:
    text = BASE.format(**{**RIGHT, what: name})
    (finding,) = findings_of(text, **OTHERS)
    assert finding.code == "REF002"
    code, underlined, suggestion = told(finding, text)
    assert (code, underlined) == ("REF002", wrong or name)
    assert f'"{wrong or name}"' in finding.message
    assert finding.expected
    if near is not None:
        assert suggestion == near


def test_names_of_other_documents_are_resolved_too() -> None:
    metrics = (
        "metrics: kpis\nkpis: {ttv: {kind: duration, from: closed_wn, owner: cms}}\ndashboards: {d: {kpis: tv}}\n"
    )
    found = findings_of(BASE.format(**RIGHT), **{**OTHERS, "m": metrics})
    assert [told(finding, metrics) for finding in found if finding.place.file == "m.yaml"] == [
        ("REF002", "closed_wn", "closed_won"),
        ("REF002", "cms", "csm"),
        ("REF002", "tv", "ttv"),
    ]


def test_a_bare_name_in_an_expression_is_told_what_may_be_asked() -> None:
    text = BASE.format(**{**RIGHT, "signal": "first_value"})
    (finding,) = findings_of(text, **OTHERS)
    assert "first_value.reached" in (finding.expected or "")
    text = BASE.format(**{**RIGHT, "signal": "write.done"})
    (finding,) = findings_of(text, **OTHERS)
    assert "write.completed" in (finding.expected or "")


def test_what_is_named_counts_as_used() -> None:
    files = {f"{name}.yaml": text for name, text in OTHERS.items()}
    from building import ORGANIZATION, TRACKING

    result = compiled({**files, "o.yaml": ORGANIZATION, "t.yaml": TRACKING, "p.yaml": BASE.format(**RIGHT)})
    used = result.workspace.used
    assert {("role", "csm"), ("field", "account.seats"), ("milestone", "first_value"), ("kpi", "ttv")} <= used
    assert ("calendar", "emea") in used
    assert ("field", "account.sso") in used


def test_without_an_organization_or_a_tracking_plan_it_is_said_once() -> None:
    found = compiled({"p.yaml": BASE.format(**RIGHT), **{f"{n}.yaml": t for n, t in OTHERS.items()}})
    infos = [each for each in found.workspace.diagnostics if each.place.file == "p.yaml"]
    assert {each.severity.value for each in infos} == {"info"}
    assert len(infos) == 2


# -- duplicates ----------------------------------------------------------------------------------

DUPLICATES = [
    ("two stages", "stages: [{id: a}, {id: a}]", "a", "duplicate stage id", "stage"),
    (
        "two steps",
        "stages: [{id: a, steps: [{id: s}]}, {id: b, steps: [{id: s}]}]",
        "s",
        "duplicate step id",
        "step",
    ),
    ("a stage and a step", "stages: [{id: a, steps: [{id: a}]}]", "a", "id of a step and of a stage", "stage"),
    (
        "a milestone and a step",
        "milestones: {m: {event: deal.closed_won}}\nstages: [{id: a, steps: [{id: m}]}]",
        "m",
        "id of a step and of a milestone",
        "milestone",
    ),
    (
        "an anchor and a milestone",
        "anchors: {m: {event: deal.closed_won}}\nmilestones: {m: {event: deal.closed_won}}\nstages: []",
        "m",
        "id of a milestone and of an anchor",
        "anchor",
    ),
    (
        "a stage and a handoff",
        "stages: [{id: a}]\nhandoffs: {a: {from: ae, to: csm}}",
        "a",
        "id of a handoff and of a stage",
        "stage",
    ),
]


@pytest.mark.parametrize(("what", "body", "id_", "message", "first"), DUPLICATES)
def test_an_id_is_used_once(what: str, body: str, id_: str, message: str, first: str) -> None:
    text = f"playbook: p\n{body}\n"
    (finding,) = findings_of(text)
    assert told(finding, text)[:2] == ("REF001", id_)
    assert message in finding.message
    (related,) = finding.related
    assert first in related.message
    assert text[related.place.span.start.offset : related.place.span.end.offset] == id_
    assert related.place.span.start.offset < finding.place.span.start.offset


def test_one_id_may_name_an_end_and_a_stage_of_different_kinds() -> None:
    assert findings_of("playbook: p\nends: {x: {}}\nsegments: {x: {}}\nstages: [{id: x}]\n") == ()


@pytest.mark.parametrize(
    ("one", "two", "kind"),
    [
        ("organization: a\nroles: {csm2: {}}\n", "organization: b\nroles: {csm2: {}}\n", "role"),
        ("organization: a\nroles: {csm2: {}}\n", "organization: b\nteams: {csm2: {}}\n", "team"),
        ("tracking: a\nfields: {account.x: {}}\n", "tracking: b\nfields: {account.x: {}}\n", "field"),
        ("metrics: a\nkpis: {k: {kind: sum}}\n", "metrics: b\nkpis: {k: {kind: sum}}\n", "kpi"),
        ("calendar: a\n", "calendar: a\n", "calendar"),
        ("playbook: a\nstages: []\n", "playbook: a\nstages: []\n", "playbook"),
    ],
)
def test_an_id_is_used_once_across_documents(one: str, two: str, kind: str) -> None:
    (finding,) = [
        each for each in compiled({"a.yaml": one, "b.yaml": two}).workspace.diagnostics if each.code == "REF001"
    ]
    assert finding.place.file == "b.yaml"
    assert kind in finding.message
    assert finding.related[0].place.file == "a.yaml"


def test_a_document_beside_the_playbooks_may_name_what_none_declares() -> None:
    kpi = "metrics: m\nkpis: {k: {kind: duration, unit: d, from: nowhere}}\n"
    playbook = "playbook: p\nmilestones: {live: {title: Live}}\nstages: []\n"
    found = compiled({"m.yaml": kpi, "p.yaml": playbook}).workspace.diagnostics
    assert [each.message for each in found if each.place.file == "m.yaml" and each.code == "REF002"] == [
        'unknown anchor, milestone or event "nowhere"'
    ]
