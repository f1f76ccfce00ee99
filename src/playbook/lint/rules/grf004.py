"""GRF004: a way that leads to no end."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.core.process import Process
from playbook.core.reach import leading_to_an_end, reachable_from_start
from playbook.diagnostics import Severity
from playbook.lint.letters import stage_name, step_name
from playbook.lint.parts import falls_off, final_parts, is_told
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import counted
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Parts that an account can enter and never leave, each once."""
    del context
    process = playbook.process
    if not process.ends or not process.tasks or _surely_ends(playbook):
        return
    leading = leading_to_an_end(process)
    if len(leading) == len(process.nodes):
        return
    leading = _or_told_elsewhere(playbook, leading)
    reached = reachable_from_start(process)
    trapped = [node for node in process.nodes if node in reached and node not in leading]
    if not trapped:
        return
    following = {node: [flow.target for flow in process.successors[node]] for node in trapped}
    for part in final_parts(trapped, following):
        yield _finding(part, playbook)


def _surely_ends(playbook: CompiledPlaybook) -> bool:
    """Whether unbounded flows lead on from everywhere and never round: then they lead to an end."""
    process = playbook.process
    return not playbook.unbounded_cycles and all(
        node in process.ends or any(not flow.bounded for flow in flows)
        for node, flows in process.successors.items()
    )


def _or_told_elsewhere(playbook: CompiledPlaybook, leading: set[str]) -> set[str]:
    """With what leads to a mistake of another rule: a last stage without an end, a deadlock, a wrong name."""
    process = playbook.process
    broken = [node for node, flows in process.successors.items() if not flows]
    if falls_off(playbook):
        broken.append(f"exit.{next(reversed(playbook.stages))}")
    for cycle in playbook.unbounded_cycles:
        if _is_deadlock(cycle, process):
            broken.extend(cycle)
    found = {*leading, *broken}
    pending = list(broken)
    while pending:
        for flow in process.predecessors[pending.pop()]:
            if flow.source not in found:
                found.add(flow.source)
                pending.append(flow.source)
    return found


def _is_deadlock(cycle: list[str], process: Process) -> bool:
    inside = set(cycle)
    return not any(
        flow.kind == "rework" and flow.target in inside for node in cycle for flow in process.successors[node]
    )


def _finding(part: list[str], playbook: CompiledPlaybook) -> Finding:
    process = playbook.process
    stages = [node for node in part if node in process.gates and process.gates[node].kind == "entry"]
    first = stages[0] if stages else next((node for node in part if is_told(node, process)), part[0])
    inside = sum(1 for node in part if node in process.tasks)
    back = next((flow for node in part for flow in process.successors[node] if flow.kind == "rework"), None)
    if first in process.tasks:
        what, path = step_name(playbook, process.tasks[first]), (*process.tasks[first].path, "id")
    else:
        gate = process.gates[first]
        what, path = stage_name(playbook.stages[gate.stage]), (*gate.path, "id")
    loop = f": its {counted(inside, 'step')} can only be done again" if back is not None and inside else ""
    return Finding(
        f"no way leads from {what} to an end{loop}",
        path,
        expected="a way out: a 'next' or an 'end' for when it is not done again",
    )


RULE = Rule(
    code="GRF004",
    name="dead-end",
    severity=Severity.ERROR,
    profile="basic",
    what="From a stage or step no end can be reached.",
    why="An account that comes there stays in onboarding for good, however well everybody works.",
    bad="""\
stages:
  - id: handover
    enter: deal.closed_won
    exit: account.use_case != ""
    raci: {C: [marketing, product]}
    steps:
      - id: write_brief
        do: Write the handover brief
        raci: {A: csm, R: ae, I: [sales, revops]}
        captures: account.use_case
        produces: brief
    next: onboarded
  - id: rescue
    enter: deal.closed_won
    exit: account.active_seats >= 1
    raci: {A: cs_leader, R: [csm, admin], C: [marketing, product], I: [revops, sales]}
    steps:
      - id: agree_plan
        do: Agree on a rescue plan
    next: {to: rescue, at_most: 3}
interrupts:
  low_usage: {when: account.active_seats < 5, to: rescue}
ends:
  onboarded: {title: Onboarded, success: true}
handoffs: null
""",
    good="""\
stages:
  - id: handover
    enter: deal.closed_won
    exit: account.use_case != ""
    raci: {C: [marketing, product]}
    steps:
      - id: write_brief
        do: Write the handover brief
        raci: {A: csm, R: ae, I: [sales, revops]}
        captures: account.use_case
        produces: brief
    next: onboarded
  - id: rescue
    enter: deal.closed_won
    exit: account.active_seats >= 1
    raci: {A: cs_leader, R: [csm, admin], C: [marketing, product], I: [revops, sales]}
    steps:
      - id: agree_plan
        do: Agree on a rescue plan
    next:
      - {to: rescue, when: account.active_seats < 5, at_most: 3}
      - {to: onboarded, otherwise: true}
interrupts:
  low_usage: {when: account.active_seats < 5, to: rescue}
ends:
  onboarded: {title: Onboarded, success: true}
handoffs: null
""",
    graph=True,
    playbook=check,
)
