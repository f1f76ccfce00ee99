"""Mermaid draws what we write, in a browser, and every text of it can be seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from kinds import KINDS, large
from samples import HOSTILE, SAMPLE, hostile_diagram

from playbook.formats import mermaid
from playbook.formats.flowchart.chart import chart_lines
from playbook.formats.flowchart.splitting import charts_of
from playbook.formats.flowchart.text import node_id
from playbook.shapes.diagram import Diagram
from playbook.views.registry import VIEWS
from subjects import template

SCRIPT = Path(__file__).resolve().parents[1] / "oracles" / "node_modules" / "mermaid" / "dist" / "mermaid.min.js"
CHROMIUM = Path("/usr/bin/chromium")
# As pages that show it set it: no texts as HTML of their own, no limits raised.
DRAW = """async (text) => {
  mermaid.initialize({startOnLoad: false, securityLevel: 'strict'});
  const drawn = await mermaid.render('drawn', text);
  document.body.innerHTML = drawn.svg;
  const box = (element) => {
    const found = element.getBoundingClientRect();
    return [found.left, found.top, found.right, found.bottom];
  };
  const svg = document.querySelector('svg');
  return {
    page: box(svg),
    nodes: [...svg.querySelectorAll('g.node')].map((node) => ({
      id: node.id.replace(/^(drawn-)?flowchart-/, '').replace(/-\\d+$/, ''),
      box: box(node),
      text: (node.querySelector('.nodeLabel') ?? node).innerText,
      words: box(node.querySelector('.nodeLabel') ?? node),
    })),
    tags: [...new Set([...svg.querySelectorAll('*')].map((element) => element.tagName.toLowerCase()))],
  };
}"""


@pytest.fixture(scope="module")
def page() -> Iterator[Any]:
    sync = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not SCRIPT.is_file():
        pytest.skip("the npm package mermaid is not installed: 'make test' installs it")
    if not CHROMIUM.is_file():
        pytest.skip("chromium is not installed")
    with sync.sync_playwright() as driver:
        quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=quiet)
        page = browser.new_page()
        page.route("**/*", lambda route: route.abort())
        page.set_content("<!DOCTYPE html><body></body>")
        page.add_script_tag(path=str(SCRIPT))
        yield page
        browser.close()


def enterprise(view: str) -> Diagram:
    shown = VIEWS[view].build("diagram", template("enterprise"))
    assert isinstance(shown, Diagram)
    return shown


DRAWN: dict[str, Diagram] = {
    "sample": SAMPLE,
    **KINDS,
    **{f"hostile {name}": hostile_diagram(HOSTILE[name]) for name in ("script", "markdown", "chinese", "arabic")},
    **{f"enterprise {name}": enterprise(name) for name, view in VIEWS.items() if "diagram" in view.gives},
    "part of a large one": charts_of(large(12, 60)).parts[1],
}


Rectangle = list[float]
"""Left, top, right, bottom."""


def is_inside(inner: Rectangle, outer: Rectangle) -> bool:
    """Within a pixel, as browsers round."""
    low = all(outer[at] - 1 <= inner[at] for at in (0, 1))
    return low and all(inner[at] <= outer[at] + 1 for at in (2, 3))


def are_apart(one: Rectangle, other: Rectangle) -> bool:
    return any(first[at + 2] <= second[at] + 1 for first, second in ((one, other), (other, one)) for at in (0, 1))


def visible(text: str) -> str:
    return re.sub(r"[\s\u200b]", "", text)


@pytest.mark.parametrize("name", DRAWN)
def test_every_text_is_seen(name: str, page: Any) -> None:
    diagram = DRAWN[name]
    drawn = page.evaluate(DRAW, mermaid.write(diagram).decode())
    nodes = {node["id"]: node for node in drawn["nodes"]}
    for node in diagram.nodes:
        found = nodes[node_id(node.id)]
        wanted = visible("".join((node.label, *node.details)))
        assert visible(found["text"]).removeprefix("○").endswith(wanted)
        assert found["words"][0] < found["words"][2]
        assert is_inside(found["words"], found["box"])
        assert is_inside(found["words"], drawn["page"])
    boxes = [node["words"] for node in drawn["nodes"]]
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            assert are_apart(one, other), "two texts lie on each other"
    assert not {"script", "img", "a"} & set(drawn["tags"])


def test_what_is_over_the_limits_is_not_drawn(page: Any) -> None:
    """Else there would be nothing to split."""
    at_the_limit = replace(SAMPLE, edges=SAMPLE.edges * 50)
    assert len(page.evaluate(DRAW, mermaid.write(at_the_limit).decode())["nodes"]) > len(SAMPLE.nodes)
    over_it = replace(SAMPLE, edges=(*at_the_limit.edges, SAMPLE.edges[0]))
    with pytest.raises(Exception, match="Edge limit exceeded"):
        page.evaluate(DRAW, "\n".join(chart_lines(over_it)))
    (message,) = page.evaluate(DRAW, "\n".join(chart_lines(large(12, 60))))["nodes"]
    assert message["text"] == "Maximum text size in diagram exceeded"
