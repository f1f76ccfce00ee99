"""Every key that the shipped files use, with the form that it belongs to and where it stands."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from playbook.compiler.compile import compile_paths
from playbook.diagnostics import Diagnostic
from playbook.lint.catalogue import catalogue_of
from playbook.lint.engine import lint
from playbook.lint.rule import Context
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook

ROOT = Path(__file__).resolve().parent.parent.parent
_TODAY = datetime.date(2026, 12, 1)


@dataclass(frozen=True)
class Use:
    """A key in a shipped file. ``form`` is the name of the model.

    ``place`` is the way to the key, ``path`` the same by ids, for people. A finding of `check` counts as
    the use of the form "finding" with its code as the key.
    """

    file: str
    form: str
    key: str
    value: Any
    path: str
    place: KeyPath = ()


def folders() -> list[Path]:
    """The shipped workspaces: the examples first, since each of them restates a published playbook."""
    examples = sorted(path.parent for path in (ROOT / "examples").glob("*/playbook.toml"))
    return [*examples, ROOT / "playbooks"]


@cache
def shipped_uses() -> tuple[Use, ...]:
    """All uses in all shipped files, in the order of files and keys."""
    found: list[Use] = []
    for folder in folders():
        (compiled,) = compile_paths([folder], ROOT)
        for document in compiled.workspace.documents:
            if document.model is not None:
                found += _uses(document.name, document.model, (), "")
        for playbook in compiled.workspace.playbooks:
            for variant in playbook.variants:
                found += _uses_of_edits(variant)
        rules = catalogue_of(compiled.workspace.documents, compiled.config, compiled.workspace.root).chosen(
            compiled.config
        )
        for finding in lint(compiled.workspace, rules, compiled.config, Context(_TODAY)):
            found.append(_finding(finding))
    return tuple(found)


def _finding(finding: Diagnostic) -> Use:
    return Use(finding.place.file, "finding", finding.code, finding.message, f"{finding.code} of `check`")


def _uses_of_edits(variant: CompiledPlaybook) -> Iterator[Use]:
    """What a variant sets; the values under `set` get their form only when the variant is applied."""
    assert variant.applied is not None
    for use in _uses(variant.document.name, variant.model, (), ""):
        edit = variant.applied.changed_by(use.place)
        if edit is not None and "set" in edit:
            yield replace(use, path=".".join(map(str, edit)), place=edit)


def _uses(file: str, model: BaseModel, place: KeyPath, path: str) -> Iterator[Use]:
    for name, field in type(model).model_fields.items():
        if name in model.model_fields_set:
            key = field.alias or name
            value = getattr(model, name)
            here = f"{path}.{key}" if path else key
            yield Use(file, type(model).__name__, key, value, here, (*place, key))
            yield from _below(file, value, (*place, key), here)


def _below(file: str, value: object, place: KeyPath, path: str) -> Iterator[Use]:
    if isinstance(value, BaseModel):
        yield from _uses(file, value, place, path)
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _below(file, part, (*place, key), f"{path}.{key}")
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            # A stage or step is named by its id, so that the way to it reads well and outlives new neighbours.
            name = getattr(part, "id", None) or index + 1
            yield from _below(file, part, (*place, index), f"{path}.{name}")
