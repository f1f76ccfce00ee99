"""What the pages of the site are made of, read by a parser of HTML."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from posixpath import normpath
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html
from sites import ROOT, contents, site, with_texts, workspace

from formats.samples import HOSTILE
from playbook.formats.page.engine import clean
from playbook.site.pages import pages_of
from playbook.views.narrowing import Selection

Page = html.HtmlElement
MOST = 500_000
"""Bytes that a page may weigh."""


@pytest.fixture(scope="module")
def ours() -> dict[str, bytes]:
    return site(ROOT / "playbooks")


def pages(files: dict[str, bytes]) -> Iterator[tuple[str, Page]]:
    for name, data in files.items():
        if name.endswith(".html"):
            yield name, html.document_fromstring(data.decode())


def test_there_is_a_page_for_everything(ours: dict[str, bytes]) -> None:
    assert {"index.html", "workspace.html", "rules.html", "assets/page.css", "assets/search.js"} <= set(ours)
    assert "playbooks/customer_onboarding.html" in ours
    assert "playbooks/customer_onboarding.enterprise_track.html" in ours
    cards = html.document_fromstring(ours["index.html"].decode()).xpath("//li[@class='tile']//h3/a/@href")
    assert cards == [f"playbooks/{name}.html" for name in _ids()]


def _ids() -> list[str]:
    return ["customer_onboarding", "ownership_programme", "shared_ownership_programme", "stalled_onboarding"]


def test_every_link_leads_somewhere(ours: dict[str, bytes]) -> None:
    anchors = {name: {*page.xpath("//@id")} for name, page in pages(ours)}
    for name, page in pages(ours):
        for link in page.xpath("//@href | //@src"):
            parts = urlsplit(link)
            if parts.scheme == "data":
                continue
            assert not parts.scheme, link
            assert not parts.netloc, link
            target = normpath(str(PurePosixPath(name).parent / parts.path)) if parts.path else name
            assert target in ours, link
            if parts.fragment:
                assert unquote(parts.fragment) in anchors[target], (name, link)


def test_what_is_found_by_search_is_there(ours: dict[str, bytes]) -> None:
    anchors = {name: {*page.xpath("//@id")} for name, page in pages(ours)}
    index = json.loads(ours["assets/search.js"].removeprefix(b"window.PLAYBOOK_SEARCH=").rstrip(b";\n"))
    kinds = set()
    for kind, name, _, at, anchor in index["found"]:
        kinds.add(kind)
        assert name
        page = index["pages"][at]
        assert page in ours
        assert not anchor or anchor in anchors[page], (kind, name, page, anchor)
    assert {"Playbook", "Variant", "Stage", "Step", "Role", "KPI", "Field"} <= kinds


def test_ids_are_unique_and_pages_are_named(ours: dict[str, bytes]) -> None:
    for name, page in pages(ours):
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), name
        assert page.get("lang") == "en"
        assert len(page.xpath("//h1")) == 1
        assert page.xpath("string(//title)").strip()
        assert page.xpath("//main")
        assert page.xpath("//a[@class='skip']")
        for table in page.xpath("//table"):
            assert table.xpath("string(caption)").strip()
            assert not table.xpath(".//thead//th[not(@scope)]")


def test_pages_are_light(ours: dict[str, bytes]) -> None:
    assert {name: len(data) for name, data in ours.items() if len(data) > MOST} == {}


def test_boxes_lead_to_their_steps(ours: dict[str, bytes]) -> None:
    page = html.document_fromstring(ours["playbooks/customer_onboarding.html"].decode())
    steps = {f"#{id_}" for id_ in page.xpath("//article[@class='record']/@id")}
    assert len(steps) == 50
    for view in ("journey", "swimlanes"):
        linked = set(page.xpath(f"//section[@id='{view}']//*[local-name()='svg']//a/@href"))
        assert steps <= linked, view


def test_nothing_comes_from_elsewhere(ours: dict[str, bytes]) -> None:
    for _, page in pages(ours):
        (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy.startswith("default-src 'none';")
        assert "http" not in policy
        assert "unsafe" not in policy
        assert not page.xpath("//@style | //style")
        assert not page.xpath("//script[not(@src)]")
    for name in ("assets/page.css", "assets/page.js"):
        assert not re.search(rb"https?:|@import|url\(|fetch\(|XMLHttpRequest", ours[name])


def test_hostile_texts_are_only_texts(tmp_path: Path) -> None:
    texts = [text for text in HOSTILE.values() if text.strip() and "\x00" not in text]
    texts = [re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]", "", text) for text in texts]
    files = site(workspace(tmp_path, with_texts(texts)))
    for name, page in pages(files):
        for element in page.iter():
            assert not [key for key in element.attrib if key.startswith("on")], name
        assert len(page.xpath("//script")) == 1
        assert not page.xpath("//img | //iframe | //object | //embed | //form | //base")
        assert not [
            link for link in page.xpath("//@href") if ":" in link.split("#")[0] and not link.startswith("data:,")
        ]
    page = html.document_fromstring(files["playbooks/onboarding.html"].decode())
    records = page.xpath("//article[@class='record']/h4")
    # White space is the parser's business; all else comes through.
    assert [record.text_content().split() for record in records] == [clean(text).split() for text in texts]


def test_a_playbook_with_mistakes_gets_a_page_that_says_so(tmp_path: Path) -> None:
    broken = (
        "playbook: broken\ntitle: Broken\nends: {done: {success: true}}\n"
        "stages:\n  - id: one\n    steps:\n      - {id: a, do: Do it, after: nowhere, raci: {A: nobody}}\n"
    )
    files = site(workspace(tmp_path, {"broken.yaml": broken}))
    page = html.document_fromstring(files["playbooks/broken.html"].decode())
    assert "in its way" in page.xpath("string(//section[@id='journey'])")
    assert not page.xpath("//section[@id='journey']//*[local-name()='svg']")
    findings = page.xpath("//section[@id='findings']//li[@class='finding']")
    assert any("nowhere" in finding.text_content() and "line 7" in finding.text_content() for finding in findings)
    codes = page.xpath("//section[@id='findings']//a[@class='code']/@href")
    assert codes
    assert all(code.startswith("../rules.html#") for code in codes)


def test_an_unreadable_file_is_told_on_the_workspace_page(tmp_path: Path) -> None:
    files = site(
        workspace(
            tmp_path,
            {
                "good.yaml": "playbook: good\nscope: part\nstages:\n  - {id: one, steps: [{id: a, do: Do it}]}\n",
                "bad.yaml": "playbook: bad\nstages: [\n",
            },
        )
    )
    text = html.document_fromstring(files["workspace.html"].decode()).xpath("string(//section[@id='findings'])")
    assert "bad.yaml" in text


def test_customers_see_nothing_of_ours() -> None:
    files = site(ROOT / "playbooks", Selection(audience="customer"))
    assert set(files) == {
        "index.html",
        "assets/page.css",
        "assets/page.js",
        "assets/search.js",
        "playbooks/customer_onboarding.html",
        "playbooks/stalled_onboarding.html",
    }
    for name, page in pages(files):
        assert not page.xpath("//*[@id='findings' or @id='kpis']"), name
        text = page.text_content() + files["assets/search.js"].decode()
        for internal in (
            "Revenue organization",
            "Head of Revenue Operations",
            "finding",
            "NRR",
            "Workspace",
            "y_track",
        ):
            assert internal not in text, (name, internal)


def test_the_same_bytes_on_every_run() -> None:
    """Other hash seeds, languages and time zones, and other numbers of processes, change nothing."""
    code = (
        "import sys, hashlib; sys.path.insert(0, sys.argv[1]); from pathlib import Path; import sites;"
        "from playbook.site.building import build_all; from playbook.site.pages import pages_of;"
        "files = build_all(pages_of(sites.contents(sites.ROOT / 'examples' / 'gitlab_csm_to_cse_handover')),"
        "int(sys.argv[2]));"
        "print({name: hashlib.sha256(data).hexdigest() for name, data in files.items()})"
    )
    started = []
    for seed, language, zone, jobs in (("1", "C", "UTC", "1"), ("2", "C.UTF-8", "Asia/Kolkata", "2")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": language, "TZ": zone}
        command = [sys.executable, "-c", code, str(Path(__file__).parent), jobs]
        started.append(subprocess.Popen(command, env=environment, stdout=subprocess.PIPE))
    answers = {process.communicate()[0] for process in started}
    assert [process.returncode for process in started] == [0, 0]
    assert len(answers) == 1


def test_stages_of_one_name_and_stages_without_steps(tmp_path: Path) -> None:
    """Everything that leads to a stage leads somewhere, and every anchor is there once."""
    stage = "  - {{id: {0}, title: Build, steps: [{{id: step_{0}, do: Do it}}]}}\n"
    text = "playbook: builds\nscope: part\nstages:\n" + stage.format("a") + stage.format("b")
    text += "  - {id: empty, title: Empty}\n" + stage.format("c")
    files = site(workspace(tmp_path, {"builds.yaml": text}))
    page = html.document_fromstring(files["playbooks/builds.html"].decode())
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert [each for each in ids if each.startswith("stage.")] == ["stage.a", "stage.b", "stage.c"]
    assert {link for link in page.xpath("//@href") if link.startswith("#")} <= {f"#{id_}" for id_ in ids}
    index = json.loads(files["assets/search.js"].removeprefix(b"window.PLAYBOOK_SEARCH=").rstrip(b";\n"))
    assert {row[4] for row in index["found"] if row[0] in ("Stage", "Step")} <= {"", *ids}


def test_two_playbooks_of_one_id_have_a_page_each(tmp_path: Path) -> None:
    text = "playbook: twice\nscope: part\nstages:\n  - {id: one, steps: [{id: a, do: Do it}]}\n"
    folder = workspace(tmp_path, {"a.yaml": text, "b.yaml": text})
    assert {"playbooks/twice.html", "playbooks/twice-2.html"} <= set(pages_of(contents(folder)))
