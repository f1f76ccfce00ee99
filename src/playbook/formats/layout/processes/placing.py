"""The cell of each node: a column by stage and rank, a row in its lane."""

from __future__ import annotations

from dataclasses import dataclass, field

from playbook.shapes.process import ProcessFlow, ProcessModel, ProcessNode


@dataclass
class Grid:
    """Cells by node id. ``bounds`` are the first and last column of each stage, ``rows`` those of each lane."""

    column: dict[str, int] = field(default_factory=dict)
    row: dict[str, int] = field(default_factory=dict)
    stages: dict[str, tuple[int, int]] = field(default_factory=dict)
    lanes: dict[str, tuple[int, int]] = field(default_factory=dict)
    columns: int = 0
    rows: int = 0

    @property
    def taken(self) -> dict[tuple[int, int], str]:
        """The node in each cell that has one."""
        return {(self.column[node], self.row[node]): node for node in self.column}


def placed(model: ProcessModel) -> Grid:
    """Give each node that stands by itself a cell; timers hang on their hosts and have none."""
    hanging = {flow.target for flow in model.flows if any(n.id == flow.source and n.host for n in model.nodes)}
    hosted = {node.id for node in model.nodes if node.host} | hanging
    nodes = [node for node in model.nodes if node.id not in hosted]
    flows = [flow for flow in model.flows if flow.source not in hosted and flow.target not in hosted]
    grid = Grid()
    _columns(model, nodes, flows, grid)
    _rows(model, nodes, flows, grid)
    return grid


def _columns(model: ProcessModel, nodes: list[ProcessNode], flows: list[ProcessFlow], grid: Grid) -> None:
    at = 0
    for stage in ("", *(stage.id for stage in model.stages)):
        members = [node.id for node in nodes if node.stage == stage]
        ranks = _ranks(members, flows)
        for node, rank in ranks.items():
            grid.column[node] = at + rank
        if members:
            last = at + max(ranks.values())
            if stage:
                grid.stages[stage] = (at, last)
            at = last + 1
    grid.columns = at


def _ranks(members: list[str], flows: list[ProcessFlow]) -> dict[str, int]:
    """The length of the longest way to each node inside of its stage, ways back aside."""
    inside = set(members)
    after: dict[str, list[str]] = {node: [] for node in members}
    before = dict.fromkeys(members, 0)
    for flow in flows:
        if flow.source in inside and flow.target in inside and flow.source != flow.target:
            after[flow.source].append(flow.target)
            before[flow.target] += 1
    forward = _without_ways_back(members, after)
    waiting = dict.fromkeys(members, 0)
    for targets in forward.values():
        for target in targets:
            waiting[target] += 1
    ranks = dict.fromkeys(members, 0)
    ready = [node for node in members if not waiting[node]]
    for node in ready:
        for target in forward[node]:
            ranks[target] = max(ranks[target], ranks[node] + 1)
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    return ranks


def _without_ways_back(members: list[str], after: dict[str, list[str]]) -> dict[str, list[str]]:
    """The same ways without those that close a circle, seen from the first nodes on."""
    state: dict[str, int] = {}
    kept: dict[str, list[str]] = {node: [] for node in members}
    reached = {target for targets in after.values() for target in targets}
    for root in sorted(members, key=lambda node: (node in reached, members.index(node))):
        stack = [(root, iter(after[root]))] if root not in state else []
        state.setdefault(root, 1)
        while stack:
            node, following = stack[-1]
            target = next(following, None)
            if target is None:
                state[node] = 2
                stack.pop()
            elif state.get(target) != 1:
                kept[node].append(target)
                if target not in state:
                    state[target] = 1
                    stack.append((target, iter(after[target])))
    return kept


def _rows(model: ProcessModel, nodes: list[ProcessNode], flows: list[ProcessFlow], grid: Grid) -> None:
    """Each lane's rows: a node goes on in the row of the one before it, if that is free."""
    lanes = [lane.id for lane in model.lanes]
    lane_of = {node.id: node.lane if node.lane in lanes else (lanes[0] if lanes else "") for node in nodes}
    local: dict[str, int] = {}
    taken: set[tuple[str, int, int]] = set()
    before: dict[str, list[str]] = {node.id: [] for node in nodes}
    after: dict[str, list[str]] = {node.id: [] for node in nodes}
    for flow in flows:
        before[flow.target].append(flow.source)
        after[flow.source].append(flow.target)
    number = {node.id: index for index, node in enumerate(nodes)}
    for node in sorted(nodes, key=lambda each: (grid.column[each.id], number[each.id])):
        lane, column = lane_of[node.id], grid.column[node.id]
        sources = [each for each in before[node.id] if each in local and lane_of[each] == lane]
        behind_a_split = len(sources) == 1 and len(after[sources[0]]) > 1
        if behind_a_split:
            # In the row by its turn among those that follow the gateway; ends make room for what goes on.
            turns = sorted(after[sources[0]], key=lambda each: not after[each])
            wanted = local[sources[0]] + turns.index(node.id)
        else:
            wanted = min((local[source] for source in sources), default=0)
        row = _free(lane, column, wanted, taken)
        local[node.id] = row
        taken.add((lane, column, row))
    _stack(lanes or [""], lane_of, local, grid)


def _free(lane: str, column: int, wanted: int, taken: set[tuple[str, int, int]]) -> int:
    """The free row that is nearest to the wanted one, the lower of two."""
    for distance in range(len(taken) + 1):
        for row in (wanted + distance, wanted - distance):
            if row >= 0 and (lane, column, row) not in taken:
                return row
    return wanted + len(taken) + 1


def _stack(lanes: list[str], lane_of: dict[str, str], local: dict[str, int], grid: Grid) -> None:
    """Rows of all lanes below each other; rows that nothing stands in are left out."""
    at = 0
    for lane in lanes:
        used = sorted({local[node] for node, own in lane_of.items() if own == lane})
        for node, own in lane_of.items():
            if own == lane:
                grid.row[node] = at + used.index(local[node])
        grid.lanes[lane] = (at, at + max(len(used), 1) - 1)
        at += max(len(used), 1)
    grid.rows = at
