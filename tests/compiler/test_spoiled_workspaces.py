"""Whatever is done to a workspace: only findings, each with a place in its file, and never an exception."""

from __future__ import annotations

import datetime
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutations import NASTY, spoiled, workspaces

from playbook.compiler.compile import Compiled, compile_paths
from playbook.diagnostics import Diagnostic, Place
from playbook.lint.engine import lint
from playbook.lint.registry import all_rules
from playbook.lint.rule import Context
from playbook.report.registry import FORMATS
from playbook.results import Results
from playbook.text.spans import WHOLE_FILE
from playbook.views.registry import VIEWS
from playbook.views.subject import Subject

WORKSPACES = workspaces()
TODAY = Context(datetime.date(2026, 1, 1))
# `FUZZ=5000 pytest tests/compiler/test_spoiled_workspaces.py` looks longer.
quick = settings(
    max_examples=int(os.environ.get("FUZZ", "40")), deadline=None, suppress_health_check=list(HealthCheck)
)


def checked(files: dict[str, bytes]) -> tuple[Compiled, tuple[Diagnostic, ...]]:
    """Compile, lint with every rule, build every view, write every report."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, content in files.items():
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        (compiled,) = compile_paths([folder], folder)
    findings = lint(compiled.workspace, all_rules(), compiled.config, TODAY)
    for playbook in compiled.playbooks:
        for view in VIEWS.values():
            for shape in view.gives:
                view.build(shape, Subject(playbook, compiled.workspace))
    results = Results(findings, 1, sources=compiled.sources)
    for form in FORMATS.values():
        form.write(results)
    return compiled, findings


def assert_place(place: Place, compiled: Compiled) -> None:
    start, end = place.span.start, place.span.end
    assert start <= end
    source = compiled.sources.get(place.file)
    if source is None or place.span == WHOLE_FILE:
        assert (start.line, start.column) == (1, 1) or source is None
        return
    assert 0 <= start.offset <= end.offset <= len(source.text)
    assert place.span == source.span(start.offset, end.offset)


def assert_findings(files: dict[str, bytes]) -> tuple[Diagnostic, ...]:
    compiled, findings = checked(files)
    names = {document.name for document in compiled.workspace.documents} | {"playbook.toml"}
    for finding in findings:
        assert finding.place.file in names
        for place in (finding.place, *(related.place for related in finding.related)):
            assert_place(place, compiled)
        for said in (finding.message, finding.expected, finding.suggestion, *(r.message for r in finding.related)):
            assert said is None or said
            assert said is None or "\n" not in said
            assert said is None or len(said) < 5_000
    assert list(findings) == sorted(findings, key=lambda finding: finding.sort_key)
    return findings


@pytest.mark.parametrize("name", WORKSPACES)
@quick
@given(data=st.data())
def test_spoiled_files(name: str, data: st.DataObject) -> None:
    files = {file: content.encode() for file, content in WORKSPACES[name].items()}
    for file in data.draw(st.lists(st.sampled_from(sorted(files)), min_size=1, max_size=2, unique=True)):
        files[file] = data.draw(spoiled(WORKSPACES[name][file]))
    assert_findings(files)


@pytest.mark.parametrize("nasty", NASTY)
def test_one_nasty_value_after_another(nasty: str) -> None:
    """Each nasty value in place of every seventh value of the largest template."""
    base = WORKSPACES["enterprise"]
    for file, content in base.items():
        lines = content.splitlines()
        places = [at for at, line in enumerate(lines) if ":" in line]
        for at in places[len(nasty) % 7 :: 7][:6]:
            spoilt = [*lines[:at], lines[at].split(":")[0] + ": " + nasty, *lines[at + 1 :]]
            files = {**base, file: "\n".join(spoilt)}
            assert_findings({each: text.encode() for each, text in files.items()})


@pytest.mark.parametrize("name", WORKSPACES)
def test_a_file_cut_short_anywhere(name: str) -> None:
    """As an editor saves it while one is writing."""
    for file, content in WORKSPACES[name].items():
        for cut in range(0, len(content), max(1, len(content) * len(WORKSPACES[name]) // 24)):
            files = {each: text.encode() for each, text in WORKSPACES[name].items()}
            files[file] = content[:cut].encode()
            assert_findings(files)


@pytest.mark.parametrize("name", WORKSPACES)
def test_a_file_left_out(name: str) -> None:
    for file in WORKSPACES[name]:
        assert_findings({each: text.encode() for each, text in WORKSPACES[name].items() if each != file})


@pytest.mark.parametrize("name", WORKSPACES)
def test_what_ships_has_no_errors_of_reading_or_names(name: str) -> None:
    findings = assert_findings({file: content.encode() for file, content in WORKSPACES[name].items()})
    assert [each for each in findings if each.code.startswith("SCH") or each.code in ("REF001", "REF002")] == []
