"""A browser for the tests of pages: it tells of every mistake in the console, and reaches nothing but our pages."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

AXE = Path(__file__).parent / "oracles" / "node_modules" / "axe-core" / "axe.min.js"
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)


def chromium() -> str | None:
    """The browser of this machine, if there is one."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def missing() -> str | None:
    """Why no page can be looked at; ``None`` if it can."""
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        return "playwright is not installed"
    return None if chromium() else "chromium is not installed"


class Window:
    """Pages of one browser. ``troubles`` are messages of the console, errors, and requests that would leave."""

    def __init__(self, browser: Any, allowed: str) -> None:
        self._browser = browser
        self._allowed = allowed
        self.troubles: list[str] = []

    def open(self, address: str, **options: Any) -> Any:
        """A page of its own in a context of its own; ``options`` are those of the context."""
        context = self._browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.route("**/*", self._pass)
        page.on("console", lambda message: self.troubles.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        page.goto(address)
        return page

    def _pass(self, route: Any) -> None:
        if route.request.url.startswith((self._allowed, "data:")):
            route.continue_()
        else:
            self.troubles.append(f"request: {route.request.url}")
            route.abort()


@contextmanager
def browsing(allowed: str) -> Iterator[Window]:
    """A browser that may reach only what begins with ``allowed``."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), args=[*_QUIET])
        yield Window(browser, allowed)
        browser.close()


def until(page: Any, condition: str, value: object = None) -> None:
    """Wait until a function of JavaScript says yes. The pages forbid playwright's own way of waiting for that."""
    ends = time.monotonic() + 10
    while not page.evaluate(condition, value):
        assert time.monotonic() < ends, condition
        time.sleep(0.02)


def violations(page: Any, *rules: str) -> list[str]:
    """What axe-core finds, by all its rules or by some: the rule, and the first elements that break it."""
    # Pages forbid scripts that are not their own, so it comes in as the browser's own evaluation.
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = {"type": "rule", "values": [*rules]}
    found = page.evaluate("async options => (await axe.run(document, options)).violations", options)
    return [f"{each['id']}: {[node['html'][:160] for node in each['nodes'][:3]]}" for each in found]
