"""The overview: the stages of a journey as cards, and what leads from one to another."""

from __future__ import annotations

from dataclasses import replace

from playbook.core.process import START
from playbook.language.stage import Criterion, Stage
from playbook.letters import owners_of
from playbook.shapes.diagram import Diagram, DiagramEdge, DiagramNode
from playbook.views.journey import criterion_in_words, node_of, notes_of
from playbook.views.narrowing.excerpt import stage_numbers
from playbook.views.parts.flow import drawn_edges, drawn_nodes, handoff_title
from playbook.views.parts.in_short import counting_note, due_in_short
from playbook.views.parts.milestones import milestones_of
from playbook.views.parts.words import owner_names, party_of, together, when
from playbook.views.subject import Subject
from playbook.workspace import CompiledPlaybook

_LONGEST_LABEL = 60
_LONGEST_CRITERION = 48
_LONGEST_GOAL = 76
"""About two lines of a card."""
_MOST_OWNERS = 2


def diagram(subject: Subject) -> Diagram:
    """The stages of one playbook; what is inside them is counted and summed up."""
    playbook = subject.playbook
    process = playbook.process
    nodes = [node_of(playbook, START)] if START in process.nodes else []
    numbers = stage_numbers(playbook)
    nodes += [_card(playbook, stage, numbers[stage.id]) for stage in playbook.stages.values()]
    nodes += [node_of(playbook, id_) for id_ in process.ends]
    dues = [stage.due for stage in playbook.stages.values()]
    return Diagram(
        name=f"{playbook.name}.overview",
        title=playbook.title,
        nodes=tuple(nodes),
        edges=_edges(playbook),
        notes=(*counting_note(playbook, dues), *notes_of(playbook)),
        kind="overview",
    )


# -- cards -----------------------------------------------------------------------------------------


def _card(playbook: CompiledPlaybook, stage: Stage, number: int) -> DiagramNode:
    reached = [each for each in milestones_of(playbook) if each.stage == stage.id]
    milestones = [each.title + (" (value to the customer)" if each.milestone.value else "") for each in reached]
    facts = (
        ("Steps", _steps(playbook, stage)),
        ("Accountable", _accountable(playbook, stage)),
        _planned(playbook, stage),
        ("Milestone" if len(milestones) == 1 else "Milestones", ", ".join(milestones)),
        ("Exit", _criteria(playbook, stage.exit)),
    )
    details = [shortened(stage.goal, _LONGEST_GOAL)] if stage.goal else []
    details += [f"{caption}: {fact}" for caption, fact in facts if fact]
    return DiagramNode(f"stage.{stage.id}", f"{number}. {stage.label}", "stage", details=tuple(details))


def _planned(playbook: CompiledPlaybook, stage: Stage) -> tuple[str, str]:
    """By when a stage is to be over; where that is not said, how long it takes, else when it starts."""
    if stage.due:
        return "Due", due_in_short(playbook, stage.due)
    if stage.takes:
        return "Takes", stage.takes.in_words()
    return "Starts", when(playbook, stage.starts)


def _steps(playbook: CompiledPlaybook, stage: Stage) -> str:
    tasks = playbook.tasks_by_stage[stage.id]
    parties = [party_of(playbook, task, playbook.steps[task.step]) for task in tasks]
    theirs = sum(party in ("customer", "joint") for party in parties)
    if not theirs:
        return f"{len(tasks)}"
    share = f"{theirs}" if theirs < len(tasks) else "all" if theirs > 1 else ""
    return f"{len(tasks)}, {share} with the customer".replace("  ", " ")


def _accountable(playbook: CompiledPlaybook, stage: Stage) -> str:
    """Who answers for the stage; where it has no letters of its own, for all of its steps."""
    own = owners_of(stage.raci, ()).accountable
    if own is not None:
        return together(owner_names(playbook, own), choice=own.choice)
    letters = [task.owners.accountable for task in playbook.tasks_by_stage[stage.id]]
    names = list(dict.fromkeys(name for letter in letters for name in owner_names(playbook, letter)))
    return together(names) if len(names) <= _MOST_OWNERS else f"{len(names)} roles, each for some steps"


def _criteria(playbook: CompiledPlaybook, criteria: tuple[Criterion, ...]) -> str:
    """The first criterion in short, and how many there are besides."""
    if not criteria:
        return ""
    first = shortened(criterion_in_words(playbook, criteria[0]), _LONGEST_CRITERION)
    return f"{first} (and {len(criteria) - 1} more)" if len(criteria) > 1 else first


def shortened(text: str, longest: int) -> str:
    """The text, cut off behind a word where it is too long."""
    if len(text) <= longest:
        return text
    kept = text[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;")
    return f"{kept}…"


# -- arrows ----------------------------------------------------------------------------------------


def _edges(playbook: CompiledPlaybook) -> tuple[DiagramEdge, ...]:
    """The arrows of the journey that lead from one stage to another, one for each meaning."""
    process = playbook.process
    kept = drawn_nodes(process)
    stages = {id_: f"stage.{task.stage}" for id_, task in process.tasks.items()}
    stages |= {id_: f"stage.{gate.stage}" for id_, gate in process.gates.items()}
    found: dict[tuple[str, str], DiagramEdge] = {}
    for edge in drawn_edges(playbook, kept):
        source, target = stages.get(edge.source, edge.source), stages.get(edge.target, edge.target)
        if source == target:
            continue
        told = replace(_told(playbook, edge), source=source, target=target)
        found[source, target] = _merged(found[source, target], told) if (source, target) in found else told
    return tuple(replace(edge, label=shortened(edge.label, _LONGEST_LABEL)) for edge in found.values())


def _told(playbook: CompiledPlaybook, edge: DiagramEdge) -> DiagramEdge:
    """What leaves the gate of a handoff for another stage is the handoff."""
    gate, _, id_ = edge.source.partition(".")
    handoff = playbook.model.handoffs.get(id_) if gate == "handoff" else None
    if handoff is None or edge.kind != "sequence":
        return edge
    return replace(edge, kind="handoff", label=handoff_title(id_, handoff))


def _merged(one: DiagramEdge, other: DiagramEdge) -> DiagramEdge:
    """Two arrows between the same stages as one: what is always so needs no condition."""
    strength = ("rework", "overlap", "condition", "sequence", "handoff")
    strongest = max(one, other, key=lambda edge: strength.index(edge.kind))
    if one.kind != other.kind or not (one.label and other.label):
        return strongest if strongest.label or one.kind != other.kind else one
    labels = dict.fromkeys((one.label, other.label))
    return replace(strongest, label=" or ".join(labels))
