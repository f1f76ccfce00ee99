"""HubSpot's OpenAPI documents and our own stricter rules, for the tests of its targets."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import pytest
from openapi_core import OpenAPI
from openapi_core.exceptions import OpenAPIError
from openapi_core.testing import MockRequest
from tests.subjects import ROOT, shipped

from playbook.plans.plan import Plan
from playbook.plans.template import Template
from playbook.targets.registry import plan_files, target_of, template_files, workspace_files
from playbook.workspace import Workspace

CONTRACTS = ROOT.parent / "shared" / "contracts" / "hubspot"
NAME = re.compile(r"[a-z][a-z0-9_]{0,99}\Z")
MOMENT = re.compile(r"20\d\d-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:00Z\Z")

needs_contracts = pytest.mark.skipif(not CONTRACTS.is_dir(), reason="HubSpot's OpenAPI documents are not here")


def settings(name: str, **said: str) -> dict[str, str]:
    """The options of a target, those that are not said by their defaults."""
    known = {option.name: option.default for option in target_of(name).options}
    assert not said.keys() - known.keys()
    return known | said


def of_plans(name: str, plans: Iterable[Plan], **said: str) -> dict[str, bytes]:
    return {file.name: file.data for file in plan_files(name, plans, settings(name, **said))}


def of_template(name: str, template: Template, **said: str) -> dict[str, bytes]:
    return {file.name: file.data for file in template_files(name, template, settings(name, **said))}


def of_workspace(name: str, workspace: Workspace, **said: str) -> dict[str, bytes]:
    return {file.name: file.data for file in workspace_files(name, workspace, settings(name, **said))}


def workspaces() -> list[Workspace]:
    """Every workspace of the project."""
    return list({id(each.workspace): each.workspace for each in shipped().values()}.values())


def problem(document: str, path: str, body: bytes | Any, method: str = "post") -> str:
    """What an OpenAPI document says of a request; empty if it is as it should be."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    request = MockRequest(
        "https://api.hubapi.com",
        method,
        path,
        data=data,
        content_type="application/json",
        headers={"Authorization": "Bearer none"},
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _api(document).validate_request(request)
    except OpenAPIError as error:
        return f"{error!r} {error.__cause__!r}"
    return ""


def sent(document: str, files: dict[str, bytes]) -> int:
    """Hold every request of ``…requests.json`` against a document; how many there were."""
    (name,) = (name for name in files if name.endswith("requests.json"))
    plain = json.loads(files[name])
    assert plain["server"] == "https://api.hubapi.com"
    count = 0
    for request in plain["requests"]:
        pattern = re.compile(re.escape(request["body"]).replace(r"\*", r"\d{4,}") + r"\Z")
        bodies = [data for name, data in files.items() if pattern.match(name)]
        for body in bodies:
            assert problem(document, request["path"], body, request["method"].lower()) == ""
        count += len(bodies)
    return count


@lru_cache(maxsize=8)
def _api(document: str) -> OpenAPI:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return OpenAPI.from_file_path(str(CONTRACTS / f"{document}.openapi.json"))
