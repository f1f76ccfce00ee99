"""``playbook lsp`` as an editor meets it: over standard input and output."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from client import Editor, Open, ServerError, edited, offset_of, position

ORGANIZATION = """\
organization: acme
teams: {success: {title: Success}}
roles:
  ae: {title: Account Executive}
  csm: {title: Success Manager, team: success}
"""
TRACKING = "tracking: plan\nfields:\n  account.seats: {type: integer, title: Seats}\n"
WELCOME = """\
playbook: welcome
title: Welcome 🚀 aboard
anchors: {signed: {event: deal.closed_won, start: true}}
ends: {done: {title: Done, success: true}}
stages:
  - id: opening
    title: Opening
    raci: {A: csm, R: csm}
    exit: account.seats >= 1
    steps:
      - id: greet
        do: Greet the customer
        raci: {R: ae}
        due: 5bd after signed
      - {id: follow, do: Follow up 🚀, after: greet}
    next: done
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("a b é")
    (root / "playbook.toml").write_text("", encoding="utf-8")
    (root / "organization.yaml").write_text(ORGANIZATION, encoding="utf-8")
    (root / "tracking.yaml").write_text(TRACKING, encoding="utf-8")
    (root / "welcome.yaml").write_text(WELCOME, encoding="utf-8")
    return root


CAPABILITIES: dict[str, Any] = {
    "workspace": {
        "workspaceEdit": {"documentChanges": True},
        "didChangeWatchedFiles": {"dynamicRegistration": True},
    },
    "textDocument": {"rename": {"prepareSupport": True}},
}


@pytest.fixture(scope="module")
def editor(root: Path) -> Iterator[Editor]:
    with Editor(root, CAPABILITIES, pause=0.02) as editor:
        yield editor
        assert [note for note in editor.logged if "fault" in note] == []


@pytest.fixture
def welcome(editor: Editor) -> Iterator[Open]:
    document = editor.open("welcome.yaml", WELCOME)
    yield document
    editor.close(document)


def codes(found: list[dict[str, Any]]) -> list[str]:
    return [each["code"] for each in found]


def only(found: list[dict[str, Any]], code: str) -> dict[str, Any]:
    (one,) = [each for each in found if each["code"] == code]
    return one


# -- diagnostics ---------------------------------------------------------------------------------


def test_findings_come_while_somebody_types(editor: Editor, welcome: Open) -> None:
    before = codes(editor.checked(welcome))
    assert "REF002" not in before
    editor.change(welcome, WELCOME.replace("R: ae", "R: aw"))
    found = only(editor.checked(welcome), "REF002")
    assert found["message"].startswith('unknown role or team "aw"')
    assert "did you mean ae?" in found["message"]
    assert found["severity"] == 1
    assert found["source"] == "playbook"
    assert found["range"]["start"] == position(WELCOME, WELCOME.index("ae}"))
    editor.change(welcome, WELCOME)
    assert codes(editor.checked(welcome)) == before


def test_broken_yaml_is_one_finding_and_heals(editor: Editor, welcome: Open) -> None:
    editor.change(welcome, WELCOME.replace("{R: ae}", "{R: ae"))
    assert "SCH001" in codes(editor.checked(welcome))
    editor.change(welcome, WELCOME)
    assert "SCH001" not in codes(editor.checked(welcome))


def test_files_that_are_not_open_are_told_of_as_well(editor: Editor, welcome: Open, root: Path) -> None:
    editor.checked(welcome)
    tracking = (root / "tracking.yaml").as_uri()
    editor.change(welcome, WELCOME.replace("account.seats >= 1", "greet.completed"))
    editor.checked(welcome)
    unused = only(editor.published[tracking], "REF003")
    assert unused["tags"] == [1]
    editor.change(welcome, WELCOME)
    editor.checked(welcome)
    assert "REF003" not in codes(editor.published[tracking])


def test_only_what_changed_is_told_again(editor: Editor, welcome: Open) -> None:
    editor.checked(welcome)
    count = len(editor.publications)
    editor.change(welcome, WELCOME + "# nothing\n")
    editor.checked(welcome)
    assert len(editor.publications) == count
    editor.change(welcome, WELCOME.replace("title: Opening", "titel: Opening"))
    editor.checked(welcome)
    assert {params["uri"] for _, params in editor.publications[count:]} == {welcome.uri}


def test_a_version_is_told_with_the_findings_and_none_is_told_twice(editor: Editor, welcome: Open) -> None:
    for number in range(30):
        editor.change(welcome, WELCOME.replace("R: ae", f"R: aw{number}"))
    assert '"aw29"' in only(editor.checked(welcome), "REF002")["message"]
    told = [params for _, params in editor.publications if params["uri"] == welcome.uri]
    assert told[-1]["version"] == welcome.version
    assert all(first["diagnostics"] != second["diagnostics"] for first, second in pairwise(told))


def test_related_places_and_fixes(editor: Editor, welcome: Open) -> None:
    editor.change(welcome, WELCOME.replace("id: follow", "id: greet"))
    twice = only(editor.checked(welcome), "REF001")
    (related,) = twice["relatedInformation"]
    assert related["location"]["uri"] == welcome.uri
    assert related["location"]["range"]["start"]["line"] == 10
    editor.change(welcome, WELCOME.replace("account.seats >=", "account.seat >="))
    (fix,) = only(editor.checked(welcome), "REF002")["data"]["fixes"]
    assert fix["edits"][0]["newText"] == "account.seats"


# -- encodings -----------------------------------------------------------------------------------


def counts_as_agreed(editor: Editor, document: Open, encoding: str) -> None:
    """Behind an emoji, the places that are told and asked for are those of an encoding."""
    assert editor.encoding == encoding
    right, wrong = document.text, document.text.replace("after: greet", "after: great")
    editor.change(document, wrong)
    (found,) = [each for each in editor.checked(document) if '"great"' in each["message"]]
    offset = wrong.index("great")
    assert found["range"]["start"] == position(wrong, offset, encoding)
    assert found["range"]["end"] == position(wrong, offset + 5, encoding)
    editor.change(document, right)
    (target,) = editor.ask("textDocument/definition", document, right.index("greet}") + 2)
    assert offset_of(right, target["range"]["start"], encoding) == right.index("greet\n")


def test_places_are_counted_as_everybody_does(editor: Editor, welcome: Open) -> None:
    counts_as_agreed(editor, welcome, "utf-16")


def test_places_are_counted_as_agreed(root: Path) -> None:
    with Editor(root, encodings=["utf-8"], pause=0.02) as editor:
        counts_as_agreed(editor, editor.open("welcome.yaml", WELCOME), "utf-8")
    assert editor.status == 0


# -- questions -----------------------------------------------------------------------------------


def test_capabilities_say_what_there_is(editor: Editor) -> None:
    told = editor.result["capabilities"]
    assert told["positionEncoding"] == "utf-16"
    assert told["renameProvider"] == {"prepareProvider": True}
    assert "source.fixAll.playbook" in told["codeActionProvider"]["codeActionKinds"]
    for feature in ("completion", "hover", "definition", "references", "documentSymbol", "workspaceSymbol"):
        assert told[f"{feature}Provider"]
    assert editor.result["serverInfo"]["name"] == "playbook"
    assert editor.registered == ["workspace/didChangeWatchedFiles"]


def test_completion(editor: Editor, welcome: Open) -> None:
    text = WELCOME.replace("R: ae}", "R: ")
    editor.change(welcome, text)
    answer = editor.ask("textDocument/completion", welcome, text.index("R: \n") + 3)
    assert [item["label"] for item in answer["items"]][:3] == ["ae", "csm", "success"]


def test_hover(editor: Editor, welcome: Open) -> None:
    told = editor.ask("textDocument/hover", welcome, WELCOME.index("greet\n") + 1)["contents"]["value"]
    assert "**R** Responsible: Account Executive" in told
    assert "**A** Accountable: Success Manager *(from the stage)*" in told
    assert "Due: 5 business days after Signed" in told
    told = editor.ask("textDocument/hover", welcome, WELCOME.index("due:") + 1)["contents"]["value"]
    assert "By when." in told
    told = editor.ask("textDocument/hover", welcome, WELCOME.index("account.seats"))["contents"]["value"]
    assert "*Seats is at least 1*" in told
    assert editor.ask("textDocument/hover", welcome, WELCOME.index("  - id")) is None


def test_definition_and_references(editor: Editor, welcome: Open, root: Path) -> None:
    (target,) = editor.ask("textDocument/definition", welcome, WELCOME.index("ae}") + 1)
    assert target["uri"] == (root / "organization.yaml").as_uri()
    assert offset_of(ORGANIZATION, target["range"]["start"]) == ORGANIZATION.index("ae:")
    every = editor.ask(
        "textDocument/references", welcome, WELCOME.index("csm"), context={"includeDeclaration": True}
    )
    assert len(every) == 3
    used = editor.ask(
        "textDocument/references", welcome, WELCOME.index("csm"), context={"includeDeclaration": False}
    )
    assert [each["uri"] for each in used] == [welcome.uri] * 2
    assert len(editor.ask("textDocument/documentHighlight", welcome, WELCOME.index("csm"))) == 2
    assert editor.ask("textDocument/definition", welcome, WELCOME.index("Opening")) == []


def test_renaming_across_files(editor: Editor, welcome: Open, root: Path) -> None:
    place = WELCOME.index("ae}")
    prepared = editor.ask("textDocument/prepareRename", welcome, place)
    assert prepared["placeholder"] == "ae"
    changes = editor.ask("textDocument/rename", welcome, place, newName="seller")["documentChanges"]
    versions = {each["textDocument"]["uri"]: each["textDocument"]["version"] for each in changes}
    organization = (root / "organization.yaml").as_uri()
    assert versions == {welcome.uri: welcome.version, organization: None}
    edits = {each["textDocument"]["uri"]: each["edits"] for each in changes}
    assert edited(WELCOME, edits[welcome.uri]) == WELCOME.replace("R: ae", "R: seller")
    assert edited(ORGANIZATION, edits[organization]) == ORGANIZATION.replace("ae:", "seller:")


def test_what_cannot_be_renamed_is_said(editor: Editor, welcome: Open) -> None:
    with pytest.raises(ServerError, match="no id here"):
        editor.ask("textDocument/prepareRename", welcome, WELCOME.index("Opening"))
    with pytest.raises(ServerError, match="already the id of a role"):
        editor.ask("textDocument/rename", welcome, WELCOME.index("ae}"), newName="csm")


def test_symbols(editor: Editor, welcome: Open, root: Path) -> None:
    (top,) = editor.of("textDocument/documentSymbol", welcome)
    assert top["name"] == "welcome"
    assert [each["name"] for each in top["children"]] == ["anchors", "ends", "opening"]
    steps = top["children"][2]["children"]
    assert [(each["name"], each["detail"]) for each in steps] == [
        ("greet", "Greet the customer"),
        ("follow", "Follow up 🚀"),
    ]
    for symbol in (top, *top["children"], *steps):
        inner, outer = symbol["selectionRange"], symbol["range"]
        assert offset_of(WELCOME, outer["start"]) <= offset_of(WELCOME, inner["start"])
        assert offset_of(WELCOME, inner["end"]) <= offset_of(WELCOME, outer["end"])
    found = editor.request("workspace/symbol", {"query": "acc exec"})
    assert [(each["name"], each["location"]["uri"]) for each in found] == [
        ("ae", (root / "organization.yaml").as_uri())
    ]


def test_formatting_changes_only_lines_that_differ(editor: Editor, welcome: Open) -> None:
    text = WELCOME.replace("        do: Greet the customer\n", "").replace(
        "        due: 5bd", "        do: Greet the customer\n        due: 5bd"
    )
    editor.change(welcome, text)
    edits = editor.of("textDocument/formatting", welcome, options={"tabSize": 2, "insertSpaces": True})
    after = edited(text, edits)
    assert after == WELCOME.replace(
        "    raci: {A: csm, R: csm}\n    exit: account.seats >= 1\n",
        "    exit: account.seats >= 1\n    raci: {A: csm, R: csm}\n",
    )
    assert sum(each["range"]["end"]["line"] - each["range"]["start"]["line"] for each in edits) <= 3
    editor.change(welcome, after)
    assert editor.of("textDocument/formatting", welcome, options={"tabSize": 2, "insertSpaces": True}) == []
    editor.change(welcome, text.replace("{R: ae}", "{R: ae"))
    assert editor.of("textDocument/formatting", welcome, options={"tabSize": 2, "insertSpaces": True}) == []


# -- actions -------------------------------------------------------------------------------------


def actions(editor: Editor, document: Open, at: int, kinds: list[str] | None = None) -> list[dict[str, Any]]:
    place = position(document.text, at)
    context: dict[str, Any] = {"diagnostics": []} | ({"only": kinds} if kinds else {})
    found = editor.of("textDocument/codeAction", document, range={"start": place, "end": place}, context=context)
    return list(found)


def made(document: Open, action: dict[str, Any]) -> str:
    (change,) = action["edit"]["documentChanges"]
    assert change["textDocument"] == {"uri": document.uri, "version": document.version}
    return edited(document.text, change["edits"])


def test_quick_fixes(editor: Editor, welcome: Open) -> None:
    text = WELCOME.replace("account.seats >=", "account.seat >=")
    editor.change(welcome, text)
    offered = actions(editor, welcome, text.index("account.seat"))
    fix = next(each for each in offered if made(welcome, each) == WELCOME)
    assert fix["kind"] == "quickfix"
    assert only(fix["diagnostics"], "REF002")
    ignore = next(each for each in offered if each["title"] == "Ignore REF002 here with a comment")
    editor.change(welcome, made(welcome, ignore))
    assert "# playbook: ignore[REF002]" in welcome.text
    assert "REF002" not in codes(editor.checked(welcome))


def test_all_safe_fixes_at_once(editor: Editor, welcome: Open) -> None:
    text = WELCOME.replace("account.seats >=", "account.seat >=").replace("after signed", "after signd")
    editor.change(welcome, text)
    assert all(each["kind"] == "quickfix" for each in actions(editor, welcome, text.index("signd"), ["quickfix"]))
    (action,) = actions(editor, welcome, 0, ["source.fixAll"])
    assert made(welcome, action) == WELCOME
    (action,) = actions(editor, welcome, 0, ["source.fixAll.playbook"])
    assert actions(editor, welcome, 0, ["source.organizeImports"]) == []


# -- files ---------------------------------------------------------------------------------------


def test_a_new_file_that_was_never_saved(editor: Editor, welcome: Open) -> None:
    fresh = editor.open("rescue.yaml", "")
    assert editor.checked(fresh) == []
    editor.change(fresh, "playbook: rescue\nscope: part\nstages: [{id: s, steps: [{id: t, raci: {A: nobody}}]}]\n")
    assert "REF002" in codes(editor.checked(fresh))
    editor.change(welcome, WELCOME.replace("R: ae}", "R: ae}\n        run: rescue"))
    assert "REF002" not in codes(editor.checked(welcome))
    editor.close(fresh)
    assert "REF002" in codes(editor.checked(welcome))
    untitled = editor.open("", "playbook: x\nstages: 1\n", uri="untitled:Untitled-1")
    assert "SCH003" in codes(editor.checked(untitled))
    editor.close(untitled)
    editor.checked(welcome)
    assert editor.published[untitled.uri] == []


def test_an_old_version_beside_a_file_is_none_of_the_workspace(editor: Editor, welcome: Open) -> None:
    before = editor.checked(welcome)
    uri = welcome.uri.replace("file:", "git:") + "?ref=HEAD"
    old = editor.open("", WELCOME, uri=uri, wait=False)
    assert editor.ask("textDocument/hover", old, WELCOME.index("greet")) is None
    assert editor.checked(welcome) == before
    assert uri not in editor.published
    editor.close(old)


def test_files_of_other_tools_are_left_alone(editor: Editor) -> None:
    other = editor.open("compose.yaml", "services:\n  web: {image: x}\n")
    assert editor.checked(other) == []
    assert editor.of("textDocument/formatting", other, options={"tabSize": 2, "insertSpaces": True}) == []
    editor.close(other)


def test_files_that_others_change(editor: Editor, welcome: Open, root: Path) -> None:
    organization = root / "organization.yaml"
    editor.checked(welcome)
    try:
        organization.write_text(ORGANIZATION.replace("  ae:", "  seller:"), encoding="utf-8")
        editor.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": organization.as_uri(), "type": 2}]})
        assert "REF002" in codes(editor.checked(welcome))
        toml = root / "playbook.toml"
        toml.write_text('ignore = ["REF002"]\n', encoding="utf-8")
        editor.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": toml.as_uri(), "type": 2}]})
        assert "REF002" not in codes(editor.checked(welcome))
        toml.write_text("ignore = 1\n", encoding="utf-8")
        editor.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": toml.as_uri(), "type": 2}]})
        editor.checked(welcome)
        assert codes(editor.published[toml.as_uri()]) == ["CFG001"]
        toml.write_text("", encoding="utf-8")
    finally:
        organization.write_text(ORGANIZATION, encoding="utf-8")
        editor.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": organization.as_uri(), "type": 2}]})
    assert "REF002" not in codes(editor.checked(welcome))


def test_an_address_may_be_written_otherwise(editor: Editor, root: Path) -> None:
    uri = (root / "welcome.yaml").as_uri().replace("welcome", "%77elcome")
    document = editor.open("", WELCOME.replace("R: ae", "R: aw"), uri=uri)
    assert "REF002" in codes(editor.checked(document))
    assert editor.published.get((root / "welcome.yaml").as_uri(), []) == []
    editor.close(document)


def test_several_folders_no_configuration_and_whole_characters(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
        (folder / "organization.yaml").write_text(ORGANIZATION.replace("ae", folder.name), encoding="utf-8")
    with Editor(tmp_path, folders=folders, encodings=["utf-32"], pause=0.02) as editor:
        documents = [
            editor.open("", WELCOME.replace("R: ae", f"R: {folder.name}"), uri=(folder / "w.yaml").as_uri())
            for folder in folders
        ]
        for document, folder in zip(documents, folders, strict=True):
            assert [each for each in editor.checked(document) if "role" in each["message"]] == []
            offset = document.text.index(f"R: {folder.name}") + 4
            (target,) = editor.ask("textDocument/definition", document, offset)
            assert target["uri"] == (folder / "organization.yaml").as_uri()
            counts_as_agreed(editor, document, "utf-32")


# -- life ----------------------------------------------------------------------------------------


def test_strange_messages_do_not_end_it(editor: Editor, welcome: Open) -> None:
    editor.send_bytes(b"{nonsense")
    editor.notify("textDocument/unheardOf", {"x": 1})
    with pytest.raises(ServerError):
        editor.request("textDocument/unheardOf", {})
    with pytest.raises(ServerError):
        editor.request("textDocument/hover", {"textDocument": 5})
    unknown = Open((editor.root / "never.yaml").as_uri(), "x")
    assert editor.ask("textDocument/hover", unknown, 0) is None
    assert editor.request(
        "textDocument/hover",
        {"textDocument": {"uri": welcome.uri}, "position": {"line": 10_000, "character": 10_000}},
    ) is None  # fmt: skip
    assert editor.ask("textDocument/hover", welcome, WELCOME.index("csm"))


@pytest.mark.parametrize(
    "text",
    ["\ud800: x", "playbook: \x00", "\ufeffplaybook: x\n", "- " * 2000, "{" * 3000, "a: &a [*a]\n", "\u2028\x85"],
)
def test_strange_texts_do_not_end_it(editor: Editor, text: str) -> None:
    document = editor.open("strange.yaml", text)
    editor.checked(document)
    for method in ("hover", "definition", "completion", "documentHighlight"):
        editor.ask(f"textDocument/{method}", document, min(3, len(text)))
    editor.of("textDocument/documentSymbol", document)
    editor.of("textDocument/formatting", document, options={"tabSize": 2, "insertSpaces": True})
    actions(editor, document, 0)
    editor.close(document)


def test_an_editor_that_vanishes_leaves_no_server_behind(root: Path) -> None:
    program = [sys.executable, "-m", "playbook", "lsp"]
    message = b'{"jsonrpc": "2.0", "method": "exit"}'
    said = (b"", b"Content-Length: %d\r\n\r\n%s" % (len(message), message))
    pipe = subprocess.PIPE
    servers = [subprocess.Popen(program, stdin=pipe, stdout=pipe, stderr=pipe, cwd=root) for _ in said]
    try:
        for server, data in zip(servers, said, strict=True):
            written, _ = server.communicate(data, timeout=60)
            assert (server.returncode, written) == (1, b"")
    finally:
        for server in servers:
            server.kill()


def test_without_its_package_it_says_how_to_install_it(root: Path) -> None:
    hidden = "import sys; sys.modules['pygls'] = None; sys.argv = ['playbook', 'lsp']; "
    hidden += "from playbook.cli.main import run; run()"
    ended = subprocess.run([sys.executable, "-c", hidden], capture_output=True, timeout=60, check=False, cwd=root)
    assert ended.returncode == 2
    assert b"pip install 'pygls>=2,<3'" in ended.stderr
    assert ended.stdout == b""
