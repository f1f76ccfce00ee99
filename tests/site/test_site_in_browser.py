"""The site as people use it: opened from the disk in a browser, with mouse and keyboard, by day and by night."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pypdf
import pytest
from sites import ROOT, put, site

from browsing import AXE, Window, missing, until, violations

pytestmark = pytest.mark.skipif(missing() is not None, reason=str(missing()))
PAGE = "playbooks/csm_to_cse_handover.html"
JOURNEY = "document.querySelector('#journey .canvas > svg')"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("site")
    return put(site(ROOT / "examples" / "gitlab_csm_to_cse_handover"), folder).as_uri() + "/"


@pytest.fixture
def page(window: Window, address: str) -> Iterator[Any]:
    window.troubles.clear()
    page = window.open(address + PAGE)
    yield page
    page.context.close()
    assert window.troubles == []


def seen(page: Any) -> str:
    """The heading of the part that is shown."""
    return " ".join(page.locator(".panel:not([hidden]) > h2").all_inner_texts())


@pytest.mark.skipif(not AXE.is_file(), reason="the npm package axe-core is not installed: 'make test' installs it")
@pytest.mark.parametrize("name", ["index.html", "workspace.html", "rules.html", PAGE])
def test_everybody_can_use_it(window: Window, address: str, name: str) -> None:
    page = window.open(address + name, color_scheme="light")
    # What is hidden is not looked at.
    page.evaluate("() => document.querySelectorAll('.panel').forEach(panel => panel.removeAttribute('hidden'))")
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, "color-contrast") == []
    page.context.close()


def test_tabs_by_mouse_keyboard_and_address(page: Any, window: Window, address: str) -> None:
    assert seen(page) == "Overview"
    page.get_by_role("tab", name="RACI").click()
    assert seen(page) == "RACI"
    assert page.url.endswith("#raci")
    page.keyboard.press("ArrowLeft")
    before = seen(page)
    assert before != "RACI"
    page.keyboard.press("Home")
    assert seen(page) == "Overview"
    page.goto(address + PAGE + "#findings")
    assert seen(page) == "Findings"
    page.go_back()
    assert seen(page) == "Overview"


def test_a_box_leads_to_its_step(page: Any) -> None:
    page.get_by_role("tab", name="Journey").click()
    box = page.locator("#journey svg a").nth(3)
    target = box.get_attribute("href")
    box.click()
    assert seen(page) == "Tasks"
    step = page.locator(target.replace(".", r"\."))
    assert step.is_visible()
    assert step.evaluate("step => document.activeElement === step")
    top = step.bounding_box()["y"]
    assert 80 < top < 600


def test_a_step_that_is_filtered_out_comes_back_when_it_is_linked_to(page: Any) -> None:
    page.get_by_role("tab", name="Tasks").click()
    page.locator("#tasks input[type=search]").fill("no step is called so")
    assert page.locator(".record:visible").count() == 0
    page.get_by_role("tab", name="Journey").click()
    page.locator("#journey svg a").nth(2).click()
    assert page.locator(".record:target").is_visible()


def viewed(page: Any) -> list[float]:
    box = page.locator("#journey .canvas > svg").get_attribute("viewBox")
    return [float(number) for number in box.split()]


def test_zoom_by_buttons_keys_and_wheel(page: Any) -> None:
    page.get_by_role("tab", name="Journey").click()
    until(page, "() => document.querySelector('#journey output').textContent !== ''")
    whole = viewed(page)
    tools = page.locator("#journey .zoom")
    tools.get_by_role("button", name="Zoom in").click()
    nearer = viewed(page)
    assert nearer[2] < whole[2]
    canvas = page.locator("#journey .canvas")
    canvas.focus()
    page.keyboard.press("+")
    assert viewed(page)[2] < nearer[2]
    before = viewed(page)
    page.keyboard.press("ArrowRight")
    assert viewed(page)[0] > before[0]
    page.keyboard.press("0")
    assert viewed(page) == pytest.approx(whole, abs=0.5)
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + 200, box["y"] + 100)
    page.mouse.wheel(0, -300)
    until(page, f"width => {JOURNEY}.viewBox.baseVal.width < width - 1", whole[2])
    tools.get_by_role("button", name="Fit").click()
    assert viewed(page) == pytest.approx(whole, abs=0.5)


def test_dragging_moves_and_opens_nothing(page: Any) -> None:
    page.get_by_role("tab", name="Journey").click()
    for _ in range(4):
        page.locator("#journey .zoom").get_by_role("button", name="Zoom in").click()
    before = viewed(page)
    box = page.locator("#journey .canvas").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + 150
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 120, y - 40, steps=5)
    page.mouse.up()
    after = viewed(page)
    assert after[0] > before[0]
    assert seen(page) == "Journey"


def test_the_page_scrolls_over_a_picture(page: Any) -> None:
    page.get_by_role("tab", name="Journey").click()
    whole = viewed(page)
    box = page.locator("#journey .canvas").bounding_box()
    page.mouse.move(box["x"] + 100, box["y"] + 50)
    page.mouse.wheel(0, 300)
    until(page, "() => scrollY > 100")
    assert viewed(page) == whole


def test_the_matrix_is_filtered(page: Any) -> None:
    page.get_by_role("tab", name="RACI").click()
    panel = page.locator("#raci")
    rows = panel.locator("tbody tr:not(.block):visible")
    every = rows.count()
    heads = panel.locator("thead th.letters:visible")
    assert every > 10
    assert heads.count() > 2
    role = heads.first.inner_text()
    panel.get_by_label("Role").select_option(label=role)
    assert heads.all_inner_texts() == [role]
    kept = rows.count()
    assert 0 < kept < every
    assert f"{kept} of {every} rows" in panel.get_by_role("status").inner_text()
    panel.get_by_label("Letter").select_option("A")
    assert rows.count() <= kept
    assert all("A" in text for text in panel.locator("tbody tr:not(.block):visible td:visible").all_inner_texts())
    panel.get_by_role("button", name="Show all").click()
    assert rows.count() == every
    stages = panel.get_by_label("Stage").locator("option").all_inner_texts()
    panel.get_by_label("Stage").select_option(label=stages[1])
    assert panel.locator("tr.block:visible").all_inner_texts() == [stages[1]]


def test_search_by_keyboard(page: Any) -> None:
    page.keyboard.press("/")
    step = page.locator(".record h4").nth(5).text_content()
    page.keyboard.type(step[:14])
    first = page.locator(".results li").first
    first.wait_for()
    assert first.get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    until(page, "() => location.hash !== ''")
    assert seen(page) == "Tasks"
    assert page.locator(".results").is_hidden()


def test_search_leads_to_other_pages_and_says_when_nothing_is_found(page: Any) -> None:
    box = page.get_by_role("combobox", name="Search")
    box.fill("zzzz qqqq")
    page.get_by_text("Nothing is called so").wait_for()
    page.keyboard.press("Escape")
    assert page.locator(".results").is_hidden()
    box.fill("CSE territory owner")
    page.locator(".results li", has_text="Role").first.click()
    page.wait_for_url("**/workspace.html#roles.*")
    assert page.locator("tr:target").is_visible()


def test_light_and_dark_are_kept(page: Any, address: str) -> None:
    def paper() -> str:
        return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))

    light = paper()
    page.get_by_role("button", name="Dark").click()
    dark = paper()
    assert dark != light
    page.goto(address + "index.html")
    assert paper() == dark


def test_a_narrow_page_does_not_scroll_sideways(window: Window, address: str) -> None:
    for name in ("index.html", "workspace.html", PAGE):
        page = window.open(address + name, viewport={"width": 360, "height": 740}, has_touch=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, name
        page.context.close()


def test_results_of_a_search_are_in_sight_on_a_phone(window: Window, address: str) -> None:
    page = window.open(address + PAGE, viewport={"width": 360, "height": 740}, has_touch=True)
    page.get_by_role("combobox", name="Search").fill("customer")
    page.locator(".results li").first.wait_for()
    box = page.locator(".results").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    page.context.close()


def test_without_scripts_everything_is_there(window: Window, address: str) -> None:
    page = window.open(address + PAGE, java_script_enabled=False)
    headings = page.locator(".panel > h2:visible").all_inner_texts()
    assert headings[:2] == ["Overview", "Journey"]
    assert {"RACI", "Tasks", "Findings"} <= set(headings)
    page.context.close()


def test_paper_has_all_parts(page: Any) -> None:
    page.get_by_role("tab", name="RACI").click()
    page.locator("#raci").get_by_label("Containing").fill("no row has this")
    pdf = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    text = "\n".join(sheet.extract_text() for sheet in pdf.pages)
    step = page.locator(".record h4").last.text_content()
    for wanted in ("Overview", "Journey", "RACI", "Tasks", "Findings", step):
        assert wanted in text, wanted
    assert "Show all" not in text
    assert "Full screen" not in text
    assert pdf.pages[0].mediabox.width > pdf.pages[0].mediabox.height
