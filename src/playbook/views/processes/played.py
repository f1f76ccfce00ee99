"""What of a core is drawn, and what leads where in it."""

from __future__ import annotations

from playbook.core.process import Flow, Process
from playbook.views.processes.assured import assured, held_back
from playbook.views.processes.beside import Beside
from playbook.views.processes.handlers import restart_of
from playbook.workspace import CompiledPlaybook


class Played:
    """The nodes and flows of one core that are drawn; ``after`` and ``before`` are the flows of each node."""

    def __init__(self, playbook: CompiledPlaybook) -> None:
        self.process: Process = playbook.process
        self.nodes = _led_to(self.process)
        self.after: dict[str, list[Flow]] = {node: [] for node in self.process.nodes}
        self.before: dict[str, list[Flow]] = {node: [] for node in self.process.nodes}
        self._known = {id(flow) for flow in self.process.flows}
        only_assured = assured(self.process)
        self._undrawn = {id(flow) for flow in only_assured}
        flows = [flow for flow in self.process.flows if self._is_drawn(flow)]
        flows += held_back(self.process, only_assured)
        for flow in flows:
            self.after[flow.source].append(flow)
            self.before[flow.target].append(flow)
        restarts = [found for each in self.process.interrupts if (found := restart_of(playbook, each))]
        self._messages = [(restart.target, restart.message) for restart in restarts]
        self._beside = Beside(self.process, flows)
        self._brought = self._all_brought()

    def undrawn(self) -> list[Flow]:
        """The flows of the core that are not drawn: what nothing leads to, and what only makes sure."""
        return [flow for flow in self.process.flows if not self._is_drawn(flow)]

    def is_of_the_core(self, flow: Flow) -> bool:
        """Whether a flow is one of the core; the others are drawn in place of such as are not."""
        return id(flow) in self._known

    def messages(self, node: str) -> list[str]:
        """The messages with which the process is begun anew at a node."""
        return [message for target, message in self._messages if target == node]

    def is_chosen(self, node: str) -> bool:
        """Whether a step stands in a choice, whose gate already asks for its condition."""
        return any(flow.source.startswith("choice.") and flow.kind == "condition" for flow in self.before[node])

    def stage(self, node: str) -> str:
        """The stage that a node is in, if any."""
        gate, task = self.process.gates.get(node), self.process.tasks.get(node)
        return gate.stage if gate else task.stage if task else ""

    # -- tokens that are brought along -----------------------------------------------------------

    def is_brought(self, flow: Flow) -> bool:
        """Whether some way back, or some message, brings the token of a flow along."""
        return id(flow) in self._brought

    def brought_back(self, flow: Flow) -> list[Flow]:
        """The flows whose tokens a flow brings along, if it is a way back."""
        return self._beside.back(flow) if flow.kind == "rework" else []

    def brought_anew(self, node: str) -> list[Flow]:
        """The flows whose tokens a message brings along that begins the process anew at a node."""
        return self._beside.anew(node)

    def _all_brought(self) -> set[int]:
        """Flows by their identity, since some are equal."""
        found = [self.brought_anew(target) for target, _ in self._messages]
        found += [self.brought_back(flow) for flow in self.process.flows if flow.source in self.nodes]
        return {id(flow) for flows in found for flow in flows}

    def _is_drawn(self, flow: Flow) -> bool:
        return flow.source in self.nodes and id(flow) not in self._undrawn


def _led_to(process: Process) -> set[str]:
    """What the start leads to. An end that only interrupts lead to is drawn where they are."""
    reached = set(process.reachable)
    by_flow = {flow.target for flow in process.flows if flow.source in reached}
    return {node for node in reached if node not in process.ends or node in by_flow}
