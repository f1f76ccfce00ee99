"""HND006: a handoff to somebody who has it already, or who then does nothing with it."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.core.process import Task
from playbook.diagnostics import Severity
from playbook.language.playbook import Handoff
from playbook.language.raci import names
from playbook.lint.near import holders_of, work_after
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed, named
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Handoffs from a role to itself or its own team, and receivers without a letter in what comes next.

    Two roles of one team may well hand over to each other.
    """
    del context
    if playbook.document.pruned:
        # A letter that could not be read may be the one that is missed.
        return
    for id_, handoff in playbook.model.handoffs.items():
        path: KeyPath = ("handoffs", id_, "to")
        if _is_same(playbook, handoff):
            whom = "itself" if handoff.giver == handoff.receiver else handoff.receiver
            yield Finding(
                f"in the handoff {named(handoff.title, id_)}, {handoff.giver} hands over to {whom}",
                path,
                expected="two roles or two teams; who keeps the work hands nothing over",
            )
        elif handoff.at is not None:
            holders = _others(playbook, handoff.receiver, work_after(playbook, handoff.at))
            if holders:
                yield Finding(
                    f"{handoff.receiver} receives the handoff {named(handoff.title, id_)} and has no letter on the "
                    f"steps after it; these have: {listed(holders)}",
                    path,
                    expected="a receiver with a letter on a step of what comes next",
                )


def _is_same(playbook: CompiledPlaybook, handoff: Handoff) -> bool:
    """Whether both are one role or team, or one is the team of the other."""
    giver, receiver = handoff.giver, handoff.receiver
    teams = playbook.workspace_symbols["team"]
    if giver in teams or receiver in teams:
        return playbook.team_of(giver) == playbook.team_of(receiver)
    return giver == receiver


def _others(playbook: CompiledPlaybook, receiver: str, tasks: list[Task]) -> list[str]:
    """Who takes part in some tasks, if the receiver does not. Of a team each role will do, and of a role its "
    "team."""
    holders = holders_of(tasks)
    holders.update(
        approver
        for task in tasks
        if (approval := playbook.steps[task.step].approval) is not None
        for approver in names(approval.by)
    )
    team = playbook.team_of(receiver)
    if receiver in holders or team in holders or (playbook.role(receiver) is None and team is None):
        return []
    if team == receiver and any(playbook.team_of(holder) == team for holder in holders):
        return []
    known = playbook.team(team) if team else None
    if known is not None and known.party != "internal":
        # What the customer does is often said by the party of a step alone.
        theirs = (known.party, "joint")
        return [] if any(playbook.steps[task.step].party in theirs for task in tasks) else sorted(holders)
    return sorted(holders)


RULE = Rule(
    code="HND006",
    name="handoff-to-nobody-new",
    severity=Severity.WARNING,
    profile="team",
    what="A role or team hands over to itself, or the receiver has no letter on the steps that come next.",
    why="Either nothing changes hands, or the one who took the account over is not the one who works on it.",
    bad="""\
handoffs:
  sales_to_cs:
    from: ae
    to: cco
    at: handover
    payload: [brief, account.use_case]
    accept: {within: 1bd}
    reject: {back_to: write_brief, at_most: 2}
  cs_keeps_it:
    from: csm
    to: customer_success
    at: run_kickoff
    payload: account.use_case
    accept: {within: 1bd}
    reject: {back_to: run_kickoff, at_most: 2}
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
    graph=True,
    playbook=check,
)
