"""Diagrams and tables to write, and the hostile texts that stand in them."""

from __future__ import annotations

from playbook.shapes.diagram import Diagram, DiagramEdge, DiagramGroup, DiagramNode
from playbook.shapes.document import Document, Figures, Paragraphs, Section
from playbook.shapes.process import (
    ProcessFlow,
    ProcessHandler,
    ProcessLane,
    ProcessModel,
    ProcessNode,
    ProcessStage,
    Record,
)
from playbook.shapes.shown import ShapeName, Shown
from playbook.shapes.table import Column, Table
from playbook.shapes.timeline import Timeline, TimelineBar, TimelinePanel

HOSTILE: dict[str, str] = {
    "quotes": "\"double\" 'single' `back` “curly” «guillemets»",
    "script": "<script>alert(1)</script>",
    "image": '<img src=x onerror="alert(1)">',
    "formula": "=cmd|' /C calc'!A0",
    "plus": "+1+1",
    "minus": "-2+3",
    "at": "@SUM(A1)",
    "dashes": "a -- b --> c %% d",
    "backslashes": "C:\\new\\table \\n \\",
    "newlines": "one\ntwo\r\nthree",
    "tab": "one\ttwo",
    "controls": "nul\x00 bell\x07 escape\x1b[31m del\x7f c1\x9b",
    "right_to_left": "שלום עולם",
    "arabic": "تأهيل العميل",
    "bidi_override": "abc\u202edef\u202c",
    "emoji": "👩‍👩‍👧‍👦 🎉 ⚠️",
    "chinese": "客户成功经理负责整个旅程并且每周都要报告进展情况",
    "no_spaces": "x" * 300,
    "long": "every word of this label is meant to be read " * 7,
    "word_end": "end",
    "word_graph": "graph TD; subgraph x",
    "entity": "&amp; &lt;b&gt; &#35; #35;",
    "cdata": "]]> <![CDATA[",
    "pipe": "a | b || c",
    "markdown": "**bold** _it_ [link](javascript:alert) ![i](x) # h > q ~~s~~",
    "list": "1. first",
    "bullet": "- item",
    "braces": "{{ x }} ${y} {a} [b] (c)",
    "surrogate": "lone \ud800 half",
    "empty": "",
    "spaces": "   ",
}

SAMPLE = Diagram(
    name="pilot.journey",
    title="Pilot",
    nodes=(
        DiagramNode("start", "Closed won", "start"),
        DiagramNode(
            "step.brief", "Write the brief", "step", "handover", ("Account Executive", "1 day after Closed won")
        ),
        DiagramNode("gate.ok", "Accepted?", "exclusive_gate", "handover"),
        DiagramNode("fork", "", "parallel_gate", "build"),
        DiagramNode("step.sso", "Connect single sign-on", "step", "build", ("Admin",), "customer", dashed=True),
        DiagramNode("step.data", "Load the data", "step", "build", ("Consultant",), "system"),
        DiagramNode("step.live", "Go live", "step", "build"),
        DiagramNode("end.done", "Onboarded", "end", tone="success"),
        DiagramNode("end.stopped", "Stopped", "end", tone="stop"),
    ),
    edges=(
        DiagramEdge("start", "step.brief"),
        DiagramEdge("step.brief", "gate.ok"),
        DiagramEdge("gate.ok", "step.brief", "rejected", "rework"),
        DiagramEdge("gate.ok", "fork", 'account.tier == "enterprise" and account.ready', "condition"),
        DiagramEdge("gate.ok", "end.stopped", "otherwise", "condition"),
        DiagramEdge("fork", "step.sso"),
        DiagramEdge("fork", "step.data"),
        DiagramEdge("step.sso", "step.live"),
        DiagramEdge("step.data", "step.live"),
        DiagramEdge("step.live", "end.done"),
    ),
    groups=(
        DiagramGroup("handover", "1. Handover", ("Enter when deal.closed_won", "Exit when brief.accepted")),
        DiagramGroup("build", "2. Build", ("Exit when live.reached",)),
    ),
    notes=("At any time: Cancelled, leads to Stopped",),
)

TABLE = Table(
    name="pilot.tasks",
    title="Tasks: Pilot",
    columns=(
        Column("stage", "Stage"),
        Column("task", "Task"),
        Column("n", "Number", "right"),
        Column("who", "Who"),
    ),
    rows=(
        ("Handover", "Write the brief", 1, ("Account Executive", "Engineer")),
        ("Handover", "Review the brief", 2.5, ()),
        ("Build", "Go live", None, ("Admin",)),
    ),
    section="stage",
    notes=("A note.",),
)


TIMELINE = Timeline(
    name="pilot.timeline",
    title="Timeline: Pilot",
    panels=(
        TimelinePanel(
            "signed",
            "Contract signed",
            (
                TimelineBar(
                    "brief", "Write the brief", "Handover", "Account Executive", 0, 0, 1, 2, 2, critical=True
                ),
                TimelineBar("data", "Load the data", "Build", "Consultant", 1, 2, 6, 9, tone="system", dashed=True),
                TimelineBar("live", "Live", "Build", "Consultant", 9, 9, 9, 9, milestone=True),
            ),
        ),
        TimelinePanel("go", "Go-live", (TimelineBar("sso", "Connect it", "Build", "Admin", -5, -5, -3, -3, 0),)),
    ),
    notes=("One step has no time of its own.",),
)


def hostile_diagram(text: str) -> Diagram:
    """A diagram with ``text`` in every place that takes a text."""
    return Diagram(
        name="hostile",
        title=text,
        nodes=(
            DiagramNode("start", text, "start"),
            DiagramNode("step.a", text, "step", "stage", (text, text)),
            DiagramNode("step.end", "Fixed label", "step", "stage"),
            DiagramNode("end.done", text, "end", tone="success"),
        ),
        edges=(
            DiagramEdge("start", "step.a", text),
            DiagramEdge("step.a", "step.end", text, "condition"),
            DiagramEdge("step.end", "end.done"),
        ),
        groups=(DiagramGroup("stage", text, (text,)),),
        notes=(text,),
    )


def hostile_table(text: str) -> Table:
    """A table with ``text`` in every place that takes a text."""
    columns = (Column("section", text), Column("value", text), Column("many", "Many"))
    return Table("hostile", text, columns, ((text, text, (text, text)), (text, "plain", ())), "section", (text,))


def hostile_process(text: str) -> ProcessModel:
    """A process with ``text`` in every place that takes a text."""
    return ProcessModel(
        name="hostile.process",
        title=text,
        id="process.hostile",
        lanes=(ProcessLane("lane.team", text),),
        stages=(ProcessStage("stage", text, (text,)),),
        nodes=(
            ProcessNode("start", "start", text, "lane.team", belongs="start"),
            ProcessNode("ask", "exclusive", text, "lane.team", "stage", notes=(text,)),
            ProcessNode("step.a", "user_task", text, "lane.team", "stage", "step.a", (text,)),
            ProcessNode(
                "late", "timer", text, "lane.team", "stage", host="step.a", duration="P1D", interrupting=False
            ),
            ProcessNode("told", "escalation_end", text, "lane.team", "stage", message=text or "x"),
            ProcessNode(
                "end.done", "end", "Fixed label", "lane.team", "stage", records=(Record("end", (("a", text),)),)
            ),
            ProcessNode("end.lost", "terminate_end", text, "lane.team", "stage"),
        ),
        flows=(
            ProcessFlow("flow.1", "start", "ask"),
            ProcessFlow("flow.2", "ask", "step.a", text, text or "x"),
            ProcessFlow("flow.3", "ask", "end.lost", "otherwise", default=True),
            ProcessFlow("flow.4", "step.a", "end.done"),
            ProcessFlow("flow.5", "late", "told"),
        ),
        handlers=(
            ProcessHandler(
                "quiet",
                text,
                (
                    ProcessNode("quiet.start", "conditional_start", text, condition=text or "x"),
                    ProcessNode("quiet.end", "end", text),
                ),
                (ProcessFlow("quiet.flow", "quiet.start", "quiet.end"),),
            ),
        ),
        notes=(text,) if text else (),
    )


def hostile_document(text: str) -> Document:
    """A document with ``text`` in every place that takes a text."""
    return Document(
        name="hostile.document",
        title=text,
        subtitle=text,
        sections=(
            Section(text, (Paragraphs((text, "plain")), Figures(((text, text), ("plain", "1"))))),
            Section("List", (Paragraphs((text, text), bullets=True),)),
            Section("Picture", (hostile_diagram(text),)),
            Section("Tables", (hostile_table(text), hostile_table(text))),
        ),
        footer=text,
    )


DOCUMENT = Document(
    name="pilot.review",
    title="Pilot",
    subtitle="Version 1.0.0, in use",
    sections=(
        Section(
            "At a glance",
            (
                Paragraphs(("A pilot of the onboarding.",)),
                Figures((("stages", "2"), ("steps", "4"), ("working days", "12 to 20"))),
                Paragraphs(("Owner: Customer Success", "Agreed on 2026-11-20"), bullets=True),
            ),
        ),
        Section("Journey", (SAMPLE,)),
        Section("Tasks", (TABLE,)),
    ),
    footer="Pilot 1.0.0",
)

SAMPLES: dict[ShapeName, Shown] = {
    "document": DOCUMENT,
    "diagram": SAMPLE,
    "timeline": TIMELINE,
    "table": TABLE,
    "process": hostile_process("Write the brief"),
}
"""A sample of each shape."""
