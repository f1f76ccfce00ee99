"""What a Salesforce action plan does not take, by the limits of the vendor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from playbook.plans.template import Template
from playbook.targets.salesforce.plan_parts import Days, Part, parts_of
from playbook.targets.target import Limit, Loss

_TEMPLATES = "Salesforce Help, Considerations for Creating Action Plan Templates"
_DEPENDENCIES = "Salesforce Help, Add Task Dependencies to Action Plans"

ITEMS = Limit("items of a template", 100, "items", "documented", _TEMPLATES)
OFFSET = Limit("days from the start of a plan", 1_000, "days", "documented", _TEMPLATES)
PREREQUISITES = Limit("prerequisites of a task", 3, "tasks", "documented", _DEPENDENCIES)
SUCCESSORS = Limit("successors of a task", 10, "tasks", "documented", _DEPENDENCIES)
CHAIN = Limit("dependencies in a sequence", 24, "dependencies", "documented", _DEPENDENCIES)

LIMITS = (ITEMS, OFFSET, PREREQUISITES, SUCCESSORS, CHAIN)


def limits_exceeded(template: Template, days: Days = "working", dependencies: bool = True) -> Iterator[Loss]:
    """Every limit of action plans that a playbook exceeds, with the steps that do; each is refused.

    A playbook whose tasks count from several dates becomes several action plans, each with these limits.
    """
    for part in parts_of(template, days):
        steps = tuple(item.task.step for item in part.items)
        if len(steps) > ITEMS.most:
            yield _refused(ITEMS, f"{len(steps)} steps count from one date", steps[ITEMS.most :])
        far = {item.task.step: item.days for item in part.items if item.days and item.days > OFFSET.most}
        if far:
            yield _refused(OFFSET, f"a step is due {max(far.values())} days after the start", tuple(far))
        if dependencies:
            yield from _of_dependencies(part)


def _of_dependencies(part: Part) -> Iterator[Loss]:
    after = {item.task.step: item.after for item in part.items}
    many = {step: len(ahead) for step, ahead in after.items() if len(ahead) > PREREQUISITES.most}
    if many:
        yield _refused(PREREQUISITES, f"a step waits for {max(many.values())} others", tuple(many))
    followed = Counter(step for ahead in after.values() for step in ahead)
    much = {step: count for step, count in followed.items() if count > SUCCESSORS.most}
    if much:
        yield _refused(SUCCESSORS, f"{max(much.values())} steps wait for one", tuple(much))
    chain = _longest(after)
    if chain is None:
        where = tuple(step for step, ahead in after.items() if ahead)
        yield Loss("what waits for what", "steps wait for each other in a circle", where, refused=True)
    elif len(chain) - 1 > CHAIN.most:
        yield _refused(CHAIN, f"{len(chain)} steps follow one on another", chain)


def _longest(after: dict[str, tuple[str, ...]]) -> tuple[str, ...] | None:
    """The longest chain of steps, in order; ``None`` if they go in a circle."""
    waiting = {step: len(ahead) for step, ahead in after.items()}
    next_of: dict[str, list[str]] = {step: [] for step in after}
    for step, ahead in after.items():
        for each in ahead:
            next_of[each].append(step)
    chains: dict[str, tuple[str, ...]] = {}
    ready = [step for step, count in waiting.items() if not count]
    while ready:
        step = ready.pop()
        chains[step] = (*max((chains[each] for each in after[step]), key=len, default=()), step)
        for each in next_of[step]:
            waiting[each] -= 1
            if not waiting[each]:
                ready.append(each)
    return max(chains.values(), key=len, default=()) if len(chains) == len(after) else None


def _refused(limit: Limit, found: str, where: tuple[str, ...]) -> Loss:
    why = f"{found}; an action plan takes {limit.most:,}"
    if limit not in (ITEMS, OFFSET):
        why += " (`dependencies=no` does without)"
    return Loss(limit.what, why, where, refused=True)
