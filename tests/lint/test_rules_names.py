"""Names, words and what a playbook says about itself: what is reported, and what is not."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from lint_samples import EVERYTHING, Samples

from playbook.compiler.compile import compile_paths
from playbook.lint.engine import lint
from playbook.lint.examples import SAMPLE, example_files
from playbook.lint.registry import all_rules
from playbook.lint.rule import Context, OptionValue
from playbook.lint.scalars import read_elsewhere_as


def with_option(samples: Samples, code: str, text: str, **options: OptionValue) -> list[str]:
    """The messages of one rule with some of its options set."""
    workspace = samples.compile(example_files(text)).workspace
    context = Context(datetime.date(2026, 10, 1), {code: options})
    return [finding.message for finding in lint(workspace, {code: all_rules()[code]}, EVERYTHING, context)]


def steps(*lines: str) -> str:
    return "stages:\n  - id: adoption\n    steps:\n" + "".join(f"      - {{{line}}}\n" for line in lines)


# -- SCH005 -------------------------------------------------------------------------------------------


def test_merges_are_told_once_a_file(samples: Samples) -> None:
    text = steps("id: a, touch: &call {kind: call}", "id: b, touch: {<<: *call}", "id: c, touch: {<<: *call}")
    (message,) = samples.only("SCH005", text)
    assert message == '2 mappings of this file get their keys by "<<" from somewhere else in it'


def test_an_alias_is_told_in_variants_only(samples: Samples) -> None:
    text = steps("id: a, raci: &both {A: csm}", "id: b, raci: *both")
    variants = "variants:\n  light: {for: small, set: {a.due: 5bd after closed_won, a.raci: {A: ae}}}\n"
    assert samples.only("SCH005", text + variants) == []
    assert len(samples.only("SCH005", text + variants.replace("{A: ae}", "*both"))) == 1


def test_a_star_that_multiplies_is_no_alias(samples: Samples) -> None:
    variants = "variants:\n  light: {for: small, set: {outcome.achieved: account.active_seats * 2 > 4}}\n"
    assert samples.only("SCH005", variants) == []


# -- SCH006 -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("yes", "true"),
        ("Off", "false"),
        ("NO", "false"),
        ("12:30", "the number 750"),
        ("1e3", "the number 1000.0"),
        ("1.10", "the number 1.1"),
        ("010", "the number 8"),
        ("0x1F", "the number 31"),
        ("1_000", "the number 1000"),
        ("2026-10-01", "a date with a time"),
        ("2026", None),
        ("1.5", None),
        ("-3", None),
        ("1.0.0", None),
        ("yes please", None),
        ("none", None),
        ("12:75", None),
        ("09:00-17:00", None),
        ("5bd", None),
        ("089", "the number 89"),
        ("1_", "the number 1"),
        ("", None),
    ],
)
def test_what_other_readers_make_of_a_text(text: str, other: str | None) -> None:
    assert read_elsewhere_as(text) == other


def test_a_label_that_is_quoted_is_read_alike_by_all(samples: Samples) -> None:
    assert samples.only("SCH006", 'title: "yes"\n') == []
    assert samples.only("SCH006", "title: >-\n  yes\n") == []
    assert samples.only("SCH006", "title: yes\n") == [
        '"yes" is a text here; most editors and other tools read it as true'
    ]


def test_values_and_countries_are_texts_too(samples: Samples) -> None:
    tracking = "tracking: t\nfields:\n  account.answer: {type: choice, values: [yes, no, 'maybe', \"off\"]}\n"
    calendar = "playbook: x\nstages: []\n---\ncalendar: office\ncountry: NO\n"
    assert len(samples.only("SCH006", tracking)) == 2
    assert samples.only("SCH006", calendar) == [
        '"NO" is a text here; most editors and other tools read it as false'
    ]


def test_a_number_or_a_truth_value_where_one_is_meant(samples: Samples) -> None:
    text = "ends: {onboarded: {success: true}}\neffective: {from: 2026-10-01}\nversion: 2.0\n"
    assert samples.only("SCH006", text) == []


# -- NAM002, NAM003, NAM004 ---------------------------------------------------------------------------


def test_lengths_can_be_set(samples: Samples) -> None:
    text = steps("id: write_the_brief, do: Write the brief for all who need it")
    assert with_option(samples, "NAM002", text) == []
    assert with_option(samples, "NAM002", text, label=30) == [
        'the label "Write the brief for all who need it" of the step write_the_brief has 35 characters'
    ]
    assert with_option(samples, "NAM002", text, id=14) == ["the id of the step write_the_brief has 15 characters"]


def test_one_label_for_two_things_of_two_kinds(samples: Samples) -> None:
    text = steps("id: a, do: First value", "id: b, do: first  VALUE") + "milestones: {m: {title: First value}}\n"
    assert samples.only("NAM003", text) == ['the steps a and b are both called "first VALUE"']


ROLES = """\
organization: acme
teams: {{cs: {{title: Customer Success}}}}
roles:
  csm: {{title: Customer Success Manager, team: cs, also: [CSM, Account Owner]}}
  lead: {{title: {0}, team: cs}}
---
"""


@pytest.mark.parametrize(
    ("label", "found"),
    [
        (
            "Name the account owner",
            ['"account owner" is another name of the role that is called "Customer Success Manager"'],
        ),
        ("Name the CSM", []),
        ("Name the Customer Success Manager", []),
        ("Name the accountowner", []),
        ("Name the Account Owner Lead", []),
    ],
)
def test_other_names_of_roles(label: str, found: list[str], samples: Samples) -> None:
    assert samples.only("NAM003", ROLES.format("Account Owner Lead") + steps(f"id: a, do: {label}")) == found


def test_two_roles_of_one_name(samples: Samples) -> None:
    (message,) = samples.only("NAM003", ROLES.format("account owner"))
    assert message == 'the roles csm and lead are both called "account owner"'


@pytest.mark.parametrize(
    ("step", "found"),
    [
        ("do: Review churn, party: customer", "churn"),
        ("do: Plan upsells together, party: joint", "upsells"),
        ("do: Review churn", None),
        ("do: Look after arr files, party: customer", None),
        ("do: Confirm the ARR, party: customer", "ARR"),
        ("do: Sign in, party: customer, checklist: [Ask for the QBR]", "QBR"),
        ("do: Meet, party: joint, checklist: [Ask for the QBR]", None),
    ],
)
def test_words_that_customers_read(step: str, found: str | None, samples: Samples) -> None:
    messages = samples.only("NAM004", steps(f"id: a, {step}"))
    assert [message.split('"')[1] for message in messages] == ([found] if found else [])
    assert with_option(samples, "NAM004", steps(f"id: a, {step}"), words=()) == []


# -- DOC001, DOC003 -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "step",
    ["captures: account.x", "produces: y", "checklist: [One]", "touch: email", "description: How", "run: sample"],
)
def test_what_shows_that_a_step_is_done(step: str, samples: Samples) -> None:
    about = "stages:\n  - {id: a, goal: One, steps: [{id: b, do: Do b"
    assert samples.only("DOC001", f"{about}, {step}}}]}}\n") == []
    assert len(samples.only("DOC001", f"{about}, touch: internal}}]}}\n")) == 1


def test_an_outcome_says_what_a_playbook_is_for(samples: Samples) -> None:
    assert len(samples.only("DOC001", "description: null\n")) == 1
    assert samples.only("DOC001", "description: null\noutcome: {statement: We report in it.}\n") == []


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("templates/brief.md", 1),
        ("brief.md", 1),
        ("./templates/brief.md", 1),
        ("playbook.yaml", 0),
        ("./playbook.yaml", 0),
        ("https://acme.example/brief.md", 0),
        ("../brief.md", 0),
        ("In the knowledge base", 0),
        ("Onboarding/Brief", 0),
        ("www.acme.example", 0),
    ],
)
def test_files_that_are_not_there(place: str, found: int, samples: Samples) -> None:
    assert len(samples.only("DOC003", f'artifacts: {{brief: {{template: "{place}"}}}}\n')) == found


def test_what_a_tool_holds_is_no_file_of_ours(samples: Samples) -> None:
    text = "governance: g\ncontent: {{deck: {{location: decks/kickoff.pptx{}}}}}\n"
    assert len(samples.only("DOC003", text.format(""))) == 1
    assert samples.only("DOC003", text.format(", system: drive")) == []


def test_a_file_is_looked_for_from_the_folder_up_to_the_root(samples: Samples, tmp_path: Path) -> None:
    folder = tmp_path / "1"
    (folder / "journeys").mkdir(parents=True)
    (folder / "templates").mkdir()
    (folder / "templates" / "brief.md").write_text("# Brief\n", encoding="utf-8")
    text = (
        SAMPLE["playbook"]
        + "artifacts: {brief: {template: templates/brief.md}, b: {template: templates/bref.md}}\n"
    )
    (folder / "journeys" / "sample.yaml").write_text(text, encoding="utf-8")
    workspace = compile_paths([folder], folder)[0].workspace
    (finding,) = lint(workspace, {"DOC003": all_rules()["DOC003"]}, EVERYTHING, Context(datetime.date(2026, 10, 1)))
    assert (finding.message, finding.suggestion) == (
        'there is no file "templates/bref.md"',
        "templates/brief.md",
    )
