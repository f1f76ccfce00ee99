"""What is read too early: each way to be missing, each way to be there, and how it is told."""

from __future__ import annotations

import pytest
from proof_samples import HEAD, ORGANIZATION, TRACKING, compiled, findings, messages, sample

from playbook.proofs.supply import missing_in

READS = {"CRT005": "condition", "TRK005": "need", "HND005": "payload"}


def step(id_: str, rest: str = "") -> str:
    return f"{{id: {id_}, do: Do it{', ' if rest else ''}{rest}}}"


def stage(id_: str, *steps: str, rest: str = "") -> str:
    inside = ", ".join(steps or (step(f"{id_}1"),))
    return f"  - {{id: {id_}, {rest}{', ' if rest else ''}steps: [{inside}]}}\n"


def missing(*stages: str, head: str = "") -> list[tuple[str, str, str]]:
    """The kind of read, the name, and why it is missing."""
    found = missing_in(sample(head + "stages:\n" + "".join(stages)))
    return [(each.read.kind, each.read.name, each.why) for each in found]


FILLS = "captures: account.goal"
NEEDS = "needs: account.goal"
LATER = [("need", "account.goal", "later")]
SOMETIMES = [("need", "account.goal", "sometimes")]
NEVER = [("need", "account.goal", "never")]


@pytest.mark.parametrize(
    ("stages", "expected"),
    [
        ([stage("a", step("a1", NEEDS))], NEVER),
        ([stage("a", step("a1", NEEDS), step("a2", FILLS))], LATER),
        ([stage("a", step("a1", NEEDS)), stage("b", step("b1", FILLS))], LATER),
        ([stage("a", step("a1", f"{FILLS}, {NEEDS}"))], SOMETIMES),
        ([stage("a", step("a1", FILLS), step("a2", NEEDS))], []),
        ([stage("a", step("a1", FILLS), step("a2", NEEDS), rest="parallel: true")], SOMETIMES),
        ([stage("a", step("a1", FILLS), step("a2", f"{NEEDS}, after: a1"), rest="parallel: true")], []),
        ([stage("a", step("a1", FILLS + ", need: optional"), step("a2", NEEDS))], SOMETIMES),
        ([stage("a", step("a1", FILLS + ", need: recommended"), step("a2", NEEDS))], SOMETIMES),
        ([stage("a", step("a1", FILLS + ", for_each: {of: contacts}"), step("a2", NEEDS))], []),
        ([stage("a", step("a1", FILLS + ", for_each: {of: contacts, at_least: 0}"), step("a2", NEEDS))], SOMETIMES),
        ([stage("a", step("a1", FILLS + ", repeat: {every: 1w, at_most: 3}"), step("a2", NEEDS))], []),
        ([stage("a", step("a1", FILLS), rest="parallel: true"), stage("b", step("b1", NEEDS))], []),
        ([stage("a", step("a1", FILLS)), stage("b", step("b1", NEEDS), rest="overlaps: a")], SOMETIMES),
        ([stage("a"), stage("b", step("b1", FILLS), rest="overlaps: a"), stage("c", step("c1", NEEDS))], []),
    ],
)
def test_where_a_need_is_met(stages: list[str], expected: list[tuple[str, str, str]]) -> None:
    assert missing(*stages) == expected


# -- conditions of the steps that yield it ---------------------------------------------------------------

UNDER = 'when: account.tier == "a"'


@pytest.mark.parametrize(
    ("steps", "is_there"),
    [
        ([step("a1", f"{FILLS}, {UNDER}"), step("a2", NEEDS)], False),
        ([step("a1", f"{FILLS}, {UNDER}"), step("a2", f"{NEEDS}, {UNDER}")], True),
        ([step("a1", f"{FILLS}, {UNDER}"), step("a2", f"{NEEDS}, {UNDER} and account.big")], True),
        ([step("a1", f"{FILLS}, {UNDER}"), step("a2", f"{NEEDS}, {UNDER} or account.big")], False),
        ([step("a1", f"{FILLS}, {UNDER} and account.big"), step("a2", f"{NEEDS}, {UNDER}")], False),
        ([step("a1", f"{FILLS}, when: account.seats > 1"), step("a2", f"{NEEDS}, when: account.seats > 2")], True),
        ([step("a1", f"{FILLS}, when: account.seats > 2"), step("a2", f"{NEEDS}, when: account.seats > 1")], False),
        ([step("a1", f"{FILLS}, when: account.big"), step("a2", f"{FILLS}, when: not account.big"),
          step("a3", NEEDS)], True),
        ([step("a1", f"{FILLS}, when: account.seats < 2"), step("a2", f"{FILLS}, when: account.seats > 2"),
          step("a3", NEEDS)], False),
        ([step("a1", f"{FILLS}, {UNDER}, need: optional"), step("a2", f"{NEEDS}, {UNDER}")], False),
        ([step("a1", f"{FILLS}, when: value.reached"), step("a2", f"{NEEDS}, when: account.first_report")], True),
    ],
)  # fmt: skip
def test_conditions_of_steps_and_of_who_reads(steps: list[str], is_there: bool) -> None:
    assert missing(stage("a", *steps)) == ([] if is_there else SOMETIMES)


def test_what_a_branch_says_counts() -> None:
    ways = stage("a", step("a1", f"{FILLS}, when: account.big"), rest="next: [{to: b, when: account.big}, {to: c}]")
    assert missing(ways, stage("b", step("b1", NEEDS), rest="next: done"), stage("c")) == []
    assert missing(ways, stage("b", rest="next: done"), stage("c", step("c1", NEEDS))) == SOMETIMES


def test_what_a_variant_is_for_counts() -> None:
    text = """\
segments: {small: {when: account.seats < 2}, large: {otherwise: true}}
variants: {light: {for: small}}
stages: [{id: a, steps: [{id: a1, do: Do it, captures: account.goal, when: account.segment == "small"},
  {id: a2, do: Do it, needs: account.goal}]}]
"""
    playbook = sample(text)
    assert [each.why for each in missing_in(playbook)] == ["sometimes"]
    assert missing_in(playbook.variants[0]) == []


GUARDED = f"{FILLS}, when: account.big"


@pytest.mark.parametrize(
    ("condition", "is_there"),
    [
        ('not account.big or account.goal == "x"', True),
        ('account.goal == "x" or not account.big', True),
        ('account.big and account.goal == "x"', True),
        ('account.big or account.goal == "x"', False),
        ('not (account.big and account.goal == "x")', True),
        ('account.late or (account.big and account.goal == "x")', True),
        ('not account.big or account.late or account.goal == "x"', True),
        ('account.goal == "x"', False),
        ('not account.late or account.goal == "x"', False),
    ],
)
def test_guarded_reads(condition: str, is_there: bool) -> None:
    """A condition that asks for it only where the step that yields it was done."""
    expected = [] if is_there else [("condition", "account.goal", "sometimes")]
    assert missing(stage("a", step("a1", GUARDED), rest=f"exit: '{condition}'")) == expected


# -- several ways ----------------------------------------------------------------------------------------

FORK = "next: [{to: b, when: account.big}, {to: c, otherwise: true}]"
ONE_WAY = (stage("a", rest=FORK), stage("b", step("b1", FILLS), rest="next: d"), stage("c"))


def test_the_way_on_which_it_is_missing_is_told() -> None:
    stages = "".join((*ONE_WAY, stage("d", step("d1", NEEDS))))
    assert messages("TRK005", "stages:\n" + stages) == [
        'account.goal is not captured on every way that leads here: not by way of "A", "C" (otherwise) and "D"'
    ]


def test_each_way_may_have_a_step_of_its_own() -> None:
    both = (*ONE_WAY[:2], stage("c", step("c1", FILLS)))
    assert missing(*both, stage("d", step("d1", NEEDS))) == []


def test_each_step_of_a_choice_may_yield_it() -> None:
    choice = stage("a", step("a1", FILLS), step("a2", FILLS), rest="choose: {one_of: [a1, a2]}")
    assert missing(choice, stage("b", step("b1", NEEDS))) == []


@pytest.mark.parametrize("kind", ["one_of", "any_of"])
def test_one_step_of_a_choice_is_not_enough(kind: str) -> None:
    choice = stage("a", step("a1", FILLS), step("a2"), rest=f"choose: {{{kind}: [a1, a2]}}")
    assert missing(choice, stage("b", step("b1", NEEDS))) == SOMETIMES


def test_a_way_back_does_not_help_the_first_time() -> None:
    back = "next: [{to: a, when: account.late, at_most: 2}, {to: done, otherwise: true}]"
    assert missing(stage("a", step("a1", NEEDS)), stage("b", step("b1", FILLS), rest=back)) == SOMETIMES


# -- where it may come from elsewhere --------------------------------------------------------------------

READ = stage("a", step("a1", NEEDS), rest='exit: account.goal != "x"')


@pytest.mark.parametrize(
    ("field", "head", "is_there"),
    [
        ("{}", "", False),
        ("{captured: Sales call}", "", True),
        ("{system: crm}", "", True),
        ("{}", "interface: {needs: account.goal}\n", True),
        ("{}", "interface: {produces: account.goal}\n", False),
        ("{}", "inputs: {promises: {owner: ae, data: account.goal}}\n", True),
        ("{}", "inputs: {promises: {owner: ae, data: account.tier}}\n", False),
        ("{}", "decisions: {t: {sets: account.goal, rules: [{otherwise: true, gives: x}]}}\n", True),
        ("{}", "decisions: {t: {rules: [{otherwise: true, gives: x}]}}\n", False),
    ],
)
def test_what_comes_from_elsewhere(field: str, head: str, is_there: bool) -> None:
    tracking = TRACKING.replace("account.goal: {}", f"account.goal: {field}")
    playbook = compiled(f"{HEAD}{head}stages:\n{READ}", tracking)
    kinds = {(each.read.kind, each.why) for each in missing_in(playbook)}
    assert kinds == (set() if is_there else {("need", "never"), ("condition", "never")})


def test_a_system_of_record_does_not_excuse_a_step_that_comes_too_late() -> None:
    tracking = TRACKING.replace("account.goal: {}", "account.goal: {system: crm}")
    text = f"{HEAD}stages:\n" + READ + stage("b", step("b1", FILLS))
    assert {each.why for each in missing_in(compiled(text, tracking))} == {"later"}


@pytest.mark.parametrize(("scope", "is_there"), [("journey", False), ("part", True), ("programme", True)])
def test_a_part_relies_on_other_playbooks(scope: str, is_there: bool) -> None:
    other = f"playbook: other\nends: {{done: {{success: true}}}}\nstages:\n{stage('z', step('z1', FILLS))}"
    text = f"{HEAD}scope: {scope}\nstages:\n{READ}"
    assert bool(missing_in(compiled(text, TRACKING, other))) != is_there
    assert missing_in(compiled(text, TRACKING))


def test_what_a_run_playbook_gives_back() -> None:
    part = "playbook: other\nscope: part\nends: {done: {success: true}}\nstages:\n" + stage("z")
    text = f"{HEAD}stages:\n" + stage("a", step("a1", "run: other"), step("a2", NEEDS))
    assert [each.why for each in missing_in(compiled(text, TRACKING, part))] == ["never"]
    assert missing_in(compiled(text, TRACKING, part + "interface: {produces: account.goal}\n")) == []


def test_what_is_given_to_a_run_playbook_is_a_need() -> None:
    part = "playbook: other\nscope: part\ninterface: {needs: account.goal}\nends: {done: {success: true}}\n"
    part += "stages:\n" + stage("z")
    run = "run: {playbook: other, give: {goal: account.goal}}"
    early, late = stage("a", step("a1", run)), stage("a", step("a0", FILLS), step("a1", run))
    assert [each.why for each in missing_in(compiled(f"{HEAD}stages:\n{early}", TRACKING, part))] == ["never"]
    assert missing_in(compiled(f"{HEAD}stages:\n{late}", TRACKING, part)) == []


@pytest.mark.parametrize("name", ['account.segment == "x"', 'account.status == "x"'])
def test_built_in_fields_are_always_there(name: str) -> None:
    assert missing(stage("a", rest=f"exit: '{name}'")) == []


# -- places without a node -------------------------------------------------------------------------------


def test_what_is_read_at_any_time_must_only_be_captured_somewhere() -> None:
    risk = "risks: {low: {when: account.goal == 'x', owner: csm, do: Call}}\n"
    assert missing(stage("a"), head=risk) == [("condition", "account.goal", "never")]
    assert missing(stage("a", step("a1", FILLS)), head=risk) == []


# -- handoffs --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "rest", "expected"),
    [
        ("a", "", []),
        ("a1", "", [("payload", "account.goal", "later")]),
        ("a2", "", []),
        ("b1", "", []),
        ("a2", ", reject: {back_to: a1, at_most: 1}", []),
    ],
)
def test_payloads(at: str, rest: str, expected: list[tuple[str, str, str]]) -> None:
    handoff = f"handoffs: {{brief: {{from: ae, to: csm, at: {at}, payload: account.goal{rest}}}}}\n"
    stages = stage("a", step("a1"), step("a2", FILLS)), stage("b")
    assert missing(*stages, head=handoff) == expected


def test_a_payload_under_a_condition() -> None:
    stages = stage("a", step("a1", GUARDED))
    plain = "handoffs: {brief: {from: ae, to: csm, at: a, payload: account.goal}}\n"
    assert missing(stages, head=plain) == [("payload", "account.goal", "sometimes")]
    assert missing(stages, head=plain.replace("at: a,", "at: a, when: account.big,")) == []


# -- what has happened -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stages", "expected"),
    [
        ([stage("a", rest="enter: b1.completed"), stage("b")], [("condition", "b1.completed", "waits")]),
        ([stage("a", rest="exit: b.entered"), stage("b")], [("condition", "b.entered", "waits")]),
        ([stage("a", rest="exit: b.exited"), stage("b")], [("condition", "b.exited", "waits")]),
        ([stage("a"), stage("b", rest="enter: a1.completed")], []),
        ([stage("a"), stage("b", rest="enter: a.exited")], []),
        ([stage("a", rest="exit: a1.completed")], []),
        ([stage("a", rest="exit: plan.produced"), stage("b", step("b1", "produces: plan"))],
         [("condition", "plan.produced", "waits")]),
        ([stage("a", step("a1", "produces: plan"), rest="exit: plan.produced")], []),
        ([stage("a", step("a1", "when: a2.completed"), step("a2"))], [("condition", "a2.completed", "waits")]),
    ],
)  # fmt: skip
def test_a_condition_that_waits_for_what_comes_behind_it(
    stages: list[str], expected: list[tuple[str, str, str]]
) -> None:
    assert missing(*stages) == expected


def test_a_condition_on_an_artifact_that_nobody_makes() -> None:
    head = "artifacts: {plan: {title: Plan}}\n"
    read = stage("a", rest="exit: plan.produced")
    assert missing(read, head=head) == [("condition", "plan.produced", "never")]
    assert missing(read, head=head + "interface: {needs: plan}\n") == []


# -- messages --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "stages", "message"),
    [
        ("TRK005", [stage("a", step("a1", NEEDS))],
         "no step captures account.goal and the tracking plan does not say where it comes from"),
        ("TRK005", [stage("a", step("a1", NEEDS), step("a2", FILLS))],
         'account.goal is read before it is captured: the step "Do it" (a2) comes only after it'),
        ("TRK005", [stage("a", step("a1", "needs: plan"), step("a2", "produces: plan"))],
         'plan is read before it is produced: the step "Do it" (a2) comes only after it'),
        ("TRK005", [stage("a", step("a1", GUARDED), step("a2", NEEDS))],
         'account.goal is captured by the step "Do it" (a1) only if "account.big"'),
        ("TRK005", [stage("a", step("a1", FILLS + ", need: optional"), step("a2", NEEDS))],
         'account.goal is captured only by the step "Do it" (a1), which may be left out'),
        ("CRT005", [stage("a", rest="exit: b.entered"), stage("b")],
         'b.entered cannot be true here: the stage "b" comes only after it'),
        ("CRT005", [stage("a", rest="exit: plan.produced"), stage("b", step("b1", "produces: plan"))],
         'plan.produced cannot be true here: the step "Do it" (b1) comes only after it'),
    ],
)  # fmt: skip
def test_messages(code: str, stages: list[str], message: str) -> None:
    assert messages(code, "stages:\n" + "".join(stages)) == [message]


def test_reads_of_one_name_are_told_once_with_the_other_places() -> None:
    stages = stage("a", *(step(f"a{number}", NEEDS) for number in range(1, 7)))
    (finding,) = findings("TRK005", TRACKING, f"{HEAD}stages:\n{stages}")
    assert [each.message for each in finding.related] == ["read here as well"] * 3
    start = finding.place.span.start
    line = f"{HEAD}stages:\n{stages}".splitlines()[start.line - 1]
    assert line[start.column - 1 :].startswith("account.goal}, {id: a2")


def test_kinds_of_reads_have_rules_of_their_own() -> None:
    text = f"{HEAD}handoffs: {{brief: {{from: ae, to: csm, at: a, payload: account.goal}}}}\nstages:\n{READ}"
    for code in READS:
        assert len(findings(code, TRACKING, text)) == 1
    assert "csm" in ORGANIZATION
