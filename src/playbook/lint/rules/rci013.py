"""RCI013: a team is to be asked, and nothing says how."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from playbook.diagnostics import Severity
from playbook.lint.rule import Context, Finding, Option, Rule
from playbook.lint.words import counted, listed
from playbook.workspace import CompiledPlaybook, Workspace

_Pair = tuple[str, str]


def check(workspace: Workspace, context: Context) -> Iterator[Finding]:
    """Pairs of our teams of which one is consulted by the other on several steps; each pair told once.

    An interface of any playbook counts. Who is informed needs no more than the letter: a message goes out.
    """
    joined = {
        pair
        for playbook in workspace.playbooks
        for interface in playbook.model.interfaces.values()
        if interface.channel
        for pair in permutations(interface.between, 2)
    }
    least = context.number(RULE, "at_least")
    for playbook in workspace.playbooks:
        # Who works on onboarding itself meets anyway.
        if playbook.model.scope != "programme":
            yield from _apart(playbook, joined, least)


def _apart(playbook: CompiledPlaybook, joined: set[_Pair], least: float) -> Iterator[Finding]:
    """A finding with all pairs that lack a channel; they count as told from then on."""
    asked = _asked(playbook)
    often = {pair: count for pair, count in asked.items() if count >= least}
    apart = {pair: count for pair, count in often.items() if pair not in joined}
    joined.update(apart)
    if apart:
        told = [f"{asks} consults {other} on {counted(count, 'step')}" for (asks, other), count in apart.items()]
        first = next(iter(apart))
        yield Finding(
            f"no interface says by which channel: {listed(told, limit=6)}",
            ("interfaces",),
            on_key=True,
            expected="an interface with a channel between two teams of which one is consulted again and again",
            suggestion=f"interfaces: {{{'_and_'.join(first)}: {{between: [{', '.join(first)}], channel: ...}}}}",
            document=playbook.document,
        )


def _asked(playbook: CompiledPlaybook) -> dict[_Pair, int]:
    """On how many steps each team (that answers for them) asks each other one."""
    holders: dict[tuple[tuple[str, ...], tuple[str, ...]], int] = {}
    for task in playbook.process.tasks.values():
        accountable, consulted = task.owners.accountable, task.owners.consulted
        if accountable is not None and consulted is not None:
            key = (accountable.holders, consulted.holders)
            holders[key] = holders.get(key, 0) + 1
    found: dict[_Pair, int] = {}
    for (accountable_holders, consulted_holders), count in holders.items():
        asks = playbook.team_of(accountable_holders[0])
        if asks is not None and _is_ours(playbook, asks):
            for other in dict.fromkeys(map(playbook.team_of, consulted_holders)):
                if other is not None and other != asks and _is_ours(playbook, other):
                    found[asks, other] = found.get((asks, other), 0) + count
    return found


def _is_ours(playbook: CompiledPlaybook, id_: str) -> bool:
    team = playbook.team(id_)
    return team is not None and team.party == "internal"


RULE = Rule(
    code="RCI013",
    name="consulted-without-channel",
    severity=Severity.WARNING,
    profile="certified",
    what="A team is consulted by another one again and again, and no interface says by which channel.",
    why="Where nobody knows how to ask, nobody asks, or work waits in somebody's inbox.",
    bad="""\
stages:
  - id: adoption
    enter: deal.closed_won
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: [csm, ae, admin], C: product, I: [revops, sales, marketing]}
    steps:
      - {id: write_brief, do: Write the account brief, captures: account.use_case, produces: brief}
      - {id: run_kickoff, do: Run the kickoff call}
      - {id: train_users, do: Train the users}
handoffs: null
""",
    good="""\
stages:
  - id: adoption
    enter: deal.closed_won
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: [csm, ae, admin], C: product, I: [revops, sales, marketing]}
    steps:
      - {id: write_brief, do: Write the account brief, captures: account.use_case, produces: brief}
      - {id: run_kickoff, do: Run the kickoff call}
      - {id: train_users, do: Train the users}
handoffs: null
interfaces:
  cs_and_product: {between: [customer_success, product], channel: Triage board, within: 2bd}
""",
    options=(Option("at_least", 3, "a team that is consulted on fewer steps than this needs no interface"),),
    workspace=check,
)
