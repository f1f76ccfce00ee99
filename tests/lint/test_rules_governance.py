"""Documentation, ownership, and what is declared but not used."""

from __future__ import annotations

import pytest
from lint_samples import EVERYTHING, Samples, codes

from playbook.lint.examples import SAMPLE, example_files

SEGMENTS = "segments: {small: {when: account.active_seats < 5}, large: {otherwise: true}}\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "scope: part\nversion: null\nownership: null\nchangelog: null\nreview: null\n",
            'the playbook "Sample onboarding" (sample) has no version, owner, changelog or review date',
        ),
        (
            # Who leads a whole journey is asked by GOV102.
            "version: null\nownership: null\n",
            'the playbook "Sample onboarding" (sample) has no version',
        ),
        ("review: {by: csm}\n", 'the playbook "Sample onboarding" (sample) has no review date'),
        ("title: null\nversion: null\n", 'the playbook "sample" has no version'),
    ],
)
def test_one_finding_lists_all_that_lacks(text: str, message: str, samples: Samples) -> None:
    assert samples.only("DOC002", text) == [message]


@pytest.mark.parametrize(
    ("ownership", "found"),
    [
        ("null", ["GOV101", "GOV102"]),
        ("{accountable: csm}", ["GOV101"]),
        ("{sponsor: cco}", ["GOV102"]),
        ("{sponsor: cco, accountable: customer_success}", ["GOV102"]),
        ("{sponsor: cco, model: shared}", ["GOV102"]),
        ("{sponsor: cco, model: shared, accountable: csm}", []),
    ],
)
def test_sponsor_and_leader(ownership: str, found: list[str], samples: Samples) -> None:
    findings = codes(samples.example(f"ownership: {ownership}\n"))
    assert [code for code in findings if code in ("GOV101", "GOV102")] == found
    part = codes(samples.example(f"scope: part\nownership: {ownership}\n"))
    assert not [code for code in part if code.startswith("GOV")]


@pytest.mark.parametrize(
    ("extra", "unused"),
    [
        ("", True),
        ("variants: {v: {for: small, remove: connect_data}}\n", False),
        ('interrupts: {i: {when: account.segment == "small", end: onboarded}}\n', False),
    ],
)
def test_segments_divide_all_accounts(extra: str, unused: bool, samples: Samples) -> None:
    messages = samples.only("REF003", SEGMENTS + extra)
    wanted = "the 2 segments are declared, but no variant is for one and no condition asks for account.segment"
    assert messages == ([wanted] if unused else [])


def test_what_a_lost_part_may_have_named_is_not_called_unused(samples: Samples) -> None:
    organization = SAMPLE["organization"] + "  spare: {title: Spare, team: sales}\n"
    assert samples.only("REF003", organization) == ['the role "Spare" (spare) is declared, but nothing names it']
    files = example_files("ownership: {accountable: [spare], sponsor: cco}\n") | {"organization.yaml": organization}
    assert "REF003" not in codes(samples.check(files, EVERYTHING))
    files = {"organization.yaml": organization}
    assert codes(samples.check(files, EVERYTHING)) == []


def test_a_backup_is_used(samples: Samples) -> None:
    organization = SAMPLE["organization"].replace("title: Account Executive", "backup: spare")
    assert samples.only("REF003", organization + "  spare: {team: sales}\n") == []
