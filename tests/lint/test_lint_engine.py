"""Which rules run, how much they weigh, and which findings are only consequences."""

from __future__ import annotations

import pytest
from lint_samples import EVERYTHING, TODAY, Samples, codes

from playbook.config import Config
from playbook.diagnostics import Severity
from playbook.lint.catalogue import built_in
from playbook.lint.engine import lint
from playbook.lint.examples import SAMPLE, example_files
from playbook.lint.registry import all_rules

NO_LETTERS = "milestones:\n  first_value: {event: account.first_report}\n"


def test_a_profile_decides_which_rules_run(samples: Samples) -> None:
    text = all_rules()["DOC002"].bad
    assert codes(samples.example(text, Config(profile="team"))) == []
    assert codes(samples.example(text, Config(profile="governed"))) == ["DOC002"]


def test_selected_and_ignored_rules(samples: Samples) -> None:
    assert codes(samples.example(NO_LETTERS, Config(select=("RCI",)))) == ["RCI001"]
    assert codes(samples.example(NO_LETTERS, Config(select=("GRF",)))) == []
    assert codes(samples.example(NO_LETTERS, Config(ignore=("RCI001",)))) == []
    config = Config(ignore=("RCI",))
    assert "RCI001" in built_in().chosen(config, select=("RCI001",))
    assert "RCI001" not in built_in().chosen(config, select=("RCI",), ignore=("RCI001",))


def test_a_severity_of_the_configuration(samples: Samples) -> None:
    config = Config(severity={"RCI001": Severity.WARNING, "SCH002": Severity.INFO})
    assert [finding.severity for finding in samples.example(NO_LETTERS, config)] == [Severity.WARNING]
    (unknown_key,) = samples.example(all_rules()["SCH002"].bad, config)
    assert unknown_key.severity is Severity.INFO


def test_findings_come_in_the_order_of_the_file(samples: Samples) -> None:
    findings = samples.example("title: =A\n" + NO_LETTERS + "ownership: {accountable: sales}\n")
    assert findings == tuple(sorted(findings, key=lambda finding: finding.sort_key))
    assert len(findings) == len(set(findings)) > 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # The A is there, but cannot be read: nothing is missing.
        ("milestones: {first_value: {event: account.first_report, raci: {A: {of: csm}}}}\n", "SCH002"),
        (
            "handoffs: {x: {from: ae, to: csm, at: handover, payload: {a: b}, accept: {within: 1}, reject: 5}}\n",
            "SCH",
        ),
        ("version: [1]\nreview: {next: soon}\nchangelog: 5\n", "SCH003"),
        ("ownership: {accountable: [x], sponsor: {}}\n", "SCH003"),
        ("ownership: none\n", "SCH003"),
        ("ends: 5\n", "SCH003"),
        ("anchors: {closed_won: {event: [x], start: maybe}}\n", "SCH003"),
    ],
)
def test_what_could_not_be_read_is_not_missing(text: str, code: str, samples: Samples) -> None:
    found = codes(samples.example(text))
    assert found
    assert {one for one in found if not one.startswith(code)} <= {"SCH003", "SCH007", "REF003", "REF002"}
    assert not {"RCI001", "HND002", "HND003", "HND004", "DOC002", "GOV101", "GOV102", "GRF002"} & set(found)


def test_a_lost_step_does_not_make_the_next_one_guilty(samples: Samples) -> None:
    """Paths of the model and of the file differ once a list has lost an item."""
    stages = """\
stages:
  - id: adoption
    enter: deal.closed_won
    exit: first_value.reached and account.active_seats >= 5
    raci: {R: csm, C: [marketing, product], I: [revops, sales]}
    steps:
      - {do: Call the customer, raci: {A: csm}}
      - {id: first, do: Write the brief, raci: {A: csm}}
      - {id: second, do: Read the brief, touch: letter}
      - {id: third, do: Send the brief, raci: {A: {of: csm}}}
"""
    findings = samples.example(stages + "handoffs: null\n")
    guilty = [finding for finding in findings if finding.code == "RCI001"]
    assert [finding.message for finding in guilty] == [
        'nobody is accountable for the step "Read the brief" (second)'
    ]
    assert guilty[0].place.span.start.line == 19 + 5


def test_a_lost_stage_makes_the_graph_unjudged(samples: Samples) -> None:
    stages = SAMPLE["playbook"][SAMPLE["playbook"].index("stages:") : SAMPLE["playbook"].index("handoffs:")]
    broken = stages.replace("  - id: adoption", "  - id: Adoption")
    assert {code[:3] for code in codes(samples.example(broken))} <= {"SCH", "REF"}
    harmless = stages.replace("do: Run the kickoff call", "do: [Run, the, kickoff call]") + "ends: null\n"
    assert "GRF002" in codes(samples.example(harmless))


def test_a_lost_default_of_a_stage_does_not_accuse_its_steps(samples: Samples) -> None:
    stages = SAMPLE["playbook"][SAMPLE["playbook"].index("stages:") : SAMPLE["playbook"].index("handoffs:")]
    broken = stages.replace("raci: {A: cs_leader, R: csm,", "raci: {A: {is: cs_leader}, R: {is: csm},")
    assert not {"RCI001", "RCI003"} & set(codes(samples.example(broken)))


def test_an_unreadable_organization_hides_no_other_finding_and_adds_none(samples: Samples) -> None:
    files = example_files(NO_LETTERS) | {"organization.yaml": "organization: acme\nroles: {a: {title: x: y}}\n"}
    assert codes(samples.check(files)) == ["SCH001", "RCI001"]


def test_without_an_organization_roles_are_not_judged(samples: Samples) -> None:
    files = example_files("")
    del files["organization.yaml"]
    findings = samples.check(files)
    # The playbook and the governance document name roles; each is told once.
    assert codes(findings) == ["REF002", "REF002"]
    assert findings[0].severity is Severity.INFO


def test_one_cause_is_one_finding(samples: Samples) -> None:
    """A group in words is no unknown role besides, and a journey without a leader lacks an owner only once."""
    everyone = samples.example("milestones: {first_value: {event: account.first_report, raci: {A: everyone}}}\n")
    assert codes(everyone) == ["RCI004"]
    assert codes(samples.example("ownership: {sponsor: cco}\n")) == ["GOV102"]
    assert codes(samples.example("ownership: {sponsor: cco, accountable: sales}\n")) == ["GOV102"]
    basic = Config(profile="basic")
    assert codes(samples.example("ownership: {sponsor: cco, accountable: sales}\n", basic)) == ["RCI004"]


def test_mistakes_of_the_configuration_are_always_told(samples: Samples) -> None:
    files = example_files("") | {"playbook.toml": "profil = 'team'\n"}
    assert codes(samples.check(files, Config(select=("GRF",)))) == ["CFG001"]


def test_an_empty_workspace_has_no_findings(samples: Samples) -> None:
    compiled = samples.compile({})
    assert lint(compiled.workspace, all_rules(), EVERYTHING, TODAY) == ()
