"""The calls of an API in the order in which they are made, as a JSON file that a program carries out.

What a call creates gets an id in the tool that is not known before. ``gives`` says by which name it is called from
then on, and where it stands in the response (a JSON Pointer, RFC 6901); ``${name}`` in a later path or body is to
be replaced by it. Names that no call gives, such as ``${workspace}``, are listed under ``needs``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from playbook.plans.plan import Plan
from playbook.targets.files.json_text import json_bytes
from playbook.targets.files.stable import account_file
from playbook.targets.target import File

Call = dict[str, Any]

_NAMED = re.compile(r"\$\{([^}]*)\}")


def post(path: str, body: Mapping[str, Any], gives: Mapping[str, str] | None = None) -> Call:
    """A call that creates something; ``gives`` are JSON Pointers into the response by name."""
    made: Call = {"method": "POST", "path": path, "body": dict(body)}
    return {**made, "gives": dict(gives)} if gives else made


def call_file(tool: str, plan: Plan, calls: Iterable[Call]) -> File:
    """The calls of an account as a file."""
    listed = list(calls)
    given = {name for call in listed for name in call.get("gives", ())}
    paths = {name for call in listed for name in _NAMED.findall(call["path"])}
    bodies = {name for call in listed for name in _references(call["body"])}
    content = {
        "tool": tool,
        "playbook": plan.template.name,
        "account": {"id": plan.account.id, "name": plan.account.name},
        "needs": sorted((paths | bodies) - given),
        "calls": listed,
    }
    return File(account_file(plan, f".{tool.lower()}.json"), json_bytes(content))


def _references(value: Any) -> set[str]:
    """The names in a body. Only a whole text is one, so that ``${x}`` in a title stays what it is."""
    if isinstance(value, str):
        found = _NAMED.fullmatch(value)
        return {found[1]} if found else set()
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return set().union(*map(_references, inner))
