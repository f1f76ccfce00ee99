"""Diagram or timeline → PDF: the picture on one page of its own size, in vector lines and selectable text.

The standard Helvetica of PDF has Latin letters only. A line with any other letter is drawn from the
fonts of this machine, as a fine picture of itself, so that every script is shaped as it should be.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from playbook.formats.drawing import Drawable, scene_of
from playbook.formats.layout.measure import width
from playbook.formats.layout.scene import Box, Line, Mark, Scene, Shape, Words, toward
from playbook.formats.png import bundled_fonts
from playbook.formats.svg import svg_text

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_FONT_SIZE_UNIT = 4.0
"""A line that is drawn as a picture has four pixels a point: as fine as good print."""


def write(shown: Drawable) -> bytes:
    """The picture as a PDF of one page. The same picture gives the same bytes."""
    from reportlab.pdfgen.canvas import Canvas

    scene = scene_of(shown)
    out = io.BytesIO()
    # `invariant` leaves out the time of writing and everything else that differs between runs.
    canvas = Canvas(out, pagesize=(scene.width, scene.height), invariant=1)
    canvas.setTitle(_latin(scene.title))
    canvas.setSubject(_latin(scene.description))
    canvas.setCreator("playbook")
    page = _Page(canvas, scene)
    for item in scene.marks():
        page.draw(item)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


class _Page:
    """Draws items on a page whose origin is at the bottom left."""

    def __init__(self, canvas: Canvas, scene: Scene) -> None:
        self._canvas = canvas
        self._height = scene.height

    def draw(self, item: Mark) -> None:
        if isinstance(item, Words):
            self._words(item)
        elif isinstance(item, Box):
            self._paint(item.stroke, item.line, item.dashed, item.fill)
            bottom = self._height - item.y - item.height
            self._canvas.roundRect(
                item.x, bottom, item.width, item.height, item.radius, stroke=int(item.stroke is not None), fill=1
            )
        elif isinstance(item, Shape):
            self._paint(item.stroke, item.line, item.dashed, item.fill)
            self._canvas.drawPath(self._polygon(item), stroke=int(item.stroke is not None), fill=1)
        else:
            self._paint(item.stroke, item.line, item.dashed, None)
            self._canvas.drawPath(self._polyline(item), stroke=1, fill=0)

    def _paint(self, stroke: str | None, line: float, dashed: bool, fill: str | None) -> None:
        from reportlab.lib.colors import HexColor

        self._canvas.setDash([5, 3] if dashed else [])
        self._canvas.setLineWidth(line)
        if stroke:
            self._canvas.setStrokeColor(HexColor(stroke))
        if fill:
            self._canvas.setFillColor(HexColor(fill))

    def _polygon(self, item: Shape) -> Any:
        path = self._canvas.beginPath()
        path.moveTo(item.points[0][0], self._height - item.points[0][1])
        for x, y in item.points[1:]:
            path.lineTo(x, self._height - y)
        path.close()
        return path

    def _polyline(self, item: Line) -> Any:
        path = self._canvas.beginPath()
        before = item.points[0]
        path.moveTo(before[0], self._height - before[1])
        for point, after in zip(item.points[1:], [*item.points[2:], None], strict=True):
            if after is None:
                path.lineTo(point[0], self._height - point[1])
                break
            entry, leave = toward(point, before), toward(point, after)
            path.lineTo(entry[0], self._height - entry[1])
            # A quadratic curve as a cubic one: both handles lie two thirds of the way to the corner.
            first, second = _between(entry, point), _between(leave, point)
            path.curveTo(
                first[0],
                self._height - first[1],
                second[0],
                self._height - second[1],
                leave[0],
                self._height - leave[1],
            )
            before = point
        return path

    def _words(self, item: Words) -> None:
        from reportlab.lib.colors import HexColor

        if _latin(item.text) != item.text:
            self._picture(item)
            return
        self._canvas.setFillColor(HexColor(item.color))
        self._canvas.setFont("Helvetica-Bold" if item.bold else "Helvetica", item.size)
        draw = {
            "start": self._canvas.drawString,
            "middle": self._canvas.drawCentredString,
            "end": self._canvas.drawRightString,
        }[item.anchor]
        draw(item.x, self._height - item.y, item.text)

    def _picture(self, item: Words) -> None:
        """A line in letters that Helvetica lacks."""
        import resvg_py
        from reportlab.lib.utils import ImageReader

        wide = max(1.0, width(item.text, item.size, bold=item.bold) + item.size)
        high = item.size * 1.6
        at = {"start": item.size / 2, "middle": wide / 2, "end": wide - item.size / 2}[item.anchor]
        line = Words(at, item.size * 1.15, item.text, item.size, item.color, item.bold, item.anchor)
        scene = Scene(wide, high, "", "", [line])
        data = resvg_py.svg_to_bytes(
            svg_string=svg_text(scene), width=round(wide * _FONT_SIZE_UNIT), font_dirs=[str(bundled_fonts())]
        )
        bottom = self._height - (item.y - item.size * 1.15) - high
        self._canvas.drawImage(ImageReader(io.BytesIO(bytes(data))), item.x - at, bottom, wide, high, mask="auto")


def _between(end: tuple[float, float], corner: tuple[float, float]) -> tuple[float, float]:
    return end[0] + (corner[0] - end[0]) * 2 / 3, end[1] + (corner[1] - end[1]) * 2 / 3


def _latin(text: str) -> str:
    """The text as the standard fonts of PDF can show it."""
    return text.encode("cp1252", "replace").decode("cp1252")
