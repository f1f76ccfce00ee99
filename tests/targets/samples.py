"""Templates and plans for the tests of targets. The plans are made by hand, so that they need no schedule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from tests.formats.samples import HOSTILE
from tests.subjects import shipped, template

from playbook.plans.account import Account
from playbook.plans.plan import PersonBinding, Plan, PlannedTask
from playbook.plans.template import Template
from playbook.plans.templating import template_of

START = date(2026, 12, 1)

ADA = PersonBinding(
    "ada@acme.example",
    "Ada Lovelace",
    {
        "hubspot_owner": "1234",
        "salesforce_user": "005xx0000012345",
        "asana_user": "ada@acme.example",
        "jira_account": "5b10a2844c20165700ede21g",
        "github_user": "ada",
    },
)


def sample_template(kind: str = "enterprise") -> Template:
    """The template of the playbook that ``playbook init --kind`` writes."""
    return template_of(template(kind).playbook)


def shipped_templates() -> Mapping[str, Template]:
    """Those of every playbook of the project and of all their variants."""
    found = {}
    for name, subject in shipped().items():
        for playbook in (subject.playbook, *subject.playbook.variants):
            found[f"{name}.{playbook.variant}" if playbook.variant else name] = template_of(playbook)
    return found


def sample_plan(template: Template, account: str = "acme", name: str = "Acme Ltd") -> Plan:
    """A plan with a day for each task in turn; the first role is bound to Ada, all others to nobody."""
    anchors = {anchor: START + timedelta(days=30 * at) for at, anchor in enumerate(template.anchors)}
    holder = Account(account, name, anchors=anchors)
    first = next(iter(template.roles), None)
    tasks = tuple(
        PlannedTask(
            task=task,
            account=holder,
            key=f"{task.key}/{account}",
            title=task.title,
            starts=START + timedelta(days=at),
            due=START + timedelta(days=at + 2),
            owner=ADA if task.owner == first else None,
            people={first: ADA} if first else {},
            after=tuple(f"{template.id}/{step}/{account}" for step in task.after),
        )
        for at, task in enumerate(template.tasks)
    )
    milestones = {each.id: START + timedelta(days=60 + at) for at, each in enumerate(template.milestones)}
    return Plan(template, holder, anchors, tasks, milestones)


def owned_by_ada(plan: Plan) -> Plan:
    """The plan with everything assigned to Ada, whatever the side of the role is."""
    return replace(plan, tasks=tuple(replace(each, owner=ADA) for each in plan.tasks))


def hostile_template(kind: str = "enterprise") -> Template:
    """A template whose titles and descriptions are what breaks formats: quotes, commas, markup, formulas."""
    plain = sample_template(kind)
    texts = list(HOSTILE.values())
    tasks = tuple(
        replace(task, title=texts[at % len(texts)], description=texts[(at + 3) % len(texts)])
        for at, task in enumerate(plain.tasks)
    )
    return replace(plain, title=texts[0], tasks=tasks, _by_step={})
