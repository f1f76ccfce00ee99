"""CRT008: a stage that is over when we were busy, not when it worked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from playbook.diagnostics import Severity
from playbook.expressions.parse import parse_expression
from playbook.language.tracking import TrackedEvent
from playbook.language.vocabulary import ACTIVITY_EVENTS
from playbook.lint.letters import stage_name
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed
from playbook.workspace import CompiledPlaybook

_STATES = (".completed", ".started")


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Exits of which every criterion reads only activity. A vote of a group is evidence of its own."""
    del context
    activity = {
        *ACTIVITY_EVENTS,
        *(
            id_
            for id_, symbol in playbook.workspace_symbols["event"].items()
            if cast(TrackedEvent, symbol.value).activity
        ),
    }
    for index, stage in enumerate(playbook.model.stages):
        names: list[str] = []
        for criterion in stage.exit:
            read = [] if criterion.vote else _activities(criterion.check, activity, playbook)
            if not read:
                names = []
                break
            names += read
        if names:
            done = list(dict.fromkeys(names))
            yield Finding(
                f"{stage_name(stage)} is left on activity alone: "
                f"{listed(done)} {'says' if len(done) == 1 else 'say'} what we did, not that it worked",
                ("stages", index, "exit", 0, "check") if len(stage.exit) == 1 else ("stages", index, "exit"),
                expected="a milestone, a field or an event that shows the result, at least beside it",
            )


def _activities(expression: str, activity: set[str], playbook: CompiledPlaybook) -> list[str]:
    """The activities that an expression reads, if it reads nothing else."""
    # Most criteria contain none of them and need no parsing.
    if not any(state in expression for state in _STATES) and not any(event in expression for event in activity):
        return []
    names = [use.name for use in parse_expression(expression).names]
    for name in names:
        step, _, state = name.rpartition(".")
        if name not in activity and not (f".{state}" in _STATES and step in playbook.steps):
            return []
    return names


RULE = Rule(
    code="CRT008",
    name="activity-only-exit",
    severity=Severity.WARNING,
    profile="team",
    what="A stage's exit reads only that something was done (mail sent, call made), not that it had a result.",
    why="A kickoff that was held proves nothing: the account moves on, and the problem with it.",
    bad="""\
stages:
  - id: adoption
    enter: deal.closed_won
    exit: connect_data.completed
    raci: {A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}
    steps:
      - id: write_brief
        do: Write the account brief
        captures: [account.use_case, account.active_seats]
        produces: brief
      - id: connect_data
        do: Connect the data source
        party: customer
        raci: {A: csm, R: [ae, admin]}
handoffs: null
""",
    good="""\
stages:
  - id: adoption
    enter: deal.closed_won
    exit: connect_data.completed and account.active_seats >= 5
    raci: {A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}
    steps:
      - id: write_brief
        do: Write the account brief
        captures: [account.use_case, account.active_seats]
        produces: brief
      - id: connect_data
        do: Connect the data source
        party: customer
        raci: {A: csm, R: [ae, admin]}
handoffs: null
""",
    playbook=check,
)
