"""``eloqua-campaign``: e-mails as campaigns of Oracle Eloqua, one for each date that they count from."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.plans.template import Template
from playbook.targets.eloqua.canvas import MOST_NAME, Canvas, short
from playbook.targets.eloqua.steps import left_out, numbers, sent_steps, steps_refused
from playbook.targets.files.json_text import json_bytes
from playbook.targets.files.short_text import in_one_line
from playbook.targets.target import Evidence, File, Limit, Loss, Option, Settings, Target, none, part

_REFERENCE = "Oracle Eloqua developer help: Campaign element reference"
_TUTORIAL = "Oracle Eloqua developer help: Creating campaigns with steps using the application API"

TARGET = Target(
    name="eloqua-campaign",
    title="Oracle Eloqua campaign",
    tool="Oracle Eloqua",
    what="The automated e-mails to customers as campaign canvases: a segment, waits and e-mails, not activated.",
    form="JSON",
    group="Marketing automation",
    modes=("template",),
    carries={
        "offsets": part("as waits from the day of enrolment; a campaign for each date that e-mails count from"),
        "business_days": part(
            "turned into calendar days (5 of them are 7), without holidays; have Eloqua send on weekdays only"
        ),
        "conditions": part("the e-mail stands beside the flow, connected to nothing, until you draw the decision"),
        "descriptions": part("of the e-mails, in the description of their elements"),
        "means": part("which content an e-mail is, in the description of its element"),
        "keys": part("in the description of the elements: Eloqua matches nothing by it"),
        "stages": none("a canvas has no stages"),
        "start_dates": none("an e-mail is sent at one time"),
        "durations": none("an e-mail is sent at one time"),
        "roles": none("Eloqua sends by itself: nobody is assigned"),
        "raci": none("Eloqua sends by itself: nobody is assigned"),
        "dependencies": none("e-mails follow each other by time alone"),
        "checklists": none("only e-mails are taken over"),
        "approvals": none("approve the e-mail before you activate the campaign"),
        "custom_fields": none("an e-mail fills no fields"),
        "for_each": none("every contact of the segment gets the e-mail, and nothing else is gone through"),
        "slas": none("an e-mail is sent at its time, or not at all"),
        "variants": part("in the name of the file: each is a campaign of its own"),
        "repeats": none("an e-mail is sent once to each contact"),
        "milestones": none("only e-mails are taken over"),
        "handoffs": none("only e-mails are taken over"),
        "routines": none("only steps of the flow are taken over"),
    },
    updates=False,
    how=(
        "Make the e-mails and the segments in Eloqua, and give their ids with the options emails and segments.",
        "Send each file with POST to /api/REST/2.0/assets/campaign. The campaign is a draft.",
        "Open it on the canvas: choose what has no id yet, connect the e-mails that stand beside the flow, take "
        "out those to colleagues.",
        "Activate it yourself. To change it later, send the whole body with PUT to its id: what it leaves out is "
        "emptied.",
    ),
    limits=(Limit("length of a name", MOST_NAME, "characters", "recalled", "no source"),),
    evidence=(
        Evidence(
            "campaigns, elements, positions and output terminals",
            "proven",
            "Oracle's OpenAPI document (2021.08.12) in our tests",
        ),
        Evidence(
            "elements are made with negative ids and connected by connectedId and connectedType",
            "documented",
            _TUTORIAL,
        ),
        Evidence("the fields of segments, waits and e-mails; an e-mail without emailId", "documented", _REFERENCE),
        Evidence(
            "emailId names the e-mail",
            "reported",
            "a post in Oracle's community: Creating an Eloqua Campaign with Steps Using the Application API",
        ),
        Evidence(
            "waitFor is in seconds", "reported", "a public simulator of the canvas; Oracle's tutorial has 3600"
        ),
        Evidence("campaignCategory is contact with several steps", "documented", "Oracle: Create a campaign"),
        Evidence("the canvas has no step that gives a task to a person", "documented", _REFERENCE),
        Evidence("elements keep their description", "recalled", "the OpenAPI document has it; no example does"),
    ),
    options=(
        Option("emails", "Ids of e-mails in Eloqua by step or content: welcome_series=98,launch_kit=99."),
        Option("segments", "Ids of segments in Eloqua by anchor: closed_won=38,go_live=40."),
        Option(
            "mails",
            "Which e-mails Eloqua sends: those that are automated or assisted, or those that people write too.",
            "automated",
            ("automated", "all"),
        ),
        Option("leave_out", "Steps that are not sent by Eloqua, such as e-mails to colleagues, with commas."),
    ),
    keys={"template": "the last line of the description of an e-mail"},
)


def template(template: Template, settings: Settings) -> Iterator[File]:
    """A campaign for each anchor that e-mails count from; none where no step is an e-mail to customers."""
    emails, segments = numbers(settings["emails"])[0], numbers(settings["segments"])[0]
    for anchor, tasks in sent_steps(template, settings).items():
        title = template.anchors[anchor].title
        campaign = {
            "name": short(f"{template.title}: {title}"),
            "description": f"{template.description or template.title}\nKey: {template.name}/{anchor}",
            "campaignCategory": "contact",
            "isMemberAllowedReEntry": "false",
            "elements": Canvas(template, emails, segments.get(anchor)).drawn(anchor, tasks),
        }
        yield File(f"{template.name}.{anchor}.campaign.json", json_bytes(campaign))


def losses(template: Template, settings: Settings) -> Iterator[Loss]:
    """Steps that Eloqua cannot take over, e-mails without an id, names that are cut, options without meaning."""
    yield from steps_refused(template, settings)
    yield from _wrong_options(template, settings)
    emails = numbers(settings["emails"])[0]
    sent = [task for tasks in sent_steps(template, settings).values() for task in tasks]
    missing = tuple(task.step for task in sent if task.step not in emails and task.asset not in emails)
    if missing:
        yield Loss(
            "the e-mails themselves", "no id is given with emails: choose them on the canvas", missing, part=True
        )
    following = tuple(task.step for task in sent if task.due and not task.due.stated)
    if following:
        why = "they are sent on the day that is planned for them, whether the work ahead of them is done or not"
        yield Loss("e-mails that follow other work", why, following, part=True)
    surveys = tuple(task.step for task in sent if task.touch == "survey")
    if surveys:
        yield Loss("surveys", "Eloqua sends an e-mail, which has to link to the survey", surveys, part=True)
    long = tuple(task.step for task in sent if short(task.title) != in_one_line(task.title))
    if long:
        yield Loss("the ends of long names", f"a name has at most {MOST_NAME} characters", long, part=True)


def _wrong_options(template: Template, settings: Settings) -> Iterator[Loss]:
    steps = {task.step for task in template.tasks}
    for option in ("emails", "segments"):
        wrong = numbers(settings[option])[1]
        if wrong:
            yield Loss(f"a part of the option {option}", "it is no name=number", wrong, refused=True)
    unknown = tuple(sorted(left_out(settings) - steps))
    if unknown:
        yield Loss("a part of the option leave_out", "there is no such step", unknown, part=True)
