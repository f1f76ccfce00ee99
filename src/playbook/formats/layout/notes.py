"""Notes below a picture: in two columns where there is room, so that they take little of its height."""

from __future__ import annotations

from playbook.formats.layout import style
from playbook.formats.layout.measure import wrap
from playbook.formats.layout.scene import Scene, Words

_LINE = style.DETAIL * style.LEADING
_TWO_COLUMNS = 900.0
"""From this width on."""
_LONGEST = 1000.0
_GAP = 34.0


def notes_height(notes: tuple[str, ...], wide: float) -> float:
    """How high the notes are below a picture of this width."""
    return max(map(len, _columns(notes, wide)), default=0) * _LINE


def add_notes(scene: Scene, notes: tuple[str, ...], wide: float, top: float) -> float:
    """Write the notes below a height; returns where they end."""
    columns = _columns(notes, wide)
    for column, lines in enumerate(columns):
        x = style.MARGIN + column * (wide + _GAP) / len(columns)
        for number, line in enumerate(lines):
            scene.items.append(Words(x, top + style.DETAIL + number * _LINE, line, style.DETAIL, style.SOFT))
    return top + notes_height(notes, wide)


def _columns(notes: tuple[str, ...], wide: float) -> list[list[str]]:
    """The lines of each column; the first is never shorter than the second."""
    if wide < _TWO_COLUMNS or len(notes) < 2:
        return [[line for note in notes for line in wrap(note, style.DETAIL, min(wide, _LONGEST))]]
    blocks = [wrap(note, style.DETAIL, (wide - _GAP) / 2) for note in notes]
    half = sum(map(len, blocks)) / 2
    columns: list[list[str]] = [[], []]
    for block in blocks:
        columns[len(columns[0]) >= half] += block
    return columns
