"""HND001: work changes hands, and no handoff says how."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.core.process import Process, Task
from playbook.diagnostics import Related, Severity
from playbook.fixing.changes import Put, Remedy
from playbook.lint.letters import stage_name, step_name
from playbook.lint.rule import Context, Finding, Rule
from playbook.workspace import CompiledPlaybook

_OURS = (None, "internal", "system")


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """From each step of ours to the next ones, past gates and the customer's steps; rework apart.

    One finding per pair of teams and stage, at the first step of the team that takes over.
    """
    del context
    teams = _teams(playbook)
    if len(set(teams.values())) < 2:
        return
    declared = _declared(playbook)
    said: set[tuple[str, str, str]] = set()
    process = playbook.process
    for node, team in teams.items():
        for target, came in _next(node, process, teams):
            other, later = teams[target], process.tasks[target]
            key = (team, other, later.stage)
            if key in said:
                continue
            places = declared.get((team, other), [])
            if None in places or (places and not _passed(target, came, process).isdisjoint(places)):
                continue
            said.add(key)
            yield _finding(playbook, process.tasks[node], later, team, other)


def _teams(playbook: CompiledPlaybook) -> dict[str, str]:
    """The team that answers for each step of ours; an empty text where it is not known."""
    home: dict[str, str] = {}
    found: dict[str, str] = {}
    steps = playbook.steps
    for node, task in playbook.process.tasks.items():
        if steps[task.step].party not in _OURS:
            continue
        letter = task.owners.accountable
        if letter is None:
            found[node] = ""
            continue
        owner = letter.holders[0]
        team = home.get(owner)
        if team is None:
            team = home[owner] = _home(playbook, owner)
        if team != "<theirs>":
            found[node] = team
    return found


def _home(playbook: CompiledPlaybook, owner: str) -> str:
    id_ = playbook.team_of(owner) or ""
    team = playbook.team(id_)
    if team is None:
        return ""
    return "<theirs>" if team.party in ("customer", "partner") else id_


def _next(node: str, process: Process, teams: dict[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    """The next steps of another team, with the node from which each node on the way was come to."""
    team = teams[node]
    if not team:
        return
    flows = process.successors[node]
    if len(flows) == 1 and teams.get(flows[0].target) == team:
        return
    came: dict[str, str] = {node: ""}
    pending = [node]
    for here in pending:
        for flow in process.successors[here]:
            target = flow.target
            if flow.kind == "rework" or target in came:
                continue
            came[target] = here
            other = teams.get(target)
            if other is None:
                pending.append(target)
            elif other not in ("", team):
                yield target, came


def _declared(playbook: CompiledPlaybook) -> dict[tuple[str, str], list[str | None]]:
    """Where each pair of teams has a handoff; ``None`` stands for anywhere."""
    found: dict[tuple[str, str], list[str | None]] = {}
    for handoff in playbook.model.handoffs.values():
        pair = (playbook.team_of(handoff.giver) or "", playbook.team_of(handoff.receiver) or "")
        found.setdefault(pair, []).append(handoff.at)
    return found


def _passed(target: str, came: dict[str, str], process: Process) -> set[str | None]:
    """The steps and stages on the way to a step, both ends included."""
    passed: set[str | None] = set()
    node = target
    while node:
        task = process.tasks.get(node)
        if task is not None:
            passed.update((task.step, task.stage))
        elif node in process.gates:
            passed.add(process.gates[node].stage)
        node = came[node]
    return passed


def _finding(playbook: CompiledPlaybook, task: Task, later: Task, team: str, other: str) -> Finding:
    same = task.stage == later.stage
    where = stage_name(playbook.stages[later.stage])
    message = (
        f"{step_name(playbook, later)} takes over from {step_name(playbook, task)}, "
        f"and with it {playbook.owner_name(other)} ({other}) from {playbook.owner_name(team)} ({team}); "
        f"no handoff is declared {'within' if same else 'into'} {where}"
    )
    place = playbook.document.locator.place
    before = Related(f"{playbook.owner_name(team)} has it until here", place((*task.path, "id")))
    elsewhere = _elsewhere(playbook, team, other)
    if elsewhere is not None:
        return Finding(
            message,
            (*later.path, "id"),
            related=(
                before,
                Related("a handoff between the two is elsewhere", place(("handoffs", elsewhere, "at"))),
            ),
            expected=f'the handoff "{elsewhere}" at {_at(task, later)}; or one more, if it changes hands twice',
            suggestion=f"at: {_at(task, later)}",
        )
    return Finding(
        message,
        (*later.path, "id"),
        related=(before,),
        expected=f"a handoff from {team} to {other}",
        suggestion=_scaffold(playbook, task, later, team, other),
        fix=_declared_handoff(playbook, task, later, team, other),
    )


def _elsewhere(playbook: CompiledPlaybook, team: str, other: str) -> str | None:
    """The one handoff between two teams, which is at a place where the work does not change hands."""
    between = [
        id_
        for id_, handoff in playbook.model.handoffs.items()
        if (playbook.team_of(handoff.giver), playbook.team_of(handoff.receiver)) == (team, other) and handoff.at
    ]
    return between[0] if len(between) == 1 else None


def _at(task: Task, later: Task) -> str:
    """Where the handoff belongs: at the end of a step, or of a stage with which its team has done its part."""
    return task.step if task.stage == later.stage else task.stage


def _scaffold(playbook: CompiledPlaybook, task: Task, later: Task, team: str, other: str) -> str:
    """The handoff as far as the playbook says it; what goes along is left to the people who know."""
    step = playbook.steps[task.step]
    payload = ", ".join([*step.produces, *step.captures]) or "..."
    return (
        f"handoffs: {{{team}_to_{other}: {{from: {_holder(task)}, to: {_holder(later)}, at: {_at(task, later)}, "
        f"payload: [{payload}], accept: {{within: ...}}, reject: {{back_to: {task.step}, at_most: ...}}}}}}"
    )


def _declared_handoff(playbook: CompiledPlaybook, task: Task, later: Task, team: str, other: str) -> Remedy | None:
    """The handoff without what only people know: by when it is accepted, and where a rejection leads."""
    step, id_ = playbook.steps[task.step], f"{team}_to_{other}"
    payload = list(dict.fromkeys((*step.produces, *step.captures)))
    if not payload or id_ in playbook.model.handoffs or task.owners.accountable is None:
        return None
    handoff = {"from": _holder(task), "to": _holder(later), "at": _at(task, later), "payload": payload}
    return Remedy(f'declare the handoff "{id_}"', (Put(("handoffs", id_), handoff),), safe=False)


def _holder(task: Task) -> str:
    return task.owners.accountable.holders[0] if task.owners.accountable else "..."


RULE = Rule(
    code="HND001",
    name="handoff-missing",
    severity=Severity.ERROR,
    profile="basic",
    what="Consecutive steps are answered for by different teams, and no handoff between them is declared.",
    why="Customers feel dropped where one team lets go before the next has taken hold.",
    bad="""\
handoffs: null
stages:
  - id: handover
    enter: deal.closed_won
    exit: account.use_case != ""
    raci: {C: [marketing, product]}
    steps:
      - id: write_brief
        do: Write the handover brief
        raci: {A: ae, R: ae, I: [csm, revops]}
        captures: account.use_case
        produces: brief
  - id: adoption
    enter: account.use_case != ""
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: [csm, admin], C: [marketing, product], I: [revops, sales]}
    steps:
      - id: run_kickoff
        do: Run the kickoff call
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
stages:
  - id: handover
    enter: deal.closed_won
    exit: sales_to_cs.accepted
    raci: {C: [marketing, product]}
    steps:
      - id: write_brief
        do: Write the handover brief
        raci: {A: ae, R: ae, I: [csm, revops]}
        captures: account.use_case
        produces: brief
  - id: adoption
    enter: sales_to_cs.accepted
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: [csm, admin], C: [marketing, product], I: [revops, sales]}
    steps:
      - id: run_kickoff
        do: Run the kickoff call
""",
    graph=True,
    fix="unsafe",
    fix_title="declares the handoff, as far as the playbook knows it",
    playbook=check,
)
