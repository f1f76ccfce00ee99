"""HND003: a handoff that the receiver can neither accept nor refuse."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.language.playbook import Handoff
from playbook.lint.lost import is_lost
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed, named
from playbook.workspace import CompiledPlaybook

_WHAT = {"accept": "acceptance", "reject": "rejection", "at": "place at which it can be rejected"}


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Handoffs without acceptance, or without a way back or out for what is refused."""
    del context
    for id_, handoff in playbook.model.handoffs.items():
        lacking = [key for key in _lacking(handoff) if not is_lost(playbook.document, ("handoffs", id_, key))]
        if lacking:
            yield Finding(
                f"the handoff {named(handoff.title, id_)} has no {listed((_WHAT[key] for key in lacking), 'or')}",
                ("handoffs", id_, lacking[0]),
                expected=" and ".join(_EXPECTED[key] for key in lacking),
            )


_EXPECTED = {
    "accept": "accept: {within: ...}, the time in which the receiver says yes",
    "at": "at: the stage or step at whose end it happens",
    "reject": "reject: {back_to: ...} with the step to do again, or {end: ...}",
}


def _lacking(handoff: Handoff) -> Iterator[str]:
    if handoff.accept is None:
        yield "accept"
    if handoff.reject is None or (handoff.reject.back_to is None and handoff.reject.end is None):
        yield "reject"
    elif handoff.at is None:
        # Without a place the way back starts nowhere, and the journey is drawn and checked without it.
        yield "at"


RULE = Rule(
    code="HND003",
    name="handoff-without-acceptance",
    severity=Severity.WARNING,
    profile="team",
    what="A handoff has no acceptance by the receiver, or no way or place for the receiver to reject it.",
    why="Without a yes or a no every handoff is debatable, and the debate begins when the customer complains.",
    bad="""\
handoffs:
  sales_to_cs:
    from: ae
    to: csm
    at: handover
    payload: [brief, account.use_case]
    accept: {within: 1bd}
""",
    good="""\
handoffs:
  sales_to_cs:
    from: ae
    to: csm
    at: handover
    payload: [brief, account.use_case]
    accept: {within: 1bd}
    reject: {back_to: write_brief, at_most: 2}
""",
    playbook=check,
)
