"""Texts as blocks: titles that fit, paragraphs with their height, the line at the foot."""

from __future__ import annotations

from dataclasses import replace

from playbook.formats.layout.measure import wrap
from playbook.formats.layout.pages.look import LEADING, Look
from playbook.formats.layout.pages.page import Paragraph, TextBlock
from playbook.formats.layout.pages.words import clean, shortened

BREATH = 0.5
"""The room between two paragraphs, in sizes of their type."""
_NUMBER = 80.0
"""The room that the number of a page has at its foot."""


def foot_line(text: str, look: Look) -> str:
    """What stands at the foot of a page, on one line beside its number."""
    return shortened(wrap(" ".join(clean(text).split()), look.small, look.inner - _NUMBER), 1)[0]


def texts_in(texts: tuple[str, ...] | list[str]) -> list[str]:
    """The texts that say something, without what cannot be written."""
    return [cleaned for text in texts if (cleaned := clean(text).strip())]


def fitted_title(title: str, size: float, room: float, *, most: int) -> tuple[tuple[Paragraph, ...], float]:
    """A title in at most so many lines: smaller if it is long, and shortened if it is very long."""
    text = " ".join(clean(title).split())
    least = size * 0.6
    lines = wrap(text, size, room, bold=True)
    while len(lines) > most and size > least:
        size -= 1
        lines = wrap(text, size, room, bold=True)
    lines = shortened(lines, most)
    return (Paragraph(" ".join(lines) if lines[-1:] and lines[-1].endswith("…") else text, tuple(lines)),), size


def title_height(fitted: tuple[tuple[Paragraph, ...], float]) -> float:
    """How high a title is that was fitted."""
    paragraphs, size = fitted
    return sum(len(paragraph.lines) for paragraph in paragraphs) * size * LEADING


def with_height(block: TextBlock) -> TextBlock:
    """The block as high as its paragraphs are."""
    lines = sum(len(paragraph.lines) for paragraph in block.paragraphs)
    breaths = (len(block.paragraphs) - 1) * block.size * BREATH
    return replace(block, height=lines * block.size * LEADING + breaths)
