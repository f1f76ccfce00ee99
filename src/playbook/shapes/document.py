"""A document: sections of text, figures, pictures and tables, for a deck, a page or a paper."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.shapes.diagram import Diagram
from playbook.shapes.table import Table
from playbook.shapes.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Running text, a paragraph each; with ``bullets`` a list."""

    texts: tuple[str, ...]
    bullets: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """A few numbers or facts that are read at a glance, as pairs of what and value."""

    pairs: tuple[tuple[str, str], ...]


Part = Paragraphs | Figures | Diagram | Timeline | Table


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of a document: a chapter, a slide or several.

    A picture or a table that stands alone in its section needs no title besides the section's; where there
    are several, each has its own.
    """

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A document. ``subtitle`` says what it is about in one line, ``footer`` at the foot of every page."""

    name: str
    title: str
    subtitle: str
    sections: tuple[Section, ...]
    footer: str = ""
