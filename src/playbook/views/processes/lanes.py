"""Which lane each part of a process lies in: the team, or the role, of whoever does the work."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from playbook.core.process import Flow, Process, Task
from playbook.shapes.process import ProcessLane
from playbook.workspace import CompiledPlaybook

if TYPE_CHECKING:
    from playbook.views.subject import LanesBy

SYSTEMS = "systems"
NOBODY = "nobody"
_TITLES = {SYSTEMS: "Systems", NOBODY: "Nobody named"}


class Lanes:
    """The lanes of one playbook; asked for the lane of each node of its core."""

    def __init__(self, playbook: CompiledPlaybook, by: LanesBy) -> None:
        self._playbook = playbook
        self._by = by
        self._of: dict[str, str] = {id_: self._task(task) for id_, task in playbook.process.tasks.items()}
        self._spread(playbook.process)

    def of(self, node: str) -> str:
        """The lane of a node of the core."""
        return self._of.get(node, NOBODY)

    def of_owner(self, owner: str) -> str:
        """The lane of a role or team."""
        lane = self._playbook.team_of(owner) if self._by == "team" else owner
        return f"lane.{lane}" if lane else NOBODY

    def in_order(self, used: Iterable[str]) -> tuple[ProcessLane, ...]:
        """The lanes that are used: those of customers first, then as the organization lists them."""
        wanted = set(used)
        kind = "team" if self._by == "team" else "role"
        listed = [f"lane.{id_}" for id_ in self._playbook.workspace_symbols[kind]]
        rest = sorted(wanted.difference(listed, _TITLES))
        ordered = [lane for lane in (*listed, *rest, SYSTEMS, NOBODY) if lane in wanted]
        ordered.sort(key=lambda lane: not self._is_customers(lane))
        return tuple(ProcessLane(lane, self._title(lane)) for lane in ordered)

    def _title(self, lane: str) -> str:
        return _TITLES.get(lane) or self._playbook.owner_name(lane.removeprefix("lane."))

    def _is_customers(self, lane: str) -> bool:
        team = self._playbook.team(self._playbook.team_of(lane.removeprefix("lane.")) or "")
        return team is not None and team.party == "customer"

    def _task(self, task: Task) -> str:
        step = self._playbook.steps[task.step]
        letter = task.owners.responsible or task.owners.accountable
        holder = letter.holders[0] if letter and letter.holders else None
        if step.party in ("customer", "partner"):
            return self._of_party(step.party, holder)
        if holder is not None:
            return self.of_owner(holder)
        return SYSTEMS if step.party == "system" or step.automation == "automated" else NOBODY

    def _of_party(self, party: str, holder: str | None) -> str:
        """The lane of a customer's or partner's step, whoever of us answers for it."""
        own = self._playbook.team(self._playbook.team_of(holder) or "") if holder else None
        if holder and own and own.party == party:
            return self.of_owner(holder)
        for kind in ("role", "team") if self._by == "role" else ("team",):
            for id_ in self._playbook.workspace_symbols[kind]:
                team = self._playbook.team(self._playbook.team_of(id_) or "")
                if team and team.party == party:
                    return self.of_owner(id_)
        return self.of_owner(holder) if holder and own else f"lane.{party}"

    def _spread(self, process: Process) -> None:
        """Gates lie where the work before them does; the entry of a stage where its first step does."""
        onward = {node: [flow.target for flow in _plain(flows)] for node, flows in process.successors.items()}
        back = {node: [flow.source for flow in _plain(flows)] for node, flows in process.predecessors.items()}
        known = dict(self._of)
        for node in process.nodes:
            if node not in known:
                gate = process.gates.get(node)
                ahead = node not in process.ends and (gate is None or gate.kind == "entry")
                first, second = (onward, back) if ahead else (back, onward)
                lane = _nearest(node, first, known) or _nearest(node, second, known)
                if lane:
                    self._of[node] = lane


def _plain(flows: list[Flow]) -> list[Flow]:
    return [flow for flow in flows if flow.kind != "rework"]


def _nearest(node: str, following: dict[str, list[str]], known: dict[str, str]) -> str | None:
    """The lane of the nearest task in one direction."""
    seen, pending = {node}, [node]
    for here in pending:
        if here in known:
            return known[here]
        fresh = [each for each in following[here] if each not in seen]
        seen.update(fresh)
        pending.extend(fresh)
    return None
