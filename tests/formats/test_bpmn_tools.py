"""BPMN files as other programs see them: bpmn-moddle reads, bpmnlint judges, bpmn-js draws in a browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from process_samples import files, models, subjects
from samples import HOSTILE, hostile_process

from node_oracle import ORACLES, answers_of
from playbook.formats import bpmn
from playbook.formats.processes.xml import printable
from playbook.shapes.process import ProcessModel

CHROMIUM = Path("/usr/bin/chromium")
VIEWER = ORACLES / "node_modules/bpmn-js/dist/bpmn-viewer.production.min.js"
HOSTILE_MODELS = {f"hostile {name}": hostile_process(text) for name, text in HOSTILE.items()}
MODELS: dict[str, ProcessModel] = {**models(), **HOSTILE_MODELS}
DRAWN = [name for name, subject in subjects().items() if subject.playbook.variant is None]
"""Variants are made of the same elements; that nothing overlaps in theirs either is measured without a browser."""
DISCOURAGED = {"no-inclusive-gateway"}
"""What bpmnlint advises against and we mean: a choice of several is an inclusive gateway."""


# -- bpmn-moddle and bpmnlint --------------------------------------------------------------------


@pytest.fixture(scope="module")
def checked() -> dict[str, Any]:
    if shutil.which("node") is None:
        pytest.skip("node is not installed")
    if not all((ORACLES / "node_modules" / name).is_dir() for name in ("bpmn-moddle", "bpmnlint")):
        pytest.skip("the npm packages bpmn-moddle and bpmnlint are not installed: 'make test' installs them")
    written = files() | {name: bpmn.write(model) for name, model in HOSTILE_MODELS.items()}
    texts = {name: data.decode() for name, data in written.items()}
    plain = texts["stalled_onboarding"]
    texts["unknown target"] = plain.replace('targetRef="', 'targetRef="nowhere.', 1)
    texts["no picture"] = plain[: plain.index("  <bpmndi:BPMNDiagram")] + "</bpmn:definitions>\n"
    return answers_of("bpmn/check.mjs", texts)


def test_the_oracles_find_what_is_broken(checked: dict[str, Any]) -> None:
    assert checked["unknown target"]["warnings"]
    assert "no-bpmndi" in {report["rule"] for report in checked["no picture"]["reports"]}


@pytest.mark.parametrize("name", MODELS)
def test_moddle_reads_it_without_warnings(name: str, checked: dict[str, Any]) -> None:
    answer = checked[name]
    assert answer["ok"], answer
    assert answer["warnings"] == []
    for node in MODELS[name].nodes:
        if node.label:
            assert answer["names"][node.id] == printable(node.label)


@pytest.mark.parametrize("name", models())
def test_bpmnlint_finds_nothing(name: str, checked: dict[str, Any]) -> None:
    assert [report for report in checked[name]["reports"] if report["rule"] not in DISCOURAGED] == []


# -- bpmn-js -------------------------------------------------------------------------------------

_DRAW = """async xml => {
  const viewer = window.viewer ||= new BpmnJS({container: '#canvas'});
  const {warnings} = await viewer.importXML(xml);
  viewer.get('canvas').zoom('fit-viewport');
  const registry = viewer.get('elementRegistry');
  const drawn = registry.getAll().filter(each => each.parent).map(each => {
    const graphics = registry.getGraphics(each);
    const box = graphics.querySelector('.djs-visual').getBoundingClientRect();
    const hidden = getComputedStyle(graphics).display === 'none' || graphics.closest('.djs-element-hidden');
    return {id: each.id, box: [box.left, box.top, box.right, box.bottom], hidden: Boolean(hidden)};
  });
  return {warnings: warnings.map(each => each.message), drawn};
}"""
WIDTH, HEIGHT = 1800, 1000


@pytest.fixture(scope="module")
def page() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM.is_file():
        pytest.skip("chromium is not installed")
    if not VIEWER.is_file():
        pytest.skip("the npm package bpmn-js is not installed: 'make test' installs it")
    with api.sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=arguments)
        opened = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        styles = (VIEWER.parent / "assets" / "diagram-js.css").read_text(encoding="utf-8")
        opened.set_content(
            f"<style>{styles} html,body,#canvas{{margin:0;width:100%;height:100%}}</style><div id=canvas></div>"
        )
        opened.add_script_tag(content=VIEWER.read_text(encoding="utf-8"))
        yield opened
        browser.close()


@pytest.mark.parametrize("name", DRAWN)
def test_bpmn_js_shows_every_element(name: str, page: Any) -> None:
    model = models()[name]
    answer = page.evaluate(_DRAW, files()[name].decode())
    assert answer["warnings"] == []
    drawn = {each["id"]: each for each in answer["drawn"]}
    assert _ids(model) <= set(drawn)
    for id_, each in drawn.items():
        left, top, right, bottom = each["box"]
        assert not each["hidden"], id_
        assert max(right - left, bottom - top) > 0, id_
        assert left >= -1, id_
        assert top >= -1, id_
        assert right <= WIDTH + 1, id_
        assert bottom <= HEIGHT + 1, id_


def _ids(model: ProcessModel) -> set[str]:
    """The ids of all that has a place in the picture."""
    found = {"pool"}
    found.update(each.id for each in (*model.lanes, *model.nodes, *model.flows, *model.handlers))
    found.update(each.id for handler in model.handlers for each in (*handler.nodes, *handler.flows))
    found.update(f"stage.{stage.id}" for stage in model.stages)
    found.update(f"notes.{stage.id}" for stage in model.stages if stage.notes)
    return found
