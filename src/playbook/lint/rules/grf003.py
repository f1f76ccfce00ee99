"""GRF003: a stage, step or end that no way leads to."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.core.process import Process
from playbook.core.reach import reachable_but_for_removals, reachable_from_start
from playbook.diagnostics import Severity
from playbook.fixing.changes import Remedy, Remove
from playbook.lint.letters import stage_name, step_name
from playbook.lint.parts import cycle_stages, falls_off, final_parts, is_told, names_unknown_places, success_ends
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed, named
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Where the unreachable begins: what follows from it is not reported again.

    What some variant reaches is there for that variant.
    """
    del context
    process = playbook.process
    reached = reachable_from_start(process)
    if len(reached) == len(process.nodes) or not process.tasks:
        return
    # What a misspelt name would have led to is not unreachable by the author's will.
    if names_unknown_places(playbook.model, process) or _has_unread_variants(playbook):
        return
    elsewhere = {node for variant in playbook.variants for node in reachable_from_start(variant.process)}
    unreached = [node for node in process.nodes if node not in reached and node not in elsewhere]
    before = {node: [flow.source for flow in process.predecessors[node]] for node in unreached}
    stuck = cycle_stages(process, playbook.unbounded_cycles)
    for part in final_parts(unreached, before):
        node = next((node for node in part if is_told(node, process)), None)
        if node is None or _is_told_elsewhere(node, playbook, stuck) or _is_left_out(node, playbook):
            continue
        yield _finding(node, playbook)


def _has_unread_variants(playbook: CompiledPlaybook) -> bool:
    """Whether some variant has mistakes, so that what it reaches cannot be told."""
    read = {variant.variant for variant in playbook.variants}
    variants = playbook.model.variants.items()
    return any(id_ not in read and (edits.add or edits.set or edits.replace) for id_, edits in variants)


def _is_left_out(node: str, variant: CompiledPlaybook) -> bool:
    """Whether a variant has no use for a node that its base has.

    The base is told of what it does not reach itself. An end or a stage to which only something led that
    the variant takes away is not meant for its accounts.
    """
    base = variant.base
    if base is None or node not in base.nodes:
        return False
    if node not in reachable_from_start(base):
        return True
    return node not in variant.process.tasks and node in reachable_but_for_removals(variant.process, base)


def _is_told_elsewhere(node: str, playbook: CompiledPlaybook, stuck: set[str]) -> bool:
    process = playbook.process
    if node in process.ends:
        # GRF002 tells that the last stage chooses none of the ends.
        hoped_for = process.ends[node].success or not success_ends(playbook)
        return hoped_for and falls_off(playbook)
    return _stage_of(node, process) in stuck


def _stage_of(node: str, process: Process) -> str:
    return process.tasks[node].stage if node in process.tasks else process.gates[node].stage


def _finding(node: str, playbook: CompiledPlaybook) -> Finding:
    process = playbook.process
    if node in process.ends:
        end = process.ends[node]
        return Finding(
            f"the end {named(playbook.model.ends[end.end].title, end.end)} is never reached",
            end.path,
            on_key=True,
            expected="a 'next', an interrupt or a rejection that leads to it",
            fix=Remedy(f"remove the end {end.end}", (Remove(end.path),), safe=False),
        )
    if node in process.tasks:
        task = process.tasks[node]
        after = playbook.steps[task.step].after or ()
        forbidden = [name for name in after if name in playbook.steps and playbook.steps[name].need == "forbidden"]
        reason = f": it follows {listed(forbidden)}, which must not be done" if forbidden else ""
        key = "after" if after else "id"
        return Finding(
            f"nothing leads to {step_name(playbook, task)}{reason}",
            (*task.path, key),
            expected="an 'after' with a step that is reached, or none",
        )
    gate = process.gates[node]
    return Finding(
        f"no way leads to {stage_name(playbook.stages[gate.stage])}: the stages before it go elsewhere",
        (*gate.path, "id"),
        expected="a 'next' or an interrupt that leads to it",
        suggestion=f"next: {gate.stage}",
    )


RULE = Rule(
    code="GRF003",
    name="unreachable",
    severity=Severity.ERROR,
    profile="basic",
    what="A stage, step or end cannot be reached from the start.",
    why="Work that no account ever comes to looks planned and is never done.",
    bad="""\
ends:
  onboarded: {title: Onboarded, success: true}
  stopped: {title: Stopped before value}
interrupts: null
""",
    good="""\
ends:
  onboarded: {title: Onboarded, success: true}
  stopped: {title: Stopped before value}
interrupts:
  cancelled: {when: account.status == "cancelled", end: stopped}
""",
    graph=True,
    fix="unsafe",
    fix_title="removes an end that is never reached",
    playbook=check,
)
