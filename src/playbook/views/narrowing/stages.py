"""One stage of a playbook, with where it is entered from and where it leads to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from playbook.core.process import START, End, Flow, Process
from playbook.language.playbook import End as EndModel
from playbook.language.stage import Stage
from playbook.schedule.relative import schedule_of
from playbook.views.narrowing.excerpt import excerpt_of, stage_numbers
from playbook.views.narrowing.times import times_of_part
from playbook.views.parts.milestones import milestones_of
from playbook.workspace import CompiledPlaybook


def one_stage(playbook: CompiledPlaybook, stage: str) -> CompiledPlaybook:
    """One stage with everything in it.

    What is ahead of it stands in the start, where the journey goes on in an end for each stage that follows;
    :func:`elsewhere` gives their words.
    """
    outside = _Outside(playbook, stage)
    process = outside.process()
    model = playbook.model
    variants = tuple(one_stage(variant, stage) for variant in playbook.variants if stage in variant.stages)
    number = stage_numbers(playbook).get(stage)
    chosen = playbook.stages.get(stage)
    scope = f", stage {number}: {chosen.label}" if chosen else ""
    part = excerpt_of(
        playbook,
        model=model.model_copy(update={**_in_stage(playbook, chosen), **outside.ends(process), "variants": {}}),
        process=process,
        variants=variants,
        elsewhere=outside.words,
        scope=f"{getattr(playbook, 'scope', '')}{scope}",
    )
    return replace(part, told={schedule_of: lambda: times_of_part(playbook, part, outcome=False)})


class _Outside:
    """Stands in for all stages but one."""

    def __init__(self, playbook: CompiledPlaybook, stage: str) -> None:
        self._playbook = playbook
        self._stage = stage
        whole = playbook.process
        self._order = list(playbook.stages)
        self._inside = frozenset(
            [id_ for id_, task in whole.tasks.items() if task.stage == stage]
            + [id_ for id_, gate in whole.gates.items() if gate.stage == stage]
        )
        self.words: dict[str, str] = {}
        """What is to be written on the nodes that stand for other stages."""

    def process(self) -> Process:
        """The process of the stage alone."""
        whole = self._playbook.process
        flows = list(dict.fromkeys([*self._ways_in(), *self._ways_out()]))
        touched = {START, *self._inside, *(flow.target for flow in flows)}
        for interrupt in whole.interrupts:
            if self._stage in interrupt.stages and interrupt.target in whole.ends:
                touched.add(interrupt.target)
        ends = {id_: end for id_, end in whole.ends.items() if id_ in touched}
        ends |= {
            node: End(node, node.removeprefix("end."), ("stages",), success=True) for node in self._exits(flows)
        }
        return Process(
            {node: path for node, path in whole.nodes.items() if node in touched}
            | {node: end.path for node, end in ends.items()},
            {id_: task for id_, task in whole.tasks.items() if id_ in touched},
            {id_: gate for id_, gate in whole.gates.items() if id_ in touched},
            ends,
            tuple(flows),
            tuple(
                replace(interrupt, stages=(self._stage,))
                for interrupt in whole.interrupts
                if self._stage in interrupt.stages and (interrupt.target is None or interrupt.target in touched)
            ),
        )

    def ends(self, process: Process) -> dict[str, dict[str, EndModel]]:
        """The ends of the model, with one for each stage that follows."""
        declared = self._playbook.model.ends
        known = {end.end for end in process.ends.values()}
        ends = {id_: end for id_, end in declared.items() if id_ in known}
        for node, end in process.ends.items():
            if node in self.words:
                ends[end.end] = EndModel.model_construct(title=self.words[node], success=True)
        return {"ends": ends}

    def _ways_in(self) -> Iterator[Flow]:
        """From the start, where other stages lead here. A way back from a later stage begins elsewhere."""
        ways = [
            flow
            for flow in self._playbook.process.flows
            if flow.target in self._inside and flow.source not in self._inside and flow.kind != "rework"
        ]
        yield from (Flow(START, flow.target, flow.path) for flow in ways)
        if not ways and f"enter.{self._stage}" in self._inside:
            yield Flow(START, f"enter.{self._stage}", ("stages",))
        stages = dict.fromkeys(self._stage_of(flow.source) for flow in ways if flow.source != START)
        if stages:
            together = {flow.mode for flow in ways} == {"together"}
            self.words[START] = f"From {self._listed(stages, 'and' if together else 'or')}"

    def _ways_out(self) -> Iterator[Flow]:
        process = self._playbook.process
        beside: list[str] = []
        together: list[Flow] = []
        for flow in process.flows:
            if flow.source not in self._inside:
                continue
            if flow.target in self._inside or flow.target in process.ends:
                yield flow
            elif flow.kind == "overlap":
                beside.append(self._stage_of(flow.target))
            elif flow.kind == "sequence" and flow.mode == "together":
                together.append(flow)
            else:
                yield replace(flow, target=self._end(flow))
        if together:
            # All of them follow, which is one way on.
            stages = dict.fromkeys(self._stage_of(flow.target) for flow in together)
            node = f"end.elsewhere.{next(iter(stages))}"
            self.words[node] = f"Then {self._listed(stages, 'and')}"
            if beside:
                self.words[node] += f", with {self._listed(beside, 'and')} beside it"
            yield from (replace(flow, target=node) for flow in together)

    def _end(self, flow: Flow) -> str:
        """The end that stands for the stage that a flow leads to."""
        stage = self._stage_of(flow.target)
        back = self._order.index(stage) < self._order.index(self._stage)
        node = f"end.{'back' if back else 'elsewhere'}.{stage}"
        self.words[node] = f"{'Back to' if back else 'Then'} {self._playbook.stages[stage].label}"
        return node

    def _exits(self, flows: Iterable[Flow]) -> list[str]:
        return list(dict.fromkeys(flow.target for flow in flows if flow.target in self.words))

    def _listed(self, stages: Iterable[str], word: str) -> str:
        names = [self._playbook.stages[stage].label for stage in stages]
        return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {word} {names[-1]}"

    def _stage_of(self, node: str) -> str:
        process = self._playbook.process
        return (process.tasks.get(node) or process.gates[node]).stage


def _in_stage(playbook: CompiledPlaybook, stage: Stage | None) -> dict[str, object]:
    """What of a playbook belongs to a stage."""
    if stage is None:
        kinds = ("milestones", "handoffs", "interrupts", "decisions", "routines", "workstreams")
        return {"stages": (), **{kind: {} for kind in kinds}}
    model = playbook.model
    captured = {name for step in stage.steps for name in step.captures}
    places = {stage.id, *(step.id for step in stage.steps)}
    return {
        "stages": (stage,),
        "milestones": {
            each.id: each.milestone.model_copy(update={"stage": stage.id})
            for each in milestones_of(playbook)
            if each.stage == stage.id
        },
        "handoffs": {id_: each for id_, each in model.handoffs.items() if each.at in places},
        "interrupts": {
            id_: each for id_, each in model.interrupts.items() if not each.stages or stage.id in each.stages
        },
        "decisions": {id_: each for id_, each in model.decisions.items() if each.sets in captured},
        # These go on beside all stages.
        "routines": {},
        "workstreams": {},
    }
