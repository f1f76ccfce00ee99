"""The planned time of every step: forward from the start, backward from what is due."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.core.process import START
from playbook.language.step import Step
from playbook.schedule.declared import Moment
from playbook.schedule.network import Network, Times
from playbook.schedule.ranges import NOW, Range
from playbook.text.quantities import Timing


@dataclass(frozen=True, slots=True)
class Planned:
    """A step in the plan: work begins at some time in ``starts`` and is over at some time in ``ends``."""

    node: str
    anchor: str
    starts: Range
    ends: Range
    due: Range | None = None


class Plan:
    """When all is planned, node by node in the order of work."""

    def __init__(self, network: Network, latest: dict[str, Times]) -> None:
        self.network = network
        self.latest = latest
        self.tasks: dict[str, Planned] = {}
        self.after: dict[str, Times] = {}
        # A playbook without a start has times all the same; what hangs on nothing else hangs on its start.
        self._starts_somewhere = network.declared.start in network.playbook.model.anchors
        for node in network.order_with_timers:
            self._visit(node)
        self.tasks = {node: self.tasks[node] for node in network.process.tasks if node in self.tasks}

    def rank(self, anchor: str) -> tuple[int, str]:
        """What sorts the anchors."""
        return self.network.declared.rank(anchor)

    # -- what timers say -------------------------------------------------------------------------

    def moment(self, timing: Timing | None) -> Moment | None:
        """A timing, counted from its anchor; it may hang on a step that has no time but that of the plan."""
        if timing is None:
            return None
        stated = self.network.declared.moment(timing)
        if stated is not None:
            return stated
        base, until = self._named(timing.reference), self._named(timing.until) if timing.until else None
        if base is None:
            return None
        if timing.offset is None:
            together = until is not None and until.anchor == base.anchor
            return Moment(base.anchor, base.at.part(timing.share or 0, until.at)) if until and together else None
        at = self.network.declared.time.moment(base.at, timing)
        return Moment(base.anchor, at) if at is not None else None

    def _named(self, name: str) -> Moment | None:
        stated = self.network.declared.named(name)
        reference = self.network.declared.reference(name)
        if stated is not None or reference is None:
            return stated
        task = self.tasks.get(reference.node)
        if task is not None:
            return Moment(task.anchor, (task.starts if reference.begins else task.ends).plus(reference.wait))
        at = self._last(self.after.get(reference.node, {}))
        return Moment(at.anchor, at.at.plus(reference.wait)) if at is not None else None

    def milestone(self, id_: str) -> Moment | None:
        """When a milestone is planned: when it is due, or when its stage is over."""
        milestone = self.network.playbook.model.milestones[id_]
        if milestone.due is not None:
            return self.moment(milestone.due)
        return self._last(self.after.get(f"exit.{milestone.stage}", {})) if milestone.stage else None

    def _last(self, times: Times) -> Moment | None:
        """Of several times, the one from the anchor that comes last."""
        if not times:
            return None
        anchor = max(times, key=self.rank)
        return Moment(anchor, times[anchor])

    # -- the walk --------------------------------------------------------------------------------

    def _visit(self, node: str) -> None:
        if node in self.network.process.tasks:
            planned = self.tasks[node] = self._task(node)
            self.after[node] = {planned.anchor: planned.ends.plus(self.network.acceptance(node))}
            return
        times = {self.network.declared.start: NOW} if node == START else self._reached(node)
        kind, _, stage = node.partition(".")
        if kind == "enter":
            times = self._entered(stage, times)
        elif kind == "exit":
            times = self._left(stage, times)
        self.after[node] = {anchor: at.plus(self.network.acceptance(node)) for anchor, at in times.items()}

    def _reached(self, node: str) -> Times:
        """When the ways into a node are over, by each anchor that any of them hangs on."""
        reached: Times = {}
        for flow in self.network.into(node):
            for anchor, at in self.after.get(flow.source, {}).items():
                known = reached.get(anchor)
                if known is None:
                    reached[anchor] = at
                else:
                    reached[anchor] = known.later(at) if flow.mode == "together" else known.either(at)
        return reached

    def _entered(self, stage: str, times: Times) -> Times:
        model = self.network.playbook.stages[stage]
        starts = model.starts or next(
            (overlap.starts for overlap in model.overlaps if overlap.starts and not overlap.when), None
        )
        moment = self.moment(starts)
        return {moment.anchor: moment.at} if moment is not None else times

    def _left(self, stage: str, times: Times) -> Times:
        model = self.network.playbook.stages[stage]
        due = self.moment(model.due)
        if due is not None:
            return {due.anchor: due.at}
        if model.takes is not None:
            whole = self.network.declared.time.range(model.takes)
            for anchor, at in self.after.get(f"enter.{stage}", {}).items():
                over = at.plus(whole)
                times = {**times, anchor: times[anchor].later(over) if anchor in times else over}
        return times

    # -- one step --------------------------------------------------------------------------------

    def _task(self, node: str) -> Planned:
        task = self.network.process.tasks[node]
        step = self.network.playbook.steps[task.step]
        ready = self._reached(node)
        due = self.moment(step.due)
        if due is not None:
            return self._by_due(node, step, ready, due)
        between = self._between(step.due)
        if between is not None:
            starts = between.at.less(self.network.declared.work(step) or NOW)
            return Planned(node, between.anchor, starts, between.at)
        anchor = self._anchor_of(node, task.stage, ready)
        if anchor in ready:
            return self._forward(node, step, anchor, ready[anchor])
        ends = self.latest.get(node, {}).get(anchor, NOW)
        work = self.network.declared.work(step)
        return Planned(node, anchor, ends.less(work) if work else ends, ends)

    def _by_due(self, node: str, step: Step, ready: Times, due: Moment) -> Planned:
        work = self.network.declared.work(step)
        if work is not None:
            return Planned(node, due.anchor, due.at.less(work), due.at, due.at)
        # Nobody says how long it takes: at some time after what is ahead of it, and by the day that it is due.
        begins = ready.get(due.anchor, due.at)
        return Planned(node, due.anchor, Range(min(begins.low, due.at.low), due.at.high), due.at, due.at)

    def _between(self, timing: Timing | None) -> Moment | None:
        """A part of the way between two anchors, though nobody knows how far they are apart.

        The first is taken to be as late as it may be for the second to hold.
        """
        if timing is None or timing.share is None or timing.until is None:
            return None
        reference, until = self.network.declared.reference(timing.reference), self._named(timing.until)
        if reference is None or until is None:
            return None
        base = self.latest.get(reference.node, {}).get(until.anchor)
        if base is None or base.high > until.at.high:
            return None
        if reference.wait == NOW:
            # The latest end of a node is when what it hands over is accepted.
            base = base.less(self.network.acceptance(reference.node))
        return Moment(until.anchor, base.part(timing.share, until.at))

    def _forward(self, node: str, step: Step, anchor: str, ready: Range) -> Planned:
        work = self.network.declared.work(step)
        if work is not None:
            return Planned(node, anchor, ready, ready.plus(work))
        latest = self.latest.get(node, {}).get(anchor)
        window = Range(ready.low, max(ready.high, latest.high if latest else ready.high))
        return Planned(node, anchor, window, window)

    def _anchor_of(self, node: str, stage: str, ready: Times) -> str:
        """The anchor that a step without a time of its own hangs on."""
        latest = self.latest.get(node, {})
        due = self.moment(self.network.playbook.stages[stage].due)
        if due is not None and (due.anchor in ready or due.anchor in latest):
            return due.anchor
        known = {anchor for anchor in ready if anchor != START or self._starts_somewhere}
        if known:
            return max(known, key=self.rank)
        if latest:
            return min(latest, key=self.rank)
        return max(ready, key=self.rank) if ready else START
