"""HND007: a cold handoff where customers were promised a warm one."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.core.process import Task
from playbook.diagnostics import Severity
from playbook.language.playbook import Handoff
from playbook.lint.near import holders_of, work_after
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import named
from playbook.workspace import CompiledPlaybook

_MEETINGS = ("call", "meeting")


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """High-touch playbooks: changes of team of ours without `together`, nor a meeting of both around the "
    "handoff."""
    del context
    if playbook.document.pruned or playbook.model.context is None:
        return
    if playbook.model.context.motion != "high_touch":
        return
    for id_, handoff in playbook.model.handoffs.items():
        if handoff.together is None and _changes_team(playbook, handoff) and not _they_meet(playbook, handoff):
            yield Finding(
                f"{handoff.giver} and {handoff.receiver} never meet over the handoff "
                f"{named(handoff.title, id_)}, and "
                "the playbook is high-touch",
                ("handoffs", id_, "together"),
                expected="together: {kind: meeting}; or a meeting or call near it in which both have a letter",
            )


def _changes_team(playbook: CompiledPlaybook, handoff: Handoff) -> bool:
    """Whether two teams of our own take part."""
    ids = [playbook.team_of(handoff.giver) or "", playbook.team_of(handoff.receiver) or ""]
    teams = [playbook.team(id_) for id_ in ids]
    return ids[0] != ids[1] and all(team is not None and team.party == "internal" for team in teams)


def _they_meet(playbook: CompiledPlaybook, handoff: Handoff) -> bool:
    near: list[Task] = []
    if handoff.at is not None:
        near = work_after(playbook, handoff.at)
        home = playbook.process.tasks.get(f"step.{handoff.at}")
        near += playbook.tasks_by_stage.get(home.stage if home else handoff.at, [])
    for task in near:
        touch = playbook.steps[task.step].touch
        if touch is not None and touch.kind in _MEETINGS:
            present = holders_of([task])
            teams = {playbook.team_of(holder) for holder in present}
            sides = (handoff.giver, handoff.receiver)
            if all(side in present or (side in teams) for side in sides):
                return True
    return False


RULE = Rule(
    code="HND007",
    name="cold-handoff",
    severity=Severity.INFO,
    profile="certified",
    what="In a high-touch playbook a handoff between two teams has no meeting of giver and receiver.",
    why="The customer who tells the story a second time concludes that nobody listened the first time.",
    bad="""\
context: {motion: high_touch}
""",
    good="""\
context: {motion: high_touch}
handoffs:
  sales_to_cs:
    from: ae
    to: csm
    at: handover
    payload: [brief, account.use_case]
    accept: {within: 1bd}
    reject: {back_to: write_brief, at_most: 2}
    together: {kind: call, lasts: 30min}
""",
    graph=True,
    playbook=check,
)
