"""Workspaces that want to run something in the reader's browser, or to write where they may not."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hostile import ATTACK, attacked
from lxml import html
from sites import ROOT, contents, put, site, workspace

from browsing import Window, missing
from playbook.site.contents import Contents
from playbook.site.pages import pages_of
from playbook.site.preview import Preview

PAGES = (
    "index.html",
    "workspace.html",
    "rules.html",
    "playbooks/customer_onboarding.html",
    "playbooks/customer_onboarding.enterprise_track.html",
)
_EXECUTED = (
    "//script[not(@src)] | //img | //iframe | //object | //embed | //form | //base | //foreignObject | //style"
)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Contents:
    folder = tmp_path_factory.mktemp("attacked")
    found = attacked(ROOT / "playbooks", folder)
    assert len(found) >= 7
    assert min(found.values()) > 0
    return contents(folder)


@pytest.fixture(scope="module")
def files(shown: Contents) -> dict[str, bytes]:
    pages = pages_of(shown)
    return {name: pages[name]() for name in (*PAGES, "assets/page.css", "assets/page.js", "assets/search.js")}


def harmless(name: str, data: bytes) -> html.HtmlElement:
    """The page, after a look at everything that a browser could run."""
    page = html.document_fromstring(data.decode())
    assert not page.xpath(_EXECUTED), name
    assert len(page.xpath("//script")) == 1, name
    for element in page.iter():
        assert not [key for key in element.attrib if key.startswith("on") or key == "style"], name
    for link in page.xpath("//@href | //@src | //@action | //@*[local-name()='href']"):
        assert re.match(r"(data:,$|#|(\.\./|/)?[a-z0-9_./-]*(#|$))", link), (name, link)
    return page


@pytest.mark.parametrize("name", PAGES)
def test_every_text_of_every_document_is_only_a_text(files: dict[str, bytes], name: str) -> None:
    page = harmless(name, files[name])
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    if name.startswith(("playbooks", "workspace")):
        assert page.text_content().count(ATTACK) > 20


def test_texts_reach_every_section(files: dict[str, bytes]) -> None:
    """Otherwise nothing would be proven: a section that is blocked or empty shows no text."""
    for name, every in (
        ("playbooks/customer_onboarding.html", ("overview", "raci", "handoffs", "tasks", "timeline", "kpis")),
        ("workspace.html", ("roles", "kpis", "governance", "maturity", "tracking")),
    ):
        page = html.document_fromstring(files[name].decode())
        for section in every:
            (part,) = page.xpath(f"//section[@id='{section}']")
            assert ATTACK[:20] in part.text_content(), (name, section)


@pytest.mark.skipif(missing() is not None, reason=str(missing()))
def test_nothing_runs_in_a_browser(window: Window, files: dict[str, bytes], tmp_path: Path) -> None:
    folder = put(files, tmp_path)
    page = window.open((folder / PAGES[3]).as_uri())
    page.on("dialog", lambda dialog: window.troubles.append(f"dialog: {dialog.message}"))
    page.get_by_role("combobox", name="Search").fill("script")
    page.locator(".results li").first.wait_for()
    assert page.locator(".results img, .results script").count() == 0
    page.get_by_role("tab", name="RACI").click()
    page.locator("#raci").get_by_label("Role").select_option(index=1)
    page.context.close()
    assert window.troubles == []


def test_mistakes_are_quoted_and_do_nothing(tmp_path: Path) -> None:
    """What is no text for people stands in findings: ids, references, expressions, keys, names of files."""
    bad = ATTACK.replace("'", "")
    text = (
        f"playbook: '{bad}'\ntitle: T\nscope: part\n'{bad}': 1\nstages:\n"
        f"  - id: '../../{bad}'\n    enter: '{bad}'\n    steps:\n"
        f"      - {{id: a, do: Do it, after: '{bad}', due: '{bad}', raci: {{A: '{bad}', '{bad}': b}}}}\n"
        f"handoffs: {{'{bad}': {{from: '{bad}', to: b, at: '{bad}'}}}}\n"
    )
    good = (
        "playbook: good\nscope: part\nstages:\n"
        f"  - {{id: one, steps: [{{id: a, do: Do it, after: '{bad}', raci: {{A: '{bad}'}}}}]}}\n"
    )
    # Not every system takes such names of files.
    name = "good.yaml" if os.name == "nt" else 'a"><img src=x onerror=alert(1)>&.yaml'
    folder = workspace(tmp_path / "in", {"bad.yaml": text, name: good, "worse.yaml": f"playbook: x\n{bad}: [\n"})
    files = site(folder)
    for each, data in files.items():
        assert re.fullmatch(r"[a-z0-9_./-]+", each)
        assert ".." not in each
        if each.endswith(".html"):
            harmless(each, data)
    assert any(b"onerror" in data for each, data in files.items() if each.startswith("playbooks/"))
    preview = Preview()
    preview.show(contents(folder))
    assert harmless("missing", preview.missing()).xpath("//li[@class='finding']")
