"""What keeps a finding back, in which order, and what is said of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as bounds
from hypothesis import strategies as st
from suppression_samples import GOVERNANCE, JOURNEY, ORGANIZATION, check, kept, told, write

from playbook.diagnostics import Severity
from playbook.fixing.apply import apply, offers_of

A, B = "12 RCI001", "15 RCI001"


def sample(root: Path, journey: str = JOURNEY, **more: str) -> Path:
    names = {"toml": "playbook.toml", "governance": "governance.yaml", "other": "sub/other.yaml"}
    files = {"journey.yaml": journey, "organization.yaml": ORGANIZATION}
    return write(root, {**files, **{names[key]: text for key, text in more.items()}})


def test_the_sample(tmp_path: Path) -> None:
    results = check(sample(tmp_path))
    assert told(results.findings) == [A, B]
    assert results.suppressed == ()
    assert results.files == ("journey.yaml", "organization.yaml")


@pytest.mark.parametrize(
    ("place", "comment", "left"),
    [
        ("        raci: {R: csm}\n      - id: train", "        raci: {R: csm} # {}\n      - id: train", [B]),
        ("      - id: train", "      # {}\n      - id: train", [A]),
        ("    steps:", "    # {}\n    steps:", []),
        ("stages:", "# {}\nstages:", []),
        ("    enter:", "    # {}\n    enter:", [A, B]),
    ],
)
@pytest.mark.parametrize("codes", ["RCI001", "RCI", "HND, RCI001"])
def test_a_comment_keeps_back_what_it_is_about(
    place: str, comment: str, left: list[str], codes: str, tmp_path: Path
) -> None:
    text = JOURNEY.replace(place, comment.replace("{}", f"playbook: ignore[{codes}] reason: hiring"), 1)
    results = check(sample(tmp_path, text), select=("RCI",))
    assert [finding.code for finding in results.findings] == ["RCI001"] * len(left)
    assert len(results.suppressed) == 2 - len(left)
    for each in results.suppressed:
        assert (each.by, each.reason, each.until) == ("comment", "hiring", "")
        assert each.place is not None
        assert results.sources["journey.yaml"].slice(each.place.span).startswith("# playbook: ignore[")


def test_a_file_is_ignored_at_its_top(tmp_path: Path) -> None:
    results = check(sample(tmp_path, f"# playbook: ignore-file[RCI]\n{JOURNEY}"))
    assert told(results.findings) == []
    assert kept(results.suppressed) == ["13 RCI001 by comment", "16 RCI001 by comment"]


@pytest.mark.parametrize(("until", "ended"), [("2026-10-01", False), ("2026-09-30", True), ("2026-10-02", False)])
def test_the_last_day_is_one_of_them(until: str, ended: bool, tmp_path: Path) -> None:
    text = JOURNEY.replace("stages:", f"# playbook: ignore[RCI001] until={until}\nstages:")
    results = check(sample(tmp_path, text))
    assert told(results.findings) == (["5 SUP005", "13 RCI001", "16 RCI001"] if ended else [])
    assert [each.until for each in results.suppressed] == ([] if ended else [until, until])


def test_what_keeps_nothing_back_is_told_once_all_else_is_known(tmp_path: Path) -> None:
    text = JOURNEY.replace("stages:", "stages: # playbook: ignore[RCI001, HND001]")
    results = check(sample(tmp_path, text))
    assert told(results.findings) == ["5 SUP001", A, B]
    # Only part of the family runs: whether the comment is needed cannot be said.
    family = JOURNEY.replace("ends:", "ends: # playbook: ignore[RCI]")
    assert told(check(sample(tmp_path, family), select=("RCI001", "SUP001")).findings) == [A, B]
    assert told(check(sample(tmp_path, family), select=("RCI", "SUP001")).findings) == ["3 SUP001", A, B]
    # A file that cannot be read may be the reason.
    write(tmp_path, {"broken.yaml": "tracking: [\n"})
    assert [each.code for each in check(tmp_path).findings] == ["SCH001", "RCI001", "RCI001"]


@pytest.mark.parametrize(
    ("toml", "settings"),
    [
        ("", {"select": ("HND", "SUP")}),
        ("", {"ignore": ("NAM001",)}),
        ("ignore = ['NAM001']\n", {}),
        ("per_file_ignores = {'journey.yaml' = ['NAM001']}\n", {}),
        ("select = ['RCI']\n", {}),
        ("", {}),
    ],
)
def test_a_comment_for_a_rule_that_does_not_run_is_not_unused(
    toml: str, settings: dict[str, object], tmp_path: Path
) -> None:
    text = JOURNEY.replace("stages:", "stages: # playbook: ignore[NAM001]")
    profile = 'profile = "team"\n' if toml or settings else ""
    results = check(sample(tmp_path, text, toml=profile + toml), **settings)
    assert "SUP001" not in [finding.code for finding in results.findings]


def test_unused_codes_are_taken_away(tmp_path: Path) -> None:
    text = JOURNEY.replace("stages:", "# playbook: ignore[RCI001, HND001, REF] reason: x\nstages:")
    root = sample(tmp_path, text)
    results = check(root)
    (finding,) = results.findings
    assert "'ignore[HND001, REF]' keeps nothing back" in finding.message
    texts = apply(offers_of(results.findings), {"journey.yaml": text}).texts
    assert texts["journey.yaml"] == text.replace(", HND001, REF", "")
    write(root, texts)
    assert told(check(root).findings) == []


def test_an_unused_comment_is_taken_away(tmp_path: Path) -> None:
    text = JOURNEY.replace("ends:", "# playbook: ignore[HND001]\nends: # playbook: ignore[REF] until=2020-01-01")
    results = check(sample(tmp_path, text))
    assert told(results.findings) == ["3 SUP001", "4 SUP005", "13 RCI001", "16 RCI001"]
    assert apply(offers_of(results.findings), {"journey.yaml": text}).texts == {"journey.yaml": JOURNEY}


def test_reasons_are_asked_for_in_profile_governed(tmp_path: Path) -> None:
    text = JOURNEY.replace("stages:", "# playbook: ignore[RCI001]\nstages:")
    for profile, expected in (("basic", 0), ("team", 0), ("governed", 1), ("certified", 1)):
        results = check(sample(tmp_path, text, toml=f"profile = '{profile}'\n"))
        codes = [finding.code for finding in results.findings]
        assert codes.count("SUP006") == expected
        assert "RCI001" not in codes


def test_comments_about_comments(tmp_path: Path) -> None:
    text = JOURNEY.replace("stages:", "# playbook: ignore[RCI001, SUP001, RCI0O1]\nstages:")
    sup003, sup004 = check(sample(tmp_path, text)).findings
    assert (sup003.code, sup004.code) == ("SUP003", "SUP004")
    assert "SUP001 is about comments" in sup003.message
    assert sup004.suggestion == "RCI001"


def test_a_waiver_keeps_back_in_its_playbook(tmp_path: Path) -> None:
    waiver = GOVERNANCE.format(rule="RCI001", playbook="journey", until="2026-10-01")
    other = JOURNEY.replace("playbook: journey", "playbook: other")
    results = check(sample(tmp_path, governance=waiver, other=other), select=("RCI",))
    assert [(each.finding.place.file, each.by) for each in results.suppressed] == [("journey.yaml", "waiver")] * 2
    assert [finding.place.file for finding in results.findings] == ["sub/other.yaml"] * 2
    first = results.suppressed[0]
    assert (first.reason, first.until) == ("the CSM is being hired", "2026-10-01")
    assert first.place is not None
    assert (first.place.file, first.place.span.start.line) == ("governance.yaml", 3)
    everywhere = "".join(line for line in waiver.splitlines(keepends=True) if "playbook:" not in line)
    assert check(sample(tmp_path, governance=everywhere), select=("RCI",)).findings == ()


@pytest.mark.parametrize(("until", "rule"), [("2026-09-30", "RCI001"), ("2027-01-01", "RCI002")])
def test_a_waiver_that_does_not_apply(until: str, rule: str, tmp_path: Path) -> None:
    waiver = GOVERNANCE.format(rule=rule, playbook="journey", until=until)
    assert told(check(sample(tmp_path, governance=waiver), select=("RCI",)).findings) == [A, B]


def test_a_waiver_for_no_rule(tmp_path: Path) -> None:
    waiver = GOVERNANCE.format(rule="RCI0O1", playbook="journey", until="2027-01-01")
    results = check(sample(tmp_path, governance=waiver))
    assert told(results.findings)[0] == "governance.yaml 4 SUP004"


def test_the_first_that_keeps_back_is_told_and_the_comment_is_in_use(tmp_path: Path) -> None:
    text = JOURNEY.replace("stages:", "# playbook: ignore[RCI001] reason: x\nstages:")
    waiver = GOVERNANCE.format(rule="RCI001", playbook="journey", until="2027-01-01")
    toml = "[per_file_ignores]\n'journey.yaml' = ['RCI']\n"
    root = sample(tmp_path, text)
    assert [each.by for each in check(root).suppressed] == ["comment", "comment"]
    results = check(sample(tmp_path, text, governance=waiver), select=("RCI", "SUP"))
    assert [each.by for each in results.suppressed] == ["waiver", "waiver"]
    assert results.findings == ()
    results = check(sample(tmp_path, text, governance=waiver, toml=toml))
    assert [each.by for each in results.suppressed] == ["configuration", "configuration"]
    assert {each.place.span.start.line for each in results.suppressed if each.place} == {2}
    assert results.findings == ()


def test_patterns_are_seen_from_the_workspace(tmp_path: Path) -> None:
    toml = "[per_file_ignores]\n'sub/**' = ['RCI']\n'*.yaml' = ['HND']\n"
    other = JOURNEY.replace("playbook: journey", "playbook: other")
    root = sample(tmp_path, toml=toml, other=other)
    for home in (root, root / "sub", root.parent):
        results = check(root, home=home)
        assert {Path(each.place.file).name for each in results.findings} == {"journey.yaml"}
        assert {Path(each.finding.place.file).name for each in results.suppressed} == {"other.yaml"}


MANDATORY = 'mandatory = ["RCI001"]\n'


@pytest.mark.parametrize(
    ("toml", "comment", "place"),
    [
        ('ignore = ["RCI001"]\n', "", "playbook.toml 2 SUP007"),
        ('ignore = ["rci001", "HND"]\n', "", "playbook.toml 2 SUP007"),
        ('[per_file_ignores]\n"journey.yaml" = [\n"RCI001"]\n', "", "playbook.toml 4 SUP007"),
        ("", "# playbook: ignore[RCI001] reason: x\n", "5 SUP007"),
        ("", "# playbook: ignore[HND, RCI001] until=2030-01-01\n", "5 SUP007"),
    ],
)
def test_trying_to_silence_what_is_mandatory_is_told(toml: str, comment: str, place: str, tmp_path: Path) -> None:
    results = check(sample(tmp_path, JOURNEY.replace("stages:", f"{comment}stages:"), toml=MANDATORY + toml))
    assert [finding.code for finding in results.findings].count("RCI001") == 2
    (attempt,) = [finding for finding in results.findings if finding.code == "SUP007"]
    assert told((attempt,)) == [place]
    assert "RCI001, which is mandatory: its findings stay" in attempt.message
    assert attempt.related[0].place.span.start.line == 1
    assert results.suppressed == ()
    # Nor can the telling be ignored.
    assert "SUP007" in [finding.code for finding in check(tmp_path, ignore=("SUP",)).findings]


def test_waivers_and_the_command_line_cannot_either(tmp_path: Path) -> None:
    waiver = GOVERNANCE.format(rule="RCI001", playbook="journey", until="2027-01-01")
    root = sample(tmp_path, governance=waiver, toml=MANDATORY)
    results = check(root, ignore=("RCI001", "GOV"))
    codes = [(finding.code, finding.place.file) for finding in results.findings]
    assert codes.count(("RCI001", "journey.yaml")) == 2
    assert ("SUP007", "governance.yaml") in codes
    assert ("SUP007", "playbook.toml") in codes


def test_a_family_means_what_is_not_mandatory(tmp_path: Path) -> None:
    results = check(sample(tmp_path, toml=MANDATORY + 'ignore = ["RCI"]\n'), ignore=("RCI",))
    assert told(results.findings) == [A, B]
    results = check(sample(tmp_path, toml='mandatory = ["RCI"]\nignore = ["RCI"]\n'))
    assert told(results.findings) == [A, B, "playbook.toml 2 SUP007"]


def test_a_mandatory_rule_runs_where_the_profile_lacks_it(tmp_path: Path) -> None:
    assert "GOV101" in check(sample(tmp_path, toml='mandatory = ["GOV101"]\n')).applied
    assert "GOV101" not in check(sample(tmp_path, toml='mandatory = ["GOV"]\n')).applied
    # The command line names what it wants to see.
    assert check(sample(tmp_path, toml='mandatory = ["GOV101"]\n'), select=("RCI001",)).applied == {"RCI001"}


def test_what_cannot_be_read_cannot_be_ignored(tmp_path: Path) -> None:
    toml = "ignore = ['SCH001', 'SCH']\nper_file_ignores = {'*.yaml' = ['SCH']}\n"
    root = write(sample(tmp_path, toml=toml), {"broken.yaml": "# playbook: ignore-file[SCH001]\ntracking: [\n"})
    assert {"SCH001", "SUP007"} <= {finding.code for finding in check(root, "broken.yaml").findings}


def test_only_files_that_were_asked_for(tmp_path: Path) -> None:
    other = JOURNEY.replace("stages:", "stages: # playbook: ignore[HND001]").replace("journey", "other", 1)
    root = sample(tmp_path, other=other)
    assert told(check(root, "journey.yaml").findings) == [A, B]
    assert "SUP001" in [finding.code for finding in check(root, "sub/other.yaml").findings]


def test_the_weight_of_findings_about_comments_can_be_set(tmp_path: Path) -> None:
    text = JOURNEY.replace("stages:", "stages: # playbook: ignore[HND001]")
    toml = "[severity]\nSUP001 = 'info'\n"
    findings = check(sample(tmp_path, text, toml=toml)).findings
    assert [finding.severity for finding in findings if finding.code == "SUP001"] == [Severity.INFO]
    assert "SUP001" not in [finding.code for finding in check(tmp_path, ignore=("SUP001",)).findings]
    toml = "[per_file_ignores]\n'journey.yaml' = ['SUP001']\n"
    assert told(check(sample(tmp_path, text, toml=toml)).findings) == [A, B]


@pytest.mark.parametrize(
    ("toml", "settings", "expected"),
    [
        ("", {}, "profile basic"),
        ("profile = 'team'\nextend_select = ['GOV101']\n", {}, "profile team and GOV101"),
        ("select = ['SCH', 'REF']\nignore = ['REF003']\n", {}, "only SCH, REF, without REF003"),
        ("select = ['SCH']\n", {"select": ("RCI",)}, "only RCI"),
        ("", {"ignore": ("RCI", "HND", "SLA", "REF")}, "profile basic, without RCI, HND, SLA and 1 more"),
    ],
)
def test_what_was_held_to_is_said(toml: str, settings: dict[str, object], expected: str, tmp_path: Path) -> None:
    assert check(sample(tmp_path, toml=toml), **settings).held_to == expected


COMMENTS = st.lists(
    st.sampled_from(["# playbook: ", "ignore", "ignore-file", "[", "RCI001", "SUP", "NO1", ",", "]", " until="])
    | st.sampled_from(["2026-10-01", " reason: ", "#", " ", "x", "'", "é😀", "\t"]),
    max_size=10,
).map("".join)


@bounds(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 18), st.booleans(), COMMENTS), max_size=4))
def test_whatever_comments_say_findings_are_told_or_kept_once(
    tmp_path: Path, comments: list[tuple[int, bool, str]]
) -> None:
    lines = JOURNEY.splitlines()
    for number, own_line, comment in sorted(comments, reverse=True):
        if own_line:
            lines.insert(number, f"# {comment}")
        else:
            lines[number % len(lines)] += f" # {comment}"
    results = check(sample(tmp_path, "\n".join(lines) + "\n"))
    found = [finding.message for finding in results.findings if finding.code == "RCI001"]
    found += [each.finding.message for each in results.suppressed]
    assert len(found) == len(set(found)) == 2
    assert {finding.code[:3] for finding in results.findings} <= {"RCI", "SUP"}
