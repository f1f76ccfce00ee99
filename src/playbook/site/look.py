"""The style and the scripts of the site: those of any page, and its own."""

from __future__ import annotations

from functools import cache
from importlib import resources

from playbook.formats.page.look import script, style

_HERE = "playbook.site"


@cache
def site_style() -> str:
    """The style of all pages of the site."""
    return f"{style()}\n{_asset('site.css')}"


@cache
def site_script(*, live: bool = False) -> str:
    """What the pages do: light and dark, zoom, filters, tabs, search; and in the preview, reload."""
    names = ("tabs.js", "search.js", *(("live.js",) if live else ()))
    return "\n".join([script(), *(_asset(name) for name in names)])


def _asset(name: str) -> str:
    return resources.files(_HERE).joinpath("assets", name).read_text(encoding="utf-8")
