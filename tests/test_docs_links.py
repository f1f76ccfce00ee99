"""Links in the documentation lead somewhere, and every page can be found from the index."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from shown_commands import ROOT

INDEX = ROOT / "docs" / "README.md"
PAGES = (
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "playbooks/README.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "examples").rglob("*.md")),
)
_CODE = re.compile(r"^(`{3,}|~{3,})[^\n]*\n.*?^\1`*[ \t]*$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(<?([^)\s>]+)>?(?: \"[^\"]*\")?\)")


def links(page: Path) -> list[tuple[Path, str]]:
    """The files that a page links to, each with the heading that is meant, or none."""
    targets = _LINK.findall(_CODE.sub("``", page.read_text(encoding="utf-8")))
    here = [target.partition("#")[::2] for target in targets if not re.match(r"[a-z]+:", target)]
    return [((page.parent / file).resolve() if file else page, heading) for file, heading in here]


@cache
def anchors(page: Path) -> set[str]:
    """The names that GitHub gives the headings of a page."""
    text = re.sub(r"^(`{3,}).*?^\1$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    heads = re.findall(r"^#+ (.+?)#*$", text, re.MULTILINE)
    plain = [re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", head) for head in heads]
    return {re.sub(r"[^\w\- ]", "", head.strip().lower()).replace(" ", "-") for head in plain}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for file, heading in links(page):
        assert file.exists(), f"there is no {file.relative_to(ROOT)}"
        assert not heading or file.suffix != ".md" or heading in anchors(file), f"no '{heading}' in {file.name}"


def test_every_page_is_in_the_index() -> None:
    missing = {*(ROOT / "docs").glob("*.md"), *(ROOT / "docs").glob("*/README.md"), INDEX} - {
        file for file, _ in links(INDEX)
    }
    assert missing == {INDEX}


def test_the_readme_leads_to_the_index() -> None:
    assert INDEX in {file for file, _ in links(ROOT / "README.md")}
