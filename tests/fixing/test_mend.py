"""The loop: fixes are made, checked, and taken back where they do no good."""

from __future__ import annotations

from collections.abc import Mapping

from mending import mended

from playbook.lint.examples import example_files

HEAD = "playbook: small\nends: {done: {title: Done, success: true}}\n"
ORGANIZATION = "organization: acme\nteams: {sales: {title: Sales}}\nroles: {account_executive: {team: sales}}\n"


def small(stages: str) -> dict[str, str]:
    return {"organization.yaml": ORGANIZATION, "playbook.yaml": f"{HEAD}stages:\n{stages}"}


def test_safe_fixes_are_made_and_others_left() -> None:
    files = small(
        "  - id: first\n    titel: First # why\n    steps:\n"
        "      - {id: one, do: Do it, raci: {A: acount_executive}}\n"
    )
    result = mended(files, profile="basic")
    new = files["playbook.yaml"].replace("titel", "title").replace("acount_", "account_")
    assert result.texts == {"playbook.yaml": new}
    assert sorted(offer.fix.title for offer in result.applied) == [
        'rename the key "titel" to "title"',
        'replace "acount_executive" with "account_executive"',
    ]
    assert "RCI003" in {finding.code for finding in result.results.findings}


def test_one_fix_makes_another_possible() -> None:
    files = small("  - id: first\n    stepps:\n      - {id: one, do: Do it, raci: {A: account_executive}}\n")
    result = mended(files, profile="basic", unsafe=True, wanted=lambda code: code in ("SCH002", "RCI003"))
    assert "steps:" in result.texts["playbook.yaml"]
    assert "R: account_executive" in result.texts["playbook.yaml"]


def test_a_fix_that_breaks_something_is_taken_back() -> None:
    # `title` is free, but what is written there is no text.
    files = small("  - id: first\n    titel: [a, b]\n    steps: [{id: one, do: Do it, needs: x_y}]\n")
    result = mended(files, wanted=lambda code: code == "SCH002")
    assert result.texts == {}
    assert [offer.fix.title for offer in result.taken_back] == ['rename the key "titel" to "title"']
    assert "SCH002" in {finding.code for finding in result.results.findings}


def test_the_others_are_made_all_the_same() -> None:
    files = small(
        "  - id: first\n    titel: [a, b]\n    steps:\n      - {id: one, do: Do it, captres: []}\n"
        "      - {id: two, descripton: It, do: Do it}\n      - {id: three, do: Do it, producess: thing}\n"
    )
    result = mended(files, wanted=lambda code: code == "SCH002")
    assert len(result.applied) == 3
    assert [offer.fix.title for offer in result.taken_back] == ['rename the key "titel" to "title"']


def test_many_that_do_harm_are_found_by_where_the_harm_is() -> None:
    lines = [
        f"      - {{id: step_{number}, descripton: {'[a, b]' if number % 2 else 'It'}, do: Do it}}\n"
        for number in range(60)
    ]
    files = small(f"  - id: first\n    steps:\n{''.join(lines)}")
    rounds: list[Mapping[str, str]] = []
    result = mended(files, wanted=lambda code: code == "SCH002", on_compile=rounds.append)
    assert len(result.applied) == 30
    assert len(result.taken_back) == 30
    assert len(rounds) < 12
    assert result.texts["playbook.yaml"].count("description: It") == 30


def test_one_on_the_same_line_does_not_suffer() -> None:
    files = small("  - {id: first, titel: [a, b], descripton: It, steps: [{id: one, do: Do it}]}\n")
    result = mended(files, wanted=lambda code: code == "SCH002")
    assert [offer.fix.title for offer in result.applied] == ['rename the key "descripton" to "description"']


def test_rounds_are_bounded() -> None:
    files = small("  - id: first\n    titel: First\n")
    assert mended(files, rounds=0).texts == {}


def test_two_handoffs_are_declared_one_after_the_other() -> None:
    files = {
        **example_files(""),
        "playbook.yaml": "playbook: small\nstages:\n  - id: first\n    steps:\n"
        "      - {id: one, do: Do it, produces: a, raci: {A: ae, R: ae}}\n"
        "      - {id: two, do: Do it, after: one, produces: b, raci: {A: csm, R: csm}}\n"
        "      - {id: three, do: Do it, after: two, produces: c, raci: {A: ae, R: ae}}\n",
    }
    result = mended(files, unsafe=True, wanted=lambda code: code == "HND001")
    text = result.texts["playbook.yaml"]
    assert text.count("handoffs:") == 1
    assert "sales_to_customer_success:" in text
    assert "customer_success_to_sales:" in text
    assert result.conflicting == ()


def test_files_that_were_not_asked_for_stay() -> None:
    from pathlib import Path

    from playbook.checking.mend import mend
    from playbook.compiler.assembly import Assembly, Compiled
    from playbook.compiler.discover import WorkspaceFiles
    from playbook.compiler.opening import Text
    from playbook.config import Config
    from playbook.text.spans import SourceText

    files = small("  - id: first\n    titel: First\n")

    def compile_(texts: Mapping[str, str]) -> list[Compiled]:
        every = [Text(name, SourceText(name, texts.get(name, text))) for name, text in sorted(files.items())]
        return [Assembly(WorkspaceFiles(Path("/w"), Config(), selected={"organization.yaml"}), every).compiled()]

    assert mend(compile_).texts == {}
