"""The tasks of a template or of a plan as one list: what all tools of this package make their rows of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from heapq import heapify, heappop, heappush

from playbook.plans.keys import key_part
from playbook.plans.plan import PersonBinding, Plan
from playbook.plans.template import Offset, TaskTemplate, Template
from playbook.targets.files.short_text import one_line
from playbook.targets.projects.wording import distinct
from playbook.text.ids import words_of


@dataclass(frozen=True, slots=True)
class Work:
    """A task, or a milestone (then ``task`` is ``None``), with the title of its stage, which no other stage has.

    ``starts``, ``due`` and ``owner`` are ``None`` in a template, and where nothing says them. ``after`` are the
    keys of the tasks right ahead. ``offset`` is when a milestone is due, counted from an anchor.
    """

    key: str
    name: str
    stage: str
    task: TaskTemplate | None
    starts: date | None = None
    due: date | None = None
    owner: PersonBinding | None = None
    people: Mapping[str, PersonBinding] = field(default_factory=dict)
    after: tuple[str, ...] = ()
    offset: Offset | None = None

    @property
    def address(self) -> str:
        """The e-mail address of the owner, else the name; empty if nobody is assigned."""
        return (self.owner.email or self.owner.name) if self.owner else ""


def template_work(template: Template, *, milestones: bool = False) -> tuple[Work, ...]:
    """The tasks of a template in an order in which each stands below those that it waits for."""
    stages = _stages(template)
    tasks = [
        Work(
            task.key,
            one_line(task.title) or words_of(task.step),
            stages[task.stage],
            task,
            after=tuple(template.task(step).key for step in task.after),
        )
        for task in template.tasks
    ]
    found = _milestones(template, stages, "", {}) if milestones else ()
    return in_order((*tasks, *found))


def plan_work(plan: Plan, *, milestones: bool = False) -> tuple[Work, ...]:
    """The tasks of an account in an order in which each stands below those that it waits for.

    Milestones are made once: an export of what is new has none.
    """
    stages = _stages(plan.template)
    tasks = [
        Work(
            planned.key,
            one_line(planned.title) or words_of(planned.task.step),
            stages[planned.task.stage],
            planned.task,
            planned.starts,
            planned.due,
            planned.owner,
            planned.people,
            planned.after,
        )
        for planned in plan.tasks
    ]
    if not milestones or plan.continued:
        return in_order(tasks)
    found = _milestones(plan.template, stages, f"/{key_part(plan.account.id)}", plan.milestones)
    return in_order((*tasks, *found))


def in_order(works: Iterable[Work]) -> tuple[Work, ...]:
    """The tasks as they were, but each below those that it waits for. A circle is broken at its first task."""
    given = tuple(works)
    place = {work.key: at for at, work in enumerate(given)}
    ahead = [{place[key] for key in work.after if key in place} - {at} for at, work in enumerate(given)]
    behind: list[list[int]] = [[] for _ in given]
    for at, found in enumerate(ahead):
        for before in found:
            behind[before].append(at)
    return tuple(given[at] for at in _taken(ahead, behind))


def _taken(ahead: list[set[int]], behind: list[list[int]]) -> Iterator[int]:
    ready = [at for at, found in enumerate(ahead) if not found]
    heapify(ready)
    waiting = dict.fromkeys(at for at, found in enumerate(ahead) if found)
    while ready or waiting:
        at = heappop(ready) if ready else next(iter(waiting))
        waiting.pop(at, None)
        yield at
        for later in behind[at]:
            ahead[later].discard(at)
            if later in waiting and not ahead[later]:
                del waiting[later]
                heappush(ready, later)


def links(works: Iterable[Work]) -> Iterator[tuple[Work, tuple[str, ...]]]:
    """Each task with the keys of those above it that it waits for.

    Left out are those that stand below it, and those that aren't here: an export of what is new has only that.
    """
    seen: set[str] = set()
    for work in works:
        yield work, tuple(key for key in work.after if key in seen)
        seen.add(work.key)


def unlinked(template: Template, works: Iterable[Work]) -> dict[str, tuple[str, ...]]:
    """By the key of each task, the names of those that it waits for without a link, to be told in words."""
    listed = tuple(works)
    called = names_in(template, listed)
    return {work.key: tuple(called(key) for key in work.after if key not in above) for work, above in links(listed)}


def names_in(template: Template, works: Iterable[Work]) -> Callable[[str], str]:
    """What the task of a key is called; one that is not among these tasks, as its step is."""
    names = {work.key: work.name for work in works}
    steps = {task.key: one_line(task.title) for task in template.tasks}
    return lambda key: names.get(key) or steps.get("/".join(key.split("/")[:2])) or key


def _stages(template: Template) -> dict[str | None, str]:
    """What each stage is called, no two alike; ``None`` is where milestones of no stage stand."""
    names = [one_line(stage.title) or words_of(id_) for id_, stage in template.stages.items()]
    return dict(zip((*template.stages, None), distinct((*names, "Milestones")), strict=True))


def _milestones(
    template: Template, stages: Mapping[str | None, str], end: str, days: Mapping[str, date]
) -> Iterator[Work]:
    for each in template.milestones:
        stage = stages.get(each.stage, stages[None])
        yield Work(f"{each.key}{end}", one_line(each.title), stage, None, due=days.get(each.id), offset=each.due)
