"""Names and descriptions of tasks as project tools take them: what has no field of its own is told in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from playbook.plans.template import Letters, Offset, TaskTemplate, Template
from playbook.text.quantities import in_words

if TYPE_CHECKING:
    from playbook.targets.projects.work import Work

CUT = "…"
"""What stands where a text was too long for the tool."""

_LETTERS: tuple[tuple[Letters, str], ...] = (
    ("R", "Responsible"),
    ("A", "Accountable"),
    ("C", "Consulted"),
    ("I", "Informed"),
)
# Control characters and line ends; tools take names of one line only.
_NOT_IN_A_LINE = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


@lru_cache(maxsize=4096)
def one_line(text: str) -> str:
    """A text as a name: one line, without control characters."""
    return _NOT_IN_A_LINE.sub(" ", text).strip()


def shortened(text: str, most: int) -> str:
    """A text of at most ``most`` characters; ``…`` stands for what was cut off."""
    return text if len(text) <= most else f"{text[: most - len(CUT)].rstrip()}{CUT}"


def distinct(names: Iterable[str], most: int) -> Iterator[str]:
    """The names, each different from those before it, whatever its case: ``Call``, ``Call (2)``."""
    taken: set[str] = set()
    for name in names:
        number, told = 1, shortened(name, most)
        while told.casefold() in taken:
            number += 1
            end = f" ({number})"
            told = f"{shortened(name, most - len(end))}{end}"
        taken.add(told.casefold())
        yield told


def description(
    template: Template, work: Work, *, checklist: bool = True, after: Iterable[str] = (), most: int | None = None
) -> str:
    """All that is known of a task, in lines; the last one is ``Key: `` and its stable key.

    ``after`` are the names of the tasks that it waits for, where the tool has no links between tasks.
    """
    end = f"Key: {work.key}"
    body = "\n".join(_lines(template, work, checklist, tuple(after))).strip("\n")
    if most is not None and body and len(body) + len(end) + 1 > most:
        body = shortened(body, max(most - len(end) - 1, len(CUT)))
    return f"{body}\n{end}" if body else end


def offset_in_words(template: Template, offset: Offset) -> str:
    """A time counted from an anchor in English: ``5 business days before Go-live``."""
    name = template.anchors[offset.anchor].title if offset.anchor in template.anchors else offset.anchor
    if not offset.amount:
        return f"on the day of {name}"
    return f"{in_words(abs(offset.amount), offset.unit)} {'after' if offset.amount > 0 else 'before'} {name}"


def _lines(template: Template, work: Work, checklist: bool, after: tuple[str, ...]) -> Iterator[str]:
    task = work.task
    if task is None:
        yield "Milestone"
        return
    if task.description:
        yield from (task.description, "")
    if checklist and task.checklist:
        yield from _checklist(task)
        yield ""
    yield from _holders(template, work, task)
    if after:
        yield f"After: {'; '.join(after)}"
    if work.starts is None and work.due is None:
        yield from _relative(template, task)
    yield from (f"{name}: {value}" for name, value in _facts(task).items() if value)


def checklist_line(do: str, need: str, condition: str) -> str:
    """A line of a checklist with what limits it: ``Map the groups (recommended), only if SSO is required``."""
    told = do if need == "required" else f"{do} ({need})"
    return one_line(f"{told}, only if {condition}" if condition else told)


def _checklist(task: TaskTemplate) -> Iterator[str]:
    for line in task.checklist:
        yield f"{'    ' * line.depth}☐ {checklist_line(line.do, line.need, line.condition)}"


def _holders(template: Template, work: Work, task: TaskTemplate) -> Iterator[str]:
    for letter, title in _LETTERS:
        holders = task.letters.get(letter, ())
        if holders:
            yield f"{title}: {', '.join(_holder(template, work, role) for role in holders)}"


def _holder(template: Template, work: Work, role: str) -> str:
    title = template.role_title(role) or role
    return f"{work.people[role].name} ({title})" if role in work.people else title


def _relative(template: Template, task: TaskTemplate) -> Iterator[str]:
    if task.start:
        yield f"Starts: {offset_in_words(template, task.start)}"
    if task.when or task.due:
        yield f"Due: {task.when or (offset_in_words(template, task.due) if task.due else '')}"


def _facts(task: TaskTemplate) -> dict[str, str]:
    return {
        "Only if": task.condition,
        "Need": "" if task.need == "required" else task.need,
        "Needs approval by": task.approval,
        "Promised": task.sla,
        "For each of": task.for_each,
        "Again": task.repeat,
        "Done in": task.system or "",
        "Touch": task.touch or "",
        "Fills": ", ".join(task.captures),
    }
