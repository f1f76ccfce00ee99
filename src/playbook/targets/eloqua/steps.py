"""Which steps of a playbook Eloqua can take over: e-mails to customers that nobody writes by hand."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.plans.template import TaskTemplate, Template
from playbook.targets.target import Loss, Settings

_SENT = ("email", "survey")
_SHOWN = ("in_product", "portal")


def why_not(task: TaskTemplate, settings: Settings) -> str:
    """Why Eloqua cannot take a step over; empty if it can."""
    if task.party == "customer":
        return "the customer does it: it goes to the CRM or to the project tool"
    if task.touch not in _SENT:
        return _no_mail(task)
    if task.step in left_out(settings):
        return "it is left out by the option leave_out"
    if task.automation == "manual" and settings["mails"] == "automated":
        return "a person writes this e-mail: it goes to the CRM, or set mails=all to have Eloqua send it"
    if task.due is None:
        return "nothing says when it is sent"
    if task.for_each:
        return f"it is done for each of {task.for_each}, which Eloqua does not know"
    return ""


def _no_mail(task: TaskTemplate) -> str:
    if task.touch in _SHOWN:
        return "Eloqua reaches people by e-mail, not in the product or in a portal"
    if task.party == "system":
        return "a system does it, and it is no e-mail"
    return "people do it: it goes to the CRM"


def sent_steps(template: Template, settings: Settings) -> dict[str, list[TaskTemplate]]:
    """The steps that Eloqua takes over, by the anchor that they count from, in the order of the file."""
    found: dict[str, list[TaskTemplate]] = {}
    for task in template.tasks:
        if task.due is not None and not why_not(task, settings):
            found.setdefault(task.due.anchor, []).append(task)
    return found


def steps_refused(template: Template, settings: Settings) -> Iterator[Loss]:
    """The steps that stay outside, by the reason."""
    reasons: dict[str, list[str]] = {}
    for task in template.tasks:
        if why := why_not(task, settings):
            reasons.setdefault(why, []).append(task.step)
    if sum(map(len, reasons.values())) == len(template.tasks):
        why = "no step is an e-mail to customers that Eloqua could send by itself"
        yield Loss("the whole playbook", why, (template.id,), refused=True)
    for why, steps in reasons.items():
        yield Loss("steps", why, tuple(steps), whole=True)


def left_out(settings: Settings) -> frozenset[str]:
    """The steps that the user leaves out."""
    return frozenset(step.strip() for step in settings["leave_out"].split(",") if step.strip())


def numbers(text: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """``name=12,other=13`` as a mapping, and the parts that are not of this form."""
    found, wrong = {}, []
    for part in filter(None, (each.strip() for each in text.split(","))):
        name, _, number = (each.strip() for each in part.partition("="))
        if name and number.isascii() and number.isdigit():
            found[name] = number
        else:
            wrong.append(part)
    return found, tuple(wrong)
