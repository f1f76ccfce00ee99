"""The rows of a timeline, and in how many columns they stand so that a page is filled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from playbook.formats.layout import style
from playbook.formats.layout.measure import wrap
from playbook.shapes.timeline import Timeline, TimelineBar, TimelineGroup, TimelinePanel

GAP = 10.0
HEAD = 20.0
"""The height of the band of a group."""
PANEL_HEAD = 56.0
"""The height of a panel's title and axis."""
PANEL_GAP = 20.0
COLUMN_GAP = 34.0
ASPECT = 1.5
"""Between A4 landscape and 16:9."""
_WIDEST_ASPECT = 2.1
_NARROWEST_CHART, _WIDEST = 176.0, 820.0
_TITLES = 390.0
"""The width of the titles of panels: no column is narrower."""
_MOST_COLUMNS = 4
_ROW_PADDING = 6.0


@dataclass(frozen=True, slots=True)
class Texts:
    """The widths of labels and of owners beside them; without a width, owners stand below the labels."""

    labels: float
    owners: float

    @property
    def width(self) -> float:
        """The width from the left edge to where bars are drawn."""
        return self.labels + GAP + (self.owners + GAP if self.owners else 0.0)


_TEXTS = (Texts(184.0, 92.0), Texts(196.0, 150.0), Texts(226.0, 0.0))


@dataclass(frozen=True, slots=True)
class Row:
    """A bar with its texts in lines; ``head`` is set on the first of a group."""

    texts: Texts
    bar: TimelineBar
    label: tuple[str, ...]
    owner: tuple[str, ...]
    panel: TimelinePanel
    group: TimelineGroup
    head: tuple[str, ...] = ()

    @property
    def height(self) -> float:
        """The height of the row without its group's band."""
        label = len(self.label) * style.LABEL * style.LEADING
        owner = len(self.owner) * style.DETAIL * style.LEADING if self.bar.owner else 0.0
        return (max(label, owner) if self.texts.owners else label + owner) + _ROW_PADDING

    def head_height(self, head: tuple[str, ...]) -> float:
        """The height of the band above it."""
        return HEAD + (len(head) - 1) * style.LABEL * style.LEADING if head else 0.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A row at its height in its column; ``head`` is the text of the band above it, if there is one."""

    row: Row
    top: float
    head: tuple[str, ...]
    head_top: float


@dataclass
class Part:
    """A panel, or as much of it as stands in one column."""

    panel: TimelinePanel
    top: float
    title: tuple[str, ...]
    rows: list[Placed] = field(default_factory=list)
    bottom: float = 0.0

    @property
    def axis_top(self) -> float:
        """Where the axis begins: below the title."""
        return self.top + len(self.title) * style.STAGE * style.LEADING + 6


@dataclass(frozen=True)
class Columns:
    """The parts in each column, and the size of all columns together."""

    columns: list[list[Part]]
    width: float
    height: float
    texts: Texts

    @property
    def chart(self) -> float:
        """The width in which bars are drawn."""
        return self.width - self.texts.width

    @property
    def whole(self) -> float:
        """The width of all columns."""
        return len(self.columns) * self.width + (len(self.columns) - 1) * COLUMN_GAP


def rows_of(timeline: Timeline, texts: Texts = _TEXTS[0]) -> list[Row]:
    """All rows in reading order."""
    return [row for panel in timeline.panels for row in _rows(panel, texts)]


def _rows(panel: TimelinePanel, texts: Texts) -> Iterator[Row]:
    groups = {group.label: group for group in panel.groups}
    before: str | None = None
    for bar in panel.bars:
        first = bar.group != before
        before = bar.group
        bold = bar.critical or bar.milestone
        yield Row(
            texts=texts,
            bar=bar,
            label=tuple(wrap(bar.label, style.LABEL, texts.labels, bold=bold)),
            owner=tuple(wrap(bar.owner, style.DETAIL, texts.owners or texts.labels)),
            panel=panel,
            group=groups.get(bar.group, TimelineGroup(bar.group)),
            head=tuple(wrap(bar.group, style.LABEL, texts.width - 2 * GAP, bold=True))
            if first and bar.group
            else (),
        )


def in_columns(timeline: Timeline, above: float, beside: float, ratio: float | None = None) -> Columns:
    """The rows in as many columns, and with texts so wide, as make the page largest in print.

    ``above`` is the height that title, legend and notes take, ``beside`` the width of the margins, ``ratio``
    the form of the page if it is known.
    """
    found = [
        (_scale(columns.whole + beside, columns.height + above, ratio), columns)
        for texts in _TEXTS
        for columns in _tried(rows_of(timeline, texts), texts, above, beside, ratio or ASPECT)
    ]
    return min(found, key=lambda each: each[0])[1]


def _tried(rows: list[Row], texts: Texts, above: float, beside: float, ratio: float) -> Iterator[Columns]:
    """The rows in one column, in two, and so on."""
    least = texts.width + _NARROWEST_CHART
    for count in range(1, _MOST_COLUMNS + 1):
        columns, height = _balanced(rows, count)
        if len(columns) < count and count > 1:
            return
        room = ratio * (height + above) - beside - (count - 1) * COLUMN_GAP
        yield Columns(columns, min(max(room / count, least), _WIDEST), height, texts)


def _scale(wide: float, high: float, ratio: float | None) -> float:
    """By how much a page must be made smaller to fit on paper; pages of an unusual form count as worse."""
    if ratio is not None:
        return max(wide / ratio, high)
    unusual = 1.3 if not 1.0 <= wide / high <= _WIDEST_ASPECT else 1.0
    return max(wide / ASPECT, high) * unusual


def _balanced(rows: list[Row], count: int) -> tuple[list[list[Part]], float]:
    """The rows in at most so many columns, the tallest of which is as short as can be."""
    columns = _filled(rows, float("inf"))
    high = _height(columns)
    if count == 1:
        return columns, high
    low = high / count / 2
    for _ in range(24):
        middle = (low + high) / 2
        tried = _filled(rows, middle)
        if len(tried) <= count and _height(tried) <= middle + 0.5:
            high, columns = middle, tried
        else:
            low = middle
    return columns, _height(columns)


def _height(columns: list[list[Part]]) -> float:
    return max((part.bottom for column in columns for part in column), default=0.0)


def _filled(rows: list[Row], limit: float) -> list[list[Part]]:
    """The rows from the top of the first column on; a new column where the limit is reached."""
    columns: list[list[Part]] = []
    part: Part | None = None
    for number, row in enumerate(rows):
        follows = part is not None and part.panel is row.panel
        head = row.head if follows else _head_again(row)
        need = row.head_height(head) + row.height
        # A band stays with the two rows below it.
        after = rows[number + 1] if head and number + 1 < len(rows) else None
        extra = after.height if after is not None and after.panel is row.panel and not after.head else 0.0
        top = part.bottom if part is not None else 0.0
        start = 0.0 if follows else _panel_head(row.panel) + (PANEL_GAP if part is not None else 0.0)
        if part is None or top + start + need + extra > limit:
            part = _part(row.panel, 0.0, _seen(columns, row.panel))
            columns.append([part])
            head = _head_again(row)
        elif not follows:
            part = _part(row.panel, part.bottom + PANEL_GAP, False)
            columns[-1].append(part)
        head_top = part.bottom
        part.bottom += row.head_height(head)
        part.rows.append(Placed(row, part.bottom, head, head_top))
        part.bottom += row.height
    return columns


def _seen(columns: list[list[Part]], panel: TimelinePanel) -> bool:
    return any(part.panel is panel for column in columns for part in column)


def _head_again(row: Row) -> tuple[str, ...]:
    """The band above a row that comes first in a column."""
    if row.head or not row.bar.group:
        return row.head
    return tuple(wrap(f"{row.bar.group} (continued)", style.LABEL, row.texts.width - 2 * GAP, bold=True))


def _panel_title(panel: TimelinePanel, continued: bool) -> tuple[str, ...]:
    what = panel.label if panel.first_day is not None else f"Working days from: {panel.label}"
    text = what + (" (continued)" if continued else "")
    return tuple(wrap(text, style.STAGE, _TITLES, bold=True))


def _panel_head(panel: TimelinePanel) -> float:
    lines = len(_panel_title(panel, continued=True))
    return PANEL_HEAD + (lines - 1) * style.STAGE * style.LEADING


def _part(panel: TimelinePanel, top: float, continued: bool) -> Part:
    title = _panel_title(panel, continued)
    part = Part(panel, top, title)
    part.bottom = top + PANEL_HEAD + (len(title) - 1) * style.STAGE * style.LEADING
    return part
