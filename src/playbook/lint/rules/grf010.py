"""GRF010: work that may be done again and again without limit."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from playbook.core.process import Flow, Process
from playbook.diagnostics import Severity
from playbook.language.step import Step
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import named, shortened
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook

_SHOWN = 6


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Cycles of the flow that nothing bounds, and steps that repeat without a limit."""
    del context
    for cycle in playbook.unbounded_cycles:
        yield _cycle(cycle, playbook)
    for index, stage in enumerate(playbook.model.stages):
        for number, step in enumerate(stage.steps):
            if step.repeat is not None:
                yield from _repeat(step, ("stages", index, "steps", number))


def _cycle(cycle: list[str], playbook: CompiledPlaybook) -> Finding:
    process = playbook.process
    way = _way(cycle, playbook)
    back = _flow_back(cycle, process)
    if back is None or back.kind != "rework":
        return Finding(
            f"the steps wait for each other and none can begin: {way}",
            back.path if back else process.nodes[cycle[0]],
            expected="an 'after' that names earlier work only; for a way back: approval, reject or next",
        )
    if back.path[-1] == "back_to":
        expected = "at_most beside back_to: how many times"
        suggestion = "at_most: 2"
    else:
        expected = "at_most (how many times) or within (for how long) on the way back"
        suggestion = None
    return Finding(f"nothing bounds the way back: {way}", back.path, expected=expected, suggestion=suggestion)


def _flow_back(cycle: list[str], process: Process) -> Flow | None:
    """The flow of a cycle that leads back: a rework if there is one, else the last that joins two steps."""
    inside = [
        flow
        for source, target in pairwise([*cycle, cycle[0]])
        for flow in process.successors[source]
        if flow.target == target and not flow.bounded
    ]
    rework = next((flow for flow in inside if flow.kind == "rework"), None)
    after = next((flow for flow in inside if flow.path[-1] == "after" and flow.target == cycle[0]), None)
    return rework or after or (inside[-1] if inside else None)


def _way(cycle: list[str], playbook: CompiledPlaybook) -> str:
    """The cycle in the words of its steps (of its stages, if it has none), the middle left out if long."""
    process = playbook.process
    labels = [playbook.steps[process.tasks[node].step].label for node in cycle if node in process.tasks]
    if not labels:
        stages = dict.fromkeys(process.gates[node].stage for node in cycle if node in process.gates)
        labels = [playbook.stages[stage].label for stage in stages]
    shown = [shortened(label, 40) for label in labels]
    if len(shown) > _SHOWN:
        left_out = len(shown) - (_SHOWN - 1)
        shown = [*shown[: _SHOWN - 2], f"... {left_out} more ...", shown[-1]]
    return " → ".join([*shown, shortened(labels[0], 40)])


def _repeat(step: Step, path: KeyPath) -> Iterator[Finding]:
    repeat = step.repeat
    place: KeyPath = (*path, "repeat")
    while repeat is not None and repeat.then is not None:
        repeat, place = repeat.then, (*place, "then")
    if repeat is not None and repeat.until is None and repeat.at_most is None and repeat.lasts is None:
        yield Finding(
            f"the step {named(step.do, step.id)} is repeated every {repeat.every.in_words()} without end",
            (*place, "every"),
            expected="until (a condition), at_most (how many times) or lasts (for how long); "
            "what never ends is a routine",
        )


RULE = Rule(
    code="GRF010",
    name="unbounded-loop",
    severity=Severity.ERROR,
    profile="basic",
    what="A way back, or a repeated step, has neither a count nor a time nor a condition that ends it.",
    why="A loop without a limit hides that an account is stuck: everybody is busy, and nothing moves.",
    bad="""\
handoffs:
  sales_to_cs:
    from: ae
    to: csm
    at: handover
    payload: [brief, account.use_case]
    accept: {within: 1bd}
    reject: {back_to: write_brief}
""",
    good="""\
handoffs:
  sales_to_cs:
    from: ae
    to: csm
    at: handover
    payload: [brief, account.use_case]
    accept: {within: 1bd}
    reject: {back_to: write_brief, at_most: 2}
""",
    graph=True,
    playbook=check,
)
