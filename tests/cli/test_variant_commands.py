"""``show`` and ``export`` of a variant."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from running import ORGANIZATION, run, write

from playbook.cli.resolved import resolved
from playbook.compiler.compile import NAMELESS, Compiled, compile_paths
from playbook.lint.registry import all_rules
from playbook.lint.rule import Context
from playbook.report.text import no_paint
from playbook.text.spans import SourceText

ROOT = Path(__file__).parents[2]
TODAY = Context(datetime.date(2026, 12, 1))

PLAYBOOK = """\
playbook: pilot
title: Pilot
scope: part
version: 1.0
ends:
  done: {success: true}
segments:
  small: {when: account.active_seats < 10, title: Small}
  large: {otherwise: true}
stages:
  - id: prepare
    enter: deal.closed_won
    exit: greet.completed
    raci: {A: csm, R: csm}
    steps:
      - id: greet
        do: Greet the customer
        due: 3bd after deal.closed_won
        takes: 1d
        description: |
          With a smile:
            # no comment
        raci: {A: csm, R: csm}
      - {id: call, do: Call the customer}
      - {id: visit, do: Visit the customer}
      - {id: report, do: "1"}
variants:
  self_serve:
    title: "Self-serve: no calls"
    for: small
    remove: [visit]
    replace:
      call: {id: mail, do: Mail the customer}
    set:
      greet.due: 1bd after deal.closed_won
      greet.raci.I: csm
      greet.takes: null
      prepare.goal: Quick
    add:
      - after: greet
        step:
          id: tour
          do: "Take the tour, alone"
          description: |-
            One
            two
  touched:
    for: large
    set: {greet.do: Greet by hand}
"""
OTHER = PLAYBOOK.replace("playbook: pilot", "playbook: other").replace("  touched:", "  visited:")
TRACKING = "tracking: t\nfields: {account.active_seats: {type: integer, captured: daily}}\n"
FILES = {"o.yaml": ORGANIZATION, "t.yaml": TRACKING, "p.yaml": PLAYBOOK}

SHOWN = """\
# pilot as its variant self_serve: for account.segment == "small"
# written in p.yaml; a variant edits it where a comment says so
# removed by variants.self_serve, line 31: visit
# replaced by variants.self_serve, line 33: call
# taken away by variants.self_serve, line 37: greet.takes
playbook: pilot
title: Pilot
scope: part
version: 1.0

ends:
  done: {success: true}

segments:
  small: {when: account.active_seats < 10, title: Small}
  large: {otherwise: true}

stages:
  - id: prepare
    enter: deal.closed_won
    exit: greet.completed
    raci: {A: csm, R: csm}
    steps:
      - id: greet
        do: Greet the customer
        due: 1bd after deal.closed_won  # variants.self_serve.set "greet.due", line 35
        description: |
          With a smile:
            # no comment
        raci:
          A: csm
          R: csm
          I: csm  # variants.self_serve.set "greet.raci.I", line 36
      - id: tour  # added by variants.self_serve, line 42
        do: Take the tour, alone  # added by variants.self_serve, line 43
        description: |-  # added by variants.self_serve, line 44
          One
          two
      - id: mail  # variants.self_serve.replace "call", line 33
        do: Mail the customer  # variants.self_serve.replace "call", line 33
      - id: report
        do: "1"
    goal: Quick  # variants.self_serve.set "prepare.goal", line 38
"""


def test_a_variant_is_written_out(tmp_path: Path) -> None:
    folder = write(tmp_path, FILES)
    assert run("show", "pilot", "--variant", "self_serve", cwd=folder, code=0).out == SHOWN
    assert run("show", "p.yaml", "--variant", "self_serve", cwd=folder, code=0).out == SHOWN
    assert run("show", "--variant", "self_serve", cwd=folder, code=0).out == SHOWN


def test_every_line_says_where_it_is_written(tmp_path: Path) -> None:
    folder = write(tmp_path, FILES)
    out = run("show", "--variant", "self_serve", "--origins", cwd=folder, code=0).out
    bare = [line for line in out.splitlines() if line and not line.startswith("#")]
    written = PLAYBOOK.splitlines()
    for line in bare:
        match = re.fullmatch(r"\s*(?:- )?(\w+):.*  # p\.yaml:(\d+)( .*)?", line)
        if match is None:
            assert line.strip() in {"With a smile:", "# no comment", "One", "two"}
            continue
        key, number, edit = match.groups()
        assert key in written[int(number) - 1], line
        assert (edit is not None) == (int(number) > PLAYBOOK[: PLAYBOOK.index("variants:")].count("\n"))


def test_what_is_shown_can_be_checked(tmp_path: Path) -> None:
    folder = write(tmp_path, FILES)
    for variant in ("self_serve", "touched"):
        for more in ((), ("--origins",)):
            shown = run("show", "--variant", variant, *more, cwd=folder, code=0)
            checked = run("check", "-", cwd=folder, stdin=shown.raw_out, code=0)
            assert "1 document checked, no findings" in checked.out


@pytest.mark.parametrize(
    ("folder", "playbook"),
    [
        ("playbooks", "customer_onboarding"),
        ("examples/posthog_new_sales", "new_sales"),
        ("examples/logingov_production", "production_deployment"),
        ("examples/logingov_production", "certificate_rotation"),
        ("examples/sourcegraph_implementation", "implementation"),
    ],
)
def test_of_a_shipped_variant_the_same_is_found_once_it_is_written_out(folder: str, playbook: str) -> None:
    base = next(each for each in compiled(folder).playbooks if each.id == playbook)
    # Ends that a variant cuts off are none of its mistakes, and segments are asked of the base alone. What most
    # steps of the base lack as well (a time, a calendar, a touch, words), and its size, is not told again.
    apart = ("DOC001", "GRF003", "GRF014", "SEG001", "SEG002", "SLA001", "SLA005", "TCH001")
    rules = [rule for rule in all_rules().values() if rule.code not in apart]
    assert base.variants
    for variant in base.variants:
        text = resolved(base, variant, no_paint, every_line=False)
        (alone,) = compiled(folder, text).playbooks
        assert alone.model == variant.model
        for rule in rules:
            if rule.playbook is not None:
                found = [(finding.message, finding.path) for finding in rule.playbook(alone, TODAY)]
                assert found == [(finding.message, finding.path) for finding in rule.playbook(variant, TODAY)]
        told = {(finding.code, finding.message) for finding in compiled(folder).workspace.diagnostics}
        alone_told = {(finding.code, finding.message) for finding in compiled(folder, text).workspace.diagnostics}
        assert alone_told <= told


def compiled(folder: str, text: str | None = None) -> Compiled:
    """A workspace; or only a text in it, in the place of the playbook of its id."""
    source = SourceText(NAMELESS, text) if text is not None else None
    (result,) = compile_paths([ROOT / folder / (NAMELESS if text is not None else "")], ROOT / folder, source)
    return result


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (
            ["show", "pilot", "--variant", "selfserve"],
            "there is no variant 'selfserve' of pilot. Did you mean self_serve? Known are: self_serve, touched.",
        ),
        (["show", "pilot", "--variant", "x"], "there is no variant 'x' of pilot. Known are: self_serve, touched."),
        (
            ["show", "--variant", "self_serve"],
            "several playbooks have a variant 'self_serve': name one of other, pilot",
        ),
        (["show", "plain", "--variant", "x"], "there is no variant 'x' of plain. There are none."),
        (["show", "pilot", "--origins"], "--origins is about the YAML of a variant: give --variant, and no view"),
        (
            ["show", "pilot", "--origins", "--raci", "--variant", "touched"],
            "--origins is about the YAML of a variant",
        ),
        (
            ["export", "raci", "--as", "csv", "--variant", "nope"],
            "there is no variant 'nope' of any playbook here. Known are: self_serve, visited, touched.",
        ),
        (
            ["export", "raci", "--as", "csv", "-p", "other", "--variant", "touched"],
            "no variant 'touched' of other.",
        ),
    ],
)
def test_wrong_use(arguments: list[str], error: str, tmp_path: Path) -> None:
    plain = PLAYBOOK[: PLAYBOOK.index("variants:")].replace("playbook: pilot", "playbook: plain")
    folder = write(tmp_path, {**FILES, "other.yaml": OTHER, "plain.yaml": plain})
    result = run(*arguments, cwd=folder, code=2)
    assert error in result.err
    assert result.out == ""


@pytest.mark.parametrize("slip", [("greet.do: Greet by hand", "greet.do: [x]"), ("for: large", "fro: large")])
def test_a_variant_with_mistakes(slip: tuple[str, str], tmp_path: Path) -> None:
    folder = write(tmp_path, FILES | {"p.yaml": PLAYBOOK.replace(*slip)})
    for command in (["show"], ["export", "raci", "--as", "csv"]):
        result = run(*command, "--variant", "touched", cwd=folder, code=1)
        assert (
            "the variant 'touched' of pilot cannot be told, because of mistakes: see 'playbook check p.yaml'"
            in (result.err)
        )
        assert result.out == ""


def test_views_of_a_variant(tmp_path: Path) -> None:
    folder = write(tmp_path, FILES)
    tree = run("show", "--variant", "self_serve", "--tree", cwd=folder, code=0).out
    assert tree.startswith("Pilot: Self-serve: no calls  pilot.self_serve 1.0, active\n")
    assert "Take the tour" in tree
    assert "Visit" not in tree
    assert "RACI: Pilot: Touched" in run("show", "--variant", "touched", "--raci", cwd=folder, code=0).out
    assert "Greet by hand" in run("show", "--variant", "touched", "--tasks", cwd=folder, code=0).out


def test_the_tree_lists_the_variants(tmp_path: Path) -> None:
    out = run("show", cwd=write(tmp_path, FILES), code=0).out
    assert out.splitlines()[-2:] == [
        "├── ◇ Self-serve: no calls  self_serve, for small, 7 edits",
        "└── ◇ Touched  touched, for large, 1 edit",
    ]


def test_a_variant_is_exported(tmp_path: Path) -> None:
    folder = write(tmp_path, FILES)
    out = run("export", "tasks", "--as", "markdown", "--variant", "self_serve", cwd=folder, code=0).out
    assert out.startswith("# Tasks: Pilot: Self-serve: no calls\n")
    assert "Take the tour, alone" in out
    run("export", "journey", "--as", "svg", "--variant", "touched", "-o", "build/", cwd=folder, code=0)
    run("export", "--all", "--variant", "touched", "-o", "all", cwd=folder, code=0)
    assert [path.relative_to(folder).as_posix() for path in (folder / "build").rglob("*.svg")] == [
        "build/pilot/journey.touched.svg"
    ]
    assert all(".touched." in path.name for path in (folder / "all").rglob("*.*"))


def test_of_several_playbooks_those_with_the_variant_are_exported(tmp_path: Path) -> None:
    folder = write(tmp_path, {**FILES, "other.yaml": OTHER})
    run("export", "raci", "--as", "csv", "--variant", "self_serve", "-o", "both", cwd=folder, code=0)
    run("export", "raci", "--as", "csv", "--variant", "visited", "-o", "one/", cwd=folder, code=0)
    found = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.csv"))
    assert found == [
        "both/other/raci.self_serve.csv",
        "both/pilot/raci.self_serve.csv",
        "one/other/raci.visited.csv",
    ]


def test_all_leaves_variants_out(tmp_path: Path) -> None:
    folder = write(tmp_path, FILES)
    run("export", "--all", "-o", "build", cwd=folder, code=0)
    assert not [path for path in (folder / "build").rglob("*.*") if "self_serve" in path.name]


def test_mistakes_of_a_variant_hinder_only_itself(tmp_path: Path) -> None:
    wrong = PLAYBOOK.replace("greet.do: Greet by hand", "greet.when: account.nothing")
    folder = write(tmp_path, FILES | {"p.yaml": wrong})
    assert 'in variant "touched"' in run("check", cwd=folder, code=1).out
    run("export", "raci", "--as", "csv", cwd=folder, code=0)
    run("export", "raci", "--as", "csv", "--variant", "self_serve", cwd=folder, code=0)
    refused = run("export", "raci", "--as", "csv", "--variant", "touched", cwd=folder, code=1)
    assert "pilot.touched is not exported" in refused.err
