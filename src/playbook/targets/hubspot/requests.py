"""``…requests.json``: which file goes to which address of HubSpot's API, in the order in which they are sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from playbook.targets.files.json_text import json_bytes
from playbook.targets.hubspot.records import SERVER
from playbook.targets.target import File


@dataclass(frozen=True, slots=True)
class Request:
    """One request, or one for each of several files (``tasks.batch-*.json``).

    ``success`` is the status that says that all went well; ``partial`` the one that says that some of a batch
    failed, which its answer lists under ``errors``.
    """

    path: str
    body: str
    success: int = 201
    partial: int | None = None
    method: str = "POST"


def requests_file(scopes: Iterable[str], requests: Iterable[Request], name: str) -> File:
    """The list of requests, with the scopes that a token needs for them.

    ``name`` says of what they are, so that several targets can be written into one folder.
    """
    listed = [_plain(request) for request in requests]
    plain = {"server": SERVER, "scopes": list(scopes), "requests": listed}
    return File(f"{name}.requests.json", json_bytes(plain))


def _plain(request: Request) -> dict[str, object]:
    plain: dict[str, object] = {
        "method": request.method,
        "path": request.path,
        "body": request.body,
        "success": request.success,
    }
    return plain if request.partial is None else {**plain, "partial": request.partial}
