"""The example of each form: a fragment of a document, stage or step that shows every key of the form."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from language_pages.forms import PAGES, main_model, models_on
from playbook.language.base import Model
from playbook.language.documents import KINDS
from playbook.reader import read_values
from playbook.text.spans import SourceText

_FOLDER = Path(__file__).parent / "examples"
# Forms of one page that are shown as part of another: letters and choices have no place of their own.
_SHOWN_IN = {"Choice": "stage", "Raci": "step", "AnyOf": "step"}
# What a fragment need not repeat.
_AT_LEAST: dict[str, dict[str, Any]] = {
    "playbook": {"stages": []},
    "maturity": {"dimensions": {}},
    "stage": {"id": "a_stage"},
    "step": {"id": "a_step"},
}


@cache
def samples_of(page: str) -> dict[str, str]:
    """The examples of a page by the name of the model."""
    text = (_FOLDER / f"{page}.txt").read_text(encoding="utf-8")
    parts = re.split(r"^== (.+)\n", text, flags=re.MULTILINE)
    by_name = dict(zip(parts[1::2], parts[2::2], strict=True))
    names = {re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model.__name__).capitalize(): model for model in models_on(page)}
    if unknown := sorted(set(by_name) - set(names)):
        raise ValueError(f"{page}.txt has examples of no form of its page: {', '.join(unknown)}")
    return {model.__name__: by_name[name] for name, model in names.items() if name in by_name}


def sample_model(page: str, name: str) -> Model:
    """The model that an example gives; what a whole document, stage or step needs besides is filled in."""
    root = _SHOWN_IN.get(name, page)
    value: Any = read_values(SourceText(f"{page}.{name}", samples_of(page)[name])).value
    needed = {root: "an_id"} if root in KINDS else {}
    return main_model(root).model_validate({**needed, **_AT_LEAST.get(root, {}), **value})


def keys_shown(value: object) -> set[tuple[str, str, str]]:
    """Every key that a value uses, as page, model and key."""
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        found = {
            (type(value).__module__.rpartition(".")[2], type(value).__name__, fields[name].alias or name)
            for name in value.model_fields_set
        }
        return found.union(*(keys_shown(getattr(value, name)) for name in value.model_fields_set))
    if isinstance(value, tuple | list):
        return set().union(*(keys_shown(part) for part in value))
    if isinstance(value, dict):
        return set().union(*(keys_shown(part) for part in value.values()))
    return set()


def missing_keys(page: str) -> list[str]:
    """The keys that no example of their form shows."""
    assert page in PAGES
    missing = []
    for model in models_on(page):
        shown = keys_shown(sample_model(page, model.__name__)) if model.__name__ in samples_of(page) else set()
        for name, field in model.model_fields.items():
            key = field.alias or name
            if (page, model.__name__, key) not in shown:
                missing.append(f"{page}.{model.__name__}.{key}")
    return missing
