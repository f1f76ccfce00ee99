"""The forms of the language: which models there are, and on which page each stands."""

from __future__ import annotations

import inspect
import re
from functools import cache
from importlib import import_module
from typing import Any, get_type_hints

from pydantic import BaseModel

from playbook.language.base import Document, Model, Titled

PAGES: dict[str, str] = {
    "playbook": "Playbook",
    "stage": "Stage",
    "step": "Step",
    "raci": "Raci",
    "organization": "Organization",
    "calendar": "Calendar",
    "tracking": "Tracking",
    "metrics": "Metrics",
    "governance": "Governance",
    "maturity": "Maturity",
    "rules": "Rules",
}
"""Every page, named like the module of its forms, with the model that it is about."""

_TITLES = {
    "AnyOf": "Either-or",
    "AnyStatus": "Unordered statuses",
    "BacklogItem": "Backlog item",
    "ChecklistItem": "Line of a checklist",
    "Contract": "Contract of a sub-playbook",
    "DecisionTable": "Decision table",
    "Dedicated": "Dedicated team",
    "ForEach": "For each",
    "Kpi": "KPI",
    "Part": "Part of a score",
    "Raci": "Letters",
    "Rule": "Line of a decision table",
    "Run": "Run of a playbook",
    "Sla": "SLA",
    "Trigger": "Sign to decide anew",
    "VoiceOfCustomer": "Voice of the customer",
}
_PLURALS = {
    "Line of a checklist": "lines of a checklist",
    "Line of a decision table": "lines of a decision table",
    "Part of a score": "parts of a score",
    "Sign to decide anew": "signs to decide anew",
    "Criterion": "criteria",
    "Person": "people",
    "Branch": "branches",
    "Status": "statuses",
    "Coverage": "coverage ratios",
    "Letters": "letters",
    "KPI": "KPIs",
    "SLA": "SLAs",
}


def title_of(model: type[BaseModel]) -> str:
    """The name of a form as people read it."""
    name = model.__name__
    if name in _TITLES:
        return _TITLES[name]
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.removeprefix("Tracked")).capitalize()


def names_of(model: type[BaseModel]) -> tuple[str, str]:
    """The name of a form inside a sentence: one, and many."""
    title = title_of(model)
    one = title if title.isupper() or title == "KPI" else title.lower()
    many = _PLURALS.get(title) or (f"{one[:-1]}ies" if one.endswith("y") else f"{one}s")
    return one, many


def page_of(model: type[BaseModel]) -> str:
    """The page on which a form stands."""
    return model.__module__.rpartition(".")[2]


def anchor_of(model: type[BaseModel]) -> str:
    """The anchor of a form on its page, as GitHub makes it of the heading."""
    return re.sub(r"[^a-z0-9-]", "", title_of(model).lower().replace(" ", "-"))


def link_to(model: type[BaseModel], words: str, page: str) -> str:
    """A link to a form, seen from ``page``."""
    home = page_of(model)
    target = "" if home == page else f"{home}.md"
    if model is not main_model(home):
        target += f"#{anchor_of(model)}"
    return f"[{words}]({target or f'{home}.md'})"


@cache
def main_model(page: str) -> type[Model]:
    """The model that a page is about."""
    found = getattr(import_module(f"playbook.language.{page}"), PAGES[page])
    assert isinstance(found, type)
    assert issubclass(found, Model)
    return found


@cache
def models_on(page: str) -> tuple[type[Model], ...]:
    """The models of a page: the one that it is about, what this uses, in that order, and the rest."""
    module = import_module(f"playbook.language.{page}")
    own = [
        value
        for value in vars(module).values()
        if inspect.isclass(value)
        and issubclass(value, Model)
        and value.__module__ == module.__name__
        and value not in (Model, Titled, Document)
    ]
    ordered: list[type[Model]] = []
    _visit(main_model(page), own, ordered)
    for model in own:
        _visit(model, own, ordered)
    return tuple(ordered)


def _visit(model: type[Model], own: list[type[Model]], ordered: list[type[Model]]) -> None:
    if model in ordered or model not in own:
        return
    ordered.append(model)
    for hint in hints_of(model).values():
        for inner in _models_in(hint):
            _visit(inner, own, ordered)


@cache
def hints_of(model: type[Model]) -> dict[str, Any]:
    """The types of a model's fields with all that annotates them, by attribute."""
    hints: dict[str, Any] = get_type_hints(model, include_extras=True)
    return {name: hints[name] for name in model.model_fields}


def _models_in(hint: Any) -> list[type[Model]]:
    if inspect.isclass(hint) and issubclass(hint, Model):
        return [hint]
    inner = [hint.__origin__] if hasattr(hint, "__metadata__") else list(getattr(hint, "__args__", ()))
    return [model for part in inner for model in _models_in(part)]
