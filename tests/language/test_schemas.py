"""The JSON Schemas: up to date, valid, complete, and of one mind with the models."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from playbook.compiler.documents import open_document
from playbook.language.documents import KINDS
from playbook.language.schemas import all_schemas
from playbook.text.spans import SourceText

REPOSITORY = Path(__file__).parents[2]
SCHEMAS = all_schemas()
DOCUMENT = Draft202012Validator(SCHEMAS["document.schema.json"])


def loaded(text: str) -> Any:
    """A text as another reader of YAML 1.2 has it; dates stay texts, as in the eyes of JSON."""
    yaml = YAML(typ="safe", pure=True)
    yaml.version = (1, 2)  # type: ignore[assignment]
    return json.loads(json.dumps(yaml.load(StringIO(text)), default=str))


def schema_accepts(text: str) -> bool:
    value = loaded(text)
    kind = next(iter(value))
    both = [DOCUMENT, *([Draft202012Validator(SCHEMAS[f"{kind}.schema.json"])] if kind in KINDS else [])]
    answers = {validator.is_valid(value) for validator in both}
    assert len(answers) == 1, "the schema of all documents and that of the kind differ"
    return answers.pop()


def model_accepts(text: str) -> bool:
    opened = open_document(SourceText("x.yaml", text), explicit=True)
    assert opened is not None
    return opened.diagnostics == ()


# -- the schemas themselves ----------------------------------------------------------------------


def test_the_files_are_those_that_the_models_give() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in (REPOSITORY / "schemas").glob("*")}
    del written["playbook.toml.schema.json"]  # of the configuration, not of the language
    assert written == {
        name: json.dumps(schema, ensure_ascii=False, indent=2) + "\n" for name, schema in SCHEMAS.items()
    }, "run `make docs`"


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_is_a_valid_schema_with_a_name(name: str) -> None:
    schema = SCHEMAS[name]
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:playbook:schema:v1:{name.removesuffix('.schema.json')}"
    Draft202012Validator.check_schema(schema)


def parts(schema: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every schema inside a schema, with the way to it."""
    if isinstance(schema, dict):
        yield path, schema
        for key, part in schema.items():
            yield from parts(part, f"{path}/{key}")
    elif isinstance(schema, list):
        for number, part in enumerate(schema):
            yield from parts(part, f"{path}/{number}")


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_key_has_a_title_and_a_description(name: str) -> None:
    bare = [
        f"{path}/{key}"
        for path, schema in parts(SCHEMAS[name])
        if isinstance(schema.get("properties"), dict) and not path.endswith("/properties")
        for key, about in schema["properties"].items()
        if not (about.get("title") and about.get("description"))
    ]
    assert bare == []


@pytest.mark.parametrize("name", SCHEMAS)
def test_references_lead_somewhere_and_every_definition_is_used(name: str) -> None:
    schema = SCHEMAS[name]
    used = {part["$ref"] for _, part in parts(schema) if "$ref" in part}
    assert used == {f"#/$defs/{key}" for key in schema["$defs"]}


@pytest.mark.parametrize("name", SCHEMAS)
def test_no_schema_offers_null_or_a_key_of_ours(name: str) -> None:
    for path, part in parts(SCHEMAS[name]):
        assert part != {"type": "null"}, path
        assert "default" not in part or path.endswith("/properties"), path
        assert not [key for key in part if key.startswith("x-")], path


@pytest.mark.parametrize("name", SCHEMAS)
def test_examples_fit(name: str) -> None:
    schema = SCHEMAS[name]
    for path, part in parts(schema):
        for example in part.get("examples", []) if not path.endswith("/properties") else []:
            Draft202012Validator({**part, "$defs": schema["$defs"]}).validate(example)


# -- of one mind with the models -----------------------------------------------------------------


def shipped() -> dict[str, str]:
    folders = [REPOSITORY / "src" / "playbook" / "templates", REPOSITORY / "playbooks", REPOSITORY / "examples"]
    return {
        path.relative_to(REPOSITORY).as_posix(): path.read_text(encoding="utf-8")
        for folder in folders
        for path in sorted(folder.rglob("*.yaml"))
    }


SHIPPED = shipped()


@pytest.mark.parametrize("name", SHIPPED)
def test_what_ships_is_valid_for_both(name: str) -> None:
    assert model_accepts(SHIPPED[name])
    value = loaded(SHIPPED[name])
    errors = [error.message for error in DOCUMENT.iter_errors(value)]
    assert errors == []
    assert schema_accepts(SHIPPED[name])


VALID = [
    "playbook: p\nstages: []\n",
    "playbook: p\nversion: 3.1\nstages: []\n",
    "playbook: p\nversion: 3\ntitle: 2026\nstages: []\n",
    "playbook: p\nstages: [{id: a, enter: x.y, exit: [x.y, {check: z.z, title: Z}]}]\n",
    "playbook: p\nstages: [{id: a, raci: {A: csm, R: [a, b], C: {any_of: [a]}}}]\n",
    "playbook: p\nstages: [{id: a, statuses: [New, {status: Done}]}, {id: b, statuses: {any_of: [New]}}]\n",
    "playbook: p\nstages: [{id: a, next: done}, {id: b, next: [{to: a, at_most: 2}, c]}]\n",
    "playbook: p\nstages: [{id: a, steps: [{id: s, touch: email, run: other, checklist: [x, {do: y}]}]}]\n",
    "playbook: p\nstages: [{id: a, steps: [{id: s, touch: {kind: call, lasts: 30min}, run: {playbook: other}}]}]\n",
    "playbook: p\nstages: [{id: a, steps: [{id: s, due: 5bd after x, takes: 1..2bd}, {id: t, takes: ~8w}]}]\n",
    "playbook: p\nstages: [{id: a, steps: [{id: s, takes: ..2w}, {id: t, takes: 2w..}, {id: u, takes: 1w..2w}]}]\n",
    "playbook: p\nstages: [{id: a, steps: [{id: s, due: 50% between a and b}, {id: t, due: 2w.. after b.c}]}]\n",
    "playbook: p\nstages: [{id: a, steps: [{id: s, repeat: {every: 1w, then: {every: monthly}}}]}]\n",
    "playbook: p\nstages: []\nvariants: {v: {for: [x], set: {a.b: 1, c.d: [x]}, remove: a}}\n",
    "playbook: p\nstages: []\neffective: {from: 2026-10-01}\n",
    "organization: o\npeople: {ada@x.example: {roles: csm, until: 2027-01-31, salesforce_user: 005xx0}}\n",
    "tracking: t\nfields: {account.x: {type: choice, values: [a, 1, true]}}\n",
    "metrics: m\nkpis: {k: {kind: duration, from: a, to: b, target: <= 45d, minimum_sample: 20}}\n",
    "calendar: c\ncountry: DE\nworking_hours: 09:00-17:00\nclosures: [2026-12-24, {from: 2026-12-27, title: x}]\n",
    "maturity: m\ndimensions: {d: {from: a, to: b, levels: {'1': {title: x}}}}\n",
    "governance: g\ncouncil: {members: [a, b], quorum: 3}\n",
]

INVALID = [
    "playbook: p\n",
    "playbook: P\nstages: []\n",
    "playbook: 5\nstages: []\n",
    "playbook: p\nstages: {}\n",
    "playbook: p\nstages: []\nunknown: 1\n",
    "playbook: p\nstages: [{title: x}]\n",
    "playbook: p\nstages: [{id: a-b}]\n",
    "playbook: p\nstages: [{id: a, steps: [x]}]\n",
    "playbook: p\nstages: [{id: a, steps: [{id: s, need: often}]}]\n",
    "playbook: p\nstages: [{id: a, steps: [{id: s, touch: fax}]}]\n",
    "playbook: p\nstages: [{id: a, steps: [{id: s, touch: {lasts: 1h}}]}]\n",
    "playbook: p\nstages: [{id: a, steps: [{id: s, takes: 5 days}]}]\n",
    "playbook: p\nstages: [{id: a, steps: [{id: s, takes: 5m}]}]\n",
    "playbook: p\nstages: [{id: a, steps: [{id: s, takes: 5}]}]\n",
    "playbook: p\nstages: [{id: a, steps: [{id: s, due: 5bd}]}]\n",
    "playbook: p\nstages: [{id: a, steps: [{id: s, waivable: yes}]}]\n",
    "playbook: p\nstages: [{id: a, steps: [{id: s, waivable: 'true'}]}]\n",
    "playbook: p\nstages: [{id: a, raci: {A: {anyof: [x]}}}]\n",
    "playbook: p\nstages: [{id: a, raci: {A: {any_of: []}}}]\n",
    "playbook: p\nstages: [{id: a, next: {two: b}}]\n",
    "playbook: p\nstages: [{id: a, next: {to: b, at_most: 0}}]\n",
    "playbook: p\nstages: [{id: a, next: {to: b, at_most: 1.5}}]\n",
    "playbook: p\nstages: []\nends: {Done: {}}\n",
    "playbook: p\nstages: []\nends: [done]\n",
    "playbook: p\nstages: []\ntitle: ''\n",
    "playbook: p\nstages: []\ntitle: [x]\n",
    "playbook: p\nstages: []\nreview: {next: tomorrow}\n",
    "playbook: p\nstages: []\nvariants: {v: {remove: a}}\n",
    "playbook: p\nstages: []\nvariants: {v: {for: []}}\n",
    "playbook: p\nstages: []\ninterfaces: {i: {between: [a]}}\n",
    "playbook: p\nstages: [{id: a, steps: [{id: s, approval: {by: x, vote: {share: 2}}}]}]\n",
    "organization: o\nroles: {csm: {pool: random}}\n",
    "tracking: t\nfields: {use_case: {}}\n",
    "metrics: m\nkpis: {k: {}}\n",
    "calendar: c\ncountry: Germany\n",
    "calendar: c\nworking_days: [monday]\n",
    "maturity: m\n",
    "governance: g\ncouncil: {quorum: many}\n",
]


@pytest.mark.parametrize("text", VALID)
def test_valid_for_both(text: str) -> None:
    assert model_accepts(text)
    assert schema_accepts(text)


@pytest.mark.parametrize("text", INVALID)
def test_invalid_for_both(text: str) -> None:
    assert not model_accepts(text)
    assert not schema_accepts(text)
