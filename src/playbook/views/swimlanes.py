"""Swimlanes: who does what, a row for each team or role and a column for each stage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from playbook.core.owners import Letter
from playbook.core.process import Process, Task
from playbook.expressions.parse import parse_expression
from playbook.language.step import Step
from playbook.letters import letter_at
from playbook.shapes.diagram import Diagram, DiagramEdge, DiagramGroup, DiagramLane, DiagramNode, NodeTone
from playbook.text.ids import words_of
from playbook.views.journey import groups_of, milestone_node, node_of, notes_of
from playbook.views.parts.flow import drawn_edges, drawn_nodes
from playbook.views.parts.in_short import counting_note, doer_in_short, due_in_short, step_due_in_short
from playbook.views.parts.milestones import Reached, milestones_of
from playbook.views.parts.words import doer, party_of, when
from playbook.views.subject import Subject
from playbook.workspace import CompiledPlaybook

_TONES: dict[str, NodeTone] = {"customer": "customer", "partner": "partner", "system": "system"}
_LINE = 29
"""So many letters of a detail fit into one line of a box."""
_ORDER: tuple[NodeTone, ...] = ("customer", "plain", "partner", "system")
"""The customer's lanes stand at the top, those of partners and systems at the bottom."""


def diagram(subject: Subject) -> Diagram:
    """The work of one playbook by who does it."""
    playbook = subject.playbook
    kept = _without_plain_gates(playbook.process, drawn_nodes(playbook.process))
    lanes = _Lanes(subject)
    nodes = [_node(playbook, id_, lanes) for id_ in playbook.process.nodes if id_ in kept]
    edges = list(drawn_edges(playbook, kept))
    # An end that only interrupts lead to is told in the notes.
    joined = {id_ for edge in edges for id_ in (edge.source, edge.target)}
    nodes = [node for node in nodes if node.shape != "end" or node.id in joined]
    unreached: list[Reached] = []
    timings = [playbook.steps[task.step].due for task in playbook.process.tasks.values()]
    for milestone in milestones_of(playbook):
        steps = [id_ for id_ in _reaching(playbook, milestone) if id_ in kept]
        if steps:
            stage = playbook.process.tasks[steps[-1]].stage
            nodes.append(_milestone_node(playbook, milestone, stage))
            timings.append(milestone.milestone.due)
            edges += [DiagramEdge(step, f"milestone.{milestone.id}") for step in steps]
        elif milestone.stage:
            unreached.append(milestone)
    return Diagram(
        name=f"{playbook.name}.swimlanes",
        title=playbook.title,
        nodes=tuple(nodes),
        edges=tuple(edges),
        groups=tuple(_groups(playbook, unreached)),
        notes=(*counting_note(playbook, timings), *notes_of(playbook)),
        lanes=lanes.used(),
        kind="swimlanes",
    )


# -- nodes -----------------------------------------------------------------------------------------


def _node(playbook: CompiledPlaybook, id_: str, lanes: _Lanes) -> DiagramNode:
    node = node_of(playbook, id_)
    task = playbook.process.tasks.get(id_)
    if task is None:
        return replace(node, lane=lanes.of_gate(id_))
    step = playbook.steps[task.step]
    said = {doer(playbook, task), when(playbook, step.due)}
    others = [detail for detail in node.details if detail not in said]
    own = _in_lines(doer_in_short(playbook, task), step_due_in_short(playbook, task, step), _touch(step))
    details = tuple(detail for detail in (*own, *others) if detail)
    return replace(node, details=details, lane=lanes.of_task(task, step))


def _milestone_node(playbook: CompiledPlaybook, reached: Reached, stage: str) -> DiagramNode:
    node = milestone_node(playbook, reached)
    long = when(playbook, reached.milestone.due)
    details = (due_in_short(playbook, reached.milestone.due) if each == long else each for each in node.details)
    return replace(node, group=stage, details=tuple(details))


def _touch(step: Step) -> str:
    """How a step reaches people: ``meeting``."""
    return "" if step.touch is None or step.touch.kind == "internal" else step.touch.kind.replace("_", " ")


def _in_lines(owner: str, due: str, touch: str) -> tuple[str, ...]:
    """Owner, due and touch; the touch stands behind one of the others, if that is short."""
    if not touch:
        return owner, due
    if due and len(f"{due}, {touch}") <= _LINE:
        return owner, f"{due}, {touch}"
    if owner and len(f"{owner}, {touch}") <= _LINE:
        return f"{owner}, {touch}", due
    return owner, due, touch


def _without_plain_gates(process: Process, kept: set[str]) -> set[str]:
    """Without the gates that ask nothing, where arrows say the same: as few as with the gate, or fewer."""
    ahead = {id_: {flow.source: None for flow in process.predecessors[id_]} for id_ in process.nodes}
    behind = {id_: {flow.target: None for flow in process.successors[id_]} for id_ in process.nodes}
    left = set(kept)
    for id_, gate in process.gates.items():
        sources, targets = ahead[id_], behind[id_]
        asks = gate.kind in ("exclusive", "inclusive")
        if asks or (id_ in kept and len(sources) * len(targets) > len(sources) + len(targets)):
            continue
        left.discard(id_)
        for source in sources:
            del behind[source][id_]
            behind[source].update(targets)
        for target in targets:
            del ahead[target][id_]
            ahead[target].update(sources)
    return left


# -- stages and milestones -------------------------------------------------------------------------


def _groups(playbook: CompiledPlaybook, unreached: list[Reached]) -> Iterator[DiagramGroup]:
    """The stages, with the milestones of which the playbook doesn't say by which step they are reached."""
    for group in groups_of(playbook):
        named = [f"Milestone: {each.title}" for each in unreached if each.stage == group.id]
        yield replace(group, details=tuple(named))


def _reaching(playbook: CompiledPlaybook, reached: Reached) -> list[str]:
    """The tasks by which a milestone is reached: they are to be done for it, or fill what it asks for."""
    needed = {use.name for each in reached.milestone.when for use in parse_expression(each.check).names}
    return [
        id_
        for id_, task in playbook.process.tasks.items()
        if f"{task.step}.completed" in needed or needed.intersection(playbook.steps[task.step].captures)
    ]


# -- lanes -----------------------------------------------------------------------------------------


class _Lanes:
    """The lanes of a playbook: those of its teams or roles that have something to do."""

    def __init__(self, subject: Subject) -> None:
        self._playbook = subject.playbook
        self._by_role = subject.lanes == "role"
        self._found: dict[str, DiagramLane] = {}

    def used(self) -> tuple[DiagramLane, ...]:
        """The lanes in which something stands, in the order of the organization, customers first."""
        kinds = ("role", "team") if self._by_role else ("team", "role")
        order = [id_ for kind in kinds for id_ in self._playbook.workspace_symbols[kind]]
        position = {f"lane.{id_}": number for number, id_ in reversed(list(enumerate(order)))}
        return tuple(
            sorted(
                self._found.values(),
                key=lambda lane: (_ORDER.index(lane.tone), position.get(lane.id, len(position))),
            )
        )

    def of_task(self, task: Task, step: Step) -> str:
        """The lane of a task: that of its doer, or of the party whose task it is."""
        letter = task.owners.responsible or task.owners.accountable
        holder = letter.holders[0] if letter and letter.holders else None
        party = step.party or party_of(self._playbook, task, step)
        if step.party in ("customer", "partner") and (holder is None or self._party(holder) != step.party):
            return self._of_party(step.party)
        if holder is not None:
            return self._of_holder(holder)
        if party == "system" or step.automation == "automated":
            return self._of_party("system")
        return self._lane("nobody", "No owner", "plain")

    def of_gate(self, id_: str) -> str | None:
        """The lane of who decides at a gate; ``None`` where nobody is named, so that it follows the work."""
        letter = self._decider(id_)
        return self._of_holder(letter.holders[0]) if letter and letter.holders else None

    def _decider(self, id_: str) -> Letter | None:
        model = self._playbook.model
        prefix, _, name = id_.partition(".")
        if prefix == "approval" and (step := self._playbook.steps.get(name)) and step.approval:
            return letter_at(step.approval.by, ())
        if prefix == "handoff" and (handoff := model.handoffs.get(name)):
            accepting = handoff.accept.by if handoff.accept else None
            return Letter((accepting or handoff.receiver,), ())
        if prefix == "choice":
            stage_id, _, number = name.rpartition(".")
            stage = self._playbook.stages.get(stage_id)
            choices = tuple(stage.choose or ()) if stage else ()
            if number.isdecimal() and 0 < int(number) <= len(choices):
                by = choices[int(number) - 1].by
                return letter_at(by, ()) if by else None
        return None

    def _party(self, holder: str) -> str:
        team = self._playbook.team(self._playbook.team_of(holder) or "")
        return team.party if team else "internal"

    def _of_holder(self, holder: str) -> str:
        tone = _TONES.get(self._party(holder), "plain")
        team = None if self._by_role else self._playbook.team_of(holder)
        id_ = team or holder
        return self._lane(id_, self._playbook.owner_name(id_), tone)

    def _of_party(self, party: str) -> str:
        """The lane of the first team of a party, for what its own people do without being named."""
        for id_, symbol in self._playbook.workspace_symbols["team"].items():
            if getattr(symbol.value, "party", None) == party and not self._by_role:
                return self._lane(id_, self._playbook.owner_name(id_), _TONES[party])
        titles = {"customer": "Customer", "partner": "Partner", "system": "Systems"}
        return self._lane(f"{party}s" if party == "system" else party, titles[party], _TONES[party])

    def _lane(self, id_: str, title: str, tone: NodeTone) -> str:
        lane = f"lane.{id_}"
        self._found.setdefault(lane, DiagramLane(lane, title or words_of(id_), tone))
        return lane
