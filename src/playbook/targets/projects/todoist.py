"""``todoist``: the CSV that Todoist makes a project of: sections, tasks, sub-tasks; a template has relative dates.

Sources: "Format a CSV file to import into Todoist" and "Usage limits in Todoist" (todoist.com/help), "Dates and
times" (support.todoist.com, 205325931). The row ``meta`` and the last columns are as in Todoist's own exports.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from playbook.plans.plan import Plan
from playbook.plans.template import Offset, TaskTemplate, Template
from playbook.targets.files.notes import checklist_line, notes_within
from playbook.targets.files.offsets import whole_days
from playbook.targets.files.rows import Row, Sheet
from playbook.targets.files.short_text import one_line, shortened
from playbook.targets.projects.account_files import account_sheets, template_sheet
from playbook.targets.projects.carried import IN_WORDS, NO_DATES, long_names, long_texts, too_many
from playbook.targets.projects.wording import description
from playbook.targets.projects.work import Work, names_in, plan_work, template_work
from playbook.targets.target import FULL, Evidence, File, Limit, Loss, Option, Settings, Target, none, part
from playbook.text.quantities import in_words

MOST_TASKS = 300
MOST_SECTIONS = 20
NAME_LENGTH = 500
TEXT_LENGTH = 16_383
_DEEPEST = 4
_LOWEST = "4"
_FORMAT = "todoist.com/help, Format a CSV file to import into Todoist"
_USAGE = "todoist.com/help, Usage limits in Todoist"
_DATES = "support.todoist.com, Dates and Times (205325931)"
_EXPORTS = "exports of Todoist in tests of other programs on GitHub"

TARGET = Target(
    name="todoist",
    title="Todoist, CSV import",
    tool="Todoist",
    what="A project for each account; or a template with due dates counted from the day of the import.",
    form="CSV",
    group="Project tools",
    modes=("template", "plan"),
    carries={
        **IN_WORDS,
        **NO_DATES,
        "stages": FULL,
        "offsets": part("counted from the day of the import, where they hang on the start of the journey"),
        "business_days": part("as calendar days, rounded up"),
        "start_dates": none("a task has a due date only"),
        "durations": none("a task has a due date only"),
        "people": part("by the Todoist id of a person (ids: todoist_user); else named in the description"),
        "dependencies": part("in words in the description; Todoist has none"),
        "lags": none("Todoist has no dependencies"),
        "checklists": part("as sub-tasks; --set checklists=description for lines of text"),
        "keys": FULL,
    },
    updates=False,
    how=(
        "In Todoist: make a project; its menu, Import from CSV.",
        "Import a template on the day on which the journey starts: its due dates are counted from then on.",
        "Import a file once only: each import makes all tasks anew.",
    ),
    limits=(
        Limit("tasks in a project", MOST_TASKS, "tasks", "documented", _USAGE),
        Limit("sections in a project", MOST_SECTIONS, "sections", "documented", _USAGE),
        Limit("name of a task", NAME_LENGTH, "characters", "documented", _USAGE),
        Limit("description", TEXT_LENGTH, "characters", "documented", _USAGE),
    ),
    evidence=(
        Evidence("the columns TYPE to RESPONSIBLE, levels 1 to 4, priority 4 as the lowest", "documented", _FORMAT),
        Evidence("an @ before a word of a task makes a label", "documented", _FORMAT),
        Evidence("due dates such as '5 days', and 2026-12-01", "documented", _DATES),
        Evidence("the row meta, the columns behind DATE_LANG, lines ending with CR LF", "reported", _EXPORTS),
    ),
    options=(Option("checklists", "where checklists go", "subtasks", ("subtasks", "description")),),
    keys={"template": "last line of DESCRIPTION", "plan": "last line of DESCRIPTION"},
)

COLUMNS = (
    "TYPE",
    "CONTENT",
    "DESCRIPTION",
    "PRIORITY",
    "INDENT",
    "AUTHOR",
    "RESPONSIBLE",
    "DATE",
    "DATE_LANG",
    "TIMEZONE",
    "DURATION",
    "DURATION_UNIT",
    "DEADLINE",
    "DEADLINE_LANG",
)

_NOTHING: Row = (None,) * len(COLUMNS)
SHEET = Sheet("todoist", COLUMNS, rows=lambda _: (), first=(("meta", "view_style=list", *_NOTHING[2:]),))


def template(template: Template, settings: Settings) -> Iterator[File]:
    """The tasks with due dates counted from the day of the import."""
    rows = _rows(template, template_work(template), settings)
    yield from template_sheet(SHEET, template, rows)


def plan(plans: Iterable[Plan], settings: Settings) -> Iterator[File]:
    """A file for each account."""
    sheet = replace(SHEET, rows=lambda plan: _rows(plan.template, plan_work(plan), settings))
    return account_sheets(sheet, plans)


def losses(template: Template, settings: Settings) -> Iterator[Loss]:
    """What is too much for a project, dates that cannot be counted from its start, and what would be a label."""
    lines = settings["checklists"] == "subtasks"
    tasks = len(template.tasks) + sum(len(task.checklist) for task in template.tasks if lines)
    yield from too_many(template, tasks, MOST_TASKS, "tasks", "a project of Todoist")
    yield from too_many(
        template, len({task.stage for task in template.tasks}), MOST_SECTIONS, "sections", "Todoist"
    )
    yield from long_names(template, NAME_LENGTH, "Todoist")
    yield from long_texts(template, TEXT_LENGTH, "Todoist")
    elsewhere = tuple(task.step for task in template.tasks if task.due and not _in_days(template, task.due))
    if elsewhere:
        why = "Todoist counts from the day of the import only; they are told in the description"
        what = "due dates that are not counted from the start"
        yield Loss(what, why, elsewhere, part=True, mode="template")
    labels = tuple(task.step for task in template.tasks if any("@" in name for name in _names(task, lines=lines)))
    if labels:
        yield Loss("@ in titles", "Todoist makes labels of it; ＠ stands there", labels, part=True)


def _names(task: TaskTemplate, *, lines: bool) -> Iterator[str]:
    """The texts that become names of tasks."""
    yield task.title
    yield from (checklist_line(line) for line in task.checklist if lines)


def _rows(template: Template, works: tuple[Work, ...], settings: Settings) -> Iterator[Row]:
    called = names_in(template, works)
    subtasks = settings["checklists"] == "subtasks"
    for stage in dict.fromkeys(work.stage for work in works):
        yield ("section", stage, *_NOTHING[2:])
        for work in works:
            if work.stage == stage:
                after = map(called, work.after)
                text = description(template, work, checklist=not subtasks, after=after, most=TEXT_LENGTH)
                yield _task(work.name, text, 1, _user(work), _due(template, work))
                if subtasks and work.task:
                    yield from _lines(work, work.task)


def _lines(work: Work, task: TaskTemplate) -> Iterator[Row]:
    for number, line in enumerate(task.checklist, 1):
        told = checklist_line(line) or "Line"
        key = f"Key: {work.key}/checklist/{number}"
        text = notes_within(f"{told}\n{key}", TEXT_LENGTH) if len(told) > NAME_LENGTH else key
        yield _task(told, text, min(line.depth + 2, _DEEPEST), "", "")


def _task(name: str, text: str, indent: int, user: str, due: str) -> Row:
    content = shortened(_unlabelled(name), NAME_LENGTH)
    language = "en" if due else ""
    return ("task", content, text, _LOWEST, indent, None, user, due, language, None, None, None, None, None)


def _unlabelled(text: str) -> str:
    """A name without what Todoist would make a label of."""
    return text.replace("@", "＠")


def _user(work: Work) -> str:
    """``Name (id)``, as Todoist wants it; it knows nobody by an e-mail address."""
    id_ = work.owner.ids.get("todoist_user") if work.owner else None
    return f"{one_line(work.owner.name)} ({id_})" if work.owner and id_ else ""


def _due(template: Template, work: Work) -> str:
    if work.due:
        return work.due.isoformat()
    return _in_days(template, work.task.due) if work.task and work.task.due else ""


def _in_days(template: Template, due: Offset) -> str:
    """A due date from the start of the journey on as Todoist reads it, ``7 days``; empty for any other."""
    anchor = template.anchors.get(due.anchor)
    if anchor is None or not anchor.start or due.amount < 0:
        return ""
    if due.unit == "mo" and due.amount == int(due.amount):
        return in_words(due.amount, "mo") if due.amount else "today"
    days = 0 if due.unit == "min" else whole_days(template, due)
    return in_words(days, "d") if days else "today"
