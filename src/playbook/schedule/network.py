"""The order of work without its ways back: each loop is run once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from playbook.core import forward, walks
from playbook.core.process import Flow, Process
from playbook.schedule.declared import Declared
from playbook.schedule.ranges import NOW, Range
from playbook.workspace import CompiledPlaybook

Times = dict[str, Range]
"""Moments by the anchor that they are counted from."""


@dataclass(frozen=True)
class Network:
    """The nodes of a playbook in an order in which each comes after all that it waits for."""

    playbook: CompiledPlaybook
    declared: Declared

    @cached_property
    def process(self) -> Process:
        """The graph of the playbook."""
        return self.playbook.process

    @cached_property
    def order(self) -> list[str]:
        """The nodes in order; those that wait for each other in a circle are left out."""
        return forward.in_order(self.process)

    @cached_property
    def order_with_timers(self) -> list[str]:
        """The same, where a step also comes after the step that its timer hangs on, unless that is a circle."""
        following = forward.following(self.process)
        for task in self.process.tasks.values():
            due = self.playbook.steps[task.step].due
            for name in (due.reference, due.until) if due else ():
                reference = self.declared.reference(name) if name else None
                if reference is not None and reference.node in following and reference.node != task.id:
                    following[reference.node].append(task.id)
        found = walks.in_order(following)
        return found if len(found) == len(self.order) else self.order

    def out(self, node: str) -> list[Flow]:
        """The flows that leave a node, but for ways back."""
        return forward.leaving(self.process, node)

    def into(self, node: str) -> list[Flow]:
        """The flows that reach a node, but for ways back and for what breaks the journey off."""
        return forward.reaching(self.process, node)

    def joined(
        self,
        node: str,
        after: Mapping[str, Times],
        *,
        later: Callable[[Range, Range], Range] = Range.later,
        either: Callable[[Range, Range], Range] = Range.either,
    ) -> Times:
        """When a node can begin: all that go together are waited for, of alternatives one is enough."""
        together: Times = {}
        options: list[Times] = []
        for flow in self.into(node):
            if flow.source not in after:
                continue
            if flow.mode == "together" and not forward.one_is_enough(self.process, node):
                for anchor, at in after[flow.source].items():
                    together[anchor] = later(together[anchor], at) if anchor in together else at
            else:
                options.append(after[flow.source])
        options += [together] if together else []
        joined: Times = dict(options[0]) if options else {}
        for option in options[1:]:
            joined = {anchor: either(at, option[anchor]) for anchor, at in joined.items() if anchor in option}
        return joined

    def is_sure(self, node: str) -> bool:
        """Whether a step is done in every run that comes to it."""
        task = self.process.tasks[node]
        return task.condition is None and self.playbook.steps[task.step].need == "required"

    def work(self, node: str) -> Range:
        """How long a node holds up what follows: a step that may be left out, perhaps not at all."""
        task = self.process.tasks.get(node)
        work = self.declared.work(self.playbook.steps[task.step]) if task else None
        if work is not None and not self.is_sure(node):
            work = Range(0.0, work.high)
        return (work or NOW).plus(self.acceptance(node))

    def acceptance(self, node: str) -> Range:
        """How long what follows waits for a handoff behind a node to be accepted."""
        return self._acceptance.get(node, NOW)

    @cached_property
    def _acceptance(self) -> dict[str, Range]:
        """Where a handoff is accepted, how long that may take at most."""
        found: dict[str, Range] = {}
        for node, handoffs in self.handoffs.items():
            for id_ in handoffs:
                found[node] = found.get(node, NOW).later(self.declared.acceptance(id_))
        return found

    @cached_property
    def handoffs(self) -> dict[str, list[str]]:
        """Where handoffs are accepted: at their own gate, or behind their step or stage."""
        found: dict[str, list[str]] = {}
        for id_, handoff in self.playbook.model.handoffs.items():
            nodes = (f"handoff.{id_}", f"step.{handoff.at}", f"exit.{handoff.at}")
            node = next((node for node in nodes if node in self.process.nodes), None)
            if node is not None:
                found.setdefault(node, []).append(id_)
        return found
