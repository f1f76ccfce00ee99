"""Colours of a terminal, as a function, so that reports know no terminal."""

from __future__ import annotations

from collections.abc import Callable

Paint = Callable[[str, str], str]
"""Colours a text: ``paint("error", "…")``. Styles are the severities, ``place`` and ``dim``."""


def no_paint(style: str, text: str) -> str:
    """Leaves the text as it is: for files, pipes and NO_COLOR."""
    del style
    return text
