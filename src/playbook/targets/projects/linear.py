"""``linear``: issues for ``linear-import``, Linear's own importer, which the tests run on what is written here.

Source: the README and the code of @linear/import 3.2.14. Its reader of Linear's CSV knows no due dates; that of
Asana's does, and finds assignees by e-mail address alike, but takes descriptions for Jira's markup. Neither knows
relations.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from urllib.parse import quote

from playbook.plans.plan import Plan
from playbook.plans.template import Template
from playbook.targets.files.rows import Row, Sheet, sheet_files
from playbook.targets.files.short_text import shortened
from playbook.targets.projects.carried import IN_WORDS, NO_DATES, guests
from playbook.targets.projects.wording import description
from playbook.targets.projects.work import Work, names_in, plan_work, template_work
from playbook.targets.target import FULL, Evidence, File, Loss, Option, Settings, Target, none, part

LABEL_LENGTH = 80
# No limit is known; the importer makes issue by issue, and a smaller file is sooner begun again.
MOST_ROWS = 10_000
_CODE = "@linear/import 3.2.14, run in the tests"

TARGET = Target(
    name="linear",
    title="Linear, importer",
    tool="Linear",
    what="Issues for linear-import, the importer for the command line.",
    form="CSV",
    group="Project tools",
    modes=("plan",),
    carries={
        **IN_WORDS,
        **NO_DATES,
        "offsets": FULL,
        "business_days": FULL,
        "stages": part("as a label"),
        "start_dates": none("an issue has a due date only"),
        "durations": none("an issue has a due date only"),
        "dependencies": part(
            "in words in the description; the importer has no relations (linear/linear issue 1042)"
        ),
        "lags": none("the importer has no relations"),
        "keys": FULL,
    },
    updates=False,
    how=(
        "Run 'npx @linear/import', choose 'Asana (CSV)' and the file; leave the Asana URL empty. With "
        "--set as=linear choose 'Linear (CSV)', which leaves the due dates out.",
        "Answer 'no' to assigning all to yourself, then choose [Provided assignee].",
        "Import a file once only: each import makes all issues anew.",
    ),
    evidence=(
        Evidence("columns, labels, due dates, assignees by e-mail address", "proven", _CODE),
        Evidence("no relations between issues", "proven", _CODE),
    ),
    options=(
        Option("as", "whose CSV it is read as; only asana has due dates", "asana", ("asana", "linear")),
        Option("status", "status of the issues; a name that the team lacks is made (linear only)"),
    ),
    keys={"plan": "last line of the description; percent-encoded with --set as=asana"},
)

# What jira2md, which the importer uses, takes for markup beside stars and underscores.
_MARKUP = re.compile(
    r"\+[^+]*\+|\^[^^]*\^|~[^~]*~|\{\{|\[[^|\]]+\]|!.+!|\{\w+|\||^(?:#+\s|h[0-6]\.|bq\.)|\s-\S", re.MULTILINE
)

_AS_ASANA = ("Task ID", "Name", "Notes", "Priority", "Tags", "Assignee", "Due Date", "Created At", "Completed At")
_AS_LINEAR = (
    "Title",
    "Description",
    "Priority",
    "Status",
    "Assignee",
    "Labels",
    "Estimate",
    "Created",
    "Completed",
)


def plan(plans: Iterable[Plan], settings: Settings) -> Iterator[File]:
    """Files with the issues of all accounts."""
    if settings["as"] == "linear":
        return sheet_files(
            Sheet("linear", _AS_LINEAR, rows=lambda plan: _as_linear(plan, settings), most_rows=MOST_ROWS), plans
        )
    return sheet_files(Sheet("linear-asana", _AS_ASANA, rows=_as_asana, most_rows=MOST_ROWS), plans)


def losses(template: Template, settings: Settings) -> Iterator[Loss]:
    """Due dates that are no field, or texts that are taken for markup, by the form that is chosen."""
    yield from guests(template, "Linear")
    if settings["as"] == "linear":
        where = tuple(task.step for task in template.tasks if task.due)
        if where:
            yield Loss(
                "due dates", "in words only; the importer of Linear's own CSV has no due dates", where, part=True
            )
        return
    texts = _texts(template, template_work(template))
    marked = tuple(work.task.step for work, text in texts if work.task and _MARKUP.search(text))
    if marked:
        why = "the importer takes descriptions for Jira's markup; + ^ ~ [ { ! | may come out otherwise"
        yield Loss("some characters of descriptions", why, marked, part=True)


def _as_asana(plan: Plan) -> Iterator[Row]:
    for work, text in _issues(plan):
        body, _, _ = text.rpartition("\n")
        notes = f"{_plain(body)}\nKey: {_encoded(work.key)}".lstrip("\n")
        # The labels are separated by commas alone here, and the status is Todo without a date of completion.
        labels = ",".join(_label(name, "") for name in _labels(plan, work))
        yield (work.key, work.name, notes, "", labels, work.address, _local(work.due), "", "")


def _as_linear(plan: Plan, settings: Settings) -> Iterator[Row]:
    for work, text in _issues(plan):
        told = f"Due: {work.due.isoformat()}\n{text}" if work.due else text
        labels = ", ".join(_label(name, " ") for name in _labels(plan, work))
        yield (work.name, told, "No priority", settings["status"], work.address, labels, None, None, None)


def _issues(plan: Plan) -> Iterator[tuple[Work, str]]:
    return _texts(plan.template, plan_work(plan))


def _texts(template: Template, works: tuple[Work, ...]) -> Iterator[tuple[Work, str]]:
    called = names_in(template, works)
    for work in works:
        after = map(called, work.after)
        yield work, description(template, work, after=after)


def _labels(plan: Plan, work: Work) -> tuple[str, str]:
    return (work.stage, plan.account.name)


def _label(name: str, after: str) -> str:
    """A name as one label. With a slash it would be a group, of which an issue has one label only."""
    return shortened(" ".join(name.replace(",", ";" + after).replace("/", " – ").split()), LABEL_LENGTH)


def _plain(text: str) -> str:
    """A text whose stars and underscores aren't taken for markup: that has no space behind the first one.

    The space has no width. What else is markup is told as a loss.
    """
    return text.replace("_", "_\ufeff").replace("*", "*\ufeff")


def _encoded(key: str) -> str:
    """A key without characters of markup, percent-encoded (RFC 3986), so that it can be decoded again."""
    return quote(key, safe="/.-", errors="backslashreplace").replace("_", "%5F").replace("~", "%7E")


def _local(day: date | None) -> str:
    """Noon of a day: the importer reads a day alone as midnight in London, which in America is the day before."""
    return f"{day.isoformat()}T12:00:00" if day else ""
