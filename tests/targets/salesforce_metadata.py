"""Salesforce metadata as the schemas of its types see it: XML → plain data → JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

import pytest
from jsonschema import Draft7Validator
from tests.subjects import ROOT

from playbook.targets.salesforce.metadata import NAMESPACE
from playbook.targets.target import File

SCHEMAS = ROOT.parent / "shared" / "contracts" / "salesforce"

_ENDINGS = {
    ".apt-meta.xml": "ActionPlanTemplate",
    ".object-meta.xml": "CustomObject",
    ".field-meta.xml": "CustomField",
    ".pathAssistant-meta.xml": "PathAssistant",
}


def read(file: File) -> ElementTree.Element:
    """The root of a document."""
    return ElementTree.fromstring(file.data)


def tag(element: ElementTree.Element) -> str:
    """A tag without its namespace, which must be that of metadata."""
    namespace, _, name = element.tag.removeprefix("{").partition("}")
    assert namespace == NAMESPACE
    return name


def text(element: ElementTree.Element, name: str) -> str | None:
    """The text of a child; ``None`` if there is no such child."""
    return element.findtext(f"{{{NAMESPACE}}}{name}")


def children(element: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    """The children of a name."""
    return element.findall(f"{{{NAMESPACE}}}{name}")


def violations(files: Iterable[File]) -> list[str]:
    """What the schemas say against the files that they know; at least one file must be such."""
    if not SCHEMAS.is_dir():
        pytest.skip("the schemas of Salesforce's types are not here")
    found, known = [], 0
    for file in files:
        type_ = next((type_ for ending, type_ in _ENDINGS.items() if file.name.endswith(ending)), None)
        if type_ is not None:
            known += 1
            root, validator = read(file), _validator(type_)
            assert tag(root) == type_, file.name
            data = _data(root, validator.schema, validator.schema)
            found += [f"{file.name}: {error.json_path} {error.message}" for error in validator.iter_errors(data)]
    assert known
    return found


@lru_cache
def _validator(type_: str) -> Draft7Validator:
    schema = json.loads((SCHEMAS / f"{type_}.schema.json").read_text(encoding="utf-8"))
    return Draft7Validator(schema)


def _data(element: ElementTree.Element, schema: dict[str, Any], root: dict[str, Any]) -> Any:
    """An element as the JavaScript types have it: a list that is not there is an empty one."""
    schema = _resolved(schema, root)
    if schema.get("type") != "object":
        return _scalar(element.text or "", schema)
    known = {name: _resolved(each, root) for name, each in schema["properties"].items()}
    data: dict[str, Any] = {name: [] for name, each in known.items() if each.get("type") == "array"}
    for child in element:
        name = tag(child)
        if known.get(name, {}).get("type") == "array":
            data[name].append(_data(child, known[name]["items"], root))
        else:
            assert name not in data, f"{name} stands twice"
            data[name] = _data(child, known.get(name, {}), root)
    return data


def _resolved(schema: dict[str, Any], root: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    return root["definitions"][name] if name else schema


def _scalar(value: str, schema: dict[str, Any]) -> Any:
    if schema.get("type") == "boolean":
        return {"true": True, "false": False}.get(value, value)
    if schema.get("type") == "number":
        return int(value) if value.lstrip("-").isdigit() else value
    return value
