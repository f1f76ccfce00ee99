"""Ways to mend findings, and not to be told of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from lsprotocol import types

from playbook.editor.actions import actions
from playbook.editor.desk import Desk
from playbook.editor.view import View
from playbook.reader import transcribe
from playbook.reader.concrete import Concrete
from playbook.text.spans import SourceText

EXAMPLES = Path(__file__).parents[2] / "examples"


def view_of(desk: Desk, uri: str, text: str) -> View:
    desk.update(uri, text, 1)
    view = desk.view(uri, results=True)
    assert view is not None
    return view


def edited(view: View, edit: types.WorkspaceEdit | None) -> str:
    """The text with the one edit that is made of it."""
    assert edit is not None
    assert edit.changes is not None
    ((one,),) = edit.changes.values()
    buffer = view.buffer
    return (
        buffer.text[: buffer.offset(one.range.start)] + one.new_text + buffer.text[buffer.offset(one.range.end) :]
    )


def found(view: View) -> list[tuple[str, str]]:
    assert view.results is not None
    return [(each.code, each.message) for each in view.results.findings if each.place.file == view.file]


@pytest.mark.parametrize("name", ["cloudgov_ato", "flowfuse_migration_countdown"])
def test_every_finding_can_be_passed_over_with_a_comment(name: str, tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES / name, tmp_path / name)
    desk = Desk(tmp_path)
    count = 0
    for file in sorted((tmp_path / name).glob("*.yaml")):
        uri, text = file.as_uri(), file.read_text(encoding="utf-8")
        view = view_of(desk, uri, text)
        assert view.results is not None
        for finding in [each for each in view.results.findings if each.place.file == view.file]:
            where = view.buffer.of_span(finding.place.span)
            params = types.CodeActionParams(types.TextDocumentIdentifier(uri), where, types.CodeActionContext([]))
            title = f"Ignore {finding.code} here with a comment"
            comment = next(
                action.edit
                for action in actions(view, params, lambda made: desk.edits(made, versioned=False))
                if action.title == title and action.diagnostics and action.diagnostics[0].range == where
            )
            ignored = view_of(desk, uri, edited(view, comment))
            told = (finding.code, finding.message)
            assert found(ignored).count(told) < found(view).count(told)
            assert set(found(ignored)) <= set(found(view))
            count += 1
            desk.update(uri, text, 1)
        desk.close(uri)
    assert count


def test_a_document_with_many_findings_is_read_once_for_all_comments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    real = transcribe.transcribe

    def counting(source: SourceText) -> Concrete:
        read.append(source.name)
        return real(source)

    steps = "".join(f"      - {{id: step_{at}, do: Do it, colour: red}}\n" for at in range(30))
    desk = Desk(tmp_path)
    view = view_of(desk, (tmp_path / "p.yaml").as_uri(), f"playbook: p\nstages:\n  - id: s\n    steps:\n{steps}")
    whole = view.buffer.range(0, len(view.buffer.text))
    params = types.CodeActionParams(types.TextDocumentIdentifier("x"), whole, types.CodeActionContext([]))
    monkeypatch.setattr(transcribe, "transcribe", counting)
    offered = actions(view, params, lambda made: desk.edits(made, versioned=False))
    assert len([action for action in offered if action.title.startswith("Ignore SCH002")]) == 30
    assert len(read) <= 1
