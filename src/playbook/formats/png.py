"""Diagram or timeline → PNG: the SVG picture, rasterized by resvg at twice its size."""

from __future__ import annotations

from pathlib import Path

from playbook.formats.drawing import Drawable, scene_of
from playbook.formats.svg import svg_text

_SCALE = 2.0
_LONGEST_SIDE = 12_000


def write(shown: Drawable) -> bytes:
    """The picture as a PNG of at most 12,000 pixels a side."""
    import resvg_py

    scene = scene_of(shown)
    zoom = min(_SCALE, _LONGEST_SIDE / max(scene.width, scene.height))
    wide = max(1, round(scene.width * zoom))
    return bytes(resvg_py.svg_to_bytes(svg_string=svg_text(scene), width=wide, font_dirs=[str(bundled_fonts())]))


def bundled_fonts() -> Path:
    """A folder of fonts that is there on every machine: Bitstream Vera, which reportlab ships."""
    import reportlab

    return Path(reportlab.__file__).parent / "fonts"
