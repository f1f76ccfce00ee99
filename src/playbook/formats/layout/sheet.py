"""A page to be printed."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.formats.layout.scene import Scene


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page; ``heading`` names it in the list of contents, if it stands there."""

    scene: Scene
    heading: str = ""
