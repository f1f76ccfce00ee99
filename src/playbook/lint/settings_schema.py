"""The JSON Schema of ``playbook.toml``, for editors: made of the settings and of the rules.

Draft 7, which the TOML language servers know.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playbook.config import Config
from playbook.config.settings import SETTINGS, Setting
from playbook.diagnostics import Severity
from playbook.lint.registry import CODES, all_rules, family_of
from playbook.lint.rule import Option
from playbook.targets.registry import all_targets
from playbook.targets.settings import FORMATS
from playbook.targets.target import Option as TargetOption
from playbook.targets.target import Target

Schema = dict[str, Any]

SCHEMA_NAME = "playbook.toml.schema.json"


def configuration_schema() -> Schema:
    """The schema of the whole file."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": "urn:playbook:schema:v1:configuration",
        "title": "playbook.toml",
        "description": "Which files belong to a workspace and which rules it is held to.",
        "type": "object",
        "properties": {setting.name: _property(setting) for setting in SETTINGS},
        "additionalProperties": False,
        "definitions": {"code": _code()},
    }


def _property(setting: Setting) -> Schema:
    about: Schema = {"title": setting.name, "description": setting.what.replace("`", "")}
    default = getattr(Config(), setting.name)
    if isinstance(default, str) or (default and isinstance(default, tuple)):
        about["default"] = list(default) if isinstance(default, tuple) else default
    return about | _VALUES[setting.kind](setting)


def _code() -> Schema:
    families = sorted({family_of(code) for code in CODES})
    return {
        "title": "code of a rule, or a family of rules",
        "type": "string",
        "anyOf": [
            {"enum": [*families, *CODES]},
            {"title": "a rule or family of the team's own", "pattern": _of_the_team("([0-9]{3})?")},
        ],
    }


def _of_the_team(number: str) -> str:
    """The pattern of codes that are no rules of playbook itself: what there is of them, no schema knows."""
    families = "|".join(sorted({family_of(code) for code in CODES}))
    return f"^(?!({families})([0-9]|$))[A-Z]{{2,12}}{number}$"


def _codes(_: Setting) -> Schema:
    return {"type": "array", "items": {"$ref": "#/definitions/code"}}


def _severities(_: Setting) -> Schema:
    levels = [severity.value for severity in Severity]
    return {
        "type": "object",
        "properties": {
            code: {"title": rule.name, "description": rule.what, "enum": levels}
            for code, rule in all_rules().items()
        },
        "patternProperties": {_of_the_team("[0-9]{3}"): {"title": "a rule of the team's own", "enum": levels}},
        "additionalProperties": False,
    }


def _options(_: Setting) -> Schema:
    return {
        "type": "object",
        "properties": {
            code: {
                "title": rule.name,
                "description": rule.what,
                "type": "object",
                "properties": {option.name: _option(option) for option in rule.options},
                "additionalProperties": False,
            }
            for code, rule in all_rules().items()
            if rule.options
        },
        "patternProperties": {_of_the_team("[0-9]{3}"): {"title": "a rule of a plugin", "type": "object"}},
        "additionalProperties": False,
    }


def _option(option: Option) -> Schema:
    default = option.default
    about: Schema = {"title": option.name, "description": option.what}
    if isinstance(default, tuple):
        return about | {"type": "array", "items": {"type": "string"}, "default": list(default)}
    if isinstance(default, bool):
        return about | {"type": "boolean", "default": default}
    if isinstance(default, str):
        return about | {"type": "string", "default": default}
    return about | {"type": "integer" if isinstance(default, int) else "number", "minimum": 0, "default": default}


def _targets(_: Setting) -> Schema:
    return {
        "type": "object",
        "properties": {target.name: _target(target) for target in all_targets()}
        | {
            name: {"title": f"files in the format {name}", "type": "object", "maxProperties": 0} for name in FORMATS
        },
        "additionalProperties": False,
    }


def _target(target: Target) -> Schema:
    return {
        "title": target.title,
        "description": target.what,
        "type": "object",
        "properties": {option.name: _choice(option) for option in target.options},
        "additionalProperties": False,
    }


def _choice(option: TargetOption) -> Schema:
    about: Schema = {"title": option.name, "description": option.what, "default": option.default}
    return about | ({"enum": list(option.choices)} if option.choices else {"type": ["string", "number", "boolean"]})


_VALUES: dict[str, Callable[[Setting], Schema]] = {
    "choice": lambda setting: {"enum": list(setting.choices)},
    "text": lambda _: {"type": "string", "pattern": r"\S"},
    "names": lambda _: {"type": "array", "items": {"type": "string", "pattern": r"\S"}},
    "patterns": lambda _: {"type": "array", "items": {"type": "string", "pattern": r"\S"}},
    "codes": _codes,
    "ignores": lambda setting: {"type": "object", "additionalProperties": _codes(setting)},
    "severities": _severities,
    "options": _options,
    "targets": _targets,
}
