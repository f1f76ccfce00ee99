"""What is lost when a playbook goes to a target: what it has and the tool does not carry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from playbook.plans.template import TaskTemplate, Template
from playbook.targets.declared import FEATURES
from playbook.targets.registry import own_losses
from playbook.targets.target import Feature, Loss, Mode, Settings, Target
from playbook.text.formulas import STARTS

_Where = Callable[[Template], Iterable[str]]


_MOST = 4


def alike(losses: Iterable[Loss]) -> Iterator[tuple[Loss, str]]:
    """Losses of one kind that have one reason, together: the first of them, and what is lost, in words."""
    groups: dict[tuple[bool, bool, str], list[Loss]] = {}
    for loss in losses:
        groups.setdefault((loss.refused, loss.part, loss.why), []).append(loss)
    for group in groups.values():
        yield group[0], named(group[0]) if len(group) == 1 else ", ".join(loss.what for loss in group)


def named(loss: Loss) -> str:
    """What is lost, with what it concerns in brackets; of much the beginning."""
    more = f" and {len(loss.where) - _MOST} more" if len(loss.where) > _MOST else ""
    return f"{loss.what} ({', '.join(loss.where[:_MOST])}{more})" if loss.where else loss.what


def losses_of(target: Target, template: Template, mode: Mode, settings: Settings) -> tuple[Loss, ...]:
    """Everything that does not arrive, or not as it is: what the tool refuses first, then what it lacks."""
    own = [loss for loss in own_losses(target.name, template, settings) if loss.mode in (None, mode)]
    own.sort(key=lambda loss: not loss.refused)
    gone = {step for loss in own if loss.whole for step in loss.where}
    taken = replace(template, tasks=tuple(task for task in template.tasks if task.step not in gone), _by_step={})
    return (*own, *_like_formulas(target, taken), *_missing(target, taken, mode))


def _like_formulas(target: Target, template: Template) -> Iterable[Loss]:
    """Texts that a spreadsheet would run as a formula, which CSV files therefore hold changed."""
    if target.form != "CSV":
        return
    texts = ((task.step, (task.title, task.description)) for task in template.tasks)
    if where := tuple(step for step, each in texts if any(text.startswith(STARTS) for text in each)):
        why = "a cell that begins with one gets an apostrophe in front, so that no spreadsheet runs it"
        yield Loss("texts that begin like a formula", why, where, part=True)


def _missing(target: Target, template: Template, mode: Mode) -> Iterable[Loss]:
    for feature, where in _WHERE.items():
        carried = target.carried(feature)
        if carried.extent == "full" or feature in _NOT_IN[mode] or carried.mode not in (None, mode):
            continue
        if mode == "workspace" and feature not in target.carries:
            # Most features are no part of what a workspace shares.
            continue
        found = tuple(where(template))
        if found:
            why = carried.how or f"{target.title} has no place for it"
            yield Loss(FEATURES[feature], why, found, part=carried.extent == "part")


def _steps(has: Callable[[TaskTemplate], object]) -> _Where:
    return lambda template: (task.step for task in template.tasks if has(task))


_WHERE: dict[Feature, _Where] = {
    "keys": lambda template: (template.id,) if template.tasks else (),
    "stages": lambda template: template.stages,
    "offsets": _steps(lambda task: task.due),
    "business_days": _steps(lambda task: task.due and task.due.unit in ("bd", "bh")),
    "start_dates": _steps(lambda task: task.start),
    "durations": _steps(lambda task: task.work),
    "roles": _steps(lambda task: task.owner),
    "people": _steps(lambda task: task.owner),
    "raci": _steps(lambda task: sum(len(holders) for holders in task.letters.values()) > 1),
    "dependencies": _steps(lambda task: task.after),
    "conditions": _steps(lambda task: task.condition),
    "checklists": _steps(lambda task: task.checklist),
    "descriptions": _steps(lambda task: task.description),
    "means": _steps(
        lambda task: task.touch or task.system or task.asset or task.produces or task.automation != "manual"
    ),
    "custom_fields": _steps(lambda task: task.captures),
    "approvals": _steps(lambda task: task.approval),
    "for_each": _steps(lambda task: task.for_each),
    "repeats": _steps(lambda task: task.repeat),
    "slas": _steps(lambda task: task.sla),
    "milestones": lambda template: (milestone.id for milestone in template.milestones),
    "handoffs": lambda template: (handoff.id for handoff in template.handoffs),
    "routines": lambda template: (routine.id for routine in template.routines),
    "variants": lambda template: (template.variant,) if template.variant else (),
}
"""Where a playbook has each feature."""

_NOT_IN: dict[Mode, frozenset[Feature]] = {
    "template": frozenset({"people", "variants"}),
    # Dates and people are worked out already.
    "plan": frozenset({"offsets", "business_days", "roles", "variants", "conditions", "for_each"}),
    "workspace": frozenset(),
}
"""Features that cannot be lost, since they have no part in a mode."""
