"""One cause is told once, at the place where it is mended, and nothing that only follows from it."""

from __future__ import annotations

import pytest
from lint_samples import Samples, codes

from playbook.config import Config

BASIC = Config(profile="basic")
TEAM = Config(profile="team")

FIRST_DRAFT = """\
playbook: onboarding
title: Our onboarding
ends: {onboarded: {success: true}}
anchors: {closed_won: {event: deal.closed_won, start: true}}
milestones: {first_value: {event: usage.recorded, value: true, raci: {A: csm}}}
outcome: {achieved: first_value.reached}
stages:
  - id: kickoff
    steps:
      - {id: hold_call, do: Hold the kickoff call}
      - {id: send_notes, do: Send the notes}
  - id: set_up
    steps:
      - {id: connect_data, do: Connect the data}
"""


def messages(samples: Samples, text: str, config: Config = BASIC) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for finding in samples.check({"onboarding.yaml": text}, config):
        found.setdefault(finding.code, []).append(finding.message)
    found.pop("REF002", None)
    return found


# -- a first draft -------------------------------------------------------------------------------


def test_a_first_draft_is_told_each_cause_once(samples: Samples) -> None:
    assert messages(samples, FIRST_DRAFT, TEAM) == {
        "CRT001": ["none of the 2 stages has entry or exit criteria"],
        "RCI001": ["nobody is accountable or responsible for any of the 3 steps"],
        "SLA001": [
            "nothing says how long any of the 3 steps takes or when it is due, and their stages have no time "
            "either: kickoff and set_up"
        ],
    }


def test_once_a_stage_has_letters_the_others_are_told_each(samples: Samples) -> None:
    text = FIRST_DRAFT.replace("  - id: set_up\n", "  - id: set_up\n    raci: {A: csm, R: csm}\n")
    found = messages(samples, text)
    assert found["RCI001"] == ['nobody is accountable or responsible for any of the 2 steps of the stage "kickoff"']
    assert "RCI003" not in found


def test_once_a_stage_has_a_gate_the_others_are_told_each(samples: Samples) -> None:
    text = FIRST_DRAFT.replace("  - id: set_up\n", "  - id: set_up\n    exit: first_value.reached\n")
    assert messages(samples, text)["CRT001"] == [
        'the stage "kickoff" has no exit criteria',
        'the stage "set_up" has no entry criteria',
    ]


def test_the_way_in_is_no_gate_between_stages(samples: Samples) -> None:
    text = FIRST_DRAFT.replace("  - id: kickoff\n", "  - id: kickoff\n    enter: deal.closed_won\n")
    assert messages(samples, text)["CRT001"] == [
        "none of the 2 stages has exit criteria, and only the first has entry criteria"
    ]


def test_work_that_nobody_does_is_told_where_it_has_an_accountable(samples: Samples) -> None:
    text = FIRST_DRAFT.replace("    steps:\n", "    raci: {A: csm}\n    steps:\n")
    found = messages(samples, text)
    assert "RCI001" not in found
    assert found["RCI003"] == ["nobody is responsible for any of the 3 steps"]


def test_without_rci001_the_missing_doers_are_told(samples: Samples) -> None:
    config = Config(profile="basic", ignore=("RCI001",))
    assert messages(samples, FIRST_DRAFT, config)["RCI003"] == ["nobody is responsible for any of the 3 steps"]


def test_milestones_that_all_lack_an_accountable_are_one_finding(samples: Samples) -> None:
    def milestones(count: int, rest: str = "") -> str:
        each = "".join(f"  m{at}: {{event: account.first_report}}\n" for at in range(count))
        return f"milestones:\n{each}{rest}"

    assert len(samples.only("RCI001", milestones(2))) == 2
    assert samples.only("RCI001", milestones(3)) == ["nobody is accountable for any of the 3 milestones"]
    one = "  first_value: {event: account.first_report, raci: {A: csm}}\n"
    assert len(samples.only("RCI001", milestones(3, one))) == 3


# -- what follows from a misspelled key or name --------------------------------------------------

WHOLE = """\
playbook: onboarding
title: Our onboarding
ends: {onboarded: {success: true}}
anchors: {closed_won: {event: deal.closed_won, start: true}}
milestones: {first_value: {event: usage.recorded, value: true, raci: {A: csm}}}
stages:
  - id: kickoff
    enter: deal.closed_won
    exit: first_value.reached
    raci: {A: csm, R: csm}
    steps:
      - {id: hold_call, do: Hold the kickoff call}
  - id: set_up
    enter: first_value.reached
    exit: first_value.reached
    raci: {A: csm, R: csm}
    steps:
      - {id: connect_data, do: Connect the data}
"""


def test_the_sample_is_without_findings(samples: Samples) -> None:
    assert messages(samples, WHOLE) == {}


@pytest.mark.parametrize(
    ("written", "instead", "meant"),
    [
        (
            "    raci: {A: csm, R: csm}\n    steps:\n      - {id: hold",
            "    RACI: {A: csm, R: csm}\n    steps:\n      - {id: hold",
            "raci",
        ),
        ("    enter: first_value", "    entry: first_value", "enter"),
        ("    enter: first_value", "    entry_criteria: first_value", "enter"),
        ("    exit: first_value", "    exits: first_value", "exit"),
        ("success: true", "sucess: true", "success"),
        ("start: true", "Start: true", "start"),
        ("do: Hold", "name: Hold", "do"),
        ("title: Our", "name: Our", "title"),
    ],
)
def test_a_misspelled_key_is_the_only_finding(written: str, instead: str, meant: str, samples: Samples) -> None:
    text = WHOLE.replace(written, instead, 1)
    found = [finding for finding in samples.check({"onboarding.yaml": text}, BASIC) if finding.code != "REF002"]
    assert [(finding.code, finding.suggestion) for finding in found] == [("SCH002", meant)]


def test_an_owner_of_a_step_is_a_letter(samples: Samples) -> None:
    text = WHOLE.replace("do: Hold the kickoff call", "do: Hold the kickoff call, owner: csm")
    (found,) = [each for each in samples.check({"onboarding.yaml": text}, BASIC) if each.code == "SCH002"]
    assert found.suggestion == "raci: {A: who answers for it, R: who does it}"
    assert found.fixes == ()


def test_a_word_that_means_no_key_gets_no_guess(samples: Samples) -> None:
    text = WHOLE.replace("do: Hold the kickoff call", "do: Hold the kickoff call, colour: red")
    (found,) = [each for each in samples.check({"onboarding.yaml": text}, BASIC) if each.code == "SCH002"]
    assert found.suggestion is None


def test_a_comma_inside_a_value_is_explained(samples: Samples) -> None:
    text = WHOLE.replace("do: Hold the kickoff call", "do: Hold the kickoff call, when: account.arr > 10,000")
    (found,) = [each for each in samples.check({"onboarding.yaml": text}, BASIC) if each.code == "SCH002"]
    assert found.suggestion == 'if "000" belongs to the value before it, put quotes around all of that value'


def test_stages_under_keys_are_shown_as_a_list(samples: Samples) -> None:
    text = "playbook: a\nstages:\n  kickoff: {steps: []}\n  set_up: {steps: []}\n"
    (found,) = samples.check({"onboarding.yaml": text}, BASIC)
    assert found.suggestion == '"- id: kickoff" in the place of "kickoff:", and so on for each entry'


def test_a_gate_that_asks_for_a_misspelled_name_is_no_gap(samples: Samples) -> None:
    text = WHOLE.replace("    enter: first_value.reached", "    enter: first_value.reach")
    found = samples.check({"onboarding.yaml": text}, BASIC)
    assert [(each.code, each.suggestion) for each in found if each.severity.value == "error"] == [
        ("REF002", "first_value.reached")
    ]


def test_a_role_without_declaration_is_told_once(samples: Samples) -> None:
    organization = "organization: acme\nteams: {success: {}}\nroles: {ae: {team: success}}\n"
    found = samples.check({"organization.yaml": organization, "onboarding.yaml": WHOLE}, BASIC)
    (unknown,) = [each for each in found if each.code == "REF002" and each.severity.value == "error"]
    assert unknown.message == 'unknown role or team "csm", 5 times in this file'
    assert len(unknown.related) == 3
    # A slip of the hand is mended where it is.
    found = samples.check(
        {"organization.yaml": organization.replace("ae:", "csmx:"), "onboarding.yaml": WHOLE}, BASIC
    )
    assert codes(each for each in found if each.severity.value == "error") == ["REF002"] * 5


def test_what_is_called_by_its_title_is_found(samples: Samples) -> None:
    roles = "roles: {csm: {team: cs, also: CS Lead}}\n"
    organization = "organization: acme\nteams: {cs: {title: Customer Success}}\n" + roles
    for called, id_ in (("Customer Success", "cs"), ("cs lead", "csm"), ("Somebody else", None)):
        text = WHOLE.replace("do: Hold the kickoff call", f"do: Hold the kickoff call, raci: {{I: {called}}}")
        found = samples.check({"organization.yaml": organization, "onboarding.yaml": text}, BASIC)
        assert [each.suggestion for each in found if each.code == "REF002"] == [id_]


# -- words of other languages --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "suggestion"),
    [
        ("raci: A: csm, R: csm", "{A: csm, R: csm}"),
        ("raci: A: csm", "{A: csm}"),
        ("title: Onboarding: the new way", 'quote it: "Onboarding: the new way"'),
        ("title: Onboarding: fast, safe and sound", 'quote it: "Onboarding: fast, safe and sound"'),
        ("enter: !account.vip", 'write "not account.vip"'),
        ("enter: !vip", 'delete it; where the text itself begins with "!", quote the text'),
    ],
)
def test_what_yaml_cannot_read_is_written_right(line: str, suggestion: str, samples: Samples) -> None:
    found = samples.check({"onboarding.yaml": f"playbook: a\nstages:\n  - id: kickoff\n    {line}\n"}, BASIC)
    assert [each.suggestion for each in found if each.code == "SCH001"] == [suggestion]


def test_a_tag_before_a_comma_is_one_finding(samples: Samples) -> None:
    text = WHOLE.replace("do: Hold the kickoff call", "when: !account.vip, do: Hold the kickoff call")
    found = samples.check({"onboarding.yaml": text}, BASIC)
    assert [(each.code, each.suggestion) for each in found] == [("SCH001", 'write "not account.vip"')]


@pytest.mark.parametrize("nothing", ["null", "NULL", "none"])
@pytest.mark.parametrize("compared", ["is not", "!="])
def test_there_is_no_null(nothing: str, compared: str, samples: Samples) -> None:
    text = WHOLE.replace("do: Hold the kickoff call", f"do: Hold the call, when: account.arr {compared} {nothing}")
    found = samples.check({"onboarding.yaml": text}, BASIC)
    assert [each.code for each in found if each.severity.value == "error"] == ["SCH003"]


# -- one cause in governance and numbers ---------------------------------------------------------


def test_kpis_that_all_lack_a_baseline_are_one_finding(samples: Samples) -> None:
    def kpis(count: int) -> str:
        return "metrics: m\nkpis:\n" + "".join(
            f"  k{at}: {{kind: score, target: '>= 9', owner: csm}}\n" for at in range(count)
        )

    assert len(samples.only("KPI006", kpis(2))) == 2
    assert samples.only("KPI006", kpis(3)) == [
        "none of the 3 KPIs with a target has a baseline: nothing says where they stood when the targets were set"
    ]
    some = kpis(3).replace("owner: csm", "owner: csm, baseline: '7'", 1)
    assert len(samples.only("KPI006", some)) == 2


def test_a_function_that_takes_part_nowhere_is_one_finding(samples: Samples) -> None:
    gates = "enter: deal.closed_won, exit: deal.closed_won"
    stage = "  - {{id: s{0}, " + gates + ", raci: {{A: csm, R: {1}}}, steps: [{{id: a{0}}}]}}\n"
    parts = ["[csm, marketing, revops, product]", "[csm, marketing, revops]", "[csm, marketing, revops]"]
    text = "handoffs: null\nstages:\n" + "".join(stage.format(at, part) for at, part in enumerate(parts))
    assert samples.only("RCI009", text) == [
        "sales has no letter in any of the 3 stages",
        'product has no letter in the stage "s1"',
        'product has no letter in the stage "s2"',
    ]


def test_a_journey_without_a_leader_is_told_once(samples: Samples) -> None:
    found = samples.example("version: null\nownership: {sponsor: cco}\n", Config(profile="governed"))
    told = [each for each in found if each.code in ("DOC002", "GOV102")]
    assert codes(told) == ["DOC002", "GOV102"]
    assert "owner" not in told[0].message


# -- one cause in handoffs -----------------------------------------------------------------------


def test_a_handoff_at_the_wrong_place_is_to_be_moved(samples: Samples) -> None:
    handoff = (
        "handoffs: {sales_to_cs: {from: ae, to: csm, at: connect_data, payload: brief, accept: {within: 1bd}}}\n"
    )
    text = handoff.replace("at: connect_data", "at: handover")
    assert samples.only("HND001", text) == []
    (found,) = [each for each in samples.example(handoff) if each.code == "HND001"]
    assert found.suggestion == "at: handover"
    assert found.fixes == ()


def test_a_state_of_nothing_is_compared_with_what_has_such_a_state(samples: Samples) -> None:
    text = WHOLE.replace("    enter: first_value.reached", "    enter: value_of_customer.reached")
    tracking = "tracking: t\nevents: {usage.recorded: {}}\n"
    files = {"onboarding.yaml": text, "tracking.yaml": tracking}
    (found,) = [each for each in samples.check(files, BASIC) if each.severity.value == "error"]
    assert found.expected == "one of closed_won.reached, first_value.reached"


# -- one cause in what is declared ---------------------------------------------------------------


def tracked(count: int, rest: str = "") -> str:
    fields = "".join(f"  account.f{at}: {{type: integer{rest}}}\n" for at in range(count))
    return f"tracking: t\nfields:\n{fields}events: {{usage.recorded: {{}}}}\n"


@pytest.mark.parametrize(("count", "told"), [(3, 3), (4, 1), (12, 1)])
def test_many_fields_without_a_source_are_one_finding(count: int, told: int, samples: Samples) -> None:
    asked = " and ".join(f"account.f{at} > 1" for at in range(count))
    text = WHOLE.replace("    exit: first_value.reached", f"    exit: first_value.reached and {asked}", 1)
    found = samples.check({"onboarding.yaml": text, "tracking.yaml": tracked(count)}, BASIC)
    assert codes(found).count("CRT005") == told
    sourced = tracked(count, ", captured: Product usage")
    assert "CRT005" not in codes(samples.check({"onboarding.yaml": text, "tracking.yaml": sourced}, BASIC))


@pytest.mark.parametrize(("count", "told"), [(3, 3), (4, 1), (12, 1)])
def test_many_declarations_that_nothing_names_are_one_finding(count: int, told: int, samples: Samples) -> None:
    found = samples.check({"onboarding.yaml": WHOLE, "tracking.yaml": tracked(count)}, BASIC)
    assert codes(found).count("REF003") == told


# -- numbers without a unit ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kpi", "told"),
    [
        ("target: 45", ['the target "45" of the KPI "k" has no unit']),
        ("target: <= 45", ['the target "<= 45" of the KPI "k" has no unit']),
        ("target: <= 45d, baseline: 60", ['the baseline "60" of the KPI "k" has no unit']),
        ("target: <= 45d, baseline: 60d", []),
        ("target: 45 days", []),
        ("target: 45, unit: days", []),
        ("baseline: None was measured", []),
    ],
)
def test_a_time_has_a_unit(kpi: str, told: list[str], samples: Samples) -> None:
    text = f"metrics: m\nkpis: {{k: {{kind: duration, from: closed_won, to: first_value, owner: csm, {kpi}}}}}\n"
    assert samples.only("KPI001", text) == told
