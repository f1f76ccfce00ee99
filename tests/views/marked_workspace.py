"""A workspace in which every text and every id is marked, whatever keys the language has.

It is made by walking the models, so that a new key is in it from the day it is there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from playbook.language.documents import KINDS, model_of
from playbook.language.organization import Role, Team
from playbook.language.scalars import IsExpression, RefersTo
from playbook.text.quantities import Cadence, Duration, Timing

MARK = "secret"
"""In every text and id; also in capitals."""

_REFERENCES = {
    "data": f"{MARK}_artifact",
    "destination": f"{MARK}_end",
    "event": f"{MARK}.event_happened",
    "field": f"{MARK}.field",
    "moment": f"{MARK}_anchor",
    "owner": f"{MARK}_role",
    "part": f"{MARK}_routine",
    "playbook": "plain",
    "point": f"{MARK}_milestone",
    "predecessor": f"{MARK}_milestone",
    "signal": f"{MARK}.field",
    "step_or_stage": f"{MARK}_stage",
}
_EXPRESSION = f'{MARK}.field == "SECRET value" and {MARK}_milestone.reached'
_SINGULAR = {"people": "SECRET person", "fields": f"{MARK}.field", "events": f"{MARK}.event_happened"}
_DEEPEST = 4


def filled(model: type[BaseModel], depth: int = 0) -> dict[str, Any]:
    """The data of a document or a part of one in which every key is there, and every text marked."""
    if not getattr(model, "__pydantic_fields_complete__", False):
        model.model_rebuild()
    found = {}
    for name, info in model.model_fields.items():
        key = info.alias or name
        value = _value(_annotation(info), (), key, depth)
        if value is not None:
            found[key] = value
    return found


def _annotation(info: FieldInfo) -> Any:
    annotation: Any = info.annotation
    for mark in reversed(info.metadata):
        annotation = Annotated[annotation, mark]
    return annotation


def _value(annotation: Any, marks: tuple[Any, ...], key: str, depth: int) -> Any:
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        return _value(inner, (*more, *marks), key, depth)
    if origin in (Union, UnionType):
        options = [option for option in get_args(annotation) if option is not NoneType]
        return _value(options[0], marks, key, depth)
    if origin is tuple:
        item = _value(get_args(annotation)[0], marks, key, depth)
        return None if item is None else [item]
    if origin is dict:
        item = _value(get_args(annotation)[1], (), key, depth)
        return None if item is None else {_key(key, get_args(annotation)[0]): item}
    if origin is Literal:
        return get_args(annotation)[-1]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return None if depth >= _DEEPEST else filled(annotation, depth + 1)
    return _scalar(annotation, marks, key)


def _key(key: str, annotation: Any) -> str:
    """The id of the one entry of a map."""
    if "A-Z]{2,12}" in str(annotation):
        return "SECRET001"
    singular = key.removesuffix("s") if not key.endswith("ies") else f"{key.removesuffix('ies')}y"
    return _SINGULAR.get(key, f"{MARK}_{singular}")


def _scalar(annotation: Any, marks: tuple[Any, ...], key: str) -> Any:
    for mark in marks:
        if isinstance(mark, RefersTo):
            return _REFERENCES.get(mark.kind, f"{MARK}_{mark.kind}")
        if isinstance(mark, IsExpression):
            return _EXPRESSION
    pattern = next((mark.pattern for mark in marks if getattr(mark, "pattern", None)), None)
    known = {
        Timing: f"3bd after {MARK}_anchor",
        Duration: "3bd",
        Cadence: "week",
        bool: True,
        int: 1,
        float: 0.5,
    }
    if annotation in known:
        return known[annotation]
    if annotation is str:
        return _text(pattern, key)
    # Dates, and what may be a text or a number.
    return "2026-10-01" if "date" in str(annotation) else "SECRET value"


def _text(pattern: str | None, key: str) -> str:
    if pattern is None:
        return f"SECRET {key}"
    words = {
        "A-Z]{2,12}": "SECRET001",
        "0-9A-Za-z.+_-": "1.0.0-SECRET",
        "A-Z]{2}$": "DE",
        "01][0-9]": "09:00-17:00",
    }
    dotted = r"\." in pattern and "was" in key
    return next((text for part, text in words.items() if part in pattern), f"{MARK}{'.' if dotted else '_'}{key}")


# -- the workspace ---------------------------------------------------------------------------------

_INSIDE = {"A": f"{MARK}_role", "R": f"{MARK}_role", "C": f"{MARK}_role", "I": f"{MARK}_role"}
_THEIRS = {**_INSIDE, "A": f"{MARK}_admin", "R": f"{MARK}_admin"}
_OURS = {**_INSIDE, "A": f"{MARK}_doer", "R": f"{MARK}_doer", "I": f"{MARK}_admin"}


def files() -> dict[str, str]:
    """The marked workspace, with a part for customers: its texts begin with PUBLIC, its ids are marked."""
    documents = {kind: filled(model_of(kind)) for kind in KINDS}
    for kind in ("governance", "maturity", "tracking", "metrics", "rules", "calendar"):
        documents[kind].pop("title")
    documents["organization"].update(teams=_teams(), roles=_roles())
    documents["playbook"].update(_playbook(documents["playbook"]))
    return {
        f"{kind}.yaml": json.dumps({kind: document.pop(kind), **document}) for kind, document in documents.items()
    }


def public_texts() -> set[str]:
    """All that customers are to find."""
    return set(re.findall(r"PUBLIC [a-z ]+", "".join(files().values())))


def _teams() -> dict[str, Any]:
    team = {**filled(Team), "party": "internal"}
    team.pop("function")
    return {
        f"{MARK}_team": team,
        f"{MARK}_ours": {**team, "title": "PUBLIC team of ours"},
        f"{MARK}_theirs": {**team, "title": "PUBLIC customer", "party": "customer"},
    }


def _roles() -> dict[str, Any]:
    role = filled(Role)
    return {
        f"{MARK}_role": role,
        f"{MARK}_doer": {**role, "title": "PUBLIC doer", "team": f"{MARK}_ours"},
        f"{MARK}_admin": {**role, "title": "PUBLIC admin", "team": f"{MARK}_theirs"},
    }


def _playbook(data: dict[str, Any]) -> dict[str, Any]:
    anchor, milestone, end = (data[key][f"{MARK}_{key[:-1]}"] for key in ("anchors", "milestones", "ends"))
    artifact = data["artifacts"][f"{MARK}_artifact"]
    return {
        "playbook": "plain",
        "title": "PUBLIC title of the playbook",
        "scope": "journey",
        "anchors": {
            f"{MARK}_anchor": {**anchor, "title": "PUBLIC anchor"},
            f"{MARK}_other": {**anchor, "start": False},
        },
        "milestones": {
            f"{MARK}_milestone": {**milestone, "title": "PUBLIC milestone"},
            f"{MARK}_inside": {**milestone, "stage": f"{MARK}_hidden", "value": False},
        },
        "ends": {
            f"{MARK}_end": {**end, "title": "PUBLIC success"},
            f"{MARK}_failed": {**end, "success": False},
        },
        "artifacts": {
            f"{MARK}_artifact": {**artifact, "customer_facing": False},
            f"{MARK}_document": {**artifact, "title": "PUBLIC document"},
        },
        "stages": list(_stages(data["stages"][0])),
        "interfaces": {},
        "variants": {
            f"{MARK}_variant": {
                "title": "SECRET variant",
                "for": f"{MARK}_segment",
                "set": {f"{MARK}_fill_in.due": f"4bd after {MARK}_anchor"},
            }
        },
    }


def _stages(stage: dict[str, Any]) -> Iterator[dict[str, Any]]:
    step = stage["steps"][0]
    step.pop("run")
    inside = {**step, "party": "internal", "need": "required", "raci": _INSIDE}
    inside |= {"touch": {"kind": "meeting", "asset": f"{MARK}_content"}, "approval": {"by": f"{MARK}_role"}}
    theirs = {**step, "party": "customer", "need": "required", "raci": _THEIRS, "produces": f"{MARK}_document"}
    theirs["approval"] = {"by": [f"{MARK}_admin", f"{MARK}_role"], "on_reject": {"back_to": f"{MARK}_fill_in"}}
    lines = [
        {"do": "PUBLIC line", "id": f"{MARK}_line", "when": step["when"]},
        {"do": "SECRET line", "party": "internal", "checklist": ["SECRET below"]},
    ]
    mail = {**inside, "raci": _OURS, "touch": {**step["touch"], "kind": "email", "audience": f"{MARK}_admin"}}
    stage = {**stage, "raci": _INSIDE, "overlaps": [], "choose": None, "next": []}
    yield {**stage, "id": f"{MARK}_hidden", "steps": [{**inside, "id": f"{MARK}_before", "after": []}]}
    yield {
        **stage,
        "id": f"{MARK}_stage",
        "title": "PUBLIC stage",
        "parallel": False,
        "steps": [
            {**theirs, "id": f"{MARK}_fill_in", "do": "PUBLIC task", "checklist": lines, "after": None},
            {**inside, "id": f"{MARK}_between", "after": f"{MARK}_fill_in"},
            {**mail, "id": f"{MARK}_mail", "do": "PUBLIC mail", "after": None},
            {
                **mail,
                "id": f"{MARK}_late",
                "do": "PUBLIC second mail",
                "due": f"2bd after {MARK}_between.completed",
                "after": None,
                "checklist": [{"do": "SECRET line of ours"}],
            },
            {**inside, "id": f"{MARK}_step", "after": None},
            {**theirs, "id": f"{MARK}_never", "do": "SECRET never", "need": "forbidden", "after": None},
        ],
        "choose": {"title": "SECRET choice", "one_of": [f"{MARK}_mail", f"{MARK}_late"]},
        "next": [
            {"to": f"{MARK}_failed", "when": step["when"]},
            {"to": f"{MARK}_last", "otherwise": True},
        ],
    }
    yield {
        **stage,
        "id": f"{MARK}_last",
        "title": "PUBLIC last stage",
        "steps": [{**theirs, "id": f"{MARK}_end_it", "do": "PUBLIC last task", "approval": None, "after": []}],
        "next": f"{MARK}_end",
    }
