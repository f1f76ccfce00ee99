"""GOV104: what was to be looked at again was not."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.language.governance import Governance
from playbook.lint.dates import days_between
from playbook.lint.kinds import governance_of
from playbook.lint.rule import Context, Finding, Option, Rule
from playbook.lint.words import counted, named
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook, Document


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Playbooks in use whose next review is past."""
    review = playbook.model.review
    if review is not None and review.next is not None and playbook.model.status != "retired":
        what = f"the playbook {named(playbook.model.title, playbook.id)}"
        yield from _past(what, review.next, ("review", "next"), context)


def check_governance(document: Document, context: Context) -> Iterator[Finding]:
    """The council's last meeting, where meetings are recorded; and decisions that were to be looked at again."""
    governance = governance_of(document)
    if governance is None:
        return
    yield from _council(governance, context)
    for id_, decision in governance.decisions.items():
        if decision.revisit is not None:
            what = f"the decision {named(decision.title, id_)}"
            yield from _past(what, decision.revisit, ("decisions", id_, "revisit"), context)


def _council(governance: Governance, context: Context) -> Iterator[Finding]:
    council = governance.council
    held = [review.date for review in governance.reviews if review.date <= context.as_of]
    if council is None or council.cadence is None or not held:
        return
    last = max(held)
    late = (context.as_of - last).days - days_between(council.cadence)
    if late > context.number(RULE, "grace_days"):
        index = next(index for index, review in enumerate(governance.reviews) if review.date == last)
        yield Finding(
            f"the council meets every {council.cadence.in_words()}, but its last review was on {last}, "
            f"{_ago(last, context)}",
            ("reviews", index, "date"),
            expected="a review within the cadence, or a cadence that the council keeps",
            suggestion="- {date: ..., attended: [...], notes: ...}",
        )


def _past(what: str, day: datetime.date, path: KeyPath, context: Context) -> Iterator[Finding]:
    if day < context.as_of:
        yield Finding(
            f"{what} was to be looked at again by {day}, {_ago(day, context)}",
            path,
            expected=f"a day from {context.as_of} on, once it has been reviewed",
        )


def _ago(day: datetime.date, context: Context) -> str:
    return f"{counted((context.as_of - day).days, 'day')} ago"


RULE = Rule(
    code="GOV104",
    name="review-overdue",
    severity=Severity.WARNING,
    profile="governed",
    what="The council's last review is older than its cadence, or the day for reviewing a playbook or a decision "
    "is past.",
    why="What is not reviewed drifts from what people do, until nobody looks it up any more.",
    bad="""\
governance: onboarding
council: {members: [cs_leader, csm, ae], chair: cs_leader, cadence: monthly, quorum: 2}
reviews:
  - {date: 2026-05-04, attended: [cs_leader, csm, ae]}
  - {date: 2026-06-01, attended: [cs_leader, ae]}
""",
    good="""\
governance: onboarding
council: {members: [cs_leader, csm, ae], chair: cs_leader, cadence: monthly, quorum: 2}
reviews:
  - {date: 2026-08-03, attended: [cs_leader, csm, ae]}
  - {date: 2026-09-07, attended: [cs_leader, ae]}
""",
    options=(Option("grace_days", 7, "how many days later than its cadence the council may meet"),),
    playbook=check,
    document=check_governance,
)
