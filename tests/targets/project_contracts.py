"""The OpenAPI documents of Asana, Jira and Trello, and a service that carries calls out in order, for the tests."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import pytest
import yaml
from openapi_core import OpenAPI
from openapi_core.exceptions import OpenAPIError
from openapi_core.testing import MockRequest
from tests.subjects import ROOT

CONTRACTS = ROOT.parent / "shared" / "contracts"
DOCUMENTS = {
    "asana": (
        CONTRACTS / "asana" / "asana.openapi.yaml",
        "https://app.asana.com",
        "/api/1.0",
        (
            "/projects",
            "/memberships",
            "/projects/{project_gid}/sections",
            "/tasks",
            "/sections/{section_gid}/addTask",
            "/tasks/{task_gid}/subtasks",
            "/tasks/{task_gid}/addDependencies",
        ),
    ),
    "jira": (
        CONTRACTS / "jira" / "jira-cloud.openapi.json",
        "https://your-domain.atlassian.net",
        "",
        ("/rest/api/2/issue/bulk", "/rest/api/2/issueLink"),
    ),
    "trello": (
        CONTRACTS / "trello" / "trello.openapi.yaml",
        "https://trello.com",
        "/1",
        ("/boards", "/lists", "/cards", "/checklists", "/checklists/{idChecklist}/checkItems"),
    ),
}

needs_contracts = pytest.mark.skipif(not CONTRACTS.is_dir(), reason="the vendors' OpenAPI documents are not here")

_NAMED = re.compile(r"\$\{([^}]*)\}")


@lru_cache
def document(tool: str) -> dict[str, Any]:
    """The paths that are tested and the schemas that they need, out of megabytes."""
    path, host, base, paths = DOCUMENTS[tool]
    # Quick, and the document is a file of ours.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = path.read_text("utf-8")
    whole = json.loads(text) if path.suffix == ".json" else yaml.load(text, loader)
    operations = {each: {"post": dict(whole["paths"][each]["post"], security=[])} for each in paths}
    for each in paths:
        shared = [*whole["paths"][each].get("parameters", ()), *operations[each]["post"].get("parameters", ())]
        operations[each]["post"]["parameters"] = shared
        operations[each]["post"]["responses"] = {"default": {"description": "any"}}
    kept: dict[str, Any] = {}
    _keep(operations, whole, kept)
    servers = [{"url": f"{host}{base}"}]
    info = {"title": tool, "version": "1"}
    return {"openapi": whole["openapi"], "info": info, "servers": servers, "paths": operations, "components": kept}


def _keep(value: Any, whole: dict[str, Any], kept: dict[str, Any]) -> None:
    if isinstance(value, dict):
        found = value.get("$ref")
        if isinstance(found, str):
            _, _, kind, name = found.split("/")
            if name not in kept.setdefault(kind, {}):
                kept[kind][name] = whole["components"][kind][name]
                _keep(kept[kind][name], whole, kept)
        for inner in value.values():
            _keep(inner, whole, kept)
    elif isinstance(value, list):
        for inner in value:
            _keep(inner, whole, kept)


@lru_cache
def _api(tool: str) -> OpenAPI:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return OpenAPI.from_dict(document(tool))  # type: ignore[arg-type]


def problem(tool: str, path: str, body: Any) -> str:
    """What the document says of a call; empty if it is as it should be."""
    _, host, base, _ = DOCUMENTS[tool]
    data = json.dumps(body).encode("utf-8", "backslashreplace")
    request = MockRequest(host, "post", f"{base}{path}", data=data, content_type="application/json")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _api(tool).validate_request(request)
    except OpenAPIError as error:
        return f"{error!r} {error.__cause__!r}"
    return ""


def writable(tool: str, schema: str) -> dict[str, dict[str, Any]]:
    """The fields of a schema that a call may send. Bodies with others pass the document, and are of no effect."""
    return dict(_fields(document(tool)["components"]["schemas"], {"$ref": f"#/components/schemas/{schema}"}))


def _fields(schemas: dict[str, Any], schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    if "$ref" in schema:
        schema = schemas[schema["$ref"].split("/")[-1]]
    for part in schema.get("allOf", ()):
        yield from _fields(schemas, part)
    yield from ((name, field) for name, field in schema.get("properties", {}).items() if not field.get("readOnly"))


def carried_out(content: dict[str, Any], serve: Callable[[str, Any], Any]) -> None:
    """Make the calls of a file in order: what responses give stands in for its name in later ones."""
    known: dict[str, Any] = {name: f"given-{name}" for name in content["needs"]}
    for call in content["calls"]:
        assert call["method"] == "POST"
        path = _NAMED.sub(lambda found: str(known[found[1]]), call["path"])
        response = serve(path, _replaced(call["body"], known))
        for name, pointer in call.get("gives", {}).items():
            assert name not in known
            known[name] = _at(response, pointer)


def _replaced(value: Any, known: dict[str, Any]) -> Any:
    if isinstance(value, dict):
        return {key: _replaced(inner, known) for key, inner in value.items()}
    if isinstance(value, list):
        return [_replaced(inner, known) for inner in value]
    found = _NAMED.fullmatch(value) if isinstance(value, str) else None
    return known.get(found[1], value) if found else value


def _at(value: Any, pointer: str) -> Any:
    for part in pointer.split("/")[1:]:
        value = value[int(part)] if isinstance(value, list) else value[part]
    return value
