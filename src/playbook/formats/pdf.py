"""Anything → PDF, in vector lines and selectable text: a picture on one page of its own size, else pages of A4.

What the bundled fonts can write is written with them, the same on every machine. A line with other letters is
written with a font of this machine; one whose script must be shaped (Arabic, Hindi) or that no such font
covers is drawn as a fine picture of itself. All fonts are embedded.
"""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from playbook.formats.drawing import Drawable, scene_of
from playbook.formats.layout import fonts
from playbook.formats.layout.machine_fonts import plain_face
from playbook.formats.layout.measure import width
from playbook.formats.layout.scene import Box, Line, Mark, Scene, Shape, Words, toward
from playbook.formats.layout.sheet import Sheet
from playbook.formats.png import rasterized
from playbook.shapes.document import Document
from playbook.shapes.table import Table

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_FONT_SIZE_UNIT = 4.0
"""A line that is drawn as a picture has four pixels a point: as fine as good print."""


def write(shown: Drawable | Table | Document) -> bytes:
    """A picture as a PDF of one page, anything else as pages of A4. The same input gives the same bytes."""
    from reportlab.pdfgen.canvas import Canvas

    sheets = _sheets(shown)
    out = io.BytesIO()
    first = sheets[0].scene
    # `invariant` leaves out the time of writing and everything else that differs between runs.
    canvas = Canvas(out, pagesize=(first.width, first.height), invariant=1, initialFontName=fonts.face())
    canvas.setTitle(_line(shown.title))
    canvas.setSubject(_line(first.description))
    canvas.setAuthor("")
    canvas.setCreator("playbook")
    for number, sheet in enumerate(sheets):
        page = _Page(canvas, sheet.scene)
        for item in sheet.scene.marks():
            page.draw(item)
        if sheet.heading:
            # Readers of PDF list these beside the pages.
            canvas.bookmarkPage(str(number))
            canvas.addOutlineEntry(" ".join(sheet.heading.split()), str(number))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _sheets(shown: Drawable | Table | Document) -> list[Sheet]:
    if isinstance(shown, Table | Document):
        from playbook.formats.layout.pages.paper import sheets_of

        return sheets_of(shown)
    return [Sheet(scene_of(shown))]


class _Page:
    """Draws items on a page whose origin is at the bottom left."""

    def __init__(self, canvas: Canvas, scene: Scene) -> None:
        self._canvas = canvas
        self._height = scene.height

    def draw(self, item: Mark) -> None:
        if isinstance(item, Words) and item.turned:
            self._turned(item)
        elif isinstance(item, Words):
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

    def _turned(self, item: Words) -> None:
        """A line that reads from bottom to top."""
        self._canvas.saveState()
        self._canvas.translate(item.x, self._height - item.y)
        self._canvas.rotate(90)
        self._words(replace(item, x=0, y=self._height, turned=False))
        self._canvas.restoreState()

    def _words(self, item: Words) -> None:
        from reportlab.lib.colors import HexColor

        name = fonts.face(bold=item.bold) if fonts.is_covered(item.text) else plain_face(item.text, bold=item.bold)
        if name is None:
            self._picture(item)
            return
        self._canvas.setFillColor(HexColor(item.color))
        self._canvas.setFont(name, item.size)
        draw = {
            "start": self._canvas.drawString,
            "middle": self._canvas.drawCentredString,
            "end": self._canvas.drawRightString,
        }[item.anchor]
        draw(item.x, self._height - item.y, item.text)

    def _picture(self, item: Words) -> None:
        """A line in letters that must be shaped, or are in no font that could be embedded."""
        from reportlab.lib.utils import ImageReader

        wide = max(1.0, width(item.text, item.size, bold=item.bold) + item.size)
        high = item.size * 1.6
        at = {"start": item.size / 2, "middle": wide / 2, "end": wide - item.size / 2}[item.anchor]
        line = Words(at, item.size * 1.15, item.text, item.size, item.color, item.bold, item.anchor)
        scene = Scene(wide, high, "", "", [line])
        data = rasterized(scene, round(wide * _FONT_SIZE_UNIT))
        bottom = self._height - (item.y - item.size * 1.15) - high
        self._canvas.drawImage(ImageReader(io.BytesIO(data)), item.x - at, bottom, wide, high, mask="auto")


def _between(end: tuple[float, float], corner: tuple[float, float]) -> tuple[float, float]:
    return end[0] + (corner[0] - end[0]) * 2 / 3, end[1] + (corner[1] - end[1]) * 2 / 3


def _line(text: str) -> str:
    """A text of the document's properties: on one line, without halves of characters."""
    return " ".join(text.encode("utf-8", "replace").decode().replace("\0", " ").split())
