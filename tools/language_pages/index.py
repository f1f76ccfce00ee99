"""The first page of the reference."""

from __future__ import annotations

from language_pages.forms import PAGES, main_model, models_on, title_of
from language_pages.reference import GENERATED
from playbook.language.documents import KINDS


def index_page() -> str:
    """The list of pages, with the forms on each."""
    parts = [
        GENERATED,
        "# The language\n",
        "[The guide](guide.md) goes from twenty lines to the whole language, by examples that are checked. The",
        "pages below list every key; they are generated from the models that read the files, so they are complete.",
        "Which feature of published playbooks has which form, and where an example uses it, is in",
        "[coverage](../coverage.md).",
        "",
        "One document per file; its first key says the kind. All documents below `playbook.toml` see each other",
        "by id. An id is snake_case. What has an order is a list, everything else a map by id. One value may stand",
        "without brackets where a list is meant.",
        "",
        "| Page | What it is | Forms on it |",
        "|---|---|---|",
    ]
    for page in PAGES:
        main, *rest = models_on(page)
        what = " ".join((main_model(page).__doc__ or "").split())
        name = f"`{page}:`" if page in KINDS else title_of(main).lower()
        parts.append(f"| [{name}]({page}.md) | {what} | {', '.join(title_of(model) for model in rest)} |")
    parts += [
        "| [expressions](expressions.md) | Conditions, and the names that can stand in them. | |",
        "| [quantities](quantities.md) | Durations, timings and cadences. | |",
    ]
    return "\n".join(parts) + "\n"
