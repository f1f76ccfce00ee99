"""From a process to its net: what the constructs of the language mean in the token game.

- A stage, a step, a gate is a node. Flows that go ``together`` are split and joined with ``and``, an
  ``alternative`` with ``xor``.
- A step that is conditional, optional or done for each of several things may be done no time: those who
  follow it do not wait for it then, so it is one node, done or skipped.
- A stage within which nothing but ways that go together is found is one node: such a part is always sound.
- A step that follows one of an earlier stage only makes sure that it was done. Where that is so on every
  way into its own stage, nothing is waited for.
- A way back does again what lies between its target and its gate. Work beside that stays done: where
  such a stretch is joined with work beside it, the way back brings the token of that work along.
- A way out of several stages at once (an interrupt that leads to a stage) drops what is open and goes
  on from there; work from before counts as done. One that leads to an end only ends, and so does a
  rejection that leads to an end: neither is part of the net.
"""

from __future__ import annotations

from functools import cached_property

from playbook.core.dataflow import Knowledge
from playbook.core.net import Net
from playbook.core.process import START, Flow, Process
from playbook.core.walks import in_order, reached


def net_of(process: Process, *, brief: bool = False) -> Net | None:
    """The net of a process: all that its start leads to.

    A ``brief`` one leaves out steps between two others: enough to decide, not to tell what happens.

    Nodes that lead on to nothing end the journey here; that they should not is for others to say.
    ``None`` if the process has steps that wait for each other, or a part that is never left: both are
    reported as what they are, and nothing can be said of the behaviour of the rest.
    """
    return _Builder(process).build(brief=brief)


class _Builder:
    def __init__(self, process: Process) -> None:
        self.process = process
        alive = _played(process)
        self.nodes = [node for node in process.nodes if node in alive]
        self.flows = [flow for flow in process.flows if flow.source in alive and flow.mode != "stop"]
        self.after: dict[str, list[Flow]] = {}
        self.before: dict[str, list[Flow]] = {}
        self._index()
        self.net = Net()
        self.into: dict[str, int] = {}
        """Where alternatives arrive, and the one way together."""
        self.waits: dict[str, int] = {}
        """Where ways that go together arrive."""
        self.out: dict[str, int] = {}
        """Where alternatives leave."""
        self.forks: dict[str, int] = {}
        """Where ways that go together leave."""
        self.merges: dict[int, int] = {}
        """Where a way back brings the token of a flow along, by the identity of the flow (quick to look up)."""

    def build(self, *, brief: bool) -> Net | None:
        if brief:
            self._shorten()
        if not self._can_be_played():
            return None
        self._drop_assured()
        self._contract()
        net = self.net
        net.source = net.node()
        net.sink = net.node()
        for node in self.nodes:
            self._node(node)
        jumps = self._jumps()
        net.edge(net.source, self.into[START])
        backs = {id(flow): self._beside(flow.target, flow.source) for flow in self.flows if flow.kind == "rework"}
        for beside in (*backs.values(), *jumps.values()):
            for flow in beside:
                if id(flow) not in self.merges:
                    self.merges[id(flow)] = net.node()
        for flow in self.flows:
            self._flow(flow, backs.get(id(flow), []))
        for target, beside in jumps.items():
            self._bring(net.source, target, beside, None)
        for node in self.nodes:
            if not self.after[node]:
                net.edge(self.out[node], net.sink)
        return net

    def _shorten(self) -> None:
        """Leave out steps with one way in and one way out."""
        between = {node for node in self.nodes if node in self.process.tasks and self._is_between(node)}
        flows: list[Flow] = []
        for flow in self.flows:
            if flow.source in between:
                continue
            target = flow.target
            while target in between:
                target = self.after[target][0].target
            if target != flow.target:
                flow = Flow(flow.source, target, flow.path, flow.kind, mode=flow.mode)  # noqa: PLW2901
            flows.append(flow)
        self.flows = flows
        self.nodes = [node for node in self.nodes if node not in between]
        self._index()

    def _is_between(self, node: str) -> bool:
        """Whether a node has one way in and one way out, and neither is an alternative."""
        before, after = self.before[node], self.after[node]
        return len(before) == len(after) == 1 and before[0].mode == after[0].mode == "together"

    def _can_be_played(self) -> bool:
        return not self._waits_in_circles() and self._can_be_left()

    def _waits_in_circles(self) -> bool:
        """Whether some ways that go together form a circle."""
        together = {
            node: [flow.target for flow in flows if flow.mode == "together"] for node, flows in self.after.items()
        }
        return len(in_order(together)) < len(together)

    def _can_be_left(self) -> bool:
        """Whether each node leads to one that nothing follows."""
        leading = {node for node in self.nodes if not self.after[node]}
        pending = list(leading)
        while pending:
            for flow in self.before[pending.pop()]:
                if flow.source not in leading:
                    leading.add(flow.source)
                    pending.append(flow.source)
        return len(leading) == len(self.nodes)

    def _drop_assured(self) -> None:
        """Leave out what steps wait for across stages, where every way has done it before."""
        inner = self.inner
        across = [
            flow
            for flow in self.flows
            if inner.get(flow.source) != inner.get(flow.target) and flow.source in inner and flow.target in inner
        ]
        if not across:
            return
        bits = {node: 1 << number for number, node in enumerate(dict.fromkeys(flow.source for flow in across))}
        knowledge = Knowledge(self.process, bits, lambda _: 0)
        assured = {flow for flow in across if knowledge.before(f"enter.{inner[flow.target]}") & bits[flow.source]}
        self.flows = [flow for flow in self.flows if flow not in assured]
        self._index()

    def _contract(self) -> None:
        """Leave out what lies inside of stages without alternatives."""
        inner = self.inner
        kept: set[str] = set()
        for flow in self.flows:
            source, target = inner.get(flow.source), inner.get(flow.target)
            if source is None and target is None:
                continue
            stays = source == target or (flow.source, flow.target) in (
                (f"enter.{target}", flow.target),
                (flow.source, f"exit.{source}"),
            )
            if flow.mode != "together" or not stays:
                kept.update(stage for stage in (source, target) if stage is not None)
        gone = {node for node, stage in inner.items() if stage not in kept and node in self.after}
        if not gone:
            return
        stages = dict.fromkeys(inner[node] for node in self.nodes if node in gone)
        self.nodes = [node for node in self.nodes if node not in gone]
        self.flows = [flow for flow in self.flows if flow.source not in gone and flow.target not in gone]
        direct = {(flow.source, flow.target) for flow in self.flows}
        for stage in stages:
            if (f"enter.{stage}", f"exit.{stage}") not in direct:
                self.flows.append(Flow(f"enter.{stage}", f"exit.{stage}", self.process.nodes[f"enter.{stage}"]))
        self._index()

    # These two are asked for once nothing is left out any more.

    @cached_property
    def onward(self) -> dict[str, list[str]]:
        """What follows each node, ways back aside."""
        return {
            node: [flow.target for flow in flows if flow.kind != "rework"] for node, flows in self.after.items()
        }

    @cached_property
    def backward(self) -> dict[str, list[str]]:
        """What comes before each node, ways back aside."""
        return {
            node: [flow.source for flow in flows if flow.kind != "rework"] for node, flows in self.before.items()
        }

    @cached_property
    def inner(self) -> dict[str, str]:
        """The nodes between the entry and the exit of a stage, with the stage."""
        found: dict[str, str] = {}
        stage = ""
        for node in self.process.nodes:
            gate = self.process.gates.get(node)
            if gate is not None and gate.kind in ("entry", "exit"):
                stage = gate.stage if gate.kind == "entry" else ""
            elif stage:
                found[node] = stage
        return found

    def _index(self) -> None:
        self.after = {node: [] for node in self.nodes}
        self.before = {node: [] for node in self.nodes}
        for flow in self.flows:
            self.after[flow.source].append(flow)
            self.before[flow.target].append(flow)

    def _node(self, node: str) -> None:
        net = self.net
        before, after = self.before[node], self.after[node]
        waiting = [flow for flow in before if flow.mode == "together"]
        mixed_in = 1 < len(waiting) < len(before)
        forking = [flow for flow in after if flow.mode == "together"]
        mixed_out = 0 < len(forking) < len(after)
        main = net.node(
            node,
            join_and=len(waiting) > 1 and not mixed_in,
            split_and=bool(forking) and not mixed_out,
        )
        self.into[node] = self.out[node] = self.waits[node] = self.forks[node] = main
        if mixed_in:
            self.waits[node] = net.node(join_and=True)
            net.edge(self.waits[node], main)
        if mixed_out:
            self.forks[node] = net.node(split_and=True)
            net.edge(main, self.forks[node])

    def _flow(self, flow: Flow, beside: list[Flow]) -> None:
        net = self.net
        if flow.mode == "alternative":
            self._bring(self.out[flow.source], flow.target, beside, flow)
            return
        target = self.waits[flow.target]
        merge = self.merges.get(id(flow))
        if merge is None:
            net.edge(self.forks[flow.source], target, flow)
        else:
            net.edge(self.forks[flow.source], merge, flow)
            net.edge(merge, target)

    def _bring(self, source: int, target: str, beside: list[Flow], flow: Flow | None) -> None:
        """A way to ``target`` that brings tokens for what lies beside along."""
        net = self.net
        if beside:
            fork = net.node(split_and=True)
            net.edge(source, fork, flow)
            for other in beside:
                net.edge(fork, self.merges[id(other)])
            net.edge(fork, self.into[target])
        else:
            net.edge(source, self.into[target], flow)

    def _jumps(self) -> dict[str, list[Flow]]:
        """The stages that interrupts lead to, each with the flows of what counts as done then."""
        targets = [interrupt.target for interrupt in self.process.interrupts]
        found = [target for target in targets if target in self.after and target not in self.process.ends]
        return {target: self._beside(target, None) for target in dict.fromkeys(found) if target}

    def _between(self, first: str, last: str) -> set[str]:
        """The nodes on the ways from one node to another, ways back aside; both are among them."""
        before = {first, last}
        pending = [last] if last != first else []
        while pending:
            for node in self.backward[pending.pop()]:
                if node not in before:
                    before.add(node)
                    pending.append(node)
        found = {first}
        pending = [first]
        while pending:
            for node in self.onward[pending.pop()]:
                if node in before and node not in found:
                    found.add(node)
                    pending.append(node)
        return found

    def _beside(self, first: str, last: str | None) -> list[Flow]:
        """Flows from work beside into what is done again from ``first`` on, up to ``last``."""
        again = self._between(first, last) if last is not None else reached([first], self.onward)
        found: list[Flow] = []
        for node in again:
            if node != first and len(self.before[node]) > 1:
                waiting = [flow for flow in self.before[node] if flow.mode == "together"]
                outside = [flow for flow in waiting if flow.source not in again]
                if len(outside) < len(waiting):
                    found.extend(outside)
        return sorted(found, key=self.flows.index)


def _played(process: Process) -> set[str]:
    """The nodes that tokens come to: from the start, and from where interrupts lead to."""
    found = {START}
    pending = [START]
    while pending:
        node = pending.pop()
        for flow in process.successors[node]:
            if flow.target not in found and flow.mode != "stop":
                found.add(flow.target)
                pending.append(flow.target)
        for target in process.jumps.get(node, ()):
            if target not in found and target not in process.ends:
                found.add(target)
                pending.append(target)
    return found
