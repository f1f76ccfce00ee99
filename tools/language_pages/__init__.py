"""The reference of the language, generated from the models and from the code that reads them."""

from __future__ import annotations

from language_pages.expressions import expressions_page
from language_pages.forms import PAGES
from language_pages.index import index_page
from language_pages.quantities import quantities_page
from language_pages.reference import reference_page

FOLDER = "docs/language"

BY_HAND = frozenset({f"{FOLDER}/guide.md"})
"""Pages in the same folder that people write."""


def language_pages() -> dict[str, str]:
    """Every generated page by its path from the repository's root."""
    pages = {f"{FOLDER}/{page}.md": reference_page(page) for page in PAGES}
    pages[f"{FOLDER}/README.md"] = index_page()
    pages[f"{FOLDER}/expressions.md"] = expressions_page()
    pages[f"{FOLDER}/quantities.md"] = quantities_page()
    return pages
