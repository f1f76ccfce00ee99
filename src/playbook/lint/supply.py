"""How missing data is told: who yields it, and on which way nobody does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from playbook.diagnostics import Related
from playbook.lint.flaws import node_name
from playbook.lint.letters import step_name
from playbook.lint.rule import Context, Finding
from playbook.lint.words import listed, shortened
from playbook.proofs.reads import Kind
from playbook.proofs.supply import Missing, missing_in
from playbook.workspace import CompiledPlaybook

_FEW = 3
"""More fields than these without a source are told together."""
_SHOWN = 6
_OTHERS = 3
"""So many of the other places that read the same are shown."""


def check_reads(kind: Kind) -> Callable[[CompiledPlaybook, Context], Iterator[Finding]]:
    """A check that tells what one kind of reads lacks."""

    def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
        del context
        found = [missing for missing in playbook.remembered(missing_in) if missing.read.kind == kind]
        unfilled = [
            missing for missing in found if missing.why == "never" and _is_field(playbook, missing.read.name)
        ]
        if len(unfilled) > _FEW:
            yield _of_plan(playbook, unfilled)
            found = [missing for missing in found if missing not in unfilled]
        for missing in found:
            yield _finding(playbook, missing)

    return check


def _finding(playbook: CompiledPlaybook, missing: Missing) -> Finding:
    read = missing.read
    place = playbook.document.locator.place
    sources = dict.fromkeys(source.task for source in missing.sources)
    made = f"{'captured' if _is_field(playbook, read.name) else 'produced'} here"
    related = [Related(made, place(task.path)) for task in sources]
    related += [Related("read here as well", place(other.path, within=other.within)) for other in missing.others]
    return Finding(
        _message(playbook, missing),
        read.path,
        within=read.within,
        related=tuple(related[:_OTHERS]),
        expected=_expected(playbook, missing),
    )


def _of_plan(playbook: CompiledPlaybook, unfilled: list[Missing]) -> Finding:
    """Fields of which a tracking plan as a whole does not say where they come from: one cause."""
    first, *others = [missing.read for missing in unfilled]
    place = playbook.document.locator.place
    return Finding(
        f"{len(unfilled)} fields are asked for that no step captures, and the tracking plan does not say where "
        f"they come from: {listed((missing.read.name for missing in unfilled), limit=_SHOWN)}",
        first.path,
        within=first.within,
        related=tuple(Related("another one", place(other.path, within=other.within)) for other in others[:_OTHERS]),
        expected="captured: in the tracking plan: where each of them comes from, or captures: on a step ahead",
    )


def _is_field(playbook: CompiledPlaybook, name: str) -> bool:
    return name in playbook.workspace_symbols["field"]


def _message(playbook: CompiledPlaybook, missing: Missing) -> str:
    name = missing.read.name
    is_field = _is_field(playbook, name)
    verb = "captured" if is_field else "produced"
    steps = listed(dict.fromkeys(step_name(playbook, source.task) for source in missing.sources))
    if missing.why == "never":
        elsewhere = " and the tracking plan does not say where it comes from" if is_field else ""
        return f"no step {'captures' if is_field else 'produces'} {name}{elsewhere}"
    if missing.why == "waits":
        behind = steps or node_name(playbook, missing.way[-1]) or "what it asks for"
        return f"{name} cannot be true here: {behind} comes only after it"
    if missing.why == "later":
        return f"{name} is read before it is {verb}: {steps} comes only after it"
    if missing.sources and not missing.sources[0].bit:
        condition = missing.sources[0].condition
        reason = f'done only if "{shortened(condition)}"' if condition else "one that may be left out"
        return f"{name} may stay false, and then the stage is never left: {steps} is {reason}"
    if missing.way:
        return f"{name} is not {verb} on every way that leads here: {_way(playbook, missing.way)}"
    conditions = [source.condition for source in missing.sources if source.condition]
    if conditions:
        return f'{name} is {verb} by {steps} only if "{shortened(conditions[0])}"'
    return f"{name} is {verb} only by {steps}, which may be left out"


def _way(playbook: CompiledPlaybook, way: tuple[str, ...]) -> str:
    """A way by its stages, each with the condition under which it is taken."""
    labels = {
        (flow.source, flow.target): flow.label
        for flow in playbook.process.flows
        if flow.mode == "alternative" and flow.label
    }
    taken: dict[str, str] = {}
    label = ""
    for before, node in pairwise(("", *way)):
        label = labels.get((before, node), "") or label
        part = playbook.process.tasks.get(node) or playbook.process.gates.get(node)
        if part is not None and part.stage in playbook.stages and part.stage not in taken:
            taken[part.stage] = f" ({shortened(label)})" if label else ""
            label = ""
    names = [f'"{shortened(playbook.stages[stage].label)}"{why}' for stage, why in taken.items()]
    return f"not by way of {listed(names)}"


def _expected(playbook: CompiledPlaybook, missing: Missing) -> str:
    name = missing.read.name
    if missing.why == "waits":
        return "a condition that can be true by then"
    if missing.sources and not missing.sources[0].bit:
        return "a step that is always done, or a result that does not depend on it"
    if not _is_field(playbook, name):
        return f"produces: {name.partition('.')[0]} on a step that every way leads through before"
    if missing.why == "never":
        return f"captures: {name} on a step ahead of it, or captured: in the tracking plan: where it comes from"
    return f"captures: {name} on a step that every way leads through before"
