"""The lines of a checklist, of a template or of a plan, before they are a workbook or Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from playbook.plans.keys import key_part
from playbook.plans.plan import Plan, PlannedTask
from playbook.plans.template import ChecklistLine, Offset, TaskTemplate, Template
from playbook.targets.files.notes import facts
from playbook.targets.files.offsets import offset_in_words


@dataclass(frozen=True, slots=True)
class Entry:
    """A line to tick off; ``starts`` and ``due`` are dates, or words in a template."""

    key: str
    title: str
    who: str = ""
    accountable: str = ""
    """Who answers for it, where that is somebody else."""
    starts: str = ""
    due: str = ""
    after: tuple[str, ...] = ()
    condition: str = ""
    notes: tuple[str, ...] = ()
    lines: tuple[ChecklistLine, ...] = ()
    milestone: bool = False


@dataclass(frozen=True, slots=True)
class Checklist:
    """The entries by stage, and the facts and people that stand above them."""

    name: str
    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, str], ...]
    """Roles, and who holds each; of a template teams."""
    stages: tuple[tuple[str, str, tuple[Entry, ...]], ...]
    """Title, goal and entries of each."""
    dated: bool


def template_checklist(template: Template) -> Checklist:
    """What is to be done in any journey."""
    stages = []
    for stage in template.stages.values():
        entries = [_template_entry(template, task) for task in template.of_stage(stage.id)]
        entries += _template_milestones(template, stage.id)
        stages.append((stage.title, stage.goal, tuple(entries)))
    stages.append(("Milestones", "", tuple(_template_milestones(template, None))))
    people = tuple((role.title, role.team or "") for role in template.roles.values())
    return Checklist(
        f"{template.name}.checklist",
        template.title,
        template.description or "What is to be done, by stage",
        (("tasks", str(len(template.tasks))), ("stages", str(len(template.stages)))),
        people,
        tuple(stage for stage in stages if stage[2]),
        dated=False,
    )


def planned_checklist(plan: Plan) -> Checklist:
    """What is to be done for an account."""
    template, titles = plan.template, {task.key: task.title for task in plan.tasks}
    stages = []
    for stage in template.stages.values():
        entries = [_planned_entry(template, task, titles) for task in plan.of_stage(stage.id)]
        entries += _planned_milestones(plan, stage.id)
        stages.append((stage.title, stage.goal, tuple(entries)))
    stages.append(("Milestones", "", tuple(_planned_milestones(plan, None))))
    held = {role: person.name for task in plan.tasks for role, person in task.people.items()}
    days = sorted(day for task in plan.tasks for day in (task.starts, task.due) if day)
    anchors = [
        (anchor.title, plan.anchors[id_].isoformat())
        for id_, anchor in template.anchors.items()
        if id_ in plan.anchors
    ]
    span = [("first day", days[0].isoformat()), ("last day", days[-1].isoformat())] if days else []
    return Checklist(
        f"{template.name}.checklist",
        f"{plan.account.name}: {template.title}",
        template.description or "What is to be done, by stage",
        (("tasks", str(len(plan.tasks))), *span, *anchors),
        tuple((role.title, held.get(id_, "not assigned")) for id_, role in template.roles.items()),
        tuple(stage for stage in stages if stage[2]),
        dated=True,
    )


def _template_entry(template: Template, task: TaskTemplate) -> Entry:
    return Entry(
        task.key,
        task.title,
        template.role_title(task.owner),
        _accountable(template, task),
        due=task.when or _in_words(template, task.due),
        after=tuple(template.task(step).title for step in task.after),
        condition=task.condition,
        notes=tuple(_notes(template, task)),
        lines=task.checklist,
    )


def _planned_entry(template: Template, planned: PlannedTask, titles: dict[str, str]) -> Entry:
    task = planned.task
    role = template.role_title(task.owner)
    return Entry(
        planned.key,
        planned.title,
        planned.owner.name if planned.owner else f"{role} (not assigned)" if role else "",
        _accountable(template, task),
        planned.starts.isoformat() if planned.starts else "",
        planned.due.isoformat() if planned.due else "",
        tuple(titles[key] for key in planned.after if key in titles),
        task.condition,
        tuple(_notes(template, task)),
        task.checklist,
    )


def _accountable(template: Template, task: TaskTemplate) -> str:
    holders = [holder for holder in task.letters.get("A", ()) if holder != task.owner]
    return ", ".join(template.role_title(holder) for holder in holders)


def _notes(template: Template, task: TaskTemplate) -> Iterator[str]:
    if task.description:
        yield task.description
    yield from (f"{name}: {value}" for name, value in facts(template, task).items() if value and name != "Only if")


def _template_milestones(template: Template, stage: str | None) -> Iterator[Entry]:
    for each in template.milestones:
        if (each.stage if each.stage in template.stages else None) == stage:
            yield Entry(each.key, each.title, due=_in_words(template, each.due), milestone=True)


def _planned_milestones(plan: Plan, stage: str | None) -> Iterator[Entry]:
    known, account = plan.template.stages, key_part(plan.account.id)
    for each in plan.template.milestones:
        if (each.stage if each.stage in known else None) == stage:
            day = plan.milestones.get(each.id)
            yield Entry(f"{each.key}/{account}", each.title, due=day.isoformat() if day else "", milestone=True)


def _in_words(template: Template, offset: Offset | None) -> str:
    """``about 5 business days after Closed won``: about, where it follows from the order of work."""
    told = offset_in_words(template, offset)
    return f"about {told}" if offset and not offset.stated else told
