"""The title above a picture."""

from __future__ import annotations

from collections.abc import Iterable

from playbook.formats.layout import style
from playbook.formats.layout.scene import Scene, Words


def add_title(scene: Scene, lines: Iterable[str]) -> None:
    """Write the lines of the title at the top left."""
    for number, line in enumerate(lines):
        y = style.MARGIN + style.TITLE * (0.8 + number * style.LEADING)
        scene.items.append(Words(style.MARGIN, y, line, style.TITLE, style.INK, bold=True))
