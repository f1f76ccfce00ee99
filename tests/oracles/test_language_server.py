"""What an editor shows to the person who writes a playbook: the YAML language server and our schemas."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from language_server import LanguageServer, missing

SCHEMAS = Path(__file__).parents[2] / "schemas"
PLAYBOOK = SCHEMAS / "playbook.schema.json"
DOCUMENT = SCHEMAS / "document.schema.json"
ROOT = SCHEMAS.parent
SHIPPED = sorted([*ROOT.glob("playbooks/**/*.yaml"), *ROOT.glob("src/playbook/templates/*/*.yaml")])

pytestmark = [
    pytest.mark.skipif(missing() is not None, reason=f"YAML language server: {missing()}"),
]

VALID = """\
playbook: welcome
title: Welcome
stages:
  - id: start
    title: Start
    raci: {A: csm}
    steps:
      - id: say_hello
        do: Say hello
        raci: {R: csm}
"""

TOY: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "https://playbook.example/schemas/toy.schema.json",
    "title": "Toy",
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "raci": {"$ref": "#/$defs/Raci", "description": "Who answers for it."},
        "status": {"title": "Status", "enum": ["draft", "active"]},
    },
    "$defs": {
        "Raci": {
            "title": "RACI",
            "type": "object",
            "properties": {"A": {"type": "string"}},
            "additionalProperties": False,
        }
    },
}

Start = Callable[[Path], LanguageServer]


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Start one server per schema, in an empty workspace, and end them all after the last test."""
    running: dict[Path, LanguageServer] = {}
    with ExitStack() as stack:

        def start_for(schema: Path) -> LanguageServer:
            if schema not in running:
                root = tmp_path_factory.mktemp("workspace")
                running[schema] = stack.enter_context(LanguageServer({schema.as_uri(): ["*.yaml"]}, root))
            return running[schema]

        yield start_for


@pytest.fixture(scope="module")
def toy(start: Start, tmp_path_factory: pytest.TempPathFactory) -> LanguageServer:
    """A server with a schema small enough to know what it must answer: this tests the client itself."""
    schema = tmp_path_factory.mktemp("schema") / "toy.schema.json"
    schema.write_text(json.dumps(TOY), encoding="utf-8")
    return start(schema)


@pytest.fixture(scope="module", params=[PLAYBOOK, DOCUMENT], ids=["one kind", "all kinds"])
def editor(start: Start, request: pytest.FixtureRequest) -> LanguageServer:
    """A server with the schema that playbooks are written with, alone or as one of all kinds."""
    schema: Path = request.param
    return start(schema)


@pytest.fixture(scope="module")
def all_kinds(start: Start) -> LanguageServer:
    """A server with the one schema that ``playbook init`` sets up."""
    return start(DOCUMENT)


def labels(items: list[dict[str, Any]]) -> set[str]:
    return {item["label"] for item in items}


def test_client_completes_keys_and_values(toy: LanguageServer) -> None:
    document = toy.open("keys.yaml", "status: \n")
    assert labels(toy.completion(document, "status: ")) == {"draft", "active"}
    document = toy.open("empty.yaml", "")
    assert {"raci", "status"} <= labels(toy.completion(document, ""))


def test_client_hovers_over_a_key_behind_a_reference(toy: LanguageServer) -> None:
    document = toy.open("hover.yaml", "raci:\n  A: csm\n")
    assert "Who answers for it." in toy.hover(document, "raci")


def test_client_counts_columns_as_the_protocol_does(toy: LanguageServer) -> None:
    document = toy.open("wide.yaml", "raci: {A: '🚀 lead', Q: x}\n")
    assert document.position("Q: x") == {"line": 0, "character": 21}
    (found,) = toy.diagnostics(document)
    assert found["range"]["start"] == document.position("Q: x")


def test_client_reports_an_unknown_key_where_it_stands(toy: LanguageServer) -> None:
    document = toy.open("unknown.yaml", "status: draft\nstatis: draft\n")
    (found,) = toy.diagnostics(document)
    assert found["range"]["start"] == {"line": 1, "character": 0}
    assert "statis" in found["message"]


def test_top_level_keys_are_offered(editor: LanguageServer) -> None:
    document = editor.open("offer.yaml", "playbook: welcome\ntitle: Welcome\n\n")
    assert "stages" in labels(editor.completion(document, "title: Welcome\n"))


def test_a_key_explains_itself(editor: LanguageServer) -> None:
    document = editor.open("explain.yaml", VALID)
    assert editor.hover(document, "raci").strip()


def test_an_unknown_key_is_marked_on_its_line(editor: LanguageServer) -> None:
    document = editor.open("typo.yaml", VALID.replace("do: Say", "dos: Say"))
    line = VALID[: VALID.index("do: Say")].count("\n")
    marked = {(found["range"]["start"]["line"], found["message"]) for found in editor.diagnostics(document)}
    assert any(place == line and "dos" in message for place, message in marked), marked


def test_a_valid_playbook_is_not_marked(editor: LanguageServer) -> None:
    document = editor.open("valid.yaml", VALID)
    assert editor.diagnostics(document) == []


def test_a_new_file_is_offered_the_kinds(all_kinds: LanguageServer) -> None:
    document = all_kinds.open("new.yaml", "")
    assert labels(all_kinds.completion(document, "")) >= {"playbook", "organization", "tracking", "metrics"}


def test_values_are_offered(all_kinds: LanguageServer) -> None:
    document = all_kinds.open("values.yaml", VALID + "        need: \n")
    assert labels(all_kinds.completion(document, "need: ")) >= {"required", "recommended", "optional", "forbidden"}


def test_the_first_key_decides_which_keys_are_known(all_kinds: LanguageServer) -> None:
    document = all_kinds.open("organization.yaml", "organization: acme\nstages: []\n")
    (found,) = all_kinds.diagnostics(document)
    assert found["range"]["start"]["line"] == 1
    assert "stages" in found["message"]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_shipped_files_are_not_marked(path: Path, all_kinds: LanguageServer) -> None:
    name = path.relative_to(ROOT).as_posix().replace("/", "_")
    document = all_kinds.open(name, path.read_text(encoding="utf-8"))
    assert all_kinds.diagnostics(document) == []
