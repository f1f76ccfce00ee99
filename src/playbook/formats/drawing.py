"""The one place that chooses how a picture is laid out: by its shape and, of a diagram, by its kind."""

from __future__ import annotations

from functools import lru_cache

from playbook.formats.layout.scene import Scene
from playbook.shapes.diagram import Diagram
from playbook.shapes.timeline import Timeline

Drawable = Diagram | Timeline
"""The shapes that are pictures."""


@lru_cache(maxsize=24)
def scene_of(shown: Drawable, ratio: float | None = None) -> Scene:
    """A picture laid out. It is remembered, so that writing it in several formats lays it out once.

    ``ratio`` is the width of the place where it will stand, in its heights: it is laid out so that it can be
    drawn there as large as possible. Without one, it is a picture of its own, for screens and paper.
    """
    if isinstance(shown, Timeline):
        from playbook.formats.layout.timeline import compose as compose_timeline

        return compose_timeline(shown, ratio)
    if shown.kind == "swimlanes":
        from playbook.formats.layout.swimlanes.compose import compose as compose_swimlanes

        return compose_swimlanes(shown, ratio)
    if shown.kind == "tree":
        from playbook.formats.layout.tree import compose as compose_tree

        return compose_tree(shown, ratio)
    from playbook.formats.layout.compose import compose

    return compose(shown, ratio)
