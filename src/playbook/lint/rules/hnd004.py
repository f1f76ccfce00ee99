"""HND004: a handoff that may stay unanswered for any time."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import named
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Acceptances without a clock; a handoff without acceptance is HND003."""
    del context
    for id_, handoff in playbook.model.handoffs.items():
        if handoff.accept is not None and handoff.accept.within is None:
            who = handoff.accept.by or handoff.receiver
            yield Finding(
                f"the acceptance of the handoff {named(handoff.title, id_)} has no time limit: "
                f'nothing says how long "{who}" may take',
                ("handoffs", id_, "accept", "within"),
                expected="accept: {within: ...} with a duration such as 1bd",
            )


RULE = Rule(
    code="HND004",
    name="handoff-without-clock",
    severity=Severity.WARNING,
    profile="team",
    what="The acceptance of a handoff has no time limit.",
    why="The customer's time runs while a handoff lies between two desks; without a clock nobody sees it.",
    bad="""\
handoffs:
  sales_to_cs:
    from: ae
    to: csm
    at: handover
    payload: [brief, account.use_case]
    accept: {by: csm}
    reject: {back_to: write_brief, at_most: 2}
""",
    good="""\
handoffs:
  sales_to_cs:
    from: ae
    to: csm
    at: handover
    payload: [brief, account.use_case]
    accept: {by: csm, within: 1bd}
    reject: {back_to: write_brief, at_most: 2}
""",
    playbook=check,
)
