"""Documents on pages: every section begins a page, and its parts follow each other down the page."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from playbook.formats.layout import style
from playbook.formats.layout.measure import wrap
from playbook.formats.layout.pages.cards import cards_of
from playbook.formats.layout.pages.grid import Grid, GridRow, grids, split
from playbook.formats.layout.pages.look import LEADING, Look
from playbook.formats.layout.pages.matrix import divided
from playbook.formats.layout.pages.page import Block, Page, Paragraph, PictureBlock, TableBlock, TextBlock
from playbook.formats.layout.pages.picture import picture_of
from playbook.formats.layout.pages.texts import (
    BREATH,
    fitted_title,
    foot_line,
    texts_in,
    title_height,
    with_height,
)
from playbook.formats.layout.pages.words import clean
from playbook.formats.layout.scene import Scene
from playbook.shapes.diagram import Diagram
from playbook.shapes.document import Document, Figures, Paragraphs, Part, Section
from playbook.shapes.table import Table
from playbook.shapes.timeline import Timeline

_LARGEST = 1.35
"""A small picture is drawn up to so many times its own size."""
_MOST_TAKEN = 0.85
"""A picture that would be smaller than this share of what it can be has a page of its own."""
_MOST_LEFT = 0.6
"""A table begins below a few lines where it has more than this share of a page, rather than leave them alone."""
_FEWEST = 3
"""A table goes on on the next page with at least so many rows, so that none is there alone."""
_SMALLER = (0.93, 0.86, 0.8)
_BULLET = 1.2
"""The indent of a list, in sizes of its type."""


def pages_of(shown: Document | Diagram | Timeline | Table, look: Look) -> tuple[Page, ...]:
    """The pages of a document with its cover; of anything else, just its own."""
    if isinstance(shown, Document):
        flow = _Flow(look, foot_line(shown.footer or shown.title, look))
        flow.cover(shown)
        sections = shown.sections
    else:
        flow = _Flow(look, foot_line(shown.title, look))
        sections = (Section(shown.title, (shown,)),)
    for section in sections:
        flow.section(section)
    return tuple(flow.pages)


@dataclass
class _Flow:
    """Fills one page after the other. ``y`` is where the next block goes."""

    look: Look
    foot: str
    pages: list[Page] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    heading: TextBlock | None = None
    y: float = 0.0
    body: float = 0.0
    """Where the body of this page begins."""
    first: bool = True

    # -- pages

    def cover(self, document: Document) -> None:
        """The first page: what it is about."""
        look = self.look
        left = look.margin * 2
        room = look.width - left - look.margin
        title = fitted_title(document.title, look.cover, room, most=4)
        lines = [Paragraph(text, tuple(wrap(text, look.lead, room))) for text in texts_in([document.subtitle])]
        top = max(look.top, look.height * 0.42 - title_height(title))
        placed = TextBlock(left, top, room, title_height(title), title[0], title[1], style.INK, bold=True)
        below = top + placed.height + look.gap
        blocks: tuple[Block, ...] = ()
        if lines:
            subtitle = TextBlock(left, below, room, 0, tuple(lines), look.lead, style.SOFT)
            blocks = (with_height(subtitle),)
        self.pages.append(Page(placed, blocks, self.foot, 1, cover=True))

    def section(self, section: Section) -> None:
        """A section from its first page to its last. Text that nearly fits a page is set a little smaller."""
        before = len(self.pages)
        self._section(section)
        if len(self.pages) == before + 1 or not all(
            isinstance(part, Paragraphs | Figures) for part in section.parts
        ):
            return
        usual = self.look
        for share in _SMALLER:
            attempt = _Flow(
                replace(usual, body=usual.body * share, gap=usual.gap * share), self.foot, self.pages[:before]
            )
            attempt._section(section)
            if len(attempt.pages) == before + 1:
                self.pages = attempt.pages
                return

    def _section(self, section: Section) -> None:
        self._open(section.title)
        titled = sum(isinstance(part, Diagram | Timeline | Table) for part in section.parts) > 1
        for part in section.parts:
            self._part(part, section, titled)
        self._close()

    def _open(self, title: str) -> None:
        look = self.look
        fitted = fitted_title(title, look.title, look.inner, most=2)
        height = title_height(fitted)
        self.heading = TextBlock(look.margin, look.top, look.inner, height, fitted[0], fitted[1], style.INK, True)
        self.first = True
        self.blocks = []
        self.y = self.body = look.top + height + look.gap

    def _close(self) -> None:
        assert self.heading is not None
        number = len(self.pages) + 1
        self.pages.append(Page(self.heading, tuple(self.blocks), self.foot, number, first=self.first))

    def _turn(self) -> None:
        """Go on on a new page of the same section."""
        self._close()
        self.first = False
        self.blocks = []
        self.y = self.body

    @property
    def _room(self) -> float:
        return self.look.floor - self.y

    @property
    def _whole(self) -> float:
        return self.look.floor - self.body

    # -- parts

    def _part(self, part: Part, section: Section, titled: bool) -> None:
        heading = ""
        if titled and isinstance(part, Diagram | Timeline | Table) and part.title != section.title:
            heading = part.title
        if isinstance(part, Paragraphs):
            self._paragraphs(texts_in(part.texts), self.look.body, style.INK, bullets=part.bullets)
        elif isinstance(part, Figures):
            self._figures(part)
        elif isinstance(part, Table):
            for table in divided(part, self.look.letters):
                for grid in grids(table, self.look):
                    self._table(grid, heading if table is part else table.title)
            self._paragraphs(texts_in(part.notes), self.look.small, style.SOFT)
        else:
            self._picture(part, heading)

    def _paragraphs(
        self, texts: list[str], size: float, color: str, *, bold: bool = False, bullets: bool = False
    ) -> None:
        indent = size * _BULLET if bullets else 0
        pending = [Paragraph(text, tuple(wrap(text, size, self.look.inner - indent, bold=bold))) for text in texts]
        while pending:
            taken: list[Paragraph] = []
            used = 0.0
            while pending:
                more = len(pending[0].lines) * size * LEADING + (size * BREATH if taken else 0)
                if used + more > self._room:
                    break
                taken.append(pending.pop(0))
                used += more
            if not taken and self.y == self.body:
                most = max(1, int(self._room / (size * LEADING)))
                lines = pending[0].lines
                taken = [Paragraph("\n".join(lines[:most]), lines[:most])]
                pending[0] = Paragraph("\n".join(lines[most:]), lines[most:])
            if taken:
                block = TextBlock(
                    self.look.margin, self.y, self.look.inner, 0, tuple(taken), size, color, bold, bullets
                )
                block = with_height(block)
                self.blocks.append(block)
                self.y += block.height + self.look.gap
            if pending:
                self._turn()

    def _figures(self, figures: Figures) -> None:
        for row in cards_of(figures, self.look):
            height = max(card.height for card in row)
            if height > self._room and self.y > self.body:
                self._turn()
            for card in row:
                self.blocks.append(card.at(self.look.margin, self.y))
            self.y += height + self.look.gap

    def _picture(self, shown: Diagram | Timeline, heading: str) -> None:
        above = self._heading_height(heading)
        scene, here = self._fitted(shown, self._room - above)
        if self._room - above < _MOST_TAKEN * (self._whole - above):
            whole, alone = self._fitted(shown, self._whole - above)
            # A picture that would have to shrink much has a page of its own.
            if here < _MOST_TAKEN * alone:
                self._turn()
                scene, here = whole, alone
        self._heading(heading)
        wide, high = scene.width * here, scene.height * here
        x = self.look.margin + (self.look.inner - wide) / 2
        y = self.y + max(0.0, self._room - high) * 0.4 if self.y == self.body else self.y
        self.blocks.append(PictureBlock(x, y, here, scene, clean(shown.title), clean(scene.description)))
        self.y = y + high + self.look.gap

    def _fitted(self, shown: Diagram | Timeline, room: float) -> tuple[Scene, float]:
        """The picture laid out for a room of this height, and how large it can be drawn there."""
        room = max(room, 1.0)
        scene = picture_of(shown, self.look.inner / room)
        return scene, max(0.01, min(self.look.inner / scene.width, room / scene.height, _LARGEST))

    def _heading_height(self, heading: str) -> float:
        if not heading:
            return 0.0
        size = self.look.body
        return len(wrap(clean(heading), size, self.look.inner, bold=True)) * size * LEADING + self.look.gap / 2

    def _heading(self, heading: str) -> None:
        if heading:
            self._paragraphs(texts_in([heading]), self.look.body, style.INK, bold=True)
            self.y -= self.look.gap / 2

    def _table(self, grid: Grid, heading: str) -> None:
        above = self._heading_height(heading)
        whole = above + grid.header.height + sum(row.height for row in grid.rows)
        begin = above + grid.header.height + sum(row.height for row in grid.rows[:3])
        # A table that fits a page is not torn apart if that leaves no page nearly empty, and none begins with
        # its header alone.
        torn = self._room < whole <= self._whole and self._room < _MOST_LEFT * self._whole
        if self.y > self.body and (torn or self._room < begin):
            self._turn()
        self._heading(heading)
        pending = list(grid.rows)
        while True:
            pending = self._rows(grid, pending)
            if not pending:
                return
            self._turn()

    def _rows(self, grid: Grid, pending: list[GridRow]) -> list[GridRow]:
        """Put on this page what fits of some rows; what is left is given back."""
        room = self._room - grid.header.height
        taken: list[GridRow] = []
        fresh = self.y == self.body
        whole_rows = True
        while pending:
            row = pending[0]
            # The heading of a block of rows stays with the first of them.
            needed = row.height + (pending[1].height if row.kind == "section" and len(pending) > 1 else 0)
            if needed > room and not (fresh and all(each.kind == "section" for each in taken)):
                break
            if needed > room and row.kind != "section":
                part, rest = split(row, room, grid)
                taken.append(part)
                pending = [rest, *pending[1:]]
                whole_rows = False
                break
            room -= row.height
            taken.append(pending.pop(0))
        if whole_rows and 0 < len(pending) < _FEWEST < len(taken) / 2:
            _keep_company(taken, pending)
        if taken:
            if pending and pending[0].kind == "body":
                section = next((row for row in reversed(taken) if row.kind == "section"), None)
                pending = [section, *pending] if section else pending
            block = TableBlock(self.look.margin, self.y, grid, (grid.header, *taken))
            self.blocks.append(block)
            self.y += block.height + self.look.gap
        return pending


def _keep_company(taken: list[GridRow], pending: list[GridRow]) -> None:
    """Give back rows, so that the last ones do not stand alone, nor the heading of their block without them."""
    while len(pending) < _FEWEST or (len(taken) > 1 and taken[-1].kind == "section"):
        pending.insert(0, taken.pop())
