"""``hubspot-pipelines``: the stages of a playbook as a pipeline of tickets or deals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from playbook.plans.template import Template
from playbook.targets.files.json_text import json_bytes
from playbook.targets.files.short_text import shortened
from playbook.targets.hubspot.records import API_OPTION, DATED_PATHS, path
from playbook.targets.hubspot.requests import Request, requests_file
from playbook.targets.hubspot.task_text import one_line
from playbook.targets.target import FULL, Evidence, File, Limit, Loss, Option, Settings, Target, none, part

_GUIDE = "developers.hubspot.com, guide to the pipelines API"
MOST_STAGES = 100
MOST_LABEL = 36

_NO_TASKS = none("a pipeline has stages and no tasks; hubspot-workflow and hubspot-tasks have")

OBJECT_OPTION = Option("object", "The records that move through the pipeline.", "tickets", ("tickets", "deals"))

TARGET = Target(
    name="hubspot-pipelines",
    title="HubSpot pipeline",
    tool="HubSpot",
    what="A pipeline with a stage for each stage of the playbook, and a closed one for each of its ends.",
    form="JSON",
    group="CRM",
    modes=("template",),
    carries={
        "stages": FULL,
        "keys": none("stages of HubSpot have no key of ours: they are matched by their labels"),
        "variants": part("in the name of the pipeline"),
        **dict.fromkeys(
            (
                "offsets",
                "business_days",
                "start_dates",
                "durations",
                "roles",
                "raci",
                "dependencies",
                "conditions",
                "checklists",
                "descriptions",
                "means",
                "approvals",
                "for_each",
                "repeats",
                "slas",
            ),
            _NO_TASKS,
        ),
        "custom_fields": none("hubspot-properties makes them"),
        "milestones": none("a pipeline has stages alone"),
        "handoffs": none("a pipeline has stages alone"),
        "routines": none("a pipeline has stages alone"),
    },
    updates=False,
    how=(
        "Send the pipeline as a POST to the address in ….pipeline.requests.json, with a token that has its scopes.",
        "To change it later, send it as a PUT with the pipeline's id: a stage that it leaves out is taken out.",
    ),
    limits=(
        Limit("stages of a pipeline", MOST_STAGES, "stages of deals or tickets", "documented", _GUIDE),
        Limit(
            "label of a pipeline",
            MOST_LABEL,
            "characters",
            "documented",
            "developers.hubspot.com, pipelines API v1; the text of v3 is silent about it",
        ),
    ),
    evidence=(
        Evidence(
            "The body of a new pipeline",
            "proven",
            "HubSpot's OpenAPI document of pipelines (v3), held against that of every playbook in the tests",
        ),
        Evidence(
            "Labels of stages differ; deals need a probability, 0.0 closed lost and 1.0 closed won; tickets take "
            "ticketState OPEN or CLOSED",
            "documented",
            _GUIDE,
        ),
        Evidence("The scopes", "reported", "documentation of the public Terraform provider revosai/hubspot"),
        DATED_PATHS,
    ),
    options=(
        OBJECT_OPTION,
        Option("label", "What the pipeline is called; empty for the title of the playbook."),
        API_OPTION,
    ),
)


def template(template: Template, settings: Settings) -> Iterator[File]:
    """The pipeline, and where it is sent."""
    kind = settings["object"]
    name = f"{template.name}.pipeline.json"
    yield File(name, json_bytes(pipeline(template, kind, settings["label"])))
    where = path(settings["api"], "pipelines", kind)
    scopes = ("crm.pipelines.write", f"crm.objects.{kind}.write")
    yield requests_file(scopes, [Request(where, name)], f"{template.name}.pipeline")


def losses(template: Template, settings: Settings) -> Iterator[Loss]:
    """Too many stages, a label that is too long, and stages of one name."""
    stages = stage_labels(template)
    if len(stages) > MOST_STAGES:
        why = f"a pipeline has at most {MOST_STAGES} stages"
        yield Loss("the pipeline", why, tuple(template.stages), refused=True)
    if len(_title(template, settings["label"])) > MOST_LABEL:
        why = f"the label of a pipeline has at most {MOST_LABEL} characters; choose one with the option label"
        yield Loss("the end of the pipeline's label", why, (template.id,), part=True)
    titles = Counter(stage.title for stage in template.stages.values())
    alike = tuple(id_ for id_, stage in template.stages.items() if titles[stage.title] > 1)
    if alike:
        yield Loss("stages of one name", "labels of stages differ; they get a number", alike, part=True)


def pipeline(template: Template, kind: str, label: str = "") -> dict[str, Any]:
    """The body of a new pipeline of ``tickets`` or ``deals``."""
    stages = stage_labels(template)
    opened = sum(closed is None for _, closed in stages)
    return {
        "label": pipeline_label(template, label),
        "displayOrder": 0,
        "stages": [
            {"label": title, "displayOrder": at, "metadata": _metadata(kind, closed, at, opened)}
            for at, (title, closed) in enumerate(stages)
        ],
    }


def pipeline_label(template: Template, label: str = "") -> str:
    """What the pipeline is called, at most as long as a label can be."""
    return shortened(_title(template, label), MOST_LABEL)


def stage_labels(template: Template) -> list[tuple[str, bool | None]]:
    """The labels of the stages, all different, each with whether it ends well; ``None`` for one that ends nothing.

    A playbook without a good end gets the stage "Done", since nothing could be closed in the pipeline otherwise.
    """
    ends: list[tuple[str, bool | None]] = [*template.ends.values()]
    if not any(good for _, good in ends):
        ends.insert(0, ("Done", True))
    taken: Counter[str] = Counter()
    labels: list[tuple[str, bool | None]] = []
    for told, closed in [*((stage.title, None) for stage in template.stages.values()), *ends]:
        label = title = one_line(told)
        while taken[label]:
            taken[title] += 1
            label = f"{title} ({taken[title]})"
        taken[label] += 1
        labels.append((label, closed))
    return labels


def _title(template: Template, label: str) -> str:
    return one_line(label or template.title)


def _metadata(kind: str, closed: bool | None, at: int, opened: int) -> dict[str, str]:
    """What HubSpot keeps of a stage: values are texts. The probability of deals climbs from 0.1 to 0.9."""
    if kind == "tickets":
        return {"ticketState": "OPEN" if closed is None else "CLOSED"}
    if closed is not None:
        return {"probability": "1.0" if closed else "0.0"}
    climbed = at * 8 // (opened - 1) if opened > 1 else 0
    return {"probability": f"0.{1 + climbed}"}
