"""Diagrams of lanes: a journey of forty steps in seven stages, chains of any length, and hostile texts."""

from __future__ import annotations

from playbook.shapes.diagram import Diagram, DiagramEdge, DiagramGroup, DiagramLane, DiagramNode

_LANES = (
    DiagramLane("customer", "Customer", "customer"),
    DiagramLane("sales", "Sales"),
    DiagramLane("success", "Customer Success"),
    DiagramLane("implementation", "Implementation"),
    DiagramLane("support", "Support"),
    DiagramLane("finance", "Finance & Legal"),
)
_STAGES = (
    "1. Sales-to-CS handoff",
    "2. Kickoff",
    "3. Configuration",
    "4. Data & integration",
    "5. Training & UAT",
    "6. Go-live",
    "7. First value",
)
_NODES = """
start     | start          | 1 | sales          | Close deal in CRM        | Account Executive | 1 day
document  | step           | 1 | sales          | Complete the handoff document | Account Executive | 2 days
assign    | step           | 1 | success        | Assign a CSM by segment  | CS Lead | 1 day
accepted  | exclusive_gate | 1 | success        | Handoff accepted?        | CS Lead | 1 day
fix       | step           | 1 | sales          | Fix missing fields       | Account Executive | 2 days
sign      | step           | 1 | finance        | Countersign the contract | Legal | 3 days
invoice   | step           | 1 | finance        | Issue the first invoice  | Billing | 2 days
welcome   | step           | 2 | success        | Send the welcome email   | CSM | 1 day | email
deck      | step           | 2 | implementation | Prepare kickoff deck and plan | Consultant | 2 days
name      | step           | 2 | customer       | Name stakeholders and admin | Champion | 3 days
kickoff   | step           | 2 | success        | Run the kickoff call     | CSM | 1 day | meeting, 60 minutes
plan      | step           | 2 | success        | Write the success plan   | CSM | 3 days
approve   | exclusive_gate | 2 | customer       | Success plan approved?   | Sponsor | 2 days
provision | step           | 3 | implementation | Provision the tenant     | Consultant | 1 day
sso       | step           | 3 | customer       | Configure SSO and SCIM   | IT Admin | 5 days
roles     | step           | 3 | implementation | Set roles and permissions | Consultant | 2 days
branding  | step           | 3 | implementation | Apply branding and templates | Consultant | 2 days
security  | step           | 3 | support        | Review the security      | Security | 4 days
signoff   | exclusive_gate | 3 | customer       | Configuration signed off? | IT Admin | 1 day
tier      | exclusive_gate | 4 | implementation | Segment tier?            | Consultant | 1 day
upload    | step           | 4 | customer       | Upload CSV templates     | Data Owner | 3 days
map       | step           | 4 | implementation | Map API fields           | Engineer | 5 days
sync      | step           | 4 | implementation | Build the CRM sync       | Engineer | 5 days
validate  | step           | 4 | support        | Validate record counts   | Data Operations | 2 days
correct   | step           | 4 | customer       | Correct the source data  | Data Owner | 3 days
data      | exclusive_gate | 4 | success        | Data accepted?           | CSM | 1 day
admins    | step           | 5 | success        | Train administrators     | Trainer | 2 days
scripts   | step           | 5 | implementation | Prepare UAT scripts      | Consultant | 2 days
uat       | step           | 5 | customer       | Execute the UAT          | Champion | 5 days
users     | step           | 5 | success        | Train end users          | Trainer | 5 days
defects   | step           | 5 | support        | Fix UAT defects          | Support Engineer | 4 days
uat_ok    | exclusive_gate | 5 | customer       | UAT signed off?          | Sponsor | 1 day
cutover   | step           | 6 | implementation | Execute the cutover runbook | Consultant | 1 day
announce  | step           | 6 | customer       | Announce the launch internally | Champion | 1 day
hypercare | step           | 6 | support        | Hypercare                | Support Engineer | 10 days
live      | exclusive_gate | 6 | success        | Go-live accepted?        | CSM | 1 day
adoption  | step           | 7 | success        | Review adoption metrics  | CSM | 14 days
value     | step           | 7 | customer       | Confirm first value      | Sponsor | 2 days
milestone | step           | 7 | finance        | Issue the milestone invoice | Billing | 2 days
end       | end            | 7 | success        | Onboarded                | CSM | 1 day
"""
_EDGES = """
start     > document
start     > sign      > Contract to Legal > handoff
sign      > invoice
document  > assign    > Sales to Customer Success > handoff
assign    > accepted
accepted  > welcome   > accepted > condition
accepted  > deck      > accepted > condition
accepted  > fix       > rejected > condition
fix       > accepted  > > rework
welcome   > name      > > handoff
name      > kickoff
deck      > kickoff
kickoff   > plan
plan      > approve   > Plan to the sponsor > handoff
approve   > provision
approve   > plan      > changes wanted > rework
provision > sso       > > handoff
provision > roles
provision > branding
sso       > security
roles     > signoff
branding  > signoff
security  > signoff
signoff   > tier
tier      > upload    > SMB > condition
tier      > map       > Enterprise > condition
map       > sync
upload    > validate
sync      > validate
validate  > data
validate  > correct   > errors > condition
correct   > data
data      > admins
data      > scripts
admins    > uat
admins    > users
scripts   > uat
uat       > uat_ok
uat       > defects   > defects > condition
defects   > uat_ok
users     > cutover
uat_ok    > cutover
cutover   > announce
cutover   > hypercare > Implementation to Support > handoff
announce  > live
hypercare > live
live      > adoption
live      > milestone
adoption  > value
value     > end
milestone > end
"""


def _node(line: str) -> DiagramNode:
    id_, shape, stage, lane, label, *details = (part.strip() for part in line.split("|"))
    tone = "success" if shape == "end" else "plain"
    return DiagramNode(id_, label, shape, f"stage{stage}", tuple(details), tone, lane=lane)  # type: ignore[arg-type]


def _edge(line: str) -> DiagramEdge:
    source, target, label, kind = ([part.strip() for part in line.split(">")] + ["", ""])[:4]
    return DiagramEdge(source, target, label, kind or "sequence")  # type: ignore[arg-type]


REFERENCE = Diagram(
    name="reference.swimlanes",
    title="Enterprise onboarding",
    nodes=tuple(_node(line) for line in _NODES.strip().splitlines()),
    edges=tuple(_edge(line) for line in _EDGES.strip().splitlines()),
    groups=tuple(DiagramGroup(f"stage{number}", label) for number, label in enumerate(_STAGES, 1)),
    lanes=_LANES,
    kind="swimlanes",
)


def chain(many: int, lanes: int = 1, stages: int = 1) -> Diagram:
    """Steps one after the other, from lane to lane and from stage to stage, with a way back now and then."""
    nodes = tuple(
        DiagramNode(
            f"n{n}",
            f"Step number {n}",
            "step",
            f"g{n * stages // many}",
            ("Owner", "5 days after kickoff"),
            lane=f"l{n * 5 % lanes}",
        )
        for n in range(many)
    )
    edges = [DiagramEdge(f"n{n}", f"n{n + 1}") for n in range(many - 1)]
    edges += [DiagramEdge(f"n{n}", f"n{n + 3}", "if needed", "condition") for n in range(0, many - 3, 7)]
    edges += [DiagramEdge(f"n{n + 2}", f"n{n}", "again", "rework") for n in range(4, many - 2, 9)]
    return Diagram(
        "chain",
        "Chain",
        nodes,
        tuple(edges),
        tuple(DiagramGroup(f"g{n}", f"{n + 1}. Stage") for n in range(stages)),
        lanes=tuple(DiagramLane(f"l{n}", f"Team {n}") for n in range(lanes)),
        kind="swimlanes",
    )


def with_text(text: str) -> Diagram:
    """A diagram with ``text`` in every place that takes a text."""
    return Diagram(
        name="hostile.swimlanes",
        title=text,
        nodes=(
            DiagramNode("start", text, "start", "one", lane="ours"),
            DiagramNode("step.a", text, "step", "one", (text, text), lane="ours"),
            DiagramNode("gate", text, "exclusive_gate", "one", (text,), lane="theirs"),
            DiagramNode("milestone", text, "milestone", "two", (text,), lane="theirs"),
            DiagramNode("end.done", text, "end", "two", tone="success", lane="theirs"),
        ),
        edges=(
            DiagramEdge("start", "step.a"),
            DiagramEdge("step.a", "gate", text, "handoff"),
            DiagramEdge("gate", "milestone", text, "condition"),
            DiagramEdge("gate", "step.a", text, "rework"),
            DiagramEdge("milestone", "end.done"),
        ),
        groups=(DiagramGroup("one", text, (text,)), DiagramGroup("two", text)),
        notes=(text,),
        lanes=(DiagramLane("ours", text), DiagramLane("theirs", text, "customer")),
        kind="swimlanes",
    )
