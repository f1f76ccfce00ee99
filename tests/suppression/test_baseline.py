"""A baseline knows the findings of the day it was written, whatever else changes."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from suppression_samples import GOVERNANCE, JOURNEY, ORGANIZATION, check, kept, told, write

from playbook.results import Results
from playbook.suppression.baseline import read_baseline
from playbook.suppression.writing import baseline_text

A, B = "12 RCI001", "15 RCI001"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "ws", {"journey.yaml": JOURNEY, "organization.yaml": ORGANIZATION})


def write_baseline(root: Path, results: Results, name: str = "baseline.json", home: Path | None = None) -> Path:
    text, findings = baseline_text(results, Path(name), home or root)
    assert findings == ()
    assert text is not None
    path = (home or root) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def entries(path: Path) -> list[dict[str, object]]:
    return list(json.loads(path.read_text(encoding="utf-8"))["findings"])


def test_what_is_written_is_known(root: Path) -> None:
    path = write_baseline(root, check(root))
    results = check(root, baseline=path)
    assert told(results.findings) == []
    assert kept(results.suppressed) == [f"{A} by baseline", f"{B} by baseline"]
    place = results.suppressed[0].place
    assert place is not None
    assert (place.file, place.span.start.line) == ("baseline.json", 4)
    assert results.mended == 0
    assert told(check(root, baseline=path, use_baseline=False).findings) == [A, B]


def test_the_text_is_sorted_with_a_line_for_each(root: Path) -> None:
    path = write_baseline(root, check(root))
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line[:13] for line in lines] == [
        "{",
        '  "version": ',
        '  "findings":',
        *['    {"file": '] * 2,
        "  ]",
        "}",
    ]
    assert lines[3] < lines[4]
    assert [(entry["file"], entry["code"]) for entry in entries(path)] == [("journey.yaml", "RCI001")] * 2
    assert "count" not in entries(path)[0]


def test_writing_again_changes_nothing(root: Path) -> None:
    path = write_baseline(root, check(root))
    before = path.read_bytes()
    assert write_baseline(root, check(root, baseline=path)).read_bytes() == before
    assert write_baseline(root, check(root)).read_bytes() == before


def _swapped(text: str) -> str:
    start, end = text.index("      - id: greet"), text.index("      - id: close")
    middle = text[start:end]
    cut = middle.index("      - id: train")
    return text[:start] + middle[cut:] + middle[:cut] + text[end:]


EDITS = {
    "lines above": lambda text: "# about it\n\n" + text,
    "a new step before": lambda text: text.replace(
        "      - id: greet", "      - id: call\n        do: Call\n        raci: {A: csm, R: csm}\n      - id: greet"
    ),
    "another order": _swapped,
    "another value on the line": lambda text: text.replace("raci: {R: csm}", "raci: {R: csm, I: csm}"),
    "a comment on the line": lambda text: text.replace("raci: {R: csm}", "raci: {R: csm}  # later"),
    "another indentation": lambda text: "".join(
        "  " + line if line.startswith("      ") else line for line in text.splitlines(keepends=True)
    ),
    "Windows lines": lambda text: text.replace("\n", "\r\n"),
    "a stage before": lambda text: text.replace(
        "stages:\n",
        "stages:\n  - id: first\n    enter: deal.closed_won\n    exit: hello.completed\n"
        "    steps:\n      - {id: hello, do: Say hello, raci: {A: csm, R: csm}}\n",
    ),
}


@pytest.mark.parametrize("what", EDITS)
def test_other_changes_leave_a_finding_known(what: str, root: Path) -> None:
    path = write_baseline(root, check(root))
    (root / "journey.yaml").write_text(EDITS[what](JOURNEY), encoding="utf-8", newline="")
    results = check(root, baseline=path)
    assert "RCI001" not in [finding.code for finding in results.findings]
    assert len([each for each in results.suppressed if each.by == "baseline"]) == 2
    assert results.mended == 0


def test_a_new_finding_of_the_same_kind_is_told(root: Path) -> None:
    path = write_baseline(root, check(root))
    more = "      - id: thank\n        do: Thank the customer\n        raci: {R: csm}\n"
    write(root, {"journey.yaml": JOURNEY + more})
    assert told(check(root, baseline=path).findings) == ["21 RCI001"]


def test_alike_findings_are_counted(root: Path) -> None:
    write(root, {"journey.yaml": JOURNEY.replace("{A: csm, R: csm}", "{A: csm, R: csm, I: [cms, cms]}")})
    results = check(root)
    alike = [finding for finding in results.findings if finding.code == "REF002"]
    path = write_baseline(root, results)
    counts = [entry.get("count", 1) for entry in entries(path) if entry["code"] == "REF002"]
    assert counts == [len(alike)] == [2]
    assert check(root, baseline=path).findings == ()


def test_what_is_mended_is_said(root: Path) -> None:
    path = write_baseline(root, check(root))
    write(root, {"journey.yaml": JOURNEY.replace("raci: {R: csm}", "raci: {A: csm, R: csm}", 1)})
    results = check(root, baseline=path)
    (finding,) = results.findings
    assert finding.code == "SUP002"
    assert finding.message == "1 finding of the baseline is gone: 1 of RCI001"
    assert finding.suggestion == "playbook check --write-baseline baseline.json"
    assert results.mended == 1
    assert results.sources["baseline.json"].slice(finding.place.span) in path.read_text(encoding="utf-8")
    assert told(check(root, baseline=write_baseline(root, check(root))).findings) == []


def test_what_this_run_cannot_find_is_not_said_to_be_gone(root: Path) -> None:
    path = write_baseline(root, check(root))
    assert check(root, "organization.yaml", baseline=path).mended == 0
    assert check(root, baseline=path, select=("HND", "SUP002")).mended == 0
    write(root, {"broken.yaml": "tracking: [\n"})
    write(root, {"journey.yaml": JOURNEY.replace("{R: csm}", "{A: csm, R: csm}")})
    assert check(root, baseline=path).mended == 0
    (root / "broken.yaml").unlink()
    assert check(root, baseline=path).mended == 2
    (root / "journey.yaml").unlink()
    assert check(root, "organization.yaml", baseline=path).mended == 2


def test_a_part_of_a_run_keeps_the_other_entries(root: Path) -> None:
    path = write_baseline(root, check(root))
    before = path.read_bytes()
    assert write_baseline(root, check(root, "organization.yaml")).read_bytes() == before
    assert write_baseline(root, check(root, select=("HND",))).read_bytes() == before
    (root / "journey.yaml").unlink()
    assert entries(write_baseline(root, check(root, "organization.yaml"))) == []


def test_it_works_from_any_folder(root: Path) -> None:
    path = write_baseline(root, check(root), "known/baseline.json")
    write(root, {"playbook.toml": 'baseline = "known/baseline.json"\n'})
    (root / "sub").mkdir()
    for home in (root, root.parent, root / "sub", Path("/")):
        results = check(root, home=home)
        assert results.findings == (), home
        assert len(results.suppressed) == 2
    again = baseline_text(check(root, home=root.parent), Path("ws/known/baseline.json"), root.parent)[0]
    assert again == path.read_text(encoding="utf-8")


def test_the_workspace_may_be_moved(root: Path) -> None:
    write_baseline(root, check(root))
    write(root, {"playbook.toml": 'baseline = "baseline.json"\n'})
    moved = root.rename(root.parent / "elsewhere")
    assert check(moved).findings == ()


def test_a_comment_goes_before_the_baseline(root: Path) -> None:
    path = write_baseline(root, check(root))
    write(root, {"journey.yaml": JOURNEY.replace("stages:", "# playbook: ignore[RCI001] reason: x\nstages:")})
    results = check(root, baseline=path)
    assert {each.by for each in results.suppressed} == {"comment"}
    assert [finding.code for finding in results.findings] == ["SUP002"]


def test_what_is_mandatory_is_not_known(root: Path) -> None:
    path = write_baseline(root, check(root))
    write(root, {"playbook.toml": 'mandatory = ["RCI001"]\n'})
    results = check(root, baseline=path)
    assert told(results.findings) == ["baseline.json 4 SUP007", A, B]
    assert "the baseline has 2 findings of RCI001, which is mandatory" in results.findings[0].message
    assert entries(write_baseline(root, results)) == []


def test_what_is_no_finding_of_a_rule_is_not_written(root: Path) -> None:
    write(root, {"playbook.toml": "select = 5\n", "broken.yaml": "tracking: [\n"})
    write(root, {"g.yaml": GOVERNANCE.format(rule="NO", playbook="journey", until="2027-01-01")})
    path = write_baseline(root, check(root))
    assert not {"CFG001", "SCH001", "SUP004"} & {str(entry["code"]) for entry in entries(path)}


DAMAGED = {
    "empty": ("", "1:1", "is not valid JSON"),
    "cut off": ('{\n  "version": 1,\n  "findings": [\n    {"file":', "4:13", "is not valid JSON"),
    "a merge conflict": ('{\n"version": 1,\n<<<<<<< ours\n', "3:1", "is not valid JSON"),
    "a list": ("[]", "1:1", 'has no list "findings"'),
    "no findings": ('{"version": 1}', "1:1", 'has no list "findings"'),
    "another version": ('{"version": 2, "findings": []}', "1:1", 'has no "version": 1'),
    "true as a version": ('{"version": true, "findings": []}', "1:1", 'has no "version": 1'),
    "no version": ('{"findings": []}', "1:1", 'has no "version": 1'),
    "no entry": ('{"version": 1, "findings": [5]}', "1:1", "in entry 1"),
    "a short fingerprint": (
        '{"version": 1, "findings": [\n{"file": "a", "code": "RCI001", "fingerprint": "abc"}]}',
        "2:48",
        "in entry 1",
    ),
    "deep": ("[" * 100_000, "1:1", "is not valid JSON"),
    "long number": ('{"version": ' + "1" * 5_000 + "}", "1:1", "is not valid JSON"),
    "a surrogate": ('{"version": 1, "findings": [{"fingerprint": "\\ud800"}]}', "1:1", "in entry 1"),
}


@pytest.mark.parametrize("what", DAMAGED)
def test_a_damaged_baseline_is_a_finding(what: str, root: Path) -> None:
    text, place, message = DAMAGED[what]
    write(root, {"baseline.json": text})
    results = check(root, baseline=root / "baseline.json")
    finding = results.findings[0]
    start = finding.place.span.start
    assert (finding.code, finding.place.file, f"{start.line}:{start.column}") == ("CFG001", "baseline.json", place)
    assert message in finding.message
    assert told(results.findings[1:]) == [A, B]
    # Nor is it written over: it may be another file.
    text, findings = baseline_text(results, Path("baseline.json"), root)  # type: ignore[assignment]
    assert text is None
    assert [each.code for each in findings] == ["CFG001"]


@pytest.mark.parametrize("content", [b"\xff", b"\x00" * 10])
def test_bytes_that_are_no_text(content: bytes, root: Path) -> None:
    (root / "baseline.json").write_bytes(content)
    assert check(root, baseline=root / "baseline.json").findings[0].code == "CFG001"


def test_no_file_and_a_folder(root: Path) -> None:
    (root / "folder").mkdir()
    for name in ("none.json", "folder", "journey.yaml/x"):
        findings = check(root, baseline=root / name).findings
        assert [finding.code for finding in findings].count("CFG001") == 1


@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda data: data.decode("latin-1")))
def test_no_text_breaks_the_reading(text: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "b.json"
        path.write_text(text, encoding="utf-8", errors="surrogatepass")
        baseline, findings = read_baseline(path, "b.json")
        assert (baseline is None) == bool(findings)


def test_two_workspaces_share_a_baseline(root: Path, tmp_path: Path) -> None:
    other = JOURNEY.replace("playbook: journey", "playbook: other")
    write(tmp_path / "ws2", {"playbook.toml": "", "other.yaml": other, "organization.yaml": ORGANIZATION})
    write(root, {"playbook.toml": ""})
    both = check(tmp_path, "ws", "ws2")
    assert len(both.findings) == 4
    path = write_baseline(root, both, "all.json", home=tmp_path)
    results = check(tmp_path, "ws", "ws2", baseline=path)
    assert results.findings == ()
    assert (len(results.suppressed), results.mended) == (4, 0)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    baseline, (finding,) = read_baseline(tmp_path / "pipe", "pipe")
    assert baseline is None
    assert finding.message == "the baseline is not a regular file"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_what_only_passes_for_a_file_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some files of the system, such as the log of the kernel, are pipes in disguise."""
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.setattr("playbook.suppression.baseline.stat.S_ISREG", lambda mode: True)
    monkeypatch.delattr(Path, "read_bytes")  # it would wait
    baseline, (finding,) = read_baseline(tmp_path / "pipe", "pipe")
    assert baseline is None
    assert "not valid JSON" in finding.message
