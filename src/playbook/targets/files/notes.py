"""What a tool has no field for, as lines of a note: people by letter, conditions, checklists, the key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from playbook.plans.plan import PersonBinding, PlannedTask
from playbook.plans.template import Letters, TaskTemplate, Template

_LETTERS: tuple[tuple[Letters, str], ...] = (
    ("R", "Responsible"),
    ("A", "Accountable"),
    ("C", "Consulted"),
    ("I", "Informed"),
)


def template_notes(template: Template, task: TaskTemplate) -> str:
    """The note of a task without dates and people; its last line is the key."""
    return "\n".join([*_lines(template, task, {}, planned=False), f"Key: {task.key}"])


def planned_notes(template: Template, planned: PlannedTask) -> str:
    """The note of a task of an account; its last line is the key."""
    return "\n".join([*_lines(template, planned.task, planned.people, planned=True), f"Key: {planned.key}"])


def notes_within(notes: str, most: int) -> str:
    """A note of at most so many characters: one that is longer is cut before its last line, which is the key."""
    if len(notes) <= most:
        return notes
    text, _, key = notes.rpartition("\n")
    return f"{text[: most - len(key) - 2].rstrip()}…\n{key}"


def _lines(
    template: Template, task: TaskTemplate, people: Mapping[str, PersonBinding], *, planned: bool
) -> Iterator[str]:
    if task.description:
        yield task.description
        yield ""
    for line in task.checklist:
        told = line.do if line.need == "required" else f"{line.do} ({line.need})"
        yield f"{'    ' * line.depth}☐ {told}{f', only if {line.condition}' if line.condition else ''}"
    if task.checklist:
        yield ""
    for letter, title in _LETTERS:
        if holders := task.letters.get(letter):
            yield f"{title}: {', '.join(_holder(template, holder, people) for holder in holders)}"
    facts = {
        "Only if": task.condition,
        "Need": task.need if task.need != "required" else "",
        "Needs approval by": task.approval,
        "Promised": task.sla,
        "Done in": task.system or "",
        "Touch": task.touch or "",
    }
    if not planned:
        facts |= {"Due": task.when, "For each of": task.for_each, "Again": task.repeat}
    yield from (f"{name}: {value}" for name, value in facts.items() if value)


def _holder(template: Template, role: str, people: Mapping[str, PersonBinding]) -> str:
    """A role with the person who holds it; the role alone where nobody does."""
    title = template.role_title(role) or role
    return f"{people[role].name} ({title})" if role in people else title
