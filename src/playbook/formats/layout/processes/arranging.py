"""Lengths and places: from cells and ways to the bounds of shapes and labels and the bends of flows, in pixels."""

from __future__ import annotations

from playbook.formats.layout.measure import width
from playbook.formats.layout.processes import sizes
from playbook.formats.layout.processes.arrangement import Arrangement, Bounds
from playbook.formats.layout.processes.columns import Columns
from playbook.formats.layout.processes.frames import Frames
from playbook.formats.layout.processes.handlers import place_handlers
from playbook.formats.layout.processes.lines import Lines
from playbook.formats.layout.processes.placing import Grid, placed
from playbook.formats.layout.processes.rows import Rows
from playbook.formats.layout.processes.shapes import put
from playbook.formats.layout.processes.timers import place_timers, timers_of
from playbook.formats.layout.processes.ways import Router, Ways, ordered
from playbook.shapes.process import ProcessModel


def arrange(model: ProcessModel) -> Arrangement:
    """Lay out a process."""
    grid = placed(model)
    return _arranged(model, grid, _ways(model, grid))


def _ways(model: ProcessModel, grid: Grid) -> Ways:
    """The ways of all flows; those that cannot be put in order side by side take a gutter."""
    own = [flow for flow in model.flows if flow.source in grid.column and flow.target in grid.column]
    forced: set[str] = set()
    while True:
        ways = Router(grid, own, forced).run()
        stuck = ordered(ways)
        if stuck is None:
            return ways
        forced.add(stuck)


def _arranged(model: ProcessModel, grid: Grid, ways: Ways) -> Arrangement:
    out = Arrangement()
    timers = timers_of(model)
    columns = Columns(model, grid, ways, timers)
    frames = Frames(model, columns)
    top = sizes.MARGIN + frames.header
    rows = Rows(model, grid, ways, timers, top)
    right = columns.right
    for lane, (start, end) in rows.lanes.items():
        out.lanes[lane] = Bounds(sizes.MARGIN + sizes.BAND, start, right - sizes.MARGIN - sizes.BAND, end - start)
    end = place_handlers(out, model, rows.end, right)
    bottom = max(end, top + width(model.title, sizes.TASK_SIZE) + 24)
    out.pool = Bounds(sizes.MARGIN, top, right - sizes.MARGIN, bottom - top)
    _stretch_last_lane(out, bottom)
    nodes = {node.id: node for node in model.nodes}
    for id_ in grid.column:
        put(out, nodes[id_], columns.centre(id_), rows.row_y[grid.row[id_]])
        place_timers(out, id_, timers)
    Lines(grid, ways, columns, rows, out).draw()
    # What can happen at any time is in no stage.
    frames.place(out, top, rows.end - 4 if model.handlers else bottom + 10)
    return out


def _stretch_last_lane(out: Arrangement, bottom: float) -> None:
    for lane in list(out.lanes)[-1:]:
        box = out.lanes[lane]
        out.lanes[lane] = Bounds(box.x, box.y, box.width, bottom - box.y)
