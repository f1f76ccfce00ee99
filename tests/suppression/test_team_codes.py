"""The codes of a team's own rules, wherever codes are written: they are known, and do what others do."""

from __future__ import annotations

from pathlib import Path

import pytest
from suppression_samples import GOVERNANCE, JOURNEY, ORGANIZATION, check, kept, told, write

from playbook.report.registry import FORMATS
from playbook.results import Results
from playbook.suppression.writing import baseline_text

RULES = """\
rules: acme
checks:
  ACME001:
    title: Every step has a due time
    select: step
    require: step.due.given
    message: "{step.id} has no due time"
    why: What has no date is done later.
  ACME002:
    select: step
    require: step.touch.given
    message: "{step.id} has no touch"
    profile: certified
"""
FOUND = ["10 ACME001", "13 ACME001", "16 ACME001"]


def checked(root: Path, toml: str = "", **more: str | object) -> Results:
    """The results of the sample with the team's rules; ``journey``, ``rules`` and ``governance`` are its texts."""
    files = {"organization.yaml": ORGANIZATION, "playbook.toml": toml}
    texts = {"journey": JOURNEY, "rules": RULES, **more}
    files.update({f"{name}.yaml": text for name, text in texts.items() if isinstance(text, str)})
    settings = {name: value for name, value in more.items() if not isinstance(value, str)}
    return check(write(root, files), **settings)  # type: ignore[arg-type]


def acme(results: Results) -> list[str]:
    return [each for each in told(results.findings) if not each.endswith("RCI001")]


def test_the_sample(tmp_path: Path) -> None:
    assert acme(checked(tmp_path)) == FOUND


@pytest.mark.parametrize(
    ("toml", "left"),
    [
        ('ignore = ["ACME001"]', []),
        ('ignore = ["acme"]', []),
        ('select = ["RCI"]', []),
        ('select = ["ACME001"]', FOUND),
        ('extend_select = ["ACME002"]', ["10 ACME001", "10 ACME002", "13 ACME001", "13 ACME002"]),
        ('profile = "certified"\nignore = ["RUL", "DOC", "ACME001"]', ["10 ACME002"]),
        ('[per_file_ignores]\n"journey.yaml" = ["ACME"]', []),
        ('mandatory = ["ACME001"]\nignore = ["ACME"]', FOUND),
    ],
)
def test_in_the_configuration(toml: str, left: list[str], tmp_path: Path) -> None:
    results = checked(tmp_path, toml)
    assert not [each for each in results.findings if each.code == "CFG001"]
    assert set(left) <= set(acme(results))
    if not left:
        assert "ACME" not in str(acme(results))


def test_a_severity(tmp_path: Path) -> None:
    results = checked(tmp_path, '[severity]\nACME001 = "info"')
    assert {each.severity.value for each in results.findings if each.code == "ACME001"} == {"info"}


@pytest.mark.parametrize(
    "toml", ['ignore = ["ACMR001"]', '[severity]\nACMR001 = "info"', 'mandatory = ["ACME0001"]']
)
def test_an_unknown_one_in_the_configuration(toml: str, tmp_path: Path) -> None:
    (finding,) = (each for each in checked(tmp_path, toml).findings if each.code == "CFG001")
    assert finding.message.startswith("there is no rule")
    assert finding.suggestion == "ACME001"


def test_what_is_mandatory_cannot_be_ignored(tmp_path: Path) -> None:
    journey = JOURNEY.replace(
        "do: Greet the customer", "do: Greet the customer # playbook: ignore[ACME001] reason: x"
    )
    results = checked(tmp_path, 'mandatory = ["ACME001"]', journey=journey)
    assert "11 SUP007" in told(results.findings)
    assert set(FOUND) <= set(told(results.findings))


def test_comments(tmp_path: Path) -> None:
    journey = JOURNEY.replace(
        "      - id: train", "      # playbook: ignore[ACME001] reason: later\n      - id: train"
    )
    results = checked(tmp_path, journey=journey)
    assert acme(results) == ["10 ACME001", "17 ACME001"]
    assert [each.finding.code for each in results.suppressed] == ["ACME001"]


def test_comments_that_keep_nothing_back_or_name_no_rule(tmp_path: Path) -> None:
    def said(comment: str) -> list[tuple[str, str | None]]:
        results = checked(tmp_path, journey=JOURNEY.replace("stages:", f"{comment} reason: x\nstages:"))
        return [(each.code, each.suggestion) for each in results.findings if each.code.startswith("SUP")]

    assert said("# playbook: ignore[ACMR001]") == [("SUP004", "ACME001")]
    assert said("# playbook: ignore[ACME]") == []
    # ACME002 does not run in the profile basic: whether the comment is of use is not known.
    assert said("# playbook: ignore[ACME002]") == []


def test_a_comment_for_a_broken_rule_stays(tmp_path: Path) -> None:
    journey = JOURNEY.replace("stages:", "# playbook: ignore[ACME001] reason: x\nstages:")
    results = checked(tmp_path, journey=journey, rules=RULES.replace("step.due.given", "step.deu.given"))
    assert [each.code for each in results.findings if each.code[:3] in ("SUP", "RUL")] == ["RUL001"]


def test_waivers(tmp_path: Path) -> None:
    text = GOVERNANCE.format(rule="ACME001", playbook="journey", until="2026-12-31")
    results = checked(tmp_path, governance=text)
    assert acme(results) == []
    assert {each.by for each in results.suppressed} == {"waiver"}
    wrong = checked(tmp_path, governance=text.replace("ACME001", "ACME003"))
    (finding,) = (each for each in wrong.findings if each.code == "SUP004")
    assert finding.suggestion == "ACME001"


def test_a_baseline(tmp_path: Path) -> None:
    text, _ = baseline_text(checked(tmp_path, 'profile = "basic"'), Path("known.json"), tmp_path)
    assert text is not None
    write(tmp_path, {"known.json": text})
    toml = 'baseline = "known.json"'
    results = checked(tmp_path, toml)
    assert told(results.findings) == []
    assert kept(results.suppressed)
    # Its entries stay while the rule does not run, and are told once it is gone.
    select = checked(tmp_path, toml, select=("RCI",))
    again, _ = baseline_text(select, Path("known.json"), tmp_path)
    assert again is not None
    assert again.count('"ACME001"') == 3
    assert select.mended == 0
    (tmp_path / "rules.yaml").unlink()
    assert check(tmp_path).mended == 3


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in ("github-summary", "concise", "gitlab")])
def test_reports_name_it(name: str, tmp_path: Path) -> None:
    results = checked(tmp_path)
    assert results.rules["ACME001"].what == "Every step has a due time"
    report = FORMATS[name].write(results)
    assert "ACME001" in report
    if name in ("sarif", "github-sarif"):
        assert "What has no date is done later." in report
