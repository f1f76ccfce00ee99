"""DrawingML, the markup of shapes and texts on slides (ECMA-376, part 1, chapters 20 and 21)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal
from xml.sax.saxutils import escape, quoteattr

from playbook.formats.layout.pages.words import clean
from playbook.formats.svg import is_right_to_left

_NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_ALIGN = {"left": "l", "center": "ctr", "right": "r", "start": "l", "middle": "ctr", "end": "r"}


def emu(points: float) -> int:
    """Points in English metric units, of which a point has 12,700."""
    return round(points * 12700)


def attribute(text: str) -> str:
    """A text as the quoted value of an attribute, on one line."""
    return quoteattr(" ".join(clean(text).split()))


def fill(color: str | None) -> str:
    """A plain fill, or none."""
    return f'<a:solidFill><a:srgbClr val="{color[1:].upper()}"/></a:solidFill>' if color else "<a:noFill/>"


def outline(color: str | None, line: float, *, dashed: bool = False) -> str:
    """A line around a shape, or none."""
    if color is None:
        return "<a:ln><a:noFill/></a:ln>"
    dash = '<a:prstDash val="dash"/>' if dashed else ""
    return f'<a:ln w="{max(1, emu(line))}">{fill(color)}{dash}</a:ln>'


def place(x: float, y: float, wide: float, high: float) -> str:
    """Where a shape stands."""
    return f'<a:xfrm><a:off x="{emu(x)}" y="{emu(y)}"/><a:ext cx="{emu(wide)}" cy="{emu(high)}"/></a:xfrm>'


@dataclass(frozen=True, slots=True)
class Lines:
    """A paragraph of text: its lines are broken where they are told to be."""

    lines: tuple[str, ...]
    size: float
    color: str
    bold: bool = False
    align: Literal["left", "center", "right", "start", "middle", "end"] = "left"
    leading: float = 0.0
    """The distance of its lines in points; 1.25 times the size if none is given."""
    before: float = 0.0
    bullet: bool = False


def paragraphs(texts: Iterable[Lines]) -> str:
    """Paragraphs as the content of a text body, which has one at least."""
    return "".join(_paragraph(text) for text in texts) or "<a:p/>"


def run_style(text: Lines) -> str:
    """The look of letters: the attributes and the content of run properties."""
    size = max(100, round(text.size * 100))
    return f'lang="en-US" sz="{size}" b="{int(text.bold)}" dirty="0">{fill(text.color)}'


def _paragraph(text: Lines) -> str:
    align = _ALIGN[text.align]
    turned = is_right_to_left(" ".join(text.lines))
    if turned:
        # Where lines begin is on the right then.
        align = {"l": "r", "r": "l"}.get(align, align)
    spacing = f'<a:lnSpc><a:spcPts val="{round((text.leading or text.size * 1.25) * 100)}"/></a:lnSpc>'
    spacing += f'<a:spcBef><a:spcPts val="{round(text.before * 100)}"/></a:spcBef>'
    indent, mark = "", "<a:buNone/>"
    if text.bullet:
        wide = emu(text.size * 1.2)
        indent = f' marL="{wide}" indent="-{wide}"'
        mark = '<a:buFont typeface="Arial"/><a:buChar char="•"/>'
    direction = ' rtl="1"' if turned else ""
    style = run_style(text)
    runs = "<a:br/>".join(
        f"<a:r><a:rPr {style}</a:rPr><a:t>{escape(clean(line))}</a:t></a:r>" if line else "" for line in text.lines
    ).replace("<a:br/>", f"<a:br><a:rPr {style}</a:rPr></a:br>")
    return (
        f'<a:p><a:pPr algn="{align}"{indent}{direction}>{spacing}{mark}</a:pPr>{runs}'
        f"<a:endParaRPr {style}</a:endParaRPr></a:p>"
    )


def text_body(
    texts: Iterable[Lines],
    *,
    insets: tuple[float, float, float, float] = (0, 0, 0, 0),
    wrap: bool = True,
    anchor: Literal["t", "ctr", "b"] = "t",
) -> str:
    """The text of a shape; ``insets`` are those at the left, the top, the right and the bottom."""
    left, top, right, bottom = (emu(inset) for inset in insets)
    return (
        f'<p:txBody><a:bodyPr wrap="{"square" if wrap else "none"}" lIns="{left}" tIns="{top}" rIns="{right}" '
        f'bIns="{bottom}" anchor="{anchor}" rtlCol="0"><a:noAutofit/></a:bodyPr><a:lstStyle/>'
        f"{paragraphs(texts)}</p:txBody>"
    )


def shape(
    id_: int, name: str, place_: str, geometry: str, paint: str, body: str = "", *, text_box: bool = False
) -> str:
    """A shape with its text."""
    kind = '<p:cNvSpPr txBox="1"/>' if text_box else "<p:cNvSpPr/>"
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{id_}" name={attribute(name)}/>{kind}<p:nvPr/></p:nvSpPr>'
        f"<p:spPr>{place_}{geometry}{paint}</p:spPr>{body}</p:sp>"
    )


RECTANGLE = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'


def rounded(radius: float, wide: float, high: float) -> str:
    """A rectangle with round corners."""
    least = min(wide, high)
    if radius <= 0 or least <= 0:
        return RECTANGLE
    share = min(50000, round(radius / least * 100000))
    return f'<a:prstGeom prst="roundRect"><a:avLst><a:gd name="adj" fmla="val {share}"/></a:avLst></a:prstGeom>'


def element(markup: str) -> Any:
    """Markup as an element that python-pptx takes."""
    from pptx.oxml import parse_xml

    end = min(at for at in (markup.find(mark) for mark in (" ", ">", "/")) if at > 0)
    return parse_xml(f"{markup[:end]} {_NAMESPACES}{markup[end:]}")
