"""What project tools carry alike, and what is lost alike: lengths, numbers, names, circles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from playbook.plans.template import Template
from playbook.targets.files.owners import is_colleague
from playbook.targets.files.short_text import one_line
from playbook.targets.projects.wording import description
from playbook.targets.projects.work import Work, links, template_work
from playbook.targets.target import FULL, Carried, Feature, Loss, none, part

_WORDS = "in words in the description"

IN_WORDS: Mapping[Feature, Carried] = {
    "descriptions": FULL,
    "means": part(_WORDS),
    "raci": part(f"{_WORDS}; a plan assigns the owner"),
    "conditions": part(_WORDS),
    "checklists": part("as lines of the description"),
    "custom_fields": part("the fields that a step fills are named in the description"),
    "approvals": part(f"who approves, {_WORDS}"),
    "slas": part(_WORDS),
    "for_each": part(f"{_WORDS}; in a plan, a task for each"),
    "repeats": part(f"{_WORDS}; in a plan, a task for each time up to the horizon"),
    "variants": FULL,
    "handoffs": none("a handoff is no task of its own; the steps around it are"),
    "routines": none("a routine has no date; set it up as a recurring task of the tool"),
    "milestones": none("the import has no milestones"),
}
"""What becomes of a feature where the tool has no field for it."""

NO_DATES: Mapping[Feature, Carried] = {
    "offsets": part(f"{_WORDS}; the import has fixed dates only"),
    "business_days": part(f"{_WORDS}; the import has fixed dates only"),
    "start_dates": part(_WORDS, "template"),
    "durations": part(f"in a plan as start and due dates; in a template {_WORDS}"),
    "roles": part(_WORDS),
    "people": FULL,
}
"""The same for times and people, where the tool knows dates and users but no offsets and roles."""

Text = Callable[[Template, Work], str]


def long_names(template: Template, most: int, tool: str) -> Iterator[Loss]:
    """The steps whose titles are longer than the names of a tool may be."""
    where = tuple(task.step for task in template.tasks if len(one_line(task.title)) > most)
    if where:
        yield Loss("the end of long titles", f"names have at most {most:,} characters in {tool}", where, part=True)


def long_texts(template: Template, most: int, tool: str, text: Text = description) -> Iterator[Loss]:
    """The steps whose descriptions are longer than those of a tool may be."""
    works = template_work(template)
    where = tuple(work.task.step for work in works if work.task and len(text(template, work)) > most)
    if where:
        why = f"descriptions have at most {most:,} characters in {tool}"
        yield Loss("the end of long descriptions", why, where, part=True)


def guests(template: Template, tool: str) -> Iterator[Loss]:
    """The steps of a plan whose owners are not of one's own company, and so perhaps no users of the tool."""
    where = tuple(task.step for task in template.tasks if task.owner and not is_colleague(template, task.owner))
    if where:
        why = f"they have to be guests in {tool} by then; else take their addresses out of the file"
        yield Loss("owners outside one's own company", why, where, part=True, mode="plan")


def circles(template: Template, why: str) -> Iterator[Loss]:
    """The steps that wait for one that stands below them, since steps wait for each other in a circle."""
    where = tuple(
        work.task.step for work, above in links(template_work(template)) if work.task and _some(work, above)
    )
    if where:
        yield Loss("what closes a circle of steps", why, where)


def too_many(template: Template, count: int, most: int, what: str, tool: str) -> Iterator[Loss]:
    """That there is more of something than a tool takes."""
    if count > most:
        why = f"{tool} takes at most {most:,}, and there are {count:,}"
        yield Loss(what, why, (template.name,), refused=True)


def _some(work: Work, above: tuple[str, ...]) -> bool:
    return len(above) < len(work.after)
