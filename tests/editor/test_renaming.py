"""Another id for anything that is declared: nothing else changes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.checking.run import results_of
from playbook.compiler.compile import compile_paths
from playbook.compiler.occurrences import Name, Occurrence, Occurrences
from playbook.diagnostics import Edit
from playbook.editor.buffers import Buffer
from playbook.editor.rename import RefusedError, rename, renamed_at
from playbook.editor.view import View
from playbook.text.spans import SourceText
from playbook.workspace import Workspace

ROOT = Path(__file__).parents[2]
EXAMPLES = [*sorted((ROOT / "examples").glob("[!.]*/")), ROOT / "playbooks"]
SUFFIX = "_zz"

Texts = dict[str, str]


def compiled(folder: Path, texts: Texts | None = None) -> Workspace:
    (found,) = compile_paths([folder], folder, overlays=texts)
    return found.workspace


def view_of(workspace: Workspace, file: str, offset_of: str = "") -> tuple[View, int]:
    """A document of a workspace, and where a word first stands in it."""
    document = next(each for each in workspace.documents if each.name == file)
    assert document.source is not None
    occurrences = Occurrences(workspace)
    buffer = Buffer(SourceText(file, document.source.text))
    view = View(buffer, file, document.kind, workspace, occurrences, occurrences.playbook(file), document)
    return view, document.source.text.index(offset_of)


def declarations(occurrences: Occurrences, workspace: Workspace) -> dict[Name, tuple[str, int]]:
    """Every declared name and a place where it is declared."""
    found: dict[Name, tuple[str, int]] = {}
    for document in workspace.documents:
        for place, occurrence in occurrences.placed(document.name):
            if occurrence.role == "declaration":
                found.setdefault(occurrence.name, (place.file, place.span.start.offset))
    return found


def edited(texts: Texts, edits: Iterable[Edit]) -> Texts:
    new = dict(texts)
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        text = new[edit.file]
        new[edit.file] = text[: edit.start] + edit.text + text[edit.end :]
    return new


def findings(folder: Path, texts: Texts) -> list[tuple[str, str, list[str]]]:
    """What is found, without the new part of ids; lists of names are in alphabetical order, so words count."""
    found = results_of(compile_paths([folder], folder, overlays=texts)).findings
    plain = [(each.code, each.place.file, re.sub("[_ ]zz", "", each.message)) for each in found]
    return sorted((code, file, sorted(re.findall(r"\w+", message))) for code, file, message in plain)


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda path: path.name)
def test_every_id_of_an_example_can_be_renamed(folder: Path) -> None:
    workspace = compiled(folder)
    occurrences = Occurrences(workspace)
    texts = {each.name: each.source.text for each in workspace.documents if each.source}
    names = declarations(occurrences, workspace)
    assert len(names) > 30
    edits: dict[tuple[str, int], Edit] = {}
    for name, (file, offset) in names.items():
        document = next(each for each in workspace.documents if each.name == file)
        view = View(
            Buffer(SourceText(file, texts[file])), file, document.kind, workspace, occurrences, None, document
        )
        for edit in rename(view, offset, name.id + SUFFIX):
            assert texts[edit.file][edit.start : edit.end] == name.id
            assert (edit.file, edit.start) not in edits, "one place is named by one name"
            edits[edit.file, edit.start] = edit
    assert findings(folder, edited(texts, edits.values())) == findings(folder, texts)


SMALL = ROOT / "examples" / "cloudgov_ato"


@settings(max_examples=12)
@given(data=st.data())
def test_one_id_can_be_renamed_alone(data: st.DataObject) -> None:
    workspace = compiled(SMALL)
    occurrences = Occurrences(workspace)
    texts = {each.name: each.source.text for each in workspace.documents if each.source}
    names = declarations(occurrences, workspace)
    name = data.draw(st.sampled_from(sorted(names, key=str)))
    file, _ = names[name]
    document = next(each for each in workspace.documents if each.name == file)
    view = View(Buffer(SourceText(file, texts[file])), file, document.kind, workspace, occurrences, None, document)
    edits = rename(view, names[name][1], name.id + SUFFIX)
    assert findings(SMALL, edited(texts, edits)) == findings(SMALL, texts)


VARIANT = """\
playbook: welcome
anchors: {signed: {event: deal.closed_won, start: true}}
segments:
  small: {when: account.seats < 10}
  large: {otherwise: true}
handoffs:
  to_cs: {from: ae, to: csm, at: greet, payload: brief}
artifacts: {brief: {title: Brief}}
ends: {done: {success: true}}
decisions:
  which: {sets: account.segment, rules: [{when: account.seats < 10, gives: small}, {otherwise: true, gives: large}]}
stages:
  - id: opening
    raci: {A: csm, R: csm}
    enter: to_cs.accepted and not (greet.skipped or account.segment in ["large", 'small'])
    exit: "account.segment == 'small' or brief.produced"
    steps:
      - {id: greet, was: [hello], do: Greet, due: 5bd after signed, produces: brief}
      - id: follow
        do: Follow up
        due: 50% between greet and to_cs.accepted
        after: greet
    next: done
variants:
  lean:
    for: small
    remove: [follow]
    set: {greet.due: 2bd after signed, greet.needs: [account.seats], opening.exit: brief.accepted}
    add:
      - {after: greet, step: {id: wave, do: Wave, raci: {A: ae}, after: greet}}
  rich:
    for: large
    replace:
      follow: {id: follow, do: Follow up well, after: [greet]}
    set: {greet.raci: {A: ae}}
    add:
      - {after: follow, step: {id: wave, do: Wave, after: follow}}
"""
ORGANIZATION = "organization: acme\nroles: {csm: {}, ae: {}}\n"
TRACKING = "tracking: plan\nfields: {account.seats: {type: integer, was: [account.users]}}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "welcome.yaml").write_text(VARIANT, encoding="utf-8")
    (tmp_path / "organization.yaml").write_text(ORGANIZATION, encoding="utf-8")
    (tmp_path / "tracking.yaml").write_text(TRACKING, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("at", "new", "expected"),
    [
        ("greet, was", "meet", 11),
        ("follow\n        do", "call", 6),
        ("wave", "nod", 2),
        ("to_cs:", "over_to_cs", 3),
        ("signed:", "won", 3),
        ("small:", "tiny", 5),
        ("brief: {", "note", 5),
        ("opening\n", "begin", 2),
        ("done: {", "over", 2),
        ("lean:", "slim", 1),
    ],
)
def test_every_form_is_renamed(folder: Path, at: str, new: str, expected: int) -> None:
    workspace = compiled(folder)
    view, offset = view_of(workspace, "welcome.yaml", at)
    if at == "lean:":
        with pytest.raises(RefusedError, match="no id"):
            rename(view, offset, new)
        return
    old = re.split("[:,\\n]", at)[0]
    edits = rename(view, offset, new)
    text = edited({"welcome.yaml": VARIANT}, edits)["welcome.yaml"]
    assert len(edits) == expected
    assert not re.search(rf"(?<![\w.]){old}(?!\w)", text.replace("do: Wave", "")), text
    before, after = findings(folder, {}), findings(folder, {"welcome.yaml": text})
    assert [finding[:2] for finding in before] == [finding[:2] for finding in after]


def test_a_shared_id_is_renamed_in_all_files(folder: Path) -> None:
    workspace = compiled(folder)
    view, offset = view_of(workspace, "welcome.yaml", "account.seats")
    edits = rename(view, offset, "account.users_paid")
    assert {edit.file for edit in edits} == {"welcome.yaml", "tracking.yaml"}
    assert (
        "was: [account.users]"
        in edited({"tracking.yaml": TRACKING, "welcome.yaml": VARIANT}, edits)["tracking.yaml"]
    )


def test_what_runs_a_playbook_gives_it_things_by_its_names(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "playbook: rescue\ninterface: {needs: brief}\nstages: [{id: s, steps: [{id: t, needs: brief}]}]\n"
    )
    (tmp_path / "b.yaml").write_text(
        "playbook: main\nstages:\n  - id: s\n    steps:\n      - {id: t, produces: brief}\n"
        "      - {id: u, run: {playbook: rescue, give: {brief: brief}}}\n"
    )
    workspace = compiled(tmp_path)
    view, offset = view_of(workspace, "a.yaml", "brief")
    texts = {file: (tmp_path / file).read_text() for file in ("a.yaml", "b.yaml")}
    new = edited(texts, rename(view, offset, "note"))
    assert new["a.yaml"].count("note") == 2
    assert "produces: brief" in new["b.yaml"]
    assert "give: {note: brief}" in new["b.yaml"]


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        ("write-brief", "is not an id"),
        ("Greet", "is not an id"),
        ("", "is not an id"),
        ("a.b", "is not an id"),
        ("meet\n", "is not an id"),
        ("and", "meaning of its own"),
        ("follow", "already the id of a step"),
        ("opening", "already the id of a stage"),
        ("signed", "already the id of an anchor"),
        ("to_cs", "already the id of a handoff"),
    ],
)
def test_what_would_mean_something_else_is_refused(folder: Path, new: str, reason: str) -> None:
    view, offset = view_of(compiled(folder), "welcome.yaml", "greet, was")
    with pytest.raises(RefusedError, match=reason):
        rename(view, offset, new)


@pytest.mark.parametrize("at", ["playbook", "title: Brief", "Greet", "hello", "deal.closed_won", "5bd", "event:"])
def test_what_is_no_id_is_refused(folder: Path, at: str) -> None:
    view, offset = view_of(compiled(folder), "welcome.yaml", at)
    with pytest.raises(RefusedError):
        renamed_at(view, offset + 1)


def test_what_cannot_be_read_is_not_guessed_at(folder: Path) -> None:
    (folder / "broken.yaml").write_text("metrics: numbers\nkpis: {x: {owner: csm\n", encoding="utf-8")
    view, offset = view_of(compiled(folder), "organization.yaml", "csm")
    with pytest.raises(RefusedError, match=r"broken\.yaml"):
        rename(view, offset, "manager")
    view, offset = view_of(compiled(folder), "organization.yaml", "ae")
    assert rename(view, offset, "seller")


def test_a_text_behind_an_alias_is_renamed_once(tmp_path: Path) -> None:
    text = (
        "playbook: welcome\nstages:\n  - id: s\n    steps:\n      - &t {id: t, produces: &x [brief]}\n"
        "      - {id: u, needs: *x}\n"
    )
    (tmp_path / "welcome.yaml").write_text(text, encoding="utf-8")
    view, offset = view_of(compiled(tmp_path), "welcome.yaml", "brief")
    assert edited({"welcome.yaml": text}, rename(view, offset, "note"))["welcome.yaml"] == text.replace(
        "brief", "note"
    )


def test_occurrences_are_those_of_the_text() -> None:
    for folder in EXAMPLES:
        workspace = compiled(folder)
        occurrences = Occurrences(workspace)
        for document in workspace.documents:
            found: list[Occurrence] = []
            for place, occurrence in occurrences.placed(document.name):
                assert document.source is not None
                if occurrence.role != "former":
                    assert document.source.slice(place.span) == occurrence.name.id
                    found.append(occurrence)
                    assert occurrences.at(document.name, place.span.start.offset) == (place, occurrence)
            assert document.kind not in ("playbook", "organization") or found
