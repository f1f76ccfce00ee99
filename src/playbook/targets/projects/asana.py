"""``asana``: the CSV that Asana's importer makes a project of, with sections, dates and dependencies.

Sources: "Preparing data for CSV import" and "CSV importer" of Asana's help (help.asana.com, read in Portuguese,
Swedish and Indonesian); for the column ``Dependencies`` the guide of a reseller (asana-support.ctcsp.co.jp).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from playbook.plans.plan import Plan
from playbook.plans.template import Template
from playbook.targets.files.owners import colleagues
from playbook.targets.files.rows import Row, Sheet
from playbook.targets.files.short_text import one_line
from playbook.targets.projects.account_files import account_sheets, template_sheet
from playbook.targets.projects.carried import IN_WORDS, NO_DATES, circles, guests, long_names
from playbook.targets.projects.wording import description, distinct
from playbook.targets.projects.work import Work, links, plan_work, template_work, unlinked
from playbook.targets.target import FULL, Evidence, File, Limit, Loss, Settings, Target, none, part
from playbook.text.formulas import harmless

NAME_LENGTH = 1024
_HELP = "help.asana.com, Preparing data for CSV import (14244171470491)"
_RESELLER = "asana-support.ctcsp.co.jp, article 5953722609807"

TARGET = Target(
    name="asana",
    title="Asana, CSV import",
    tool="Asana",
    what="A project for each account, or one to save as a project template: sections, tasks, dates, dependencies.",
    form="CSV",
    group="Project tools",
    modes=("template", "plan"),
    carries={
        **IN_WORDS,
        **NO_DATES,
        "stages": FULL,
        "start_dates": part(
            "in a plan where the task is due on a later day, which Asana takes only if it is paid for; in a "
            "template in words in the description"
        ),
        "dependencies": FULL,
        "raci": part("in words in the description; in a plan the colleagues among them are collaborators"),
        "lags": none("a dependency has no waiting time"),
        "milestones": FULL,
        "keys": FULL,
    },
    updates=False,
    how=(
        "In Asana: Create, Project, Import spreadsheet; choose the file, and look at how the columns are mapped.",
        "Map Dependencies, and Playbook key to a text field; set dates to month/day/year if it asks.",
        "Import a file once only: each import makes all tasks anew. An export of what is new goes into the "
        "account's project (its menu, Import, CSV); sections are made anew as well, so move the tasks to those "
        "that are there.",
        "A template: import it, check the sections, then save the project as a template and give its roles to the "
        "tasks by the line 'Responsible' of their descriptions.",
    ),
    limits=(Limit("name of a task", NAME_LENGTH, "characters", "recalled", "no source found"),),
    evidence=(
        Evidence("the order of the columns, Assignee as an e-mail address", "documented", _HELP),
        Evidence("dates as month/day/year", "documented", "help.asana.com, CSV importer, in Swedish"),
        Evidence("start dates need a paid plan, else they go into the description", "documented", _HELP),
        Evidence("Type: Milestone", "documented", "help.asana.com, CSV importer, in Swedish"),
        Evidence("Dependencies: names of tasks above, with commas between them", "reported", _RESELLER),
        Evidence("an import into a project that is there only ever adds, sections too", "reported", _RESELLER),
        Evidence("custom fields need a paid plan", "reported", "importcsv.com/blog/asana-csv-import"),
    ),
    keys=dict.fromkeys(("template", "plan"), "column Playbook key, and the last line of Description"),
)

SHEET = Sheet(
    "asana",
    (
        "Name",
        "Description",
        "Section",
        "Assignee",
        "Collaborators",
        "Start Date",
        "Due Date",
        "Type",
        "Dependencies",
        "Playbook key",
    ),
    rows=lambda plan: _rows(plan.template, plan_work(plan, milestones=True)),
    date_format="%m/%d/%Y",
)


def template(template: Template, settings: Settings) -> Iterator[File]:
    """The tasks without dates and people."""
    del settings
    yield from template_sheet(SHEET, template, _rows(template, template_work(template, milestones=True)))


def plan(plans: Iterable[Plan], settings: Settings) -> Iterator[File]:
    """A file for each account."""
    del settings
    yield from account_sheets(SHEET, plans)


def losses(template: Template, settings: Settings) -> Iterator[Loss]:
    """Names that are changed so that dependencies find them, and circles."""
    del settings
    yield from long_names(template, NAME_LENGTH, "Asana")
    yield from guests(template, "Asana")
    yield from circles(template, "Asana finds only the names of tasks that stand above")
    works = template_work(template, milestones=True)
    commas = tuple(work.task.step for work in works if work.task and "," in work.name)
    if commas:
        yield Loss(
            "commas in titles", "they separate names in Dependencies; a semicolon stands there", commas, part=True
        )
    plain = [_plain(work) for work in works]
    names = zip(works, plain, distinct(plain, NAME_LENGTH), strict=True)
    same = tuple(work.key for work, before, name in names if name != before and len(before) <= NAME_LENGTH)
    if same:
        yield Loss(
            "titles that are not unique", "Asana finds tasks by name; a number is put behind", same, part=True
        )


def _rows(template: Template, works: tuple[Work, ...]) -> Iterator[Row]:
    names = {work.key: name for work, name in zip(works, distinct(map(_plain, works), NAME_LENGTH), strict=True)}
    unlinked_to = unlinked(template, works)
    for work, above in links(works):
        owner = work.owner.email if work.owner else None
        others = [email for email in colleagues(template, work.people) if email != owner]
        yield (
            names[work.key],
            description(template, work, after=unlinked_to[work.key]),
            one_line(work.stage),
            owner,
            ",".join(others),
            # Asana takes a start only together with a later due date.
            work.starts if work.starts and work.due and work.starts < work.due else None,
            work.due,
            "" if work.task else "Milestone",
            ",".join(names[key] for key in above),
            work.key,
        )


def _plain(work: Work) -> str:
    """The name of a task without the comma, which separates names, and as it stands in its cell."""
    return harmless(work.name.replace(",", ";")) or "Milestone"
