"""A step as customers may see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from playbook.core.process import Task
from playbook.language.raci import AnyOf, names
from playbook.language.step import Approval, ChecklistItem, Step, Touch
from playbook.views.narrowing.moments import Moments
from playbook.views.narrowing.owners import CustomerOwners
from playbook.views.narrowing.reach import CUSTOMERS, shown_party
from playbook.workspace import CompiledPlaybook

CONDITION = "it applies to you"
"""What customers read of a condition; no expression, so that it is shown as it is."""


def step_for_customers(
    playbook: CompiledPlaybook,
    task: Task,
    id_: str,
    moments: Moments,
    owners: CustomerOwners,
    artifacts: Mapping[str, str],
) -> Step:
    """The step of a task, under a new id."""
    step = playbook.steps[task.step]
    party = shown_party(playbook, task, step)
    return Step.model_construct(
        id=id_,
        do=step.label,
        party=party,
        when=CONDITION if task.condition else None,
        need=step.need,
        due=moments.timing(step.due),
        takes=step.takes,
        touch=Touch.model_construct(kind=step.touch.kind, lasts=step.touch.lasts) if step.touch else None,
        produces=tuple(artifacts[name] for name in step.produces if name in artifacts),
        approval=_approval(step, owners),
        checklist=tuple(_checklist(step.checklist, party)),
    )


def _approval(step: Step, owners: CustomerOwners) -> Approval | None:
    """The customer's part in an approval."""
    approval = step.approval
    by = owners.theirs(names(approval.by)) if approval else ()
    if approval is None or not by:
        return None
    holders = AnyOf.model_construct(any_of=by) if isinstance(approval.by, AnyOf) else by
    return Approval.model_construct(by=holders, within=approval.within)


def _checklist(items: Iterable[ChecklistItem], party: str) -> Iterator[ChecklistItem]:
    """The lines that are theirs; those below a line of ours stand in its place."""
    for item in items:
        whose = item.party or party
        below = tuple(_checklist(item.checklist, whose))
        if whose in CUSTOMERS and item.need != "forbidden":
            yield ChecklistItem.model_construct(do=item.do, need=item.need, checklist=below)
        else:
            yield from below
