"""Diagram or timeline → SVG 1.1, drawn by our own layouts.

Texts are real text in fonts that every system has; they were measured for the widest of them. Each node is a
group with its id and its name, so that pages can link to it.
"""

from __future__ import annotations

import unicodedata
from xml.sax.saxutils import escape, quoteattr

from playbook.formats.drawing import Drawable, scene_of
from playbook.formats.layout.scene import Box, Group, Item, Line, Mark, Scene, Shape, Words, toward
from playbook.text.markup import for_xml

FONTS = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', 'Noto Sans', sans-serif"


def write(shown: Drawable) -> bytes:
    """The picture as an SVG document."""
    return svg_text(scene_of(shown)).encode()


def svg_text(scene: Scene) -> str:
    """A scene as an SVG document."""
    size = f"{_n(scene.width)} {_n(scene.height)}"
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" width="{_n(scene.width)}" '
        f'height="{_n(scene.height)}" role="img" font-family="{FONTS}">',
        f"<title>{clean(scene.title)}</title>",
        f"<desc>{clean(scene.description)}</desc>",
    ]
    lines += [_item(item) for item in scene.items]
    return "\n".join([*lines, "</svg>"]) + "\n"


def clean(text: str) -> str:
    """A text for XML: escaped, and without characters that XML forbids."""
    return escape(for_xml(text))


def _item(item: Item) -> str:
    if not isinstance(item, Group):
        return _mark(item)
    title = f"<title>{clean(item.title)}</title>" if item.title.strip() else ""
    marks = "".join(_mark(mark) for mark in item.marks)
    return f'<g id={quoteattr(item.id)} class="node">{title}{marks}</g>'


def _mark(item: Mark) -> str:
    if isinstance(item, Box):
        radius = f' rx="{_n(item.radius)}"' if item.radius else ""
        return (
            f'<rect x="{_n(item.x)}" y="{_n(item.y)}" width="{_n(item.width)}" height="{_n(item.height)}"'
            f"{radius}{_paint(item.fill, item.stroke, item.line, item.dashed)}/>"
        )
    if isinstance(item, Shape):
        points = " ".join(f"{_n(x)},{_n(y)}" for x, y in item.points)
        return f'<polygon points="{points}"{_paint(item.fill, item.stroke, item.line, item.dashed)}/>'
    if isinstance(item, Line):
        return f'<path d="{_path(item)}"{_paint("none", item.stroke, item.line, item.dashed)}/>'
    return _words(item)


def _words(item: Words) -> str:
    bold = ' font-weight="bold"' if item.bold else ""
    anchor = f' text-anchor="{item.anchor}"' if item.anchor != "start" else ""
    turned = f' transform="rotate(-90 {_n(item.x)} {_n(item.y)})"' if item.turned else ""
    turned += (
        ' direction="rtl" unicode-bidi="embed"' if is_right_to_left(item.text) and item.anchor == "middle" else ""
    )
    return (
        f'<text x="{_n(item.x)}" y="{_n(item.y)}" font-size="{_n(item.size)}" fill={quoteattr(item.color)}'
        f"{bold}{anchor}{turned}>{clean(item.text)}</text>"
    )


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left (Unicode Bidirectional Algorithm, P2)."""
    for char in text:
        direction = unicodedata.bidirectional(char)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def _paint(fill: str, stroke: str | None, line: float, dashed: bool) -> str:
    text = f' fill="{fill}"'
    if stroke:
        text += f' stroke="{stroke}" stroke-width="{_n(line)}"'
        text += ' stroke-dasharray="5 3"' if dashed else ""
    return text


def _path(item: Line) -> str:
    """A polyline whose corners are rounded by at most five points."""
    first, *rest = item.points
    parts = [f"M{_n(first[0])} {_n(first[1])}"]
    before = first
    for at, point in enumerate(rest):
        after = rest[at + 1] if at + 1 < len(rest) else None
        if after is None:
            parts.append(f"L{_n(point[0])} {_n(point[1])}")
            break
        entry, leave = toward(point, before), toward(point, after)
        parts.append(f"L{_n(entry[0])} {_n(entry[1])}Q{_n(point[0])} {_n(point[1])} {_n(leave[0])} {_n(leave[1])}")
        before = point
    return "".join(parts)


def _n(value: float) -> str:
    """A number with at most two decimals, the same on every machine."""
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"
