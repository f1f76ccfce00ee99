"""A page of the reference: a form with its keys, and the forms that it is made of."""

from __future__ import annotations

from typing import Any

from pydantic.fields import FieldInfo

from language_pages.forms import PAGES, hints_of, main_model, models_on, title_of
from language_pages.samples import samples_of
from language_pages.types_in_words import in_words
from playbook.language.base import Model
from playbook.language.documents import KINDS

GENERATED = "<!-- Generated from the models by tools/generate.py; `make docs` writes it anew. -->"

_ABOUT = {
    "raci": "Letters stand on steps, stages, milestones, handoffs, decisions, routines, interrupts, KPIs and\n"
    "workstreams. A step takes those letters of its stage that it has not itself. Accountable is one role,\n"
    "never a team; see [owners and letters](guide.md#owners-and-letters).",
    "stage": "Stages are the list `stages:` of a [playbook](playbook.md). Their order is the journey's, unless\n"
    "`next` or `overlaps` say otherwise; see [order](guide.md#order).",
    "step": "Steps are the list `steps:` of a [stage](stage.md). Their order is the default sequence, unless\n"
    "`after` or the stage's `parallel` say otherwise; see [order](guide.md#order).",
}


def reference_page(page: str) -> str:
    """A page as Markdown."""
    main, *rest = models_on(page)
    parts = [GENERATED, f"# {title_of(main)}\n"]
    if page in KINDS:
        parts.append(f"A file whose first key is `{page}:`.")
    parts.append(_form(page, main, _ABOUT.get(page, "")))
    for model in rest:
        parts.append(f"## {title_of(model)}\n")
        parts.append(_form(page, model, ""))
    return "\n".join(parts).rstrip() + "\n"


def _form(page: str, model: type[Model], about: str) -> str:
    rows = [_row(page, model, name) for name in _ordered(model)]
    what = " ".join((model.__doc__ or "").split())
    return "\n".join(
        [
            what,
            *([about] if about else []),
            "",
            "| Key | Value | Default | Meaning |",
            "|---|---|---|---|",
            *rows,
            "",
            "```yaml",
            samples_of(page).get(model.__name__, "").rstrip(),
            "```",
            "",
        ]
    )


def _ordered(model: type[Model]) -> list[str]:
    """The keys of a form, beginning with the one that names it."""
    names = list(model.model_fields)
    first = [name for name in names if name == "id" or (name in KINDS and model is main_model_or_none(name))]
    return [*first, *(name for name in names if name not in first)]


def main_model_or_none(page: str) -> type[Model] | None:
    """The model of a page, if there is such a page."""
    return main_model(page) if page in PAGES else None


def _row(page: str, model: type[Model], name: str) -> str:
    field = model.model_fields[name]
    value = in_words(hints_of(model)[name], page).one
    cells = (f"`{field.alias or name}`", value, _default(field), field.description or "")
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "**required**"
    default: Any = field.default
    if default is None or default in ((), {}):
        return ""
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    return f"`[{', '.join(map(str, default))}]`" if isinstance(default, tuple) else f"`{default}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
