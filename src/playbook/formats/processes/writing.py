"""The semantic part of a BPMN file: what there is and what leads where."""

from __future__ import annotations

from playbook.formats.layout.processes.arrangement import HANDLER_LANE
from playbook.formats.processes.names import BPMN, BPMNDI, DC, DI, ELEMENTS, EXPRESSIONS, PLAYBOOK, XSI
from playbook.formats.processes.xml import Tag
from playbook.shapes.process import (
    ACTIVITIES,
    Loop,
    ProcessFlow,
    ProcessHandler,
    ProcessModel,
    ProcessNode,
    Record,
)

AT_ANY_TIME = "At any time"


def definitions(model: ProcessModel) -> Tag:
    """The root with collaboration and process; the picture is added by :mod:`.picture`."""
    root = Tag(
        "bpmn:definitions",
        {
            "xmlns:bpmn": BPMN,
            "xmlns:bpmndi": BPMNDI,
            "xmlns:dc": DC,
            "xmlns:di": DI,
            "xmlns:xsi": XSI,
            "xmlns:playbook": PLAYBOOK,
            "id": "definitions",
            "name": model.name,
            "targetNamespace": PLAYBOOK,
            "exporter": "playbook",
        },
    )
    _globals(root, model)
    _categories(root, model)
    _collaboration(root, model)
    _process(root, model)
    return root


def texts_of(model: ProcessModel, *kinds: str) -> dict[str, str]:
    """The messages, or escalations, of the nodes of some kinds, each text with a number for its id."""
    nodes = [*model.nodes, *(node for handler in model.handlers for node in handler.nodes)]
    texts = dict.fromkeys(node.message for node in nodes if node.kind in kinds)
    return {text: str(number) for number, text in enumerate(texts, 1)}


def _globals(root: Tag, model: ProcessModel) -> None:
    for text, number in texts_of(model, "message_start", "message_end").items():
        root.add("bpmn:message", {"id": f"message.{number}", "name": text})
    for text, number in texts_of(model, "escalation_end").items():
        root.add("bpmn:escalation", {"id": f"escalation.{number}", "name": text, "escalationCode": number})


def _categories(root: Tag, model: ProcessModel) -> None:
    if model.stages:
        category = root.add("bpmn:category", {"id": "stages", "name": "Stages"})
        for stage in model.stages:
            category.add("bpmn:categoryValue", {"id": f"title.{stage.id}", "value": stage.label})


def _collaboration(root: Tag, model: ProcessModel) -> None:
    """The pool, and the frames of stages with their notes: they run across the border of the pool."""
    collaboration = root.add("bpmn:collaboration", {"id": "collaboration"})
    collaboration.add("bpmn:participant", {"id": "pool", "name": model.title or model.name, "processRef": model.id})
    for stage in model.stages:
        collaboration.add("bpmn:group", {"id": f"stage.{stage.id}", "categoryValueRef": f"title.{stage.id}"})
        if stage.notes:
            note = collaboration.add("bpmn:textAnnotation", {"id": f"notes.{stage.id}"})
            note.add("bpmn:text", text="\n".join(stage.notes))


def _process(root: Tag, model: ProcessModel) -> None:
    process = root.add("bpmn:process", {"id": model.id, "name": model.title or model.name, "isExecutable": "true"})
    _documented(process, model.notes, model.records)
    lanes = process.add("bpmn:laneSet", {"id": "lanes"})
    for lane in model.lanes:
        members = [node.id for node in model.nodes if node.lane == lane.id]
        _lane(lanes, lane.id, lane.label, members)
    if model.handlers:
        _lane(lanes, HANDLER_LANE, AT_ANY_TIME, [handler.id for handler in model.handlers])
    _Elements(model).write(process)


def _lane(lanes: Tag, id_: str, label: str, members: list[str]) -> None:
    lane = lanes.add("bpmn:lane", {"id": id_, "name": label or id_})
    for member in members:
        lane.add("bpmn:flowNodeRef", text=member)


class _Elements:
    """Writes nodes and flows, with what flows in and out of each node."""

    def __init__(self, model: ProcessModel) -> None:
        self.model = model
        self.messages = texts_of(model, "message_start", "message_end")
        self.escalations = texts_of(model, "escalation_end")
        flows = [*model.flows, *(flow for handler in model.handlers for flow in handler.flows)]
        self.into: dict[str, list[str]] = {}
        self.out: dict[str, list[str]] = {}
        self.defaults: dict[str, str] = {}
        for flow in flows:
            self.out.setdefault(flow.source, []).append(flow.id)
            self.into.setdefault(flow.target, []).append(flow.id)
            if flow.default:
                self.defaults[flow.source] = flow.id

    def write(self, process: Tag) -> None:
        for node in self.model.nodes:
            self._node(process, node)
        for handler in self.model.handlers:
            self._handler(process, handler)
        for flow in self.model.flows:
            _flow(process, flow)

    def _handler(self, process: Tag, handler: ProcessHandler) -> None:
        attributes: dict[str, str | None] = {"id": handler.id, "name": handler.label, "triggeredByEvent": "true"}
        inside = process.add("bpmn:subProcess", attributes)
        _documented(inside, (), handler.records)
        for node in handler.nodes:
            self._node(inside, node, handled=True)
        for flow in handler.flows:
            _flow(inside, flow)

    def _node(self, parent: Tag, node: ProcessNode, *, handled: bool = False) -> None:
        element = ELEMENTS[node.kind]
        attributes: dict[str, str | None] = {"id": node.id, "name": node.label or None}
        attributes["playbook:of"] = node.belongs or None
        attributes["playbook:stage"] = node.stage or None
        attributes["default"] = self.defaults.get(node.id)
        if node.kind == "timer":
            attributes["attachedToRef"] = node.host
            attributes["cancelActivity"] = _flag(node.interrupting)
        elif element.tag == "startEvent" and handled:
            attributes["isInterrupting"] = _flag(node.interrupting)
        elif node.kind == "call":
            attributes["calledElement"] = node.calls
        tag = parent.add(f"bpmn:{element.tag}", attributes)
        _documented(tag, node.notes, node.records)
        for flow in self.into.get(node.id, ()):
            tag.add("bpmn:incoming", text=flow)
        for flow in self.out.get(node.id, ()):
            tag.add("bpmn:outgoing", text=flow)
        if element.definition:
            self._definition(tag, node, element.definition)
        if node.kind in ACTIVITIES and node.loop:
            _loop(tag, node.loop)

    def _definition(self, tag: Tag, node: ProcessNode, name: str) -> None:
        attributes: dict[str, str | None] = {"id": f"{node.id}-event"}
        if name == "messageEventDefinition":
            attributes["messageRef"] = f"message.{self.messages[node.message]}"
        if name == "escalationEventDefinition":
            attributes["escalationRef"] = f"escalation.{self.escalations[node.message]}"
        definition = tag.add(f"bpmn:{name}", attributes)
        if name == "timerEventDefinition":
            definition.add("bpmn:timeDuration", {"xsi:type": "bpmn:tFormalExpression"}, node.duration)
        if name == "conditionalEventDefinition":
            definition.add("bpmn:condition", _formal(), node.condition)


def _flow(parent: Tag, flow: ProcessFlow) -> None:
    attributes: dict[str, str | None] = {"id": flow.id, "name": flow.label or None}
    tag = parent.add("bpmn:sequenceFlow", {**attributes, "sourceRef": flow.source, "targetRef": flow.target})
    _documented(tag, (), flow.records)
    if flow.condition:
        tag.add("bpmn:conditionExpression", _formal(), flow.condition)


def _loop(tag: Tag, loop: Loop) -> None:
    if loop.each:
        several = tag.add("bpmn:multiInstanceLoopCharacteristics", {"isSequential": "false"})
        several.add("bpmn:loopCardinality", _formal(), loop.each)
        return
    most = None if loop.at_most is None else str(loop.at_most)
    again = tag.add("bpmn:standardLoopCharacteristics", {"testBefore": "false", "loopMaximum": most})
    again.add("bpmn:loopCondition", _formal(), loop.again)


def _formal() -> dict[str, str | None]:
    return {"xsi:type": "bpmn:tFormalExpression", "language": EXPRESSIONS}


def _documented(tag: Tag, notes: tuple[str, ...], records: tuple[Record, ...]) -> None:
    for note in notes:
        tag.add("bpmn:documentation", text=note)
    if records:
        extension = tag.add("bpmn:extensionElements")
        for record in records:
            _record(extension, record)


def _record(parent: Tag, record: Record) -> None:
    tag = parent.add(f"playbook:{record.name}", dict(record.values))
    for part in record.parts:
        _record(tag, part)


def _flag(value: bool) -> str:
    return "true" if value else "false"
