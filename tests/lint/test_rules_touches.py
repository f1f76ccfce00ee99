"""How customers are reached, by whom, how often, and with what."""

from __future__ import annotations

import pytest
from lint_samples import EVERYTHING, TODAY, Samples

from playbook.lint.engine import lint
from playbook.lint.examples import SAMPLE, example_files
from playbook.lint.registry import all_rules
from playbook.lint.rule import Context

GATES = "enter: deal.closed_won, exit: first_value.reached"


def stages(*stages: str) -> str:
    return "handoffs: null\nstages:\n" + "".join(f"  - {{{GATES}, {stage}}}\n" for stage in stages)


def step(id_: str, rest: str = "", owner: str = "csm") -> str:
    return f"{{id: {id_}, do: Do {id_}, raci: {{A: {owner}, R: {owner}}}{', ' + rest if rest else ''}}}"


def mail(
    id_: str, due: str, owner: str = "csm", rest: str = "", touch: str = "kind: email, audience: admin"
) -> str:
    return step(id_, f"due: {due}, touch: {{{touch}}}{', ' + rest if rest else ''}", owner)


def one(*steps: str, rest: str = "") -> str:
    return stages(f"id: s, steps: [{', '.join(steps)}]{', ' + rest if rest else ''}")


# -- TCH001 --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rest", "found"),
    [
        ("party: customer", True),
        ("party: joint", True),
        ("party: customer, touch: email", False),
        ("party: customer, system: crm", False),  # it reaches them in the tool
        ("party: joint, system: crm", True),
        ("party: customer, need: forbidden", False),
        ("party: customer, run: sample", False),
        ("party: partner", False),
        ("party: internal", False),
        ("", False),
    ],
)
def test_what_needs_a_touch(rest: str, found: bool, samples: Samples) -> None:
    organization = SAMPLE["organization"] + "systems:\n  crm: {}\n"
    assert bool(samples.only("TCH001", organization + "---\n" + one(step("a", rest)))) == found


def test_one_finding_if_most_have_none(samples: Samples) -> None:
    text = stages(
        f"id: s, steps: [{step('a', 'party: customer')}, {step('b', 'party: joint, touch: call')}]",
        f"id: t, steps: [{step('c', 'party: customer')}]",
    )
    assert samples.only("TCH001", text) == [
        "nothing says how the customer is reached by 2 of the 3 steps that they take part in: a and c"
    ]


def test_one_finding_a_stage_otherwise(samples: Samples) -> None:
    silent, told = "party: customer", "party: customer, touch: email"
    text = stages(
        f"id: s, steps: [{step('a', silent)}, {step('b', silent)}, {step('c', told)}]",
        f"id: t, steps: [{step('d', silent)}, {step('e', told)}, {step('f', told)}]",
    )
    assert samples.only("TCH001", text) == [
        'nothing says how the customer is reached by 2 steps of the stage "s": a and b',
        'nothing says how the customer is reached by the step "Do d" (d)',
    ]


def test_a_variant_is_told_of_its_own_steps(samples: Samples) -> None:
    added = "add: [{before: a, step: {id: b, do: Do b, party: customer, raci: {A: csm, R: csm}}}]"
    variants = f"segments: {{all_of_them: {{otherwise: true}}}}\nvariants: {{v: {{for: all_of_them, {added}}}}}\n"
    base, variant = samples.only("TCH001", one(step("a", "party: customer")) + variants)
    assert '"Do a" (a)' in base
    assert '"Do b" (b)' in variant


# -- TCH002 and TCH004 ---------------------------------------------------------------------------

SAME = "3d after closed_won"


def test_two_teams_on_one_day(samples: Samples) -> None:
    text = one(mail("a", SAME), mail("b", SAME, "ae"))
    assert samples.only("TCH002", text) == [
        "Customer Success and Sales both write to admin on the same day: "
        'the step "Do a" (a) is due 3d after closed_won, the step "Do b" (b) 3d after closed_won'
    ]
    assert samples.only("TCH004", text) == []


def test_one_team_twice_on_one_day(samples: Samples) -> None:
    text = one(mail("a", SAME), mail("b", SAME, "cs_leader"))
    assert samples.only("TCH002", text) == []
    assert samples.only("TCH004", text) == [
        'admin gets a mail 2 times on one day, from the step "Do a" (a) and the step "Do b" (b)'
    ]


@pytest.mark.parametrize(
    "steps",
    [
        (mail("a", SAME), mail("b", "4d after closed_won", "ae")),
        (mail("a", SAME), mail("b", "3d after first_value", "ae")),  # counted from something else
        (mail("a", SAME), mail("b", SAME, "ae", touch="kind: meeting, audience: admin")),  # agreed on
        (mail("a", SAME), mail("b", SAME, "ae", touch="kind: email, audience: cco")),  # one of ours
        (mail("a", SAME), mail("b", SAME, "ae", touch="kind: email")),
        (mail("a", SAME), mail("b", SAME, "ae", rest="party: customer")),  # sent by nobody
        (mail("a", SAME), mail("b", SAME, "ae", rest="need: forbidden")),
        (
            mail("a", SAME, rest="when: account.active_seats > 5"),
            mail("b", SAME, "ae", rest="when: account.active_seats <= 5"),
        ),
    ],
)
def test_what_does_not_meet(steps: tuple[str, ...], samples: Samples) -> None:
    assert samples.only("TCH002", one(*steps)) == []


@pytest.mark.parametrize(
    "steps",
    [
        (mail("a", SAME), mail("b", "72h after closed_won", "ae")),
        (mail("a", SAME, touch="kind: survey, audience: admin"), mail("b", SAME, "ae")),
        (mail("a", SAME, rest="when: account.active_seats > 5"), mail("b", SAME, "ae")),
        (
            mail("a", SAME, rest="when: account.active_seats > 5"),
            mail("b", SAME, "ae", rest="when: account.active_seats > 7"),
        ),
        (mail("a", SAME), mail("b", SAME, "ae", touch="kind: email, audience: [cco, customer, admin]")),
    ],
)
def test_what_meets(steps: tuple[str, ...], samples: Samples) -> None:
    assert len(samples.only("TCH002", one(*steps))) == 1


def test_of_two_ways_only_one_is_gone(samples: Samples) -> None:
    a, b = mail("a", SAME), mail("b", SAME, "ae")
    assert samples.only("TCH002", one(a, b, rest="choose: {one_of: [a, b]}")) == []
    assert len(samples.only("TCH002", one(a, b, rest="choose: {any_of: [a, b]}"))) == 1
    ways = "next: [{to: s, when: account.active_seats > 5}, {to: t, otherwise: true}]"
    split = stages(
        f"id: r, steps: [{step('x')}], {ways}", f"id: s, steps: [{a}], next: onboarded", f"id: t, steps: [{b}]"
    )
    assert samples.only("TCH002", split) == []
    straight = stages(f"id: s, steps: [{a}]", f"id: t, steps: [{b}]")
    assert len(samples.only("TCH002", straight)) == 1
    beside = stages(f"id: s, steps: [{a}]", f"id: t, steps: [{b}], overlaps: s")
    assert len(samples.only("TCH002", beside)) == 1


def test_the_time_and_the_number_can_be_set(samples: Samples) -> None:
    two_teams = samples.compile(example_files(one(mail("a", SAME), mail("b", "5d after closed_won", "ae"))))
    two_mails = samples.compile(example_files(one(mail("a", SAME), mail("b", SAME))))
    for compiled, code, options in (
        (two_teams, "TCH002", {"days": 3}),
        (two_mails, "TCH004", {"at_most": 2}),
    ):
        rules = {code: all_rules()[code]}
        default = Context(TODAY.as_of)
        chosen = Context(TODAY.as_of, {code: options})
        counts = [len(lint(compiled.workspace, rules, EVERYTHING, context)) for context in (default, chosen)]
        assert counts == ([0, 1] if code == "TCH002" else [1, 0])


@pytest.mark.parametrize(("every", "found"), [("8h", True), ("1d", False), ("24h", False), ("30min", True)])
def test_a_step_that_repeats_all_day(every: str, found: bool, samples: Samples) -> None:
    text = one(mail("a", SAME, rest=f"repeat: {{every: {every}, at_most: 9}}"))
    assert bool(samples.only("TCH004", text)) == found


# -- TCH003 --------------------------------------------------------------------------------------


def content(*assets: str) -> str:
    return "governance: g\ncontent:\n" + "".join(f"  a{number}: {{{text}}}\n" for number, text in enumerate(assets))


@pytest.mark.parametrize(
    ("assets", "messages"),
    [
        (["owner: csm"], []),
        (["title: Deck"], ['the asset "Deck" (a0) has no owner: nobody keeps it right']),
        (["kind: deck", "kind: deck", "owner: csm"], ["2 of 3 assets have no owner: a0 and a1"]),
        (["kind: deck", "owner: csm", "owner: csm"], ['the asset "a0" has no owner: nobody keeps it right']),
        (["owner: csm, review: 2026-10-01"], []),  # today
        (
            ["owner: csm, review: 2026-09-30"],
            ['the asset "a0" was to be looked at again by csm by 2026-09-30, 1 day ago'],
        ),
    ],
)
def test_content_is_kept(assets: list[str], messages: list[str], samples: Samples) -> None:
    assert samples.only("TCH003", content(*assets)) == messages
