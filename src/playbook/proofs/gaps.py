"""Whether what an account leaves a stage with lets it enter what follows.

For every way from one stage to another, the exit criteria of the first, the condition of the branch and
what lasts from before must imply the entry criteria of the second. An account for which they do not is
between stages, where nobody looks.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from playbook.core.process import Flow
from playbook.expressions.cases import Verdict
from playbook.proofs.axioms import find, of_variant
from playbook.proofs.conditions import all_of, binding, conjuncts, names_in, negated, text_of, tree_of, trees_of
from playbook.proofs.facts import Facts, facts_of
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook


@dataclass(frozen=True, slots=True)
class Gap:
    """A way on which an account may be left between two stages, or of which that is not known.

    ``sources`` are the stages left (several that go on together), none for an interrupt that leads to
    ``target``; ``criterion`` is the key path of the first entry criterion that may not hold, ``text`` what of
    it nothing makes sure of.
    """

    sources: tuple[str, ...]
    target: str
    path: KeyPath
    criterion: KeyPath
    text: str
    verdict: Verdict


def gaps_of(playbook: CompiledPlaybook) -> list[Gap]:
    """Every way that is not proven to be without a gap; ask with ``playbook.remembered(gaps_of)``."""
    return list(_gaps(playbook))


def _gaps(playbook: CompiledPlaybook) -> Iterator[Gap]:
    facts = playbook.remembered(facts_of)
    for stage in playbook.stages:
        told: set[tuple[str, ...]] = set()
        for flows in _ways_into(playbook, stage):
            sources = tuple(dict.fromkeys(_stage_left(playbook, flow) for flow in flows))
            if sources in told:
                continue
            if not all(_is_read(playbook, flow) for flow in flows):
                continue
            assumed = [tree for flow in flows for tree in _assumed(playbook, facts, flow)]
            if any(playbook.is_misnamed(name) for tree in assumed for name in names_in(tree)):
                # A misspelled exit assures of nothing, and is told as what it is.
                continue
            for gap in _unmet(playbook, sources, stage, flows[0].path, assumed):
                told.add(sources)
                yield gap
    yield from _of_interrupts(playbook, facts)


def _ways_into(playbook: CompiledPlaybook, stage: str) -> Iterator[list[Flow]]:
    """The ways into a stage: each branch by itself, and together all stages that it follows or overlaps."""
    gates = playbook.process.gates
    flows = [flow for flow in playbook.process.predecessors[f"enter.{stage}"] if flow.source in gates]
    together = [flow for flow in flows if flow.mode == "together"]
    if together:
        yield together
    for flow in flows:
        if flow.mode == "alternative":
            yield [flow]


def _is_read(playbook: CompiledPlaybook, flow: Flow) -> bool:
    """Whether the criteria of the stage that a flow leaves, and of its branches, could all be read."""
    stage = playbook.stages[_stage_left(playbook, flow)]
    texts = [*binding(stage.exit), *(branch.when for branch in stage.next if branch.when)]
    return all(tree_of(text) is not None for text in texts)


def _stage_left(playbook: CompiledPlaybook, flow: Flow) -> str:
    return playbook.process.gates[flow.source].stage


def _assumed(playbook: CompiledPlaybook, facts: Facts, flow: Flow) -> list[ast.expr]:
    """What holds at the moment at which a stage has been left by a flow.

    A stage may begin before one that it overlaps has ended; once that has, it must have begun.
    """
    stage = _stage_left(playbook, flow)
    node = f"exit.{stage}" if flow.kind == "overlap" else flow.source
    now = trees_of(binding(playbook.stages[stage].exit))
    branch = facts.held(facts.knowledge.told(flow))
    lasting = facts.held(facts.knowledge.after(node), lasting=True)
    return [*now, *branch, *lasting]


def _of_interrupts(playbook: CompiledPlaybook, facts: Facts) -> Iterator[Gap]:
    for id_, interrupt in playbook.model.interrupts.items():
        target = playbook.stages.get(interrupt.to or "")
        if target is None:
            continue
        stages = interrupt.stages or tuple(playbook.stages)
        known = -1
        for stage in stages:
            known &= facts.knowledge.after(f"enter.{stage}")
        assumed = trees_of(text for text in (interrupt.when, interrupt.event) if text)
        assumed += facts.held(max(known, 0), lasting=True)
        yield from _unmet(playbook, (), target.id, ("interrupts", id_, "to"), assumed)


def _unmet(
    playbook: CompiledPlaybook, sources: tuple[str, ...], target: str, path: KeyPath, assumed: list[ast.expr]
) -> Iterator[Gap]:
    """The first entry criterion of ``target`` that is not implied, if there is one."""
    asked = frozenset().union(*(names_in(tree) for tree in trees_of(binding(playbook.stages[target].enter))))
    near = [tree for tree in assumed if not names_in(tree).isdisjoint(asked)]
    known = {text_of(part) for tree in near for part in conjuncts(tree)}
    stage = playbook.stages[target]
    number = next(index for index, each in enumerate(playbook.model.stages) if each is stage)
    for index, criterion in enumerate(stage.enter):
        claims = [] if criterion.waivable else trees_of([criterion.check])
        open_claims = [part for tree in claims for part in conjuncts(tree) if text_of(part) not in known]
        if not open_claims or any(playbook.is_misnamed(name) for tree in claims for name in names_in(tree)):
            # What asks for a misspelled name is told as what it is.
            continue
        verdict = _case_against(playbook, all_of(open_claims), [*assumed, *of_variant(playbook)])
        if verdict is not None and verdict.found != "no":
            place: KeyPath = ("stages", number, "enter", index)
            whole = len(open_claims) == sum(len(conjuncts(tree)) for tree in claims)
            text = criterion.check if whole else text_of(all_of(open_claims))
            yield Gap(sources, target, path, place, text, verdict)
            return


def _case_against(playbook: CompiledPlaybook, claim: ast.expr, assumed: list[ast.expr]) -> Verdict | None:
    """A case in which all that is assumed holds and the claim does not.

    Only what has to do with the claim is looked at, and only that is told.
    """
    verdict = find(playbook, [negated(claim)], assumed)
    if verdict is None:
        return None
    told = {name for tree in (claim, *assumed) for name in names_in(tree)}
    witness = tuple((name, value) for name, value in verdict.witness if name in told)
    return Verdict(verdict.found, witness, verdict.reason)
