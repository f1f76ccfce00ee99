"""The frames of stages, with their titles and notes above the pool."""

from __future__ import annotations

from playbook.formats.layout.measure import wrap
from playbook.formats.layout.processes.arrangement import Arrangement, Bounds
from playbook.formats.layout.processes.columns import Columns
from playbook.shapes.process import ProcessModel, ProcessStage

NOTE_SIZE = 12.0
NOTE_LEADING = 15.0


class Frames:
    """Asked for the height of all titles and notes; then for the frames."""

    def __init__(self, model: ProcessModel, columns: Columns) -> None:
        self._stages = [(stage, *columns.stage(stage.id)) for stage in model.stages]

    @property
    def header(self) -> float:
        """The height of the titles and notes of the stages above the pool."""
        heights = [
            _title_height(stage, right - left) + _note_height(stage, right - left)
            for stage, left, right in self._stages
        ]
        return max(heights, default=0) + (16 if heights else 0)

    def place(self, out: Arrangement, top: float, bottom: float) -> None:
        """Place the frames so that their titles stand above the top of the pool."""
        start = top - self.header
        for stage, left, right in self._stages:
            wide = right - left
            out.stages[stage.id] = Bounds(left, start, wide, bottom - start)
            title = _title_height(stage, wide)
            out.labels[f"stage.{stage.id}"] = Bounds(left + 6, start + 6, wide - 12, title - 8)
            if stage.notes:
                out.notes[stage.id] = Bounds(left + 8, start + title + 2, wide - 16, _note_height(stage, wide))


def _title_height(stage: ProcessStage, wide: float) -> float:
    return len(wrap(stage.label, NOTE_SIZE, wide - 12)) * NOTE_LEADING + 8


def _note_height(stage: ProcessStage, wide: float) -> float:
    if not stage.notes:
        return 0.0
    return sum(len(wrap(note, NOTE_SIZE, wide - 32)) for note in stage.notes) * NOTE_LEADING + 14
