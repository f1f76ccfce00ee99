"""SLA006: a broken promise that nobody hears of."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.core.owners import NOBODY, Owners
from playbook.diagnostics import Severity
from playbook.letters import owners_of
from playbook.lint.promises import Promise, promises_of
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """SLAs without a target (one finding if none has one), and those that tell only whoever is late."""
    del context
    promises = promises_of(playbook)
    silent = [promise for promise in promises if not promise.sla.escalate]
    if len(silent) > 1 and len(silent) == len(promises):
        yield Finding(
            f"none of the {len(silent)} SLAs says who hears of it when it is broken",
            ("stages",),
            on_key=True,
            expected="escalate: the roles that are told, on each SLA",
        )
        silent = []
    for promise in silent:
        yield Finding(
            f"nobody hears of it when the SLA of {promise.about} ({promise.sla.breach}) is broken",
            (*promise.path, "escalate"),
            expected="escalate: the role that is told, one who can help",
        )
    for promise in promises:
        told = promise.sla.escalate
        doers = _doers(playbook, promise)
        if told and doers and set(told) <= doers:
            yield Finding(
                f"when the SLA of {promise.about} is broken, {listed(dict.fromkeys(told))} "
                f"{'is' if len(set(told)) == 1 else 'are'} told: whoever is late with it already",
                (*promise.path, "escalate"),
                expected=f"somebody other than {listed(sorted(doers), 'or')}",
                suggestion=_above(playbook, promise, doers),
            )


def _doers(playbook: CompiledPlaybook, promise: Promise) -> set[str]:
    """Who does the work: the Responsible, or the Accountable if there is none."""
    owners = _owners(playbook, promise)
    letter = owners.responsible or owners.accountable
    # Of several who may do it, another one than the late one may hear of it.
    return set(letter.holders) if letter is not None and not letter.choice else set()


def _owners(playbook: CompiledPlaybook, promise: Promise) -> Owners:
    if promise.step is None:
        return owners_of(promise.stage.raci, ())
    task = playbook.process.tasks.get(f"step.{promise.step.id}")
    return task.owners if task is not None else NOBODY


def _above(playbook: CompiledPlaybook, promise: Promise, doers: set[str]) -> str | None:
    """Who answers for the work, or the role above whoever does it."""
    accountable = _owners(playbook, promise).accountable
    if accountable is not None and accountable.holders[0] not in doers:
        return f"escalate: {accountable.holders[0]}"
    role = playbook.role(promise.sla.escalate[0])
    above = role.reports_to if role is not None else None
    return f"escalate: {above}" if above is not None and above not in doers else None


_STAGES = """\
stages:
  - id: adoption
    enter: deal.closed_won
    exit: first_value.reached and account.active_seats >= 5
    raci: {{A: cs_leader, R: [csm, ae, admin], C: [marketing, product], I: [revops, sales]}}
    steps:
      - id: write_brief
        do: Write the account brief
        raci: {{A: cs_leader, R: csm}}
        captures: account.use_case
        produces: brief
        sla: {{breach: 1bd, escalate: {told}}}
      - {{id: connect_data, do: Connect the data source, party: customer}}
handoffs: null
"""

RULE = Rule(
    code="SLA006",
    name="escalation-missing",
    severity=Severity.WARNING,
    profile="team",
    what="An SLA says of nobody that they hear of a breach, or names only those who do the work themselves.",
    why="A promise that breaks in silence is broken again, and the customer is the first to say so.",
    bad=_STAGES.format(told="csm"),
    good=_STAGES.format(told="cs_leader"),
    playbook=check,
)
