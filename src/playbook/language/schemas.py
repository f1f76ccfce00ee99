"""JSON Schemas of the language, for editors and other tools: generated from the models.

Draft 2020-12. What pydantic writes is finished for people who meet it in an editor: every key has a
title and a description, a short form stands first, nothing offers ``null`` or a default to complete.
"""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from playbook.language.documents import KINDS, model_of
from playbook.language.scalars import ID_PATTERN, NAME_PATTERN, SHORT_FORM

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]

_PATTERN_WORDS = {
    ID_PATTERN: "An id is snake_case: a-z, 0-9 and _, beginning with a letter.",
    NAME_PATTERN: "A name is dotted snake_case, such as account.use_case.",
}


def schema_id(name: str) -> str:
    """The ``$id`` of a schema: a URN, since it names the schema and nothing is fetched from it."""
    return f"urn:playbook:schema:v1:{name}"


def kind_schema(kind: str) -> Schema:
    """The schema of one kind of document."""
    models, definitions = _definitions([model_of(kind)])
    root = definitions.pop(models[0])
    return {"$schema": DIALECT, "$id": schema_id(kind), **root, "$defs": dict(sorted(definitions.items()))}


def document_schema() -> Schema:
    """One schema for all kinds, chosen by the key that names the kind: for one setting in an editor."""
    models, definitions = _definitions([model_of(kind) for kind in KINDS])
    names = {kind: {"type": "string", "title": kind, "description": f"The id of the {kind}."} for kind in KINDS}
    choice: Schema = {
        "title": "kind of document",
        "description": "The first key says the kind of the document, and its id.",
        "properties": names,
        "anyOf": [{"required": [kind]} for kind in KINDS],
    }
    # A chain of if/then/else, not oneOf: an editor then speaks of the one kind that is meant. Keys that
    # name a kind and also stand inside another (calendar, governance) are asked last.
    for kind, model in reversed(list(zip(KINDS, models, strict=True))):
        choice = {"if": {"required": [kind]}, "then": {"$ref": f"#/$defs/{model}"}, "else": choice}
    return {
        "$schema": DIALECT,
        "$id": schema_id("document"),
        "title": "playbook document",
        **choice,
        "$defs": dict(sorted(definitions.items())),
    }


def all_schemas() -> dict[str, Schema]:
    """Every schema by file name."""
    schemas = {f"{kind}.schema.json": kind_schema(kind) for kind in KINDS}
    return {"document.schema.json": document_schema(), **schemas}


def _definitions(models: list[type[BaseModel]]) -> tuple[list[str], dict[str, Schema]]:
    """The finished definitions of some models and of all they use, and the names of those models."""
    for model in models:
        model.model_rebuild()
    refs, raw = models_json_schema([(model, "validation") for model in models], ref_template="#/$defs/{model}")
    short_names = _short_names(raw["$defs"])
    finisher = _Finisher(raw["$defs"], short_names)
    definitions = {short_names[name]: finisher.model(schema) for name, schema in raw["$defs"].items()}
    roots = [short_names[refs[model, "validation"]["$ref"].rsplit("/", 1)[1]] for model in models]
    return roots, _reached(roots, definitions)


def _reached(roots: list[str], definitions: dict[str, Schema]) -> dict[str, Schema]:
    """The definitions that the roots use; pydantic also lists those whose schema was overridden."""
    pending, kept = list(roots), {}
    while pending:
        name = pending.pop()
        if name not in kept:
            kept[name] = definitions[name]
            pending += re.findall(r"'#/\$defs/(\w+)'", str(definitions[name]))
    return kept


def _short_names(definitions: dict[str, Schema]) -> dict[str, str]:
    """``GovernanceReview`` for what pydantic calls ``playbook__language__governance__Review``."""
    names: dict[str, str] = {}
    for name in definitions:
        parts = name.split("__")
        if len(parts) == 1:
            names[name] = name.removesuffix("-Input")
        else:
            model = re.sub(r"-Input$", "", parts[3])
            names[name] = model if model.lower() == parts[2] else parts[2].capitalize() + model
    return names


class _Finisher:
    """Turns pydantic's schemas into ours."""

    def __init__(self, raw: dict[str, Schema], names: dict[str, str]) -> None:
        self._raw = raw
        self._names = names

    def model(self, schema: Schema) -> Schema:
        required = schema.get("required", [])
        # What must be there comes first: editors offer keys in this order.
        properties = sorted(schema.get("properties", {}).items(), key=lambda item: item[0] not in required)
        finished: Schema = {
            "title": _words(schema.get("title", "")),
            "description": " ".join(str(schema.get("description", "")).split()),
            "type": "object",
            "properties": {key: self._property(key, part) for key, part in properties},
            "additionalProperties": False,
        }
        if required:
            finished["required"] = required
        return finished

    def _property(self, key: str, schema: Schema) -> Schema:
        about = {"title": key}
        if schema.get("description"):
            about["description"] = schema["description"]
        inner = {
            name: part
            for name, part in schema.items()
            if name not in ("title", "description", "default", "examples")
        }
        finished = {**about, **self._any(inner, about)}
        if "examples" in schema:
            finished["examples"] = schema["examples"]
        return finished

    def _any(self, schema: Schema, about: Schema) -> Schema:
        """A schema without defaults and nulls; ``about`` titles the branch that is a list."""
        if "$ref" in schema and SHORT_FORM not in schema:
            return {"$ref": f"#/$defs/{self._names[schema['$ref'].rsplit('/', 1)[1]]}"}
        if SHORT_FORM in schema:
            return self._short_form(schema)
        branches = schema.get("anyOf") or schema.get("oneOf")
        if branches is not None:
            return self._union([self._any(part, about) for part in branches if part != {"type": "null"}])
        finished = {name: part for name, part in schema.items() if name not in ("default", "title")}
        if finished.get("type") == "array" and "items" in finished:
            finished = {**about, **finished, "items": self._any(finished["items"], about)}
        if isinstance(finished.get("additionalProperties"), dict):
            finished["additionalProperties"] = self._any(finished["additionalProperties"], {})
        if "patternProperties" in finished:
            # Editors complete the keys of a map, and say what a bad key should be, from this form only.
            ((pattern, values),) = finished.pop("patternProperties").items()
            finished["additionalProperties"] = self._any(values, {})
            finished["propertyNames"] = {"title": "id", "pattern": pattern}
            if pattern in _PATTERN_WORDS:
                finished["propertyNames"]["patternErrorMessage"] = _PATTERN_WORDS[pattern]
        if finished.get("pattern") in _PATTERN_WORDS:
            finished["patternErrorMessage"] = _PATTERN_WORDS[finished["pattern"]]
        return finished

    def _union(self, branches: list[Schema]) -> Schema:
        """Branches of nested unions side by side, each once."""
        flat: list[Schema] = []
        for branch in branches:
            for part in branch["anyOf"] if set(branch) == {"anyOf"} else [branch]:
                if part not in flat:
                    flat.append(part)
        return flat[0] if len(flat) == 1 else {"anyOf": flat}

    def _short_form(self, schema: Schema) -> Schema:
        model = self._raw[schema["$ref"].rsplit("/", 1)[1]]
        main = self._property(schema[SHORT_FORM], model["properties"][schema[SHORT_FORM]])
        return {name: part for name, part in main.items() if name not in ("title", "description")}


def _words(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
