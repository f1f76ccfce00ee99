"""Diagram or timeline → PNG: the SVG picture, rasterized by resvg at twice its size, or as large as is of use.

What the bundled fonts can write comes out the same, to the byte, on every machine. Other letters are drawn
with the fonts of the machine.
"""

from __future__ import annotations

import math
import re
from xml.sax.saxutils import unescape

from playbook.formats.drawing import Drawable, scene_of
from playbook.formats.layout import fonts
from playbook.formats.layout.machine_fonts import choice_for
from playbook.formats.layout.scene import Scene
from playbook.formats.svg import svg_text

_SCALE = 2.0
_LONGEST_SIDE = 12_000
_MOST_PIXELS = 10_000_000
"""More than a 4K screen has, or a sheet of A3 at 230 dots an inch; more only takes time and room."""
_TEXT = re.compile(r"<text ([^>]*>)([^<>]*)(?=</text>)")


def write(shown: Drawable) -> bytes:
    """The picture as a PNG of at most 12,000 pixels a side, and 10 million in all."""
    scene = scene_of(shown)
    most = math.sqrt(_MOST_PIXELS / (scene.width * scene.height))
    zoom = min(_SCALE, most, _LONGEST_SIDE / max(scene.width, scene.height))
    return rasterized(scene, max(1, round(scene.width * zoom)))


def rasterized(scene: Scene, width: int) -> bytes:
    """A scene as a PNG so many pixels wide."""
    import resvg_py

    needed: dict[str, None] = dict.fromkeys(fonts.files())
    complete = True

    def with_font(match: re.Match[str]) -> str:
        nonlocal complete
        text = unescape(match[2])
        if fonts.is_covered(text):
            return match[0]
        choice = choice_for(text)
        needed.update(dict.fromkeys(choice.files))
        complete = complete and choice.complete
        return f'<text style="font-family: {", ".join(map(repr, choice.families))}" {match[1]}{match[2]}'

    svg = _TEXT.sub(with_font, svg_text(scene))
    data = resvg_py.svg_to_bytes(
        svg_string=svg,
        width=width,
        # All fonts of this machine only where the known ones do not suffice.
        skip_system_fonts=complete,
        font_files=list(needed),
        style_sheet=f"svg {{ font-family: '{fonts.FAMILY}' }}",
        font_family=fonts.FAMILY,
        sans_serif_family=fonts.FAMILY,
    )
    return bytes(data)
