"""What a tool has no field for, as lines of a note: people by letter, conditions, checklists, content, the key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from playbook.plans.plan import PersonBinding, PlannedTask
from playbook.plans.template import ChecklistLine, Letters, TaskTemplate, Template
from playbook.targets.files.offsets import due_in_words, offset_in_words
from playbook.targets.files.short_text import one_line, shortened

_LETTERS: tuple[tuple[Letters, str], ...] = (
    ("R", "Responsible"),
    ("A", "Accountable"),
    ("C", "Consulted"),
    ("I", "Informed"),
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a note tells beside the description, since the tool has no field for it.

    ``due`` and ``times`` (start and duration) are told in words, which is of use only where a task has no dates.
    ``after`` are the names of the tasks that it waits for.
    """

    checklist: bool = True
    due: bool = False
    times: bool = False
    after: tuple[str, ...] = ()


def template_notes(template: Template, task: TaskTemplate) -> str:
    """The note of a task without dates and people; its last line is the key."""
    lines = note_lines(template, task, {}, Told(due=bool(task.when)))
    return "\n".join([*lines, f"Key: {task.key}"])


def planned_notes(template: Template, planned: PlannedTask) -> str:
    """The note of a task of an account; its last line is the key."""
    told = Told(due=planned.starts is None and planned.due is None)
    return "\n".join([*note_lines(template, planned.task, planned.people, told), f"Key: {planned.key}"])


def notes_within(notes: str, most: int) -> str:
    """A note of at most so many characters: one that is longer is cut before its last line, which is the key."""
    if len(notes) <= most:
        return notes
    text, _, key = notes.rpartition("\n")
    return f"{shortened(text, max(most - len(key) - 1, 1))}\n{key}" if text else key


def note_lines(
    template: Template, task: TaskTemplate, people: Mapping[str, PersonBinding], told: Told
) -> Iterator[str]:
    """The lines of a note without the key; ``people`` are those who hold a role, by its id."""
    if task.description:
        yield task.description
        yield ""
    if told.checklist and task.checklist:
        yield from checklist_lines(task.checklist)
        yield ""
    for letter, title in _LETTERS:
        if holders := task.letters.get(letter):
            yield f"{title}: {', '.join(_holder(template, holder, people) for holder in holders)}"
    told_of = {"After": "; ".join(told.after), **_times(template, task, told), **facts(template, task)}
    yield from (f"{name}: {value}" for name, value in told_of.items() if value)


def checklist_lines(lines: Iterable[ChecklistLine]) -> Iterator[str]:
    """Lines to tick off as text, each set in as deep as it stands."""
    return (f"{'    ' * line.depth}☐ {checklist_line(line)}" for line in lines)


def checklist_line(line: ChecklistLine) -> str:
    """A line of a checklist with what limits it: ``Map the groups (recommended), only if SSO is required``."""
    told = line.do if line.need == "required" else f"{line.do} ({line.need})"
    return one_line(f"{told}, only if {line.condition}" if line.condition else told)


def _times(template: Template, task: TaskTemplate, told: Told) -> dict[str, str]:
    times = {
        "Starts": offset_in_words(template, task.start),
        "Takes": task.takes.in_words() if task.takes else "",
    }
    return {**(times if told.times else {}), "Due": due_in_words(template, task) if told.due else ""}


def facts(template: Template, task: TaskTemplate) -> dict[str, str]:
    """What else is known of a task, by its name, in words; what there is not is empty."""

    def called(ids: Iterable[str | None]) -> str:
        return ", ".join(template.called(id_) for id_ in ids if id_)

    return {
        "Only if": task.condition,
        "Need": "" if task.need == "required" else task.need,
        "Needs approval by": task.approval,
        "Promised": task.sla,
        "For each of": task.for_each,
        "Again": task.repeat,
        "Automation": "" if task.automation == "manual" else task.automation,
        "Done in": called((task.system,)),
        "Touch": (task.touch or "").replace("_", " "),
        "Uses": called((task.asset,)),
        "Fills": called(task.captures),
        "Produces": called(task.produces),
    }


def _holder(template: Template, role: str, people: Mapping[str, PersonBinding]) -> str:
    """A role with the person who holds it; the role alone where nobody does."""
    title = template.role_title(role) or role
    return f"{people[role].name} ({title})" if role in people else title
