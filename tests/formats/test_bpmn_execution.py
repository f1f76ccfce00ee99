"""BPMN files run to their ends by an engine of others, SpiffWorkflow; our own token game says which there are."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import pytest
from process_samples import files, models, subjects

from playbook.core.token_game import net_of
from playbook.formats import bpmn
from playbook.shapes.process import ProcessModel
from playbook.workspace import CompiledPlaybook

pytest.importorskip("SpiffWorkflow", reason="SpiffWorkflow is not installed")
etree = pytest.importorskip("lxml.etree", reason="lxml is not installed")

from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser  # noqa: E402
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine  # noqa: E402
from SpiffWorkflow.bpmn.specs.mixins import InclusiveGatewayMixin, ServiceTaskMixin, StartEventMixin  # noqa: E402
from SpiffWorkflow.bpmn.util.event import BpmnEvent  # noqa: E402
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow  # noqa: E402
from SpiffWorkflow.specs.MultiChoice import MultiChoice  # noqa: E402
from SpiffWorkflow.util.task import TaskState  # noqa: E402

NAMES = list(subjects())
RUNS = 2
"""Of each playbook and variant; which ones they are, their seeds say."""


class Chance(PythonScriptEngine):  # type: ignore[misc]
    """Answers what an engine asks. Of a decision, one way is taken, of an inclusive one at least one: that the
    conditions of ours cover all accounts is proven elsewhere, from the fields that they speak of."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.chance = random.Random(seed)
        self.chosen: dict[Any, set[str]] = {}

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> Any:
        if expression.startswith("count("):
            return self.chance.randint(1, 2)
        if expression.startswith("P"):
            return expression
        if isinstance(task.task_spec, MultiChoice):
            return expression in self._choice(task)
        if isinstance(task.task_spec, StartEventMixin):
            return True
        return self.chance.random() < 0.5

    def _choice(self, task: Any) -> set[str]:
        """The conditions that hold at a gateway, this time."""
        if task.id not in self.chosen:
            ways = task.task_spec.cond_task_specs
            conditions = [condition.args[0] for condition, _ in ways if condition is not None]
            options = [*conditions, *([""] if len(conditions) < len(ways) else [])]
            several = isinstance(task.task_spec, InclusiveGatewayMixin)
            count = self.chance.randint(1, len(options)) if several else 1
            self.chosen[task.id] = set(self.chance.sample(options, count))
        return self.chosen[task.id]


def parser(name: str) -> BpmnParser:
    """A playbook or variant, with all that it calls and that is called there."""
    known = {model.id: other for other, model in models().items() if _are_of_one_workspace(name, other)}
    found, pending = BpmnParser(), [name]
    for each in pending:
        found.add_bpmn_xml(etree.fromstring(files()[each]), each)
        model = models()[each]
        nodes = (*model.nodes, *(node for handler in model.handlers for node in handler.nodes))
        called = dict.fromkeys(known[node.calls] for node in nodes if node.calls in known)
        pending += [other for other in called if other not in pending]
    return found


def _are_of_one_workspace(name: str, other: str) -> bool:
    return subjects()[name].workspace is subjects()[other].workspace


def begun(known: BpmnParser, model: ProcessModel, seed: int) -> Any:
    """A process that has not done anything yet."""
    engine = Chance(seed)
    return BpmnWorkflow(known.get_spec(model.id), known.get_subprocess_specs(model.id), script_engine=engine)


def go_on(flow: Any, trace: list[str], *, aside: bool = False) -> None:
    """Do what is ready, in any order, until nothing is; ``aside`` only what sub-processes have begun."""

    def note(task: Any) -> None:
        trace.append(task.task_spec.name)

    for _ in range(2000):
        flow.do_engine_steps(did_complete_task=note)
        # All at once, since every search walks over all that was ever done.
        open_ = flow.get_tasks(state=TaskState.READY | TaskState.STARTED)
        mine = [task for task in open_ if not aside or task.workflow is not flow]
        # A system's task has begun by itself and waits for the system's answer.
        answered = [task for task in mine if task.state == TaskState.STARTED and _is_of_a_system(task)]
        ready = [task for task in mine if task.state == TaskState.READY and (aside or task.task_spec.manual)]
        if not ready and not answered:
            return
        task = flow.script_engine.chance.choice([*ready, *answered])
        if task.state == TaskState.STARTED:
            task.complete()
        else:
            task.run()
        note(task)


def _is_of_a_system(task: Any) -> bool:
    return isinstance(task.task_spec, ServiceTaskMixin)


@dataclass(frozen=True)
class Outcome:
    """What came of a run: what was done, in order; the ends that were reached; whether nothing is left."""

    trace: tuple[str, ...]
    ends: tuple[str, ...]
    completed: bool


@lru_cache(maxsize=512)
def run(name: str, seed: int) -> Outcome:
    """One run of a playbook from its start."""
    return played(parser(name), models()[name], seed)


def played(known: BpmnParser, model: ProcessModel, seed: int) -> Outcome:
    """One run, until nothing can be done any more."""
    flow = begun(known, model, seed)
    trace: list[str] = []
    go_on(flow, trace)
    ends = {node.id: node.belongs for node in model.nodes if node.kind in ("end", "terminate_end")}
    return Outcome(tuple(trace), tuple(ends[each] for each in trace if each in ends), flow.is_completed())


def possible_ends(playbook: CompiledPlaybook) -> set[str]:
    """Where the journey can be over: what nothing follows in the token game, and ends that stop everything."""
    core = playbook.process
    net = net_of(core)
    assert net is not None
    leading = {source for source, _ in net.edges}
    into_sink = {net.origin[source] for source, target in net.edges if target == net.sink}
    assert net.sink not in leading
    return into_sink | {flow.target for flow in core.flows if flow.mode == "stop" and flow.source in core.reachable}


@pytest.mark.parametrize("name", NAMES)
def test_every_run_comes_to_one_possible_end(name: str) -> None:
    playbook = subjects()[name].playbook
    assert playbook.soundness is not None
    assert playbook.soundness.sound
    possible = possible_ends(playbook)
    for seed in range(RUNS):
        outcome = run(name, seed)
        assert outcome.completed, seed
        assert len(outcome.ends) == 1, seed
        assert set(outcome.ends) <= possible, seed


@pytest.mark.parametrize("name", NAMES)
def test_a_run_follows_the_order_of_the_core(name: str) -> None:
    """No step is done before one that it waits for. One that may be left out is not waited for then: it can be
    done for the first time when a way back comes by again."""
    core = subjects()[name].playbook.process
    chosen = {flow.target for flow in core.flows if flow.source.startswith("choice.") and flow.kind == "condition"}
    waited = [
        (flow.source, flow.target)
        for flow in core.flows
        if flow.mode == "together" and flow.source in core.tasks and flow.target in core.tasks
        if flow.source not in chosen and core.tasks[flow.source].condition is None
    ]
    for seed in range(RUNS):
        trace = run(name, seed).trace
        for before, after in waited:
            if after in trace:
                assert before in trace[: trace.index(after)], (seed, before, after)


@pytest.mark.parametrize("name", ["enterprise_onboarding", "deployment_strategy", "technical_issue"])
def test_the_runs_take_different_ways(name: str) -> None:
    """Over some seeds, every possible end is come to."""
    assert {end for seed in range(25) for end in run(name, seed).ends} == possible_ends(subjects()[name].playbook)


def test_the_engine_notices_what_is_broken() -> None:
    """Where work that goes together is not waited for, what follows is done several times."""
    model = models()["success_plan"]
    into = [flow.target for flow in model.flows]
    nodes = tuple(
        replace(node, kind="exclusive") if node.kind == "parallel" and into.count(node.id) > 1 else node
        for node in model.nodes
    )
    broken = replace(model, nodes=nodes)
    known = BpmnParser()
    known.add_bpmn_xml(etree.fromstring(bpmn.write(broken)), "broken")
    assert len(played(known, broken, 1).ends) > 1


@pytest.mark.parametrize("name", [name for name in NAMES if models()[name].handlers])
def test_what_can_happen_at_any_time_is_handled(name: str) -> None:
    """Each event sub-process starts with its event and comes to its end.

    That an interrupting one drops the open work is not shown here: SpiffWorkflow (3.2) runs event sub-processes
    and reads nothing of ``isInterrupting``. What the file says of it is compared with the core instead.
    """
    model, core = models()[name], subjects()[name].playbook.process
    known = parser(name)
    for handler, interrupt in zip(model.handlers, core.interrupts, strict=True):
        first, last = handler.nodes[0], handler.nodes[-1]
        assert first.interrupting == (interrupt.target is not None)
        flow = begun(known, model, 1)
        flow.do_engine_steps()
        # No `send_event`: it demands that something waits, and a condition that holds is over at once.
        flow.catch(BpmnEvent(known.get_spec(handler.id).task_specs[first.id].event_definition))
        go_on(flow, [], aside=True)
        done = {task.task_spec.name for task in flow.get_tasks(state=TaskState.COMPLETED)}
        assert {first.id, last.id} <= done, handler.id
