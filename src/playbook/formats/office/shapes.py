"""A picture as shapes of a slide: boxes, lines and texts that can be moved and edited there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from playbook.formats.layout.measure import width
from playbook.formats.layout.pages.page import PictureBlock
from playbook.formats.layout.pages.picture import moved_mark
from playbook.formats.layout.scene import Box, Group, Line, Mark, Shape, Words, toward
from playbook.formats.office.markup import (
    Lines,
    attribute,
    emu,
    fill,
    outline,
    place,
    rounded,
    shape,
    text_body,
)

_ASCENT = 0.8
"""Where the baseline lies in a line of fixed height, as PowerPoint and LibreOffice place it."""
_FAR = 2.2
"""Lines further apart than so many sizes of their type are texts of their own."""


@dataclass
class Numbers:
    """Gives every shape of a slide an id of its own."""

    last: int = 1

    def next(self) -> int:
        """An id that no other shape has."""
        self.last += 1
        return self.last


def picture_markup(block: PictureBlock, numbers: Numbers) -> str:
    """The picture as one group of shapes, with what it shows as its alternative text."""
    parts: list[str] = []
    loose: list[Mark] = []

    def flush() -> None:
        parts.extend(_shapes(loose, numbers, "Line"))
        loose.clear()

    for item in block.scene.items:
        if isinstance(item, Group):
            flush()
            marks = [moved_mark(mark, block.x, block.y, block.scale) for mark in item.marks]
            shapes = list(_shapes(marks, numbers, item.title or "Step"))
            box = _around(marks)
            parts.append(shapes[0] if len(shapes) == 1 else _group(shapes, item.title, "", box, numbers))
        else:
            loose.append(moved_mark(item, block.x, block.y, block.scale))
    flush()
    box = (block.x, block.y, block.scene.width * block.scale, block.scene.height * block.scale)
    return _group(parts, block.title, block.description, box, numbers)


def _group(
    parts: Sequence[str], name: str, description: str, box: tuple[float, float, float, float], numbers: Numbers
) -> str:
    x, y, wide, high = (emu(each) for each in box)
    told = f" descr={attribute(f'{name}. {description}')}" if description else ""
    return (
        f'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="{numbers.next()}" name={attribute(name or "Picture")}{told}/>'
        "<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>"
        f'<a:off x="{x}" y="{y}"/><a:ext cx="{wide}" cy="{high}"/>'
        f'<a:chOff x="{x}" y="{y}"/><a:chExt cx="{wide}" cy="{high}"/>'
        f"</a:xfrm></p:grpSpPr>{''.join(parts)}</p:grpSp>"
    )


def _around(marks: Sequence[Mark]) -> tuple[float, float, float, float]:
    """The rectangle around some marks, without their texts, which lie inside."""
    boxes = [box for mark in marks if (box := _extent(mark))] or [_words_extent(mark) for mark in marks]
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    return left, top, max(box[2] for box in boxes) - left, max(box[3] for box in boxes) - top


def _extent(mark: Mark) -> tuple[float, float, float, float] | None:
    if isinstance(mark, Words):
        return None
    if isinstance(mark, Box):
        return mark.x, mark.y, mark.x + mark.width, mark.y + mark.height
    xs, ys = [x for x, _ in mark.points], [y for _, y in mark.points]
    return min(xs), min(ys), max(xs), max(ys)


def _words_extent(mark: Mark) -> tuple[float, float, float, float]:
    assert isinstance(mark, Words)
    return mark.x, mark.y - mark.size, mark.x + 1, mark.y


# -- marks ---------------------------------------------------------------------------------------


@dataclass
class _Part:
    """A mark that is drawn, with the lines of text that stand in it."""

    mark: Box | Shape | Line | None
    words: list[Words] = field(default_factory=list)


def _shapes(marks: Sequence[Mark], numbers: Numbers, name: str) -> Iterator[str]:
    for part in _parts(marks):
        if part.mark is None:
            yield _text_box(part.words, numbers)
        elif isinstance(part.mark, Box):
            yield _box(part.mark, part.words, numbers, name)
        else:
            yield _drawn(part.mark, numbers, name)


def _parts(marks: Sequence[Mark]) -> Iterator[_Part]:
    """Marks with texts joined: lines under each other are one text, and the first one in a box is the box's."""
    part: _Part | None = None
    for mark in marks:
        if not isinstance(mark, Words):
            if part:
                yield part
            part = _Part(mark)
        elif mark.text.strip():
            if part is None or not _belongs(mark, part):
                if part:
                    yield part
                part = _Part(None)
            part.words.append(mark)
    if part:
        yield part


def _belongs(words: Words, part: _Part) -> bool:
    if words.turned or any(each.turned for each in part.words):
        return False
    if part.words:
        last = part.words[-1]
        near = 0 < words.y - last.y <= _FAR * max(words.size, last.size)
        return near and words.anchor == last.anchor and abs(words.x - last.x) < 0.5
    if not isinstance(part.mark, Box):
        return False
    wide = width(words.text, words.size, bold=words.bold)
    left = {"start": words.x, "middle": words.x - wide / 2, "end": words.x - wide}[words.anchor]
    box = part.mark
    inside = box.x - 1 <= left and left + wide <= box.x + box.width + 1
    return inside and box.y <= words.y - words.size * 0.7 and words.y <= box.y + box.height


def _box(box: Box, words: Sequence[Words], numbers: Numbers, name: str) -> str:
    body = ""
    if words:
        first = words[0]
        top = first.y - _ASCENT * _leading(words)[0] - box.y
        # A text in the middle is set between equal insets around the point where it is anchored.
        left = {"start": first.x - box.x, "middle": 0.0, "end": 0.0}[first.anchor]
        right = {"start": 0.0, "middle": 0.0, "end": box.x + box.width - first.x}[first.anchor]
        if first.anchor == "middle":
            off = 2 * (first.x - box.x) - box.width
            left, right = max(0.0, off), max(0.0, -off)
        body = text_body(_lines(words), insets=(left, top, right, 0), wrap=False)
        name = words[0].text
    paint = fill(box.fill) + outline(box.stroke, box.line, dashed=box.dashed)
    at = place(box.x, box.y, box.width, box.height)
    return shape(numbers.next(), name, at, rounded(box.radius, box.width, box.height), paint, body)


def _text_box(words: Sequence[Words], numbers: Numbers) -> str:
    first = words[0]
    wide = max(width(each.text, each.size, bold=each.bold) for each in words)
    leadings = _leading(words)
    x = {"start": first.x, "middle": first.x - wide / 2, "end": first.x - wide}[first.anchor]
    top, high = first.y - _ASCENT * leadings[0], sum(leadings)
    at = place(x, top, wide, high)
    if first.turned:
        at = _turned_place(first, wide, leadings[0])
    body = text_body(_lines(words), wrap=False)
    return shape(numbers.next(), first.text, at, rounded(0, wide, high), fill(None), body, text_box=True)


def _turned_place(words: Words, wide: float, high: float) -> str:
    """Where a text stands that reads from bottom to top: it is turned around its middle."""
    begin = {"start": 0.0, "middle": wide / 2, "end": wide}[words.anchor]
    center_x, center_y = words.x + (0.5 - _ASCENT) * high, words.y + begin - wide / 2
    return place(center_x - wide / 2, center_y - high / 2, wide, high).replace(
        "<a:xfrm>", '<a:xfrm rot="16200000">'
    )


def _lines(words: Sequence[Words]) -> list[Lines]:
    """Lines as paragraphs: those of one look are one paragraph."""
    found: list[Lines] = []
    for each, leading in zip(words, _leading(words), strict=True):
        last = found[-1] if found else None
        if last and (last.size, last.color, last.bold, round(last.leading, 1)) == (
            each.size,
            each.color,
            each.bold,
            round(leading, 1),
        ):
            found[-1] = replace(last, lines=(*last.lines, each.text))
        else:
            found.append(Lines((each.text,), each.size, each.color, each.bold, each.anchor, leading))
    return found


def _leading(words: Sequence[Words]) -> list[float]:
    """The height of each line, such that all baselines are where they are drawn."""
    heights = [words[0].size * 1.25]
    for before, each in pairwise(words):
        below = (1 - _ASCENT) * heights[-1]
        heights.append(max(each.size * 0.9, (each.y - before.y - below) / _ASCENT))
    return heights


def _drawn(mark: Shape | Line, numbers: Numbers, name: str) -> str:
    """A polygon or a line with rounded corners, as a shape of its own outline."""
    extent = _extent(mark)
    assert extent is not None
    left, top, right, bottom = extent
    wide, high = max(right - left, 0.01), max(bottom - top, 0.01)

    def point(at: tuple[float, float]) -> str:
        return f'<a:pt x="{emu(at[0] - left)}" y="{emu(at[1] - top)}"/>'

    path = [f"<a:moveTo>{point(mark.points[0])}</a:moveTo>"]
    if isinstance(mark, Shape):
        path += [f"<a:lnTo>{point(each)}</a:lnTo>" for each in mark.points[1:]]
        path.append("<a:close/>")
        paint = fill(mark.fill) + outline(mark.stroke, mark.line, dashed=mark.dashed)
    else:
        for before, corner, after in zip(mark.points, mark.points[1:], mark.points[2:], strict=False):
            path.append(f"<a:lnTo>{point(toward(corner, before))}</a:lnTo>")
            path.append(f"<a:quadBezTo>{point(corner)}{point(toward(corner, after))}</a:quadBezTo>")
        path.append(f"<a:lnTo>{point(mark.points[-1])}</a:lnTo>")
        paint = fill(None) + outline(mark.stroke, mark.line, dashed=mark.dashed)
    inside = "none" if isinstance(mark, Line) else "norm"
    geometry = (
        '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
        f'<a:path w="{emu(wide)}" h="{emu(high)}" fill="{inside}">{"".join(path)}</a:path></a:pathLst></a:custGeom>'
    )
    return shape(numbers.next(), name, place(left, top, wide, high), geometry, paint)
