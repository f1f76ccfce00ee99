"""A panel of a timeline, painted: its axis, the bands of its groups, its rows."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.formats.layout import style, timeline_bars
from playbook.formats.layout.measure import width
from playbook.formats.layout.scene import Box, Group, Item, Line, Mark, Shape, Words
from playbook.formats.layout.timeline_axis import Axis, axis_of
from playbook.formats.layout.timeline_columns import GAP, Columns, Part, Placed
from playbook.shapes.timeline import TimelineBar

_WEEK_ROW = 15.0
_DAY_ROW = 14.0
_FARTHEST = 3
"""An arrow is drawn to at most so many rows below."""


def painted(part: Part, columns: Columns, left: float, top: float, week: int) -> Iterator[Item]:
    """All of a panel's part, in painting order: the axis behind, then what joins bars, then the bars."""
    painter = _Painter(part, columns, left, top, axis_of(part.panel, columns.chart, week))
    yield from painter.axis_marks()
    for placed in part.rows:
        yield from painter.band(placed)
    yield from painter.joins()
    for placed in part.rows:
        bar = placed.row.bar
        yield Group(bar.id, bar.label, (*painter.texts(placed), *painter.bar(placed)))


class _Painter:
    """Paints one part of a panel whose column begins at ``left`` and whose page of columns at ``top``."""

    def __init__(self, part: Part, columns: Columns, left: float, top: float, axis: Axis) -> None:
        self.part = part
        self.left = left
        self.top = top
        self.axis = axis
        self.width = columns.width
        self.widths = columns.texts
        self.chart = left + columns.texts.width

    def x(self, day: float) -> float:
        """Where a day lies."""
        return self.chart + self.axis.at(day)

    def middle(self, placed: Placed) -> float:
        """The height of the middle of a bar: that of the first line of its label."""
        return self.top + placed.top + 3.5 + style.LABEL * 0.64

    # -- behind the bars -------------------------------------------------------------------------

    def axis_marks(self) -> Iterator[Mark]:
        """Title, weeks, days, and a line for each week."""
        for number, line in enumerate(self.part.title):
            y = self.top + self.part.top + style.STAGE * (0.9 + number * style.LEADING)
            yield Words(self.left, y, line, style.STAGE, style.INK, bold=True)
        top = self.top + self.part.axis_top
        days = top + _WEEK_ROW
        bottom = self.top + self.part.bottom
        right = self.chart - 8 - width(self.axis.day_name(self.axis.first), style.DETAIL) / 2
        yield Words(right, days + 10, self.axis.rows[1], style.DETAIL, style.SOFT, anchor="end")
        if not self.axis.weeks:
            yield Words(self.x(0), days + 10, self.axis.day_name(0), style.DETAIL, style.SOFT, anchor="middle")
        else:
            yield Words(right, top + 10.5, self.axis.rows[0], style.DETAIL, style.SOFT, anchor="end")
            yield from self._grid(top, days, bottom)
        yield Line(((self.left, days + _DAY_ROW), (self.left + self.width, days + _DAY_ROW)), style.FRAME, 1.0)
        if self.axis.first_day is None:
            yield Line(((self.x(0), days + _DAY_ROW - 2), (self.x(0), bottom)), style.LINE, 1.4)

    def _grid(self, top: float, days: float, bottom: float) -> Iterator[Mark]:
        for number, cell in enumerate(self.axis.cells()):
            left, wide = self.x(cell.first), self.axis.at(cell.last) - self.axis.at(cell.first)
            if number % 2 == 0:
                yield Box(left, top, wide, bottom - top, style.CARD)
            if width(cell.label, style.DETAIL) + 4 > wide:
                continue
            if self.axis.weeks == 1:
                yield Words(left + wide / 2, top + 10.5, cell.label, style.DETAIL, style.SOFT, anchor="middle")
            else:
                # The week that begins here.
                yield Words(left + 3, top + 10.5, cell.label, style.DETAIL, style.SOFT)
        for day in self.axis.days():
            yield Line(((self.x(day), days + _DAY_ROW), (self.x(day), bottom)), style.HEADER, 0.8)
            yield Words(self.x(day), days + 10, self.axis.day_name(day), style.DETAIL, style.SOFT, anchor="middle")

    def band(self, placed: Placed) -> Iterator[Mark]:
        """The band of a group, with the time of its stage; else a fine line between two rows."""
        if not placed.head:
            y = self.top + placed.top
            yield Line(((self.left, y), (self.left + self.width, y)), style.HEADER, 0.5)
            return
        top = self.top + placed.head_top
        yield Box(self.left, top + 2, self.width, placed.top - placed.head_top - 4, style.HEADER, radius=3)
        for number, line in enumerate(placed.head):
            y = top + 14.2 + number * style.LABEL * style.LEADING
            yield Words(self.left + 6, y, line, style.LABEL, style.INK, bold=True)
        group = placed.row.group
        if group.starts is not None and group.ends is not None and group.ends > group.starts:
            left, right = self.x(group.starts), self.x(group.ends)
            yield from timeline_bars.bracket(left, right, top + 10, critical=group.critical)

    def joins(self) -> Iterator[Mark]:
        """The arrows of the critical path, where one bar follows another in this part."""
        rows = {placed.row.bar.id: number for number, placed in enumerate(self.part.rows)}
        for number, placed in enumerate(self.part.rows):
            for id_ in placed.row.bar.after:
                before = rows.get(id_, number)
                # A line past many bars tells less than it hides.
                if 0 < number - before <= _FARTHEST:
                    yield from self._join(self.part.rows[before], placed)

    def _join(self, before: Placed, placed: Placed) -> Iterator[Mark]:
        left, right = self._end(before.row.bar), self.x(placed.row.bar.starts) + 2.5
        if right < left - 6:
            return
        right = max(right, left + 2)
        below = self.middle(before) + timeline_bars.HEIGHT / 2 + 2.6
        tip = self.middle(placed) - timeline_bars.HEIGHT / 2 - 0.5
        yield Line(((left, below), (right, below), (right, tip - 4)), style.BACK, 1.1)
        yield Shape(((right - 2.6, tip - 4.5), (right + 2.6, tip - 4.5), (right, tip)), style.BACK)

    def _end(self, bar: TimelineBar) -> float:
        return max(self.x(bar.ends_latest), self.x(bar.starts) + 5)

    # -- a row -----------------------------------------------------------------------------------

    def texts(self, placed: Placed) -> Iterator[Mark]:
        """The label and the owner of a row."""
        bar = placed.row.bar
        color = style.TONES["success"].stroke if bar.milestone else style.INK
        top = self.top + placed.top + 3.5
        for number, line in enumerate(placed.row.label):
            y = top + style.LABEL * (0.95 + number * style.LEADING)
            bold = bar.critical or bar.milestone
            yield Words(self.left + 6, y, line, style.LABEL, color, bold=bold)
        if not bar.owner:
            return
        below = 0.0 if self.widths.owners else len(placed.row.label) * style.LABEL * style.LEADING - 1
        left = self.left + (self.widths.labels + GAP if self.widths.owners else 6)
        for number, line in enumerate(placed.row.owner):
            y = top + style.LABEL * 0.95 + below + number * style.DETAIL * style.LEADING
            yield Words(left, y, line, style.DETAIL, style.SOFT)

    def bar(self, placed: Placed) -> Iterator[Mark]:
        """The bar of a row with its marks."""
        bar, middle = placed.row.bar, self.middle(placed)
        tone = style.TONES[bar.tone]
        left, right = self.x(bar.starts), self.x(bar.ends_latest)
        if bar.milestone:
            if right - left > 1:
                yield timeline_bars.possible(left, right, middle, tone)
            yield timeline_bars.diamond(right, middle, tone)
            return
        begins, ends = self.x(bar.starts_latest), self.x(bar.ends)
        on_one_day = right - left < 0.01
        if on_one_day and bar.due is None:
            yield timeline_bars.moment(left, middle, tone, left_out=bar.dashed)
            return
        if right - left > 0.01 and (begins - left > 0.01 or right - ends > 0.01):
            yield timeline_bars.possible(left, right, middle, tone, left_out=bar.dashed)
        if ends - begins > 0.01:
            yield timeline_bars.sure(begins, ends, middle, tone, left_out=bar.dashed)
        if bar.due is not None:
            yield timeline_bars.due(self.x(bar.due), middle)
        if on_one_day and bar.dashed:
            yield timeline_bars.moment(left, middle, tone, left_out=True)
        if bar.critical:
            yield timeline_bars.strip(left, right, middle)
