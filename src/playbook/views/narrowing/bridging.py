"""A process with fewer steps: what lay before and behind a step that is left out is joined.

Of what is kept, all can be reached from where it could be reached before, and from nowhere else; a way back
stays a way back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from playbook.core.process import START, Flow, Interrupt, Process
from playbook.views.narrowing.ways import Key, Way, either, joined


def bridged(
    process: Process,
    tasks: Collection[str],
    stages: Collection[str],
    silenced: Collection[str] = (),
) -> Process:
    """The process with only some of its ``tasks``, in the stages that these are in.

    Gates stay where ways part or meet, and in the nearest stage if their own is gone. ``silenced`` are
    gates that are left out in any case, with the ways back and the ends that they lead to.
    """
    if not tasks:
        return Process({node: path for node, path in process.nodes.items() if node == START})
    graph = _Graph(process)
    for gate in silenced:
        graph.silence(gate)
    frames = {f"{frame}.{stage}" for stage in stages for frame in ("enter", "exit")}
    hidden = [task for task in process.tasks if task not in tasks]
    hidden += [id_ for id_, gate in process.gates.items() if _is_frame(gate.kind) and id_ not in frames]
    graph.remove_all(hidden)
    graph.remove_useless(process, frames)
    graph.remove_redundant()
    return _rebuilt(process, graph, stages)


def _is_frame(kind: str) -> bool:
    return kind in ("entry", "exit")


class _Graph:
    """The flows of a process by their two nodes; of several that mean the same, one."""

    def __init__(self, process: Process) -> None:
        # What an interrupt leads to is reached as if from a node of its own.
        self.jumps = {f"interrupt {number}": each for number, each in enumerate(process.interrupts)}
        self.order = {node: at for at, node in enumerate([*process.nodes, *self.jumps])}
        self.leaving: dict[str, dict[Key, Way]] = {node: {} for node in self.order}
        self.reaching: dict[str, dict[Key, Way]] = {node: {} for node in self.order}
        self._loops = frozenset(process.tasks)
        self._ends = frozenset(process.ends)
        self._choices = {id_ for id_, gate in process.gates.items() if gate.kind in ("exclusive", "inclusive")}
        for at, flow in enumerate(process.flows):
            self._add(Way(flow, (at, at)))
        for number, (node, interrupt) in enumerate(self.jumps.items(), len(process.flows)):
            if interrupt.target is not None:
                self._add(Way(Flow(node, interrupt.target, interrupt.path), (number, number)))

    def _add(self, way: Way) -> None:
        source, target, back = way.flow.source, way.flow.target, way.flow.kind == "rework"
        if source == target and not (back and source in self._loops):
            # Only a step can be done again by itself.
            return
        before = self.leaving[source].get((target, back))
        self.leaving[source][target, back] = way if before is None else either(before, way)
        self.reaching[target][source, back] = self.leaving[source][target, back]

    def _drop(self, flow: Flow) -> None:
        back = flow.kind == "rework"
        del self.leaving[flow.source][flow.target, back]
        del self.reaching[flow.target][flow.source, back]

    def silence(self, node: str) -> None:
        """Leave a node out, and where it leads beside the way on."""
        for way in list(self.leaving[node].values()):
            if way.flow.kind == "rework" or way.flow.mode == "stop":
                self._drop(way.flow)
        self.remove(node)

    def remove(self, node: str) -> None:
        """Leave a node out, and join what was before and behind it."""
        if len(self.leaving[node]) == 1:
            self._make_certain(node)
        before, behind = list(self.reaching[node].values()), list(self.leaving[node].values())
        for way in {id(way): way for way in (*before, *behind)}.values():
            self._drop(way.flow)
        for first in before:
            for second in behind:
                if node not in (first.flow.source, second.flow.target):
                    self._add(joined(first, second))
        del self.leaving[node], self.reaching[node]

    def remove_all(self, nodes: list[str]) -> None:
        """Leave several nodes out: first those that lead to one other, for what parts is harder to join.

        Where a choice leads to what is done side by side, the one would come to look like the other, unless
        one side of it turns out to lead to the other side.
        """
        tidy = False
        while nodes:
            node = next((each for each in nodes if len(self.leaving[each]) == 1), None)
            if node is None and not tidy:
                self.remove_redundant()
                tidy = True
                continue
            tidy = node is None
            node = nodes[0] if node is None else node
            self.remove(node)
            nodes.remove(node)

    def remove_useless(self, process: Process, frames: Collection[str]) -> None:
        """Leave out the gates where nothing parts or meets any more."""
        gates = [gate for gate in process.gates if gate in self.leaving and gate not in frames]
        found = True
        while found:
            found = False
            for gate in list(gates):
                several = self.reaching if process.gates[gate].kind == "join" else self.leaving
                if len(several[gate]) < 2:
                    self.remove(gate)
                    gates.remove(gate)
                    found = True

    def _make_certain(self, node: str) -> None:
        """What was one of several ways is taken in any case, now that it is the only one."""
        (way,) = self.leaving[node].values()
        flow = way.flow
        if flow.mode == "alternative":
            flow = replace(flow, mode="together")
        if node in self._choices:
            flow = replace(flow, label="", kind="sequence" if flow.kind == "condition" else flow.kind)
        self._drop(way.flow)
        self._add(replace(way, flow=flow))

    def remove_redundant(self) -> None:
        """Leave out each bridge between nodes that other flows lead from one to the other."""
        for node, ways in self.leaving.items():
            if node in self._choices:
                continue
            for way in list(ways.values()):
                plain = way.flow.kind in ("sequence", "overlap") and way.flow.mode == "together"
                if way.bridge and plain and self._leads_around(way.flow):
                    self._drop(way.flow)

    def _leads_around(self, shortcut: Flow) -> bool:
        # An end waits for nothing: what comes to it on another way, whichever, is not to come there twice.
        modes = ("together", "alternative") if shortcut.target in self._ends else ("together",)
        pending = [shortcut.source]
        seen = {shortcut.source}
        while pending:
            for way in self.leaving[pending.pop()].values():
                flow = way.flow
                if flow is shortcut or flow.kind == "rework" or flow.mode not in modes or flow.target in seen:
                    continue
                if flow.target == shortcut.target:
                    return True
                seen.add(flow.target)
                pending.append(flow.target)
        return False

    def ways(self) -> list[Way]:
        """All flows, in the order of the file."""
        every = [way for node in self.leaving for way in self.leaving[node].values()]
        order = self.order
        return sorted(every, key=lambda way: (way.order, order[way.flow.source], order[way.flow.target]))


def _rebuilt(process: Process, graph: _Graph, stages: Collection[str]) -> Process:
    # An end that only what is left out led to is left out as well.
    kept = {
        node
        for node in process.nodes
        if node in graph.leaving and (node not in process.ends or graph.reaching[node])
    }
    homes = _homes(process, stages)
    ways = graph.ways()
    return Process(
        {node: path for node, path in process.nodes.items() if node in kept},
        {id_: task for id_, task in process.tasks.items() if id_ in kept},
        {
            id_: replace(gate, stage=homes.get(gate.stage, gate.stage))
            for id_, gate in process.gates.items()
            if id_ in kept
        },
        {id_: end for id_, end in process.ends.items() if id_ in kept},
        tuple(way.flow for way in ways if way.flow.source not in graph.jumps),
        tuple(_interrupts(graph, ways, stages, homes)),
    )


def _homes(process: Process, stages: Collection[str]) -> dict[str, str]:
    """The nearest of the stages for each stage: itself, the last one ahead of it, or the first one."""
    first = next((gate.stage for gate in process.gates.values() if gate.stage in stages), None)
    homes: dict[str, str] = {}
    nearest = first
    for gate in process.gates.values():
        if gate.stage in stages:
            nearest = gate.stage
        if nearest is not None:
            homes.setdefault(gate.stage, nearest)
    return homes


def _interrupts(
    graph: _Graph, ways: Iterable[Way], stages: Collection[str], homes: dict[str, str]
) -> Iterable[Interrupt]:
    """The interrupts, one for each node that takes the place of its target."""
    targets: dict[str, list[str]] = {}
    for way in ways:
        if way.flow.source in graph.jumps:
            targets.setdefault(way.flow.source, []).append(way.flow.target)
    for node, interrupt in graph.jumps.items():
        known = dict.fromkeys(stage for stage in interrupt.stages if stage in stages)
        known = known or dict.fromkeys(homes[stage] for stage in interrupt.stages if stage in homes)
        if interrupt.target is None:
            yield replace(interrupt, stages=tuple(known))
        for target in targets.get(node, ()):
            yield replace(interrupt, stages=tuple(known), target=target)
