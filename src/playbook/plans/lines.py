"""What is the same in the plans of all accounts: one line for each step of a playbook, worked out once."""

from __future__ import annotations

from dataclasses import dataclass, replace

from playbook.language.step import ForEach, Repeat
from playbook.plans.accounts.meanings import meanings_of
from playbook.plans.conditions import Condition, condition_of
from playbook.plans.template import TaskTemplate, Template
from playbook.plans.templating import template_of
from playbook.workspace import CompiledPlaybook


@dataclass(frozen=True, slots=True)
class Line:
    """One step as it is planned for account after account.

    ``prefix`` is what its keys begin with, ``former`` what they began with before it was renamed. ``roles`` are
    those that hold a letter. Of ``for_each`` there are what one item is called, and the condition of ``where``.
    """

    task: TaskTemplate
    prefix: str
    former: tuple[str, ...]
    roles: tuple[str, ...]
    for_each: ForEach | None
    one: str
    where: Condition | None
    repeat: Repeat | None
    ahead: tuple[str, ...] | None = None
    """What the keys of the tasks right ahead begin with; ``None`` if there are several tasks of one of them."""

    @property
    def is_plain(self) -> bool:
        """Whether there is just one task of it for an account."""
        return self.for_each is None and self.repeat is None


@dataclass(frozen=True)
class Lines:
    """The lines of a playbook, or of a variant, in the order of its template."""

    template: Template
    lines: tuple[Line, ...]


def lines_of(playbook: CompiledPlaybook) -> Lines:
    """The lines of a playbook, worked out once for all who ask."""
    return playbook.remembered(_lines)


def _lines(playbook: CompiledPlaybook) -> Lines:
    template = template_of(playbook)
    lines = {task.step: _line(playbook, task) for task in template.tasks}
    for step, line in lines.items():
        ahead = [lines.get(each) for each in line.task.after]
        if all(each is not None and each.is_plain for each in ahead):
            lines[step] = replace(line, ahead=tuple(each.prefix for each in ahead if each is not None))
    return Lines(template, tuple(lines.values()))


def _line(playbook: CompiledPlaybook, task: TaskTemplate) -> Line:
    step = playbook.steps[task.step]
    each = step.for_each
    names = (playbook.id, *playbook.model.was)
    former = [f"{name}/{id_}/" for name in names for id_ in (step.id, *step.was)]
    return Line(
        task=task,
        prefix=f"{task.key}/",
        former=tuple(key for key in dict.fromkeys(former) if key != f"{task.key}/"),
        roles=tuple(dict.fromkeys(holder for letter in task.letters.values() for holder in letter)),
        for_each=each,
        one=meanings_of(playbook).collections.get(each.of, each.of) if each else "",
        where=condition_of(each.where) if each and each.where else None,
        repeat=step.repeat,
    )
