"""A page with all that stands on it, each thing at its place. Lengths are in points from the top left."""

from __future__ import annotations

from dataclasses import dataclass, replace

from playbook.formats.layout.pages.grid import Grid, GridRow
from playbook.formats.layout.scene import Scene


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text, and its lines as measured."""

    text: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Paragraphs under each other, as a list if they have ``bullets``."""

    x: float
    y: float
    width: float
    height: float
    paragraphs: tuple[Paragraph, ...]
    size: float
    color: str
    bold: bool = False
    bullets: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A figure that is read at a glance: a large value above what it is."""

    x: float
    y: float
    width: float
    height: float
    value: Paragraph
    label: Paragraph
    value_size: float
    label_size: float

    def at(self, dx: float, dy: float) -> Card:
        """The same card further right and down."""
        return replace(self, x=self.x + dx, y=self.y + dy)


@dataclass(frozen=True, slots=True)
class PictureBlock:
    """A picture, ``scale`` times its own size. ``title`` and ``description`` say it to those who cannot see it."""

    x: float
    y: float
    scale: float
    scene: Scene
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class TableBlock:
    """Some rows of a table; its header is the first of them."""

    x: float
    y: float
    grid: Grid
    rows: tuple[GridRow, ...]

    @property
    def height(self) -> float:
        """How high the rows are together."""
        return sum(row.height for row in self.rows)


Block = TextBlock | Card | PictureBlock | TableBlock


@dataclass(frozen=True, slots=True)
class Page:
    """A page or slide. The ``cover`` has a title and a subtitle; every other one has blocks below its title.

    ``first`` is the first page of a section, which a list of contents names.
    """

    title: TextBlock
    blocks: tuple[Block, ...]
    foot: str
    number: int
    cover: bool = False
    first: bool = True
