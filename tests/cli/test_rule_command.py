"""``playbook rule`` with rules of a team's own: in the list, as a page, and their examples tried."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import MINIMAL, ORGANIZATION, run, write

from playbook.lint.registry import CODES

RULES = """\
rules: acme
checks:
  ACME001:
    title: Steps have a due time
    select: step
    require: step.due.given
    message: "{step.id} has no due time"
    why: What has no date is done later.
    bad: |
      stages:
        - id: handover
          enter: deal.closed_won
          exit: connect.completed
          raci: {A: csm, R: csm}
          steps:
            - {id: connect, do: Connect the data}
      handoffs: {}
    good: |
      stages:
        - id: handover
          enter: deal.closed_won
          exit: connect.completed
          raci: {A: csm, R: csm}
          steps:
            - {id: connect, do: Connect the data, due: 2bd after closed_won}
      handoffs: {}
"""
PART = RULES.partition("    why:")[0]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return write(
        tmp_path, {"playbook.toml": "", "p.yaml": MINIMAL, "o.yaml": ORGANIZATION, "rules/acme.yaml": RULES}
    )


def tried(workspace: Path, text: str, *arguments: str, code: int = 1) -> list[str]:
    write(workspace, {"rules/acme.yaml": text})
    return run("rule", "--test", *arguments, cwd=workspace, code=code).out.splitlines()


def test_they_stand_behind_ours(workspace: Path) -> None:
    lines = run("rule", cwd=workspace, code=0).out.splitlines()
    assert [line.split()[0] for line in lines] == [*CODES, "ACME001"]
    assert lines[-1] == "ACME001  warning  basic      Steps have a due time (your own)"
    assert run("rule", cwd=workspace / "rules", code=0).out.splitlines() == lines


def test_their_page(workspace: Path) -> None:
    text = run("rule", "acme001", cwd=workspace, code=0).out
    assert text.startswith(
        "ACME001 steps-have-a-due-time  warning, from profile basic (your own)\n\n"
        "Steps have a due time\n\nWhat has no date is done later.\n\nBad\n    stages:\n"
    )
    assert "\nGood\n    stages:\n" in text


def test_the_page_of_a_rule_without_examples(workspace: Path) -> None:
    write(workspace, {"rules/acme.yaml": PART})
    text = run("rule", "ACME001", cwd=workspace, code=0).out
    assert (
        text == "ACME001 steps-have-a-due-time  warning, from profile basic (your own)\n\nSteps have a due time\n"
    )


def test_unknown_and_too_many(workspace: Path) -> None:
    assert "Did you mean ACME001?" in run("rule", "ACMR001", cwd=workspace, code=2).err
    assert "name one rule" in run("rule", "ACME001", "RCI001", cwd=workspace, code=2).err
    assert "add --test" in run("rule", "--as-of", "2026-10-01", cwd=workspace, code=2).err


# -- examples ------------------------------------------------------------------------------------


def test_examples_that_are_right(workspace: Path) -> None:
    assert tried(workspace, RULES, code=0) == ["ok       ACME001  Steps have a due time", "1 rule: 1 ok"]


def test_a_bad_example_without_a_finding(workspace: Path) -> None:
    text = RULES.replace("do: Connect the data}", "do: Connect, due: 1bd after closed_won}")
    assert tried(workspace, text) == [
        "failed   ACME001  Steps have a due time",
        "    rules/acme.yaml:9:10: the bad example gives no finding",
        "1 rule: 1 failed",
    ]


def test_a_good_example_with_a_finding(workspace: Path) -> None:
    text = RULES.replace(", due: 2bd after closed_won}", "}")
    assert tried(workspace, text)[1] == (
        "    rules/acme.yaml:25:20: the good example gives a finding: connect has no due time"
    )


def test_an_example_that_is_wrong_otherwise(workspace: Path) -> None:
    text = RULES.replace("raci: {A: csm, R: csm}", "raci: {A: cms, R: csm}", 1)
    assert tried(workspace, text)[1] == (
        '    rules/acme.yaml:14:21: the bad example is not right otherwise: unknown role or team "cms" (REF002)'
    )


def test_what_an_example_takes_from_the_sample_is_told_at_the_example(workspace: Path) -> None:
    text = RULES.replace("      handoffs: {}\n", "", 1)
    assert tried(workspace, text)[1].startswith(
        "    rules/acme.yaml:9:10: the bad example is not right otherwise: "
    )


def test_an_example_that_is_no_yaml(workspace: Path) -> None:
    text = PART + '    bad: "stages: ["\n    good: "  "\n'
    assert tried(workspace, text)[1].startswith("    rules/acme.yaml:8:")


def test_a_rule_that_cannot_work(workspace: Path) -> None:
    text = RULES.replace("step.due.given", "step.deu.given")
    assert tried(workspace, text)[1] == (
        '    rules/acme.yaml:3:3: the rule cannot work: a step has no "step.deu.given"'
    )


def test_rules_without_examples_do_not_fail(workspace: Path) -> None:
    assert tried(workspace, PART, code=0) == [
        "untried  ACME001  Steps have a due time, no bad example, no good example",
        "1 rule: 1 without an example",
    ]


def test_whole_documents_as_examples(workspace: Path) -> None:
    text = """\
rules: acme
checks:
  ACME001:
    select: kpi
    require: kpi.owner in ["boss"]
    message: "{kpi.id} is not owned by the boss"
    bad: |
      metrics: numbers
      kpis: {adoption: {kind: score, owner: csm}}
    good: |
      playbook: minimal
      scope: part
      ends: {done: {success: true}}
      stages:
        - id: only
          enter: deal.closed_won
          exit: greet.completed
          raci: {A: boss, R: csm}
          steps: [{id: greet, do: Greet the customer}]
      ---
      metrics: numbers
      kpis: {adoption: {kind: score, owner: boss}}
      ---
      organization: other
      teams: {customer_success: {title: CS}}
      roles:
        boss: {title: Boss, team: customer_success}
        csm: {title: CSM, team: customer_success}
      ---
      governance: none
"""
    lines = tried(workspace, text, code=0)
    assert lines[0].startswith("ok       ACME001"), lines


def test_the_day_of_examples(workspace: Path) -> None:
    text = """\
rules: acme
checks:
  ACME001:
    select: playbook
    require: days_since(playbook.changelog_date) < 100
    message: old
"""
    text = text.replace("days_since(playbook.changelog_date) < 100", "days_since(playbook.review.next) > 5")
    text += '    bad: "review: {next: 2026-10-01}"\n    good: "review: {next: 2026-09-01}"\n'
    assert tried(workspace, text, "--as-of", "2026-10-02", code=0)[-1] == "1 rule: 1 ok"
    assert tried(workspace, text, "--as-of", "2026-10-12", code=1)[-1] == "1 rule: 1 failed"


def test_only_some_paths(workspace: Path) -> None:
    write(workspace, {"other.yaml": RULES.replace("ACME001", "ACME002")})
    assert [line.split()[1] for line in tried(workspace, RULES, code=0)[:-1]] == ["ACME002", "ACME001"]
    assert [line.split()[1] for line in tried(workspace, RULES, "rules", code=0)[:-1]] == ["ACME001"]
    assert [line.split()[1] for line in tried(workspace, RULES, "other.yaml", code=0)[:-1]] == ["ACME002"]
    assert "there is no file or folder 'x'" in run("rule", "--test", "x", cwd=workspace, code=2).err


def test_nothing_to_try(workspace: Path) -> None:
    (workspace / "rules" / "acme.yaml").unlink()
    assert "no rules of your own in this folder" in run("rule", "--test", cwd=workspace, code=2).err


def test_rules_that_cannot_be_read_fail(workspace: Path) -> None:
    lines = tried(workspace, "rules: [")
    assert lines == ["failed   rules/acme.yaml cannot be read in full: see 'playbook check'"]


# -- the command line and the configuration ------------------------------------------------------


def test_select_and_ignore(workspace: Path) -> None:
    def found(*arguments: str) -> list[str]:
        out = run("check", "--format", "json", "--fail-on", "never", *arguments, cwd=workspace, code=0).out
        return sorted({finding["code"] for finding in json.loads(out)["findings"]})

    assert found("--select", "ACME") == ["ACME001"]
    assert found("--select", "acme001,RCI") == ["ACME001"]
    assert "ACME001" in found()
    assert "ACME001" not in found("--ignore", "ACME")


@pytest.mark.parametrize("cached", [(), ("--no-cache",)])
def test_unknown_codes_are_a_wrong_use(workspace: Path, cached: tuple[str, ...]) -> None:
    for _ in range(2):
        result = run("check", "--select", "ACMR001", *cached, cwd=workspace, code=2)
        assert "--select: there is no rule or family of rules 'ACMR001'. Did you mean ACME001?" in result.err
        assert result.out == ""
    for more in (["--fix"], ["--diff"], ["--write-baseline", "b.json"], ["--statistics"], ["--watch"]):
        assert "Did you mean ACME?" in run("check", "--ignore", "ACMEE", *more, cwd=workspace, code=2).err
    assert not (workspace / "b.json").exists()
    assert "Did you mean ACME001?" in run("config", "--select", "ACMR001", cwd=workspace, code=2).err


def test_unknown_codes_while_rules_cannot_be_read(workspace: Path) -> None:
    write(workspace, {"rules/acme.yaml": "rules: ["})
    for command in ("check", "config"):
        error = run(command, "--select", "ACME001", cwd=workspace, code=2).err
        assert "no rule or family of rules 'ACME001' among those that could be read" in error


def test_standard_input(workspace: Path) -> None:
    text = MINIMAL.encode()
    result = run("check", "-", "--stdin-filename", "p.yaml", "--select", "ACME", cwd=workspace, stdin=text, code=1)
    assert "p.yaml:11:13: warning ACME001: greet has no due time" in result.out


def test_the_configuration(workspace: Path) -> None:
    write(workspace, {"playbook.toml": 'mandatory = ["ACME001"]\n[severity]\nACME001 = "error"\n'})
    result = run("config", "p.yaml", cwd=workspace, code=0)
    assert "ACME 1" in result.out
    assert f"of {len(CODES) + 1} rules run" in result.out
    assert "mistake" not in result.out
    known = json.loads(run("config", "--format", "json", cwd=workspace, code=0).out)
    assert "ACME001" in known[0]["rules"]


def test_a_code_that_is_used_twice_fails_the_trial(tmp_path: Path) -> None:
    rule = "{select: step, require: step.due.given, message: x}"
    write(
        tmp_path,
        {
            "playbook.toml": "",
            "a.yaml": f"rules: a\nchecks:\n  ACME001: {rule}\n",
            "b.yaml": f"rules: b\nchecks:\n  ACME001: {rule}\n",
        },
    )
    out = run("rule", "--test", cwd=tmp_path, code=1).out
    assert "the code is that of another rule" in out
    assert "b.yaml:3:3" in out
