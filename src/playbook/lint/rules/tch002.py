"""TCH002: two teams write to the same person at the same time."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Related, Severity
from playbook.lint.customer_messages import Collision, collisions_within
from playbook.lint.letters import step_name
from playbook.lint.rule import Context, Finding, Option, Rule
from playbook.lint.words import listed
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Messages to one persona within a time for which different teams answer; one finding for a message."""
    told: set[str] = set()
    for pair in collisions_within(playbook, context.number(RULE, "days")):
        first, second = pair.first, pair.second
        if first.team and second.team and first.team != second.team and second.task.id not in told:
            told.add(second.task.id)
            yield _finding(playbook, pair)


def _finding(playbook: CompiledPlaybook, pair: Collision) -> Finding:
    first, second = pair.first, pair.second
    teams = f"{playbook.owner_name(first.team)} and {playbook.owner_name(second.team)}"
    when = "on the same day" if pair.days < 1 else f"within {pair.days:.0f} {'day' if pair.days < 1.5 else 'days'}"
    return Finding(
        f"{teams} both write to {listed(pair.personas)} {when}: {step_name(playbook, first.task)} is due "
        f"{first.step.due}, {step_name(playbook, second.task)} {second.step.due}",
        (*second.task.path, "due"),
        related=(Related("the other message", playbook.document.locator.place((*first.task.path, "due"))),),
        expected="one message, one team that answers for both, or another day for one of them",
    )


_STAGES = """\
stages:
  - id: handover
    enter: deal.closed_won
    exit: sales_to_cs.accepted
    raci: {{C: [marketing, product], I: revops}}
    steps:
      - {{id: write_brief, do: Write the handover brief, raci: {{A: ae, R: ae, I: [csm, revops]}}, produces: brief,
         captures: account.use_case}}
      - {{id: send_contract, do: Send the signed contract, raci: {{A: ae, R: ae}}, due: 3d after closed_won,
         touch: {{kind: email, audience: admin}}}}
  - id: adoption
    enter: sales_to_cs.accepted
    exit: first_value.reached and account.active_seats >= 5
    raci: {{A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}}
    steps:
      - {{id: send_welcome, do: Send the welcome mail, due: {due} after closed_won,
         touch: {{kind: email, audience: admin}}}}
"""

RULE = Rule(
    code="TCH002",
    name="two-teams-write-at-once",
    severity=Severity.WARNING,
    profile="governed",
    what="Steps of different teams send the same customer persona messages within a day.",
    why="The customer gets two tones and two requests, and answers the wrong one or neither.",
    bad=_STAGES.format(due="3d"),
    good=_STAGES.format(due="5d"),
    graph=True,
    options=(Option("days", 1, "messages less than so many days apart meet"),),
    playbook=check,
)
