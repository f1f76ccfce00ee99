"""``trello``: the calls that build an account's board in Trello, with lists, cards and checklists.

Sources: the reference of Trello's REST API (developer.atlassian.com/cloud/trello/rest) and an OpenAPI document of
it made by others, which the tests hold every body against. Trello imports no files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any

from playbook.plans.keys import key_part
from playbook.plans.plan import Plan
from playbook.plans.template import ChecklistLine, Template
from playbook.targets.files.notes import checklist_line
from playbook.targets.files.short_text import shortened
from playbook.targets.projects.calls import Call, call_file, post
from playbook.targets.projects.carried import IN_WORDS, long_names, long_texts, too_many
from playbook.targets.projects.wording import description
from playbook.targets.projects.work import Work, names_in, plan_work, template_work
from playbook.targets.target import FULL, Evidence, File, Limit, Loss, Option, Settings, Target, none, part

TEXT_LENGTH = 16_384
MOST_LINES = 200
MOST_CARDS = 5_000
_CARDS = "developer.atlassian.com/cloud/trello/rest/api-group-cards, Create a new Card"
_CHECKLISTS = "the reference of Trello's REST API as pipedream.com/apps/trello tells it"
_SPEC = "the OpenAPI document of Trello's API in APIs-guru/unofficial_openapi_specs, which is not Trello's own"
_LIMITS = "developer.atlassian.com/cloud/trello/guides/rest-api/limits: there as an example, since boards differ"
_BOARD = "limits of a board of 2020, pastebin.com/NuRF26Ez"

TARGET = Target(
    name="trello",
    title="Trello, API calls",
    tool="Trello",
    what="The calls that build a board for an account, in order, for a program of your own to carry out.",
    form="JSON",
    group="Project tools",
    modes=("plan",),
    carries={
        **IN_WORDS,
        "stages": part("as a list; a card that is moved to another list leaves its stage"),
        "offsets": FULL,
        "business_days": FULL,
        "start_dates": FULL,
        "durations": none("it follows from the dates"),
        "roles": part("in words in the description"),
        "people": part("by the Trello member id of a person (ids: trello_member); else named in the description"),
        "dependencies": part("in words in the description; cards have no links without a Power-Up"),
        "lags": none("cards have no links without a Power-Up"),
        "checklists": part("as a checklist of the card, without its own levels"),
        "milestones": part("as a card with a due date"),
        "keys": FULL,
    },
    updates=False,
    how=(
        "Send the calls in order to https://api.trello.com/1 as JSON, with your key and token; put what a response "
        "gives in place of ${name} in later paths and bodies.",
        "A new board is made for each account; with --set board=ID the lists are added to a board that is there.",
        "Members are assigned only if they are members of the board: invite them first.",
        "Send the calls of a file once only: sent again, they make everything anew. Of an export of what is new, "
        "${board} is the account's board: leave out the lists that are there and put their ids in their place.",
    ),
    limits=(
        Limit("description", TEXT_LENGTH, "characters", "reported", _SPEC),
        Limit("name of a card", TEXT_LENGTH, "characters", "recalled", "no source found"),
        Limit("checklist", MOST_LINES, "lines", "reported", _BOARD),
        Limit("open cards of a board", MOST_CARDS, "cards", "documented", _LIMITS),
    ),
    evidence=(
        Evidence("paths and bodies of boards, lists, cards, checklists and their lines", "proven", _SPEC),
        Evidence("idList, name, desc, pos, due, start, idMembers as a JSON body", "documented", _CARDS),
        Evidence("name and pos of the lines of a checklist", "reported", _CHECKLISTS),
        Evidence("defaultLists keeps a new board from having three lists of its own", "recalled", "no source"),
        Evidence(
            "a due date is a moment; noon in UTC is the same day from Hawaii to Sydney", "recalled", "no source"
        ),
        Evidence("no import of files, and no links between cards", "recalled", "no source"),
    ),
    options=(
        Option("board", "id of a board that is there; empty for a new one for each account"),
        Option("organization", "id of the workspace of new boards"),
        Option(
            "members", "whether the owner or everybody with a RACI letter joins a card", "owner", ("owner", "all")
        ),
    ),
    keys={"plan": "last line of desc"},
)


def plan(plans: Iterable[Plan], settings: Settings) -> Iterator[File]:
    """A file of calls for each account."""
    return (call_file("Trello", plan, _calls(plan, settings)) for plan in plans)


def losses(template: Template, settings: Settings) -> Iterator[Loss]:
    """Long titles and descriptions, checklists that become several, more cards than a board takes."""
    del settings
    yield from long_names(template, TEXT_LENGTH, "Trello")
    yield from long_texts(
        template, TEXT_LENGTH, "Trello", lambda template, work: description(template, work, checklist=False)
    )
    long = tuple(task.step for task in template.tasks if len(task.checklist) > MOST_LINES)
    if long:
        why = f"Trello takes at most {MOST_LINES} lines; they become several checklists"
        yield Loss("long checklists", why, long, part=True)
    yield from too_many(template, len(template_work(template, milestones=True)), MOST_CARDS, "open cards", "Trello")


def _calls(plan: Plan, settings: Settings) -> Iterator[Call]:
    works = plan_work(plan, milestones=True)
    yield from _board(plan, settings)
    lists = {stage: f"list:{at}" for at, stage in enumerate(dict.fromkeys(work.stage for work in works), 1)}
    for stage, name in lists.items():
        body = {"name": stage, "idBoard": _board_id(settings), "pos": "bottom"}
        yield post("/lists", body, {name: "/id"})
    called = names_in(plan.template, works)
    for work in works:
        after = list(map(called, work.after))
        body = {"idList": f"${{{lists[work.stage]}}}", **_card(plan, work, after, settings)}
        yield post("/cards", body, {f"card:{work.key}": "/id"})
        yield from _checklists(work)


def _board(plan: Plan, settings: Settings) -> Iterator[Call]:
    if settings["board"] or plan.continued:
        return
    board: dict[str, Any] = {
        "name": shortened(f"{plan.account.name}: {plan.template.title}", TEXT_LENGTH),
        "desc": f"Key: {plan.template.id}/{key_part(plan.account.id)}",
        "defaultLists": False,
    }
    if settings["organization"]:
        board["idOrganization"] = settings["organization"]
    yield post("/boards", board, {"board": "/id"})


def _board_id(settings: Settings) -> str:
    return settings["board"] or "${board}"


def _card(plan: Plan, work: Work, after: list[str], settings: Settings) -> dict[str, Any]:
    text = description(plan.template, work, checklist=False, after=after, most=TEXT_LENGTH)
    card: dict[str, Any] = {"name": shortened(work.name, TEXT_LENGTH), "desc": text, "pos": "bottom"}
    if work.due:
        card["due"] = _moment(work.due)
    if work.starts:
        card["start"] = _moment(work.starts)
    people = [work.owner, *(work.people.values() if settings["members"] == "all" else ())]
    members = dict.fromkeys(each.ids.get("trello_member", "") for each in people if each)
    if joined := ",".join(filter(None, members)):
        card["idMembers"] = joined
    return card


def _checklists(work: Work) -> Iterator[Call]:
    """A checklist, or several where there are more lines than one may have."""
    waiting = iter(work.task.checklist if work.task else ())
    number = 0
    while lines := list(islice(waiting, MOST_LINES)):
        number += 1
        name = f"checklist:{work.key}/{number}"
        title = f"Checklist ({number})" if number > 1 else "Checklist"
        yield post("/checklists", {"idCard": f"${{card:{work.key}}}", "name": title}, {name: "/id"})
        for line in lines:
            yield post(f"/checklists/${{{name}}}/checkItems", {"name": _line(line), "pos": "bottom"})


def _line(line: ChecklistLine) -> str:
    """A line of a checklist; dashes say how deep it stands, since Trello has no levels."""
    told = checklist_line(line) or "Line"
    return shortened(f"{'– ' * line.depth}{told}", TEXT_LENGTH)


def _moment(day: date) -> str:
    """Noon in UTC of a day, so that it is the same day nearly everywhere."""
    return f"{day.isoformat()}T12:00:00.000Z"
