"""The reference of the language: complete, shown by examples that are read, with links that lead somewhere."""

from __future__ import annotations

import itertools
import re
import sys
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from playbook.compiler.documents import open_document
from playbook.expressions.parse import FUNCTIONS, parse_expression
from playbook.language.documents import KINDS
from playbook.language.vocabulary import EVENTS, STATES
from playbook.text.quantities import UNITS
from playbook.text.spans import SourceText

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))

from language_pages import language_pages  # noqa: E402
from language_pages.forms import PAGES, models_on, title_of  # noqa: E402
from language_pages.probes import ALL_OPERATORS, is_read, kinds_for, kinds_of_arguments  # noqa: E402
from language_pages.samples import keys_shown, missing_keys, samples_of  # noqa: E402

PAGE_TEXTS = language_pages()
LINKED = {
    **dict(PAGE_TEXTS.items()),
    **{
        name: (ROOT / name).read_text(encoding="utf-8")
        for name in ("docs/language/guide.md", "docs/coverage.md", "examples/README.md")
    },
}


def tokens(text: str) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(text)


def anchors(text: str) -> list[str]:
    """The anchors that GitHub gives to the headings of a page."""
    found = []
    parsed = tokens(text)
    for before, token in itertools.pairwise(parsed):
        if before.type == "heading_open":
            words = re.sub(r"[^\w\- ]", "", token.content.lower())
            found.append(words.replace(" ", "-"))
    return found


def links(text: str) -> list[str]:
    return [
        str(part.attrs["href"])
        for token in tokens(text)
        for part in token.children or ()
        if part.type == "link_open"
    ]


def tables(text: str) -> dict[str, list[list[str]]]:
    """The rows of the first table below each heading, without its head."""
    found: dict[str, list[list[str]]] = {}
    heading, in_body, row = "", False, list[str]()
    parsed = tokens(text)
    for before, token in itertools.pairwise(parsed):
        if before.type == "heading_open":
            heading = token.content
        in_body = token.type == "tbody_open" or (in_body and token.type != "tbody_close")
        if in_body and before.type == "tr_open":
            row = []
            found.setdefault(heading, []).append(row)
        if in_body and before.type == "td_open":
            row.append(token.content)
    return found


@pytest.mark.parametrize("page", PAGES)
def test_every_key_is_there_with_type_need_and_meaning(page: str) -> None:
    shown = tables(PAGE_TEXTS[f"docs/language/{page}.md"])
    assert list(shown) == [title_of(model) for model in models_on(page)]
    for model in models_on(page):
        rows = {row[0].strip("`"): row[1:] for row in shown[title_of(model)]}
        fields = {field.alias or name: field for name, field in model.model_fields.items()}
        assert set(rows) == set(fields)
        for key, (value, default, meaning) in rows.items():
            assert value, (model, key)
            assert meaning == fields[key].description, (model, key)
            assert (default == "**required**") == fields[key].is_required(), (model, key)


def test_every_kind_of_document_has_a_page() -> None:
    assert set(KINDS) <= set(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_headings_of_a_page_differ(page: str) -> None:
    found = anchors(PAGE_TEXTS[f"docs/language/{page}.md"])
    assert len(found) == len(set(found))


@pytest.mark.parametrize("page", PAGES)
def test_the_example_of_a_form_shows_all_its_keys(page: str) -> None:
    assert missing_keys(page) == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_of_a_kind_is_a_document(kind: str) -> None:
    text = next(iter(samples_of(kind).values()))
    opened = open_document(SourceText("x.yaml", text), explicit=True)
    assert opened is not None
    assert opened.diagnostics == ()
    assert opened.document.model is not None
    assert {key for _, name, key in keys_shown(opened.document.model) if name == KINDS[kind]} >= {kind, "title"}


@pytest.mark.parametrize("name", LINKED)
def test_links_lead_somewhere(name: str) -> None:
    found = [link for link in links(LINKED[name]) if not link.startswith("https://")]
    assert found
    for link in found:
        path, _, anchor = link.partition("#")
        target = (ROOT / name).parent / path if path else ROOT / name
        assert target.exists(), link
        if anchor:
            relative = target.resolve().relative_to(ROOT).as_posix()
            text = LINKED.get(relative) or target.read_text(encoding="utf-8")
            assert anchor in anchors(text), link


def test_every_page_can_be_found_from_the_first() -> None:
    first = {link.partition("#")[0] for link in links(PAGE_TEXTS["docs/language/README.md"])}
    others = {Path(name).name for name in PAGE_TEXTS} - {"README.md"}
    assert others | {"guide.md"} <= first


# -- the tables that come from code ----------------------------------------------------------------


def test_expressions_list_what_the_code_has() -> None:
    text = PAGE_TEXTS["docs/language/expressions.md"]
    shown = tables(text)
    assert [row[0].strip("`") for row in shown["Operators"]] == [each for each in ALL_OPERATORS if is_read(each)]
    assert [row[0].strip("`").partition("(")[0] for row in shown["Functions"]] == sorted(FUNCTIONS)
    assert {state for row in shown["Names"] for state in re.findall(r"`\.(\w+)`", row[1])} == {
        state for states in STATES.values() for state in states
    }
    known = text.partition("### Known events")[2].partition("##")[0]
    assert re.findall(r"`([a-z_]+\.[a-z_]+)`", known) == list(EVENTS)


def test_the_probes_tell_apart() -> None:
    assert kinds_for("+") == ["number"]
    assert "list" not in kinds_for("<")
    assert kinds_for("and") == ["boolean", "event or state"]
    assert kinds_of_arguments("count", 1) == ["list"]


@pytest.mark.parametrize(
    "line", re.findall(r"^(?:when|exit|until): (.+)$", LINKED["docs/language/expressions.md"], re.M)
)
def test_shown_conditions_are_read(line: str) -> None:
    assert parse_expression(line).mistakes == ()


def test_quantities_list_all_units() -> None:
    rows = tables(PAGE_TEXTS["docs/language/quantities.md"])["Units"]
    assert [row[0].strip("`") for row in rows] == list(UNITS)
