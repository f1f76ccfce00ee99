"""What the RACI rules take for one cause, and whom they take for a group."""

from __future__ import annotations

import pytest
from lint_samples import EVERYTHING, Samples, codes

from playbook.lint.examples import SAMPLE, example_files

GATES = "enter: deal.closed_won, exit: first_value.reached"


def stages(*stages: str) -> str:
    return "handoffs: null\nstages:\n" + "".join(f"  - {{{GATES}, {stage}}}\n" for stage in stages)


def step(id_: str, rest: str = "") -> str:
    return f"{{id: {id_}, do: Do the {id_}{', ' + rest if rest else ''}}}"


def test_a_stage_whose_steps_all_lack_a_letter_is_told_once(samples: Samples) -> None:
    text = stages(f"id: build, raci: {{R: csm}}, steps: [{step('a')}, {step('b')}, {step('c')}]")
    assert samples.only("RCI001", text) == ['nobody is accountable for any of the 3 steps of the stage "build"']
    assert samples.only("RCI003", text.replace("R: csm", "A: csm")) == [
        'nobody is responsible for any of the 3 steps of the stage "build"'
    ]


def test_steps_that_lack_a_letter_among_others_are_told_each(samples: Samples) -> None:
    text = stages(f"id: build, steps: [{step('a', 'raci: {A: csm, R: csm}')}, {step('b')}, {step('c')}]")
    assert samples.only("RCI001", text) == [
        'nobody is accountable or responsible for the step "Do the b" (b)',
        'nobody is accountable or responsible for the step "Do the c" (c)',
    ]
    assert len(samples.only("RCI003", text)) == 2


def test_who_does_the_work_alone_is_suggested(samples: Samples) -> None:
    findings = samples.example(
        stages(
            f"id: build, steps: [{step('a', 'raci: {R: csm}')}, {step('b', 'raci: {R: admin, A: csm}')}, "
            f"{step('c', 'raci: {R: [csm, ae]}')}, {step('d', 'raci: {R: admin}')}]"
        )
    )
    found = {finding.message[-3:]: finding.suggestion for finding in findings if finding.code == "RCI001"}
    assert found == {"(a)": "A: csm", "(c)": None, "(d)": None}


def test_an_approver_and_a_run_playbook_do_the_work(samples: Samples) -> None:
    text = stages(
        f"id: build, raci: {{A: csm}}, steps: [{step('a', 'approval: {by: csm}')}, {step('b', 'run: sample')}]"
    )
    assert samples.only("RCI003", text) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("milestones: {won: {raci: {R: csm}}}", 'nobody is accountable for the milestone "won"'),
        ("decisions: {d: {rules: [{otherwise: true, gives: 1}]}}", 'nobody is accountable for the decision "d"'),
        (
            "routines: {r: {do: Send it, every: month, raci: {R: csm}}}",
            'nobody is accountable for the routine "Send it" (r)',
        ),
        ("workstreams: {education: {R: csm}}", 'nobody is accountable for the workstream "education"'),
        ("metrics: kpis\nkpis: {ttv: {kind: duration}}", 'nobody is accountable for the KPI "ttv"'),
    ],
)
def test_other_things_without_accountable(text: str, message: str, samples: Samples) -> None:
    assert samples.only("RCI001", text + "\n") == [message]


@pytest.mark.parametrize(
    "text",
    [
        "routines: {r: {do: Send it, every: month}}",
        "workstreams: {education: {A: csm}}",
        "handoffs: {h: {from: ae, to: csm, raci: {I: cco}}}",
        "metrics: kpis\nkpis: {a: {kind: rate, owner: csm}, b: {kind: rate, raci: {A: csm}}}",
    ],
)
def test_things_that_need_no_letter(text: str, samples: Samples) -> None:
    assert samples.only("RCI001", text + "\n") == []


def test_an_inherited_letter_is_told_at_its_stage(samples: Samples) -> None:
    text = stages(f"id: build, raci: {{A: [csm, ae]}}, steps: [{step('a')}, {step('b')}]")
    assert samples.only("RCI002", text) == ['2 are accountable for the stage "build": csm and ae']
    text = text.replace("A: [csm, ae]", "A: sales")
    assert samples.only("RCI004", text) == ['"sales" is accountable for the stage "build", but is a team']


def test_a_choice_leaves_open_who_is_accountable(samples: Samples) -> None:
    text = stages(f"id: build, steps: [{step('a', 'raci: {A: {any_of: [csm, ae]}}')}]")
    assert samples.only("RCI002", text) == [
        'it is left open who is accountable for the step "Do the a" (a): csm or ae'
    ]
    assert samples.only("RCI002", text.replace("[csm, ae]", "[csm, csm]")) == []


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("workstreams: {education: {A: [csm, ae]}}", 1),
        ("decisions: {d: {raci: {A: [csm, ae]}, rules: [{otherwise: true, gives: 1}]}}", 1),
        ("handoffs: {h: {from: ae, to: csm, raci: {A: [csm, ae]}}}", 1),
        ("interrupts: {i: {when: account.status == 1, end: onboarded, raci: {A: [csm, ae]}}}", 1),
        ("metrics: k\nkpis: {a: {kind: rate, owner: csm, raci: {A: ae}}}", 1),
        ("metrics: k\nkpis: {a: {kind: rate, owner: csm, raci: {A: csm}}}", 0),
    ],
)
def test_several_accountable_elsewhere(text: str, many: int, samples: Samples) -> None:
    assert len(samples.only("RCI002", text + "\n")) == many


@pytest.mark.parametrize(
    ("owner", "reason"),
    [
        ("sales", "a team"),
        ("customer", "a customer team"),
        ("agent", "a role of a partner (vendor)"),
        ("robot", "a role of a system (machines)"),
        ("everyone", "a group, not a person"),
        ("steering_committee", "a group, not a person"),
        ("csm", None),
        ("admin", None),
        ("nobody_knows", None),
    ],
)
def test_who_is_a_group(owner: str, reason: str | None, samples: Samples) -> None:
    organization = SAMPLE["organization"].replace(
        "roles:\n",
        "  vendor: {party: partner}\n  machines: {party: system}\nroles:\n"
        "  agent: {team: vendor}\n  robot: {team: machines}\n  steering_committee: {team: sales}\n",
    )
    files = example_files(f"milestones: {{m: {{raci: {{A: {owner}}}}}}}\n") | {"organization.yaml": organization}
    found = [finding.message for finding in samples.check(files) if finding.code == "RCI004"]
    assert found == ([] if reason is None else [f'"{owner}" is accountable for the milestone "m", but is {reason}'])


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("handoffs: {h: {from: sales, to: csm}}", "handoff"),
        ("ownership: {accountable: sales, sponsor: cco}", "whole journey"),
        ("metrics: k\nkpis: {a: {kind: rate, owner: sales}}", "KPI"),
    ],
)
def test_a_team_may_not_answer_by_default_either(text: str, where: str, samples: Samples) -> None:
    (message,) = samples.only("RCI004", text + "\n")
    assert where in message


def test_a_handoff_may_have_an_accountable_of_its_own(samples: Samples) -> None:
    assert samples.only("RCI004", "handoffs: {h: {from: sales, to: csm, raci: {A: ae}}}\n") == []


def test_the_lead_of_a_team_is_suggested(samples: Samples) -> None:
    files = example_files("milestones: {m: {raci: {A: sales}}}\n")
    files["organization.yaml"] = files["organization.yaml"].replace("{title: Sales}", "{title: Sales, lead: ae}")
    (finding,) = [finding for finding in samples.check(files) if finding.code == "RCI004"]
    assert finding.suggestion == "ae"


@pytest.mark.parametrize(
    ("people", "ended"),
    [
        ("people: {ada: {roles: csm, until: 2026-09-30}}\n", True),
        ("people: {ada: {roles: csm, until: 2026-10-01}}\n", False),
        ("people: {ada: {roles: csm, until: 2026-09-30}, grace: {roles: csm}}\n", False),
        ("people: {ada: {roles: csm, until: 2026-09-30}, grace: {roles: csm, until: 2025-01-01}}\n", True),
        ("people: {ada: {roles: csm}}\n", False),
    ],
)
def test_bindings_that_have_ended(people: str, ended: bool, samples: Samples) -> None:
    messages = samples.only("RCI005", SAMPLE["organization"] + people)
    assert messages == (
        ['nobody holds the role "Customer Success Manager" (csm) any more: its last binding ended on 2026-09-30']
        if ended
        else []
    )


def test_a_role_without_team_or_person(samples: Samples) -> None:
    organization = SAMPLE["organization"].replace("{title: Account Executive, team: sales}", "{}")
    assert samples.only("RCI005", organization) == ['the role "ae" is used, but has neither a team nor a person']
    assert samples.only("RCI005", organization + "people: {ada: {roles: ae}}\n") == []


def test_many_informed_at_stage_and_step(samples: Samples) -> None:
    five = "[csm, ae, cco, admin, sales]"
    text = stages(f"id: build, raci: {{I: {five}}}, steps: [{step('a')}, {step('b', 'raci: {C: ' + five + '}')}]")
    assert len(samples.only("RCI007", text)) == 2
    text = stages(
        f"id: build, steps: [{step('a', 'raci: {C: {any_of: ' + five + '}, I: [csm, csm, ae, cco, sales]}')}]"
    )
    assert samples.only("RCI007", text) == []


def test_functions_are_asked_of_journeys_only(samples: Samples) -> None:
    text = stages(f"id: build, steps: [{step('a', 'raci: {A: csm, R: ae}')}]")
    (message,) = samples.only("RCI009", text)
    assert message == 'marketing, product and revops have no letter in the stage "build"'
    assert samples.only("RCI009", "scope: part\n" + text) == []


def test_a_function_may_be_named_otherwise(samples: Samples) -> None:
    files = example_files(stages(f"id: build, steps: [{step('a', 'raci: {A: seller, R: csm}')}]"))
    files["organization.yaml"] = (
        "organization: o\nteams: {field: {function: sales}, customer_success: {}, product: {party: partner}}\n"
        "roles: {seller: {team: field}, csm: {team: customer_success}}\n"
    )
    assert "RCI009" not in codes(samples.check(files, EVERYTHING))
