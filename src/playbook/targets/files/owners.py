"""Who can be assigned work in a tool: people of one's own company are its users, customers and partners are not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from playbook.plans.plan import PersonBinding, PlannedTask
from playbook.plans.template import Template
from playbook.targets.target import Loss


def is_colleague(template: Template, role: str | None) -> bool:
    """Whether those who hold a role belong to one's own company."""
    return role is not None and template.roles[role].party == "internal"


def colleague(template: Template, planned: PlannedTask) -> PersonBinding | None:
    """Who is assigned a task, if it is somebody of one's own company."""
    return planned.owner if is_colleague(template, planned.task.owner) else None


def colleagues(template: Template, people: Mapping[str, PersonBinding]) -> list[str]:
    """The e-mail addresses of those of one's own company, each once: who may see what is internal."""
    found = (person.email for role, person in people.items() if is_colleague(template, role))
    return list(dict.fromkeys(email for email in found if email))


def outside_owners(template: Template, tool: str, becomes: str) -> Iterator[Loss]:
    """The loss of owners that cannot be users of a tool; ``becomes`` says who is assigned the step instead."""
    steps = tuple(task.step for task in template.tasks if task.owner and not is_colleague(template, task.owner))
    if steps:
        why = f"people outside one's own company are no users of {tool}: {becomes}"
        yield Loss("owners outside one's own company", why, steps, part=True)
