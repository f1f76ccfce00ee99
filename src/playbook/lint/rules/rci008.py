"""RCI008: too much hangs on one role."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.core.process import Task
from playbook.diagnostics import Severity
from playbook.language.stage import Stage
from playbook.lint.letters import stage_name
from playbook.lint.rule import Context, Finding, Option, Rule
from playbook.lint.words import listed, named
from playbook.raci_analysis import raci_analysis
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Who answers for most steps of a journey, and who of us has too many steps of a parallel stage at once."""
    if playbook.model.scope != "part":
        yield from _accountable(playbook, context.number(RULE, "share"), context.number(RULE, "at_least"))
    most = context.number(RULE, "at_once")
    for index, stage in enumerate(playbook.model.stages):
        if stage.parallel and len(stage.steps) > most:
            yield from _at_once(playbook, stage, index, most)


def _accountable(playbook: CompiledPlaybook, share: float, at_least: float) -> Iterator[Finding]:
    analysis = playbook.remembered(raci_analysis)
    if analysis.steps < at_least:
        return
    for owner in analysis.overloaded(share):
        tasks = [task for task in playbook.process.tasks.values() if _answers(task, owner)]
        part = f"{len(tasks)} of {analysis.steps} steps ({len(tasks) / analysis.steps:.0%})"
        yield Finding(
            f"{owner} is accountable for {part}",
            _most_at(tasks),
            expected=f"no role that answers for more than {share:.0%} of the steps",
            suggestion=_doer(playbook, tasks, owner),
        )


def _answers(task: Task, owner: str) -> bool:
    letter = task.owners.accountable
    return letter is not None and owner in letter.holders


def _most_at(tasks: list[Task]) -> KeyPath:
    """The letter from which most of the steps have their A."""
    counts: dict[KeyPath, int] = {}
    for task in tasks:
        if task.owners.accountable is not None:
            path = task.owners.accountable.path
            counts[path] = counts.get(path, 0) + 1
    return max(counts, key=counts.__getitem__)


def _is_ours(playbook: CompiledPlaybook, team: str | None) -> bool:
    found = playbook.team(team or "")
    return found is None or found.party == "internal"


def _doer(playbook: CompiledPlaybook, tasks: list[Task], owner: str) -> str | None:
    """Who does most of the steps alone, and so could answer for them."""
    counts: dict[str, int] = {}
    for task in tasks:
        letter = task.owners.responsible
        if letter is None or len(letter.holders) != 1 or letter.holders[0] == owner:
            continue
        doer = playbook.role(letter.holders[0])
        if doer is not None and _is_ours(playbook, doer.team):
            counts[letter.holders[0]] = counts.get(letter.holders[0], 0) + 1
    if not counts:
        return None
    most = max(counts, key=counts.__getitem__)
    return f"A: {most} on the {counts[most]} steps that it does" if counts[most] > 1 else None


def _at_once(playbook: CompiledPlaybook, stage: Stage, index: int, most: float) -> Iterator[Finding]:
    at_once: dict[tuple[str, int], list[str]] = {}
    for step, depth in _depths(stage).items():
        task = playbook.process.tasks.get(f"step.{step}")
        letter = task.owners.responsible if task is not None else None
        if letter is None or letter.choice:
            continue
        for holder in dict.fromkeys(letter.holders):
            role = playbook.role(holder)
            if role is not None and (role.at_least or 0) <= 1 and _is_ours(playbook, role.team):
                at_once.setdefault((holder, depth), []).append(step)
    said: set[str] = set()
    for (holder, _), steps in at_once.items():
        if len(steps) > most and holder not in said:
            said.add(holder)
            yield Finding(
                f"{holder} is responsible for {len(steps)} steps of {stage_name(stage)} that run at once: "
                + listed(named(None, step) for step in steps),
                ("stages", index, "parallel"),
                on_key=True,
                expected=f"at most {most:g} steps at once for one role",
                suggestion="an order between them (after), or another role for some",
            )


def _depths(stage: Stage) -> dict[str, int]:
    """How many steps of the stage must come before each; steps of one depth have no order between them.

    Left out are steps that may not be done, and those that wait for something else than a step.
    """
    own = {step.id: step for step in stage.steps}
    depths: dict[str, int] = {}
    pending = dict.fromkeys(own)
    while pending:
        ready = [
            id_ for id_ in pending if all(ahead not in pending for ahead in own[id_].after or () if ahead != id_)
        ]
        if not ready:
            break
        found = {
            id_: 1 + max((depths[ahead] for ahead in own[id_].after or () if ahead in depths), default=-1)
            for id_ in ready
        }
        depths |= found
        for id_ in ready:
            del pending[id_]
    chosen = {id_ for choice in stage.choose or () for id_ in (*choice.one_of, *choice.any_of)}
    return {
        id_: depth
        for id_, depth in depths.items()
        if not own[id_].when
        and own[id_].need == "required"
        and id_ not in chosen
        and all(ahead in own for ahead in own[id_].after or ())
    }


RULE = Rule(
    code="RCI008",
    name="overloaded-role",
    severity=Severity.WARNING,
    profile="governed",
    what="One role is accountable for more than half of a journey's steps, or responsible for too many at once.",
    why="Where everything hangs on one role, every account waits while that person is ill, away or busy.",
    bad="""\
stages:
  - id: handover
    enter: deal.closed_won
    exit: sales_to_cs.accepted
    raci: {C: [marketing, product], I: revops}
    steps:
      - {id: write_brief, do: Write the handover brief, raci: {A: ae, R: ae, I: [csm, revops]}, produces: brief,
         captures: account.use_case}
  - id: adoption
    enter: sales_to_cs.accepted
    exit: first_value.reached and account.active_seats >= 5
    parallel: true
    raci: {A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}
    steps:
      - {id: run_kickoff, do: Run the kickoff call}
      - {id: connect_data, do: Connect the data source, party: customer, raci: {R: admin}}
      - {id: train_admins, do: Train the admins}
      - {id: train_users, do: Train the users}
      - {id: build_report, do: Build the first report}
      - {id: invite_users, do: Invite the users}
      - {id: agree_dates, do: Agree the dates}
""",
    good="""\
stages:
  - id: handover
    enter: deal.closed_won
    exit: sales_to_cs.accepted
    raci: {C: [marketing, product], I: revops}
    steps:
      - {id: write_brief, do: Write the handover brief, raci: {A: ae, R: ae, I: [csm, revops]}, produces: brief,
         captures: account.use_case}
  - id: adoption
    enter: sales_to_cs.accepted
    exit: first_value.reached and account.active_seats >= 5
    parallel: true
    raci: {A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}
    steps:
      - {id: run_kickoff, do: Run the kickoff call}
      - {id: connect_data, do: Connect the data source, party: customer, raci: {R: admin}}
      - {id: train_admins, do: Train the admins, after: [run_kickoff, connect_data]}
      - {id: train_users, do: Train the users, after: train_admins}
      - {id: build_report, do: Build the first report, after: connect_data}
      - {id: invite_users, do: Invite the users, after: run_kickoff}
      - {id: agree_dates, do: Agree the dates, after: run_kickoff}
""",
    options=(
        Option("share", 0.5, "the largest share of a journey's steps that one role may be accountable for"),
        Option("at_least", 10, "journeys with fewer steps than this are not judged by that share"),
        Option("at_once", 5, "the most steps of a parallel stage that one role may be responsible for at once"),
    ),
    graph=True,
    playbook=check,
)
