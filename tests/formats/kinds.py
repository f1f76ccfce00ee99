"""Diagrams of each kind, with every shape of node and every kind of arrow, and one that is too large."""

from __future__ import annotations

from itertools import pairwise

from playbook.shapes.diagram import Diagram, DiagramEdge, DiagramGroup, DiagramLane, DiagramNode

SWIMLANES = Diagram(
    name="pilot.swimlanes",
    title="Pilot: who does what",
    nodes=(
        DiagramNode("start", "Closed won", "start"),
        DiagramNode("step.brief", "Write the brief", "step", "handover", ("Account Executive",), lane="sales"),
        DiagramNode("step.review", "Review the brief", "step", "handover", lane="success"),
        DiagramNode("fork", "", "inclusive_gate", "build", lane="success"),
        DiagramNode("ask", "Which of them?", "inclusive_gate", "build", lane="success"),
        DiagramNode("step.sso", "Name an admin", "step", "build", (), "customer", dashed=True, lane="customer"),
        DiagramNode("step.live", "Go live", "step", "build", lane="success"),
        DiagramNode("join", "", "exclusive_gate", "build", lane="success"),
        DiagramNode("milestone.live", "Live", "milestone", "build", lane="success"),
        DiagramNode("later", "4. Adoption", "elsewhere"),
        DiagramNode("end.done", "Onboarded", "end", tone="success"),
    ),
    edges=(
        DiagramEdge("start", "step.brief"),
        DiagramEdge("step.brief", "step.review", "The brief", "handoff"),
        DiagramEdge("step.review", "step.brief", "rejected", "rework"),
        DiagramEdge("step.review", "fork", "", "overlap"),
        DiagramEdge("fork", "ask"),
        DiagramEdge("ask", "step.sso", "Single sign-on is required", "condition"),
        DiagramEdge("ask", "step.live", "always", "condition"),
        DiagramEdge("step.sso", "join"),
        DiagramEdge("step.live", "join"),
        DiagramEdge("join", "milestone.live"),
        DiagramEdge("milestone.live", "later"),
        DiagramEdge("later", "end.done"),
    ),
    groups=(DiagramGroup("handover", "1. Handover"), DiagramGroup("build", "2. Build")),
    lanes=(
        DiagramLane("customer", "Customer", "customer"),
        DiagramLane("sales", "Sales"),
        DiagramLane("success", "Customer Success"),
    ),
    kind="swimlanes",
)

TREE = Diagram(
    name="pilot.kpis",
    title="Pilot: KPIs",
    nodes=(
        DiagramNode("outcome", "The first month is closed in the product", "outcome", details=("within 90 days",)),
        DiagramNode("milestone.live", "Live", "milestone"),
        DiagramNode("kpi.time", "Time to live", "kpi", details=("at most 60 days", "RevOps Lead")),
        DiagramNode("kpi.seats", "Seats in use", "kpi"),
    ),
    edges=(
        DiagramEdge("outcome", "milestone.live"),
        DiagramEdge("milestone.live", "kpi.time"),
        DiagramEdge("outcome", "kpi.seats"),
    ),
    kind="tree",
)

OVERVIEW = Diagram(
    name="pilot.overview",
    title="Pilot: overview",
    nodes=(
        DiagramNode("start", "Closed won", "start"),
        DiagramNode("stage.handover", "1. Handover", "stage", details=("2 steps", "VP Sales")),
        DiagramNode("stage.build", "2. Build", "stage", details=("3 steps",)),
        DiagramNode("end.done", "Onboarded", "end", tone="success"),
    ),
    edges=(
        DiagramEdge("start", "stage.handover"),
        DiagramEdge("stage.handover", "stage.build"),
        DiagramEdge("stage.build", "stage.handover", "not ready", "rework"),
        DiagramEdge("stage.build", "end.done"),
    ),
    kind="overview",
)

KINDS = {"swimlanes": SWIMLANES, "tree": TREE, "overview": OVERVIEW}


def large(groups: int, steps: int, words: str = "Do what is to be done") -> Diagram:
    """So many groups of so many steps in a row, each group with a way back to its first step."""
    nodes = [DiagramNode("start", "Closed won", "start")]
    edges = []
    for number in range(groups):
        group = f"group_{number}"
        ids = [f"step.s{number}_{step}" for step in range(steps)]
        edges.append(DiagramEdge(nodes[-1].id, ids[0], "then"))
        nodes += [DiagramNode(id_, f"{words} {id_}", "step", group, ("Success Manager",)) for id_ in ids]
        edges += [DiagramEdge(one, other) for one, other in pairwise(ids)]
        edges.append(DiagramEdge(ids[-1], ids[0], "rejected", "rework"))
    edges.append(DiagramEdge(nodes[-1].id, "end.done"))
    nodes.append(DiagramNode("end.done", "Onboarded", "end", tone="success"))
    return Diagram(
        "large.journey",
        "Large",
        tuple(nodes),
        tuple(edges),
        tuple(DiagramGroup(f"group_{number}", f"{number + 1}. Stage") for number in range(groups)),
        ("At any time: Cancelled",),
    )
