"""The style and the scripts of all pages."""

from __future__ import annotations

from functools import cache

from playbook.formats.page.engine import asset

_STYLES = ("base.css", "tables.css", "drawing.css")
_SCRIPTS = ("theme.js", "zoom.js", "filters.js")


@cache
def style() -> str:
    """The style of any page."""
    return "\n".join(asset(name) for name in _STYLES)


@cache
def script() -> str:
    """What a page does: light and dark, zoom, filters. Each script stands for itself."""
    return "\n".join(asset(f"scripts/{name}") for name in _SCRIPTS)
