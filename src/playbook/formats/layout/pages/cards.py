"""Figures as a row of cards: the number large, what it counts below it."""

from __future__ import annotations

from math import ceil

from playbook.formats.layout.measure import wrap
from playbook.formats.layout.pages.look import LEADING, Look
from playbook.formats.layout.pages.page import Card, Paragraph
from playbook.formats.layout.pages.words import clean, shortened
from playbook.shapes.document import Figures

_MOST = 4
"""So many cards stand in a row at most."""
_GAP = 12.0
_PADDING = 10.0


def cards_of(figures: Figures, look: Look) -> list[tuple[Card, ...]]:
    """Rows of cards of equal size, as wide as the page; the first card is at the origin of its row."""
    pairs = [(clean(label).strip(), clean(value).strip()) for label, value in figures.pairs]
    pairs = [(label, value) for label, value in pairs if label or value]
    if not pairs:
        return []
    rows = ceil(len(pairs) / _MOST)
    per_row = ceil(len(pairs) / rows)
    wide = (look.inner - (per_row - 1) * _GAP) / per_row
    # One size for all values, so that they look alike.
    room = wide - 2 * _PADDING
    fitting = (size for size in _sizes(look) if all(_fits(value, size, room) for _, value in pairs))
    size = next(fitting, look.body)
    return [_row(pairs[at : at + per_row], wide, size, look) for at in range(0, len(pairs), per_row)]


def _row(pairs: list[tuple[str, str]], wide: float, size: float, look: Look) -> tuple[Card, ...]:
    room = wide - 2 * _PADDING
    values = [Paragraph(value, tuple(shortened(wrap(value, size, room, bold=True), 4))) for _, value in pairs]
    labels = [Paragraph(label, tuple(shortened(wrap(label, look.small, room), 3))) for label, _ in pairs]
    high = max(
        len(value.lines) * size * LEADING + len(label.lines) * look.small * LEADING
        for value, label in zip(values, labels, strict=True)
    )
    return tuple(
        Card(at * (wide + _GAP), 0, wide, high + 2 * _PADDING, value, label, size, look.small)
        for at, (value, label) in enumerate(zip(values, labels, strict=True))
    )


def _sizes(look: Look) -> tuple[float, ...]:
    return (look.figure, look.figure * 0.8, look.figure * 0.65, look.body)


def _fits(value: str, size: float, room: float) -> bool:
    """Whether a value needs at most two lines, and none of its words is broken."""
    return len(wrap(value, size, room, bold=True)) <= (1 if size > 16 else 2) and len(
        wrap(value, size, room, bold=True)
    ) <= max(1, len(value.split()))
