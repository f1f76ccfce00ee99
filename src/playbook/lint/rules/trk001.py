"""TRK001: an event that is named as if it were still to happen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.lint.kinds import tracking_of
from playbook.lint.measures import name_words
from playbook.lint.rule import Context, Finding, Rule
from playbook.workspace import Document

_VERBS = name_words(
    """
    accept accomplish achieve acknowledge activate adopt agree approve arrive assign attend begin build buy cancel
    choose churn close complete configure confirm connect convert create decide decline delete deliver deploy
    disable downgrade enable enroll enter exit expand expire extend fail finish hold install integrate invite
    join launch leave lose migrate open participate pay provision publish purchase reach realize receive
    reject remove renew resolve respond send sign skip start submit subscribe upgrade verify
    """
)
"""Verbs that events of onboarding are made of, in the form of an instruction."""

_NOUNS_AS_WELL = name_words("close exit hold launch open start")
"""Of these, behind a word of its own, it cannot be told whether they are verbs: ``trial_start``."""

_PAST = {
    "begin": "began",
    "build": "built",
    "buy": "bought",
    "choose": "chosen",
    "hold": "held",
    "leave": "left",
    "lose": "lost",
    "pay": "paid",
    "send": "sent",
}
_NO_VERBS = name_words("billing briefing meeting onboarding pricing rating setting training")


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Events of a tracking plan with a verb in the present tense. Casing is the language's own concern."""
    del context
    tracking = tracking_of(document)
    for name in tracking.events if tracking is not None else ():
        past = _in_past(name.rpartition(".")[2])
        if past is not None:
            better = f"{name.rpartition('.')[0]}.{past}"
            yield Finding(
                f'the event "{name}" is named as something to do, not as something that happened',
                ("events", name),
                on_key=True,
                expected="an object and what happened to it, in the past tense, such as deal.closed_won",
                suggestion=f"{better}, with was: {name}",
            )


def _in_past(word: str) -> str | None:
    """The last part of a name in the past tense; ``None`` if it is, or if it cannot be told."""
    words = word.split("_")
    if len(words) > 2 or any(each.endswith("ed") or each in _PAST.values() for each in words):
        return None
    for at in dict.fromkeys((0, len(words) - 1)):
        verb = _verb_of(words[at])
        if verb is not None and (len(words) == 1 or verb not in _NOUNS_AS_WELL):
            return "_".join([*words[:at], *words[at + 1 :], _past_of(verb)])
    return None


def _verb_of(word: str) -> str | None:
    """The verb of ``create``, ``creates`` or ``creating``."""
    if word in _NO_VERBS:
        return None
    forms = [word]
    if word.endswith("ing"):
        forms = [word[:-3], f"{word[:-3]}e", re.sub(r"(.)\1$", r"\1", word[:-3])]
    elif word.endswith("s"):
        forms = [word[:-1], word.removesuffix("es"), re.sub("ies$", "y", word)]
    return next((form for form in forms if form in _VERBS), None)


def _past_of(verb: str) -> str:
    if verb in _PAST:
        return _PAST[verb]
    if verb.endswith("e"):
        return f"{verb}d"
    if re.search(r"[^aeiou]y$", verb):
        return f"{verb[:-1]}ied"
    # The last letter of these is doubled.
    return (
        f"{verb}{verb[-1]}ed" if verb in ("skip", "submit") else f"{verb}led" if verb == "enroll" else f"{verb}ed"
    )


RULE = Rule(
    code="TRK001",
    name="event-not-in-past-tense",
    severity=Severity.WARNING,
    profile="certified",
    what="The name of an event has its verb in the present tense: account.activate, user.invites.",
    why="An event has happened. Named as an order, some send it when the work begins, others when it is done.",
    bad="""\
tracking: product
fields:
  account.use_case: {title: Use case}
  account.active_seats: {title: Active seats, type: integer, captured: Product usage}
events:
  account.build_report: {title: First report built}
  account.activate: {title: First report built}
---
milestones:
  first_value: {event: account.activate, raci: {A: csm}}
  built: {event: account.build_report, raci: {A: csm}}
""",
    good="""\
tracking: product
fields:
  account.use_case: {title: Use case}
  account.active_seats: {title: Active seats, type: integer, captured: Product usage}
events:
  account.report_built: {title: First report built}
  account.activated: {title: First report built}
---
milestones:
  first_value: {event: account.activated, raci: {A: csm}}
  built: {event: account.report_built, raci: {A: csm}}
""",
    document=check,
)
