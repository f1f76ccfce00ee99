"""A BPMN file that we wrote, read back to the process that it was made of."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from playbook.formats.layout.processes.arrangement import HANDLER_LANE
from playbook.formats.processes.names import BPMN, ELEMENTS, KINDS, PLAYBOOK, Element
from playbook.shapes.process import (
    Loop,
    ProcessFlow,
    ProcessHandler,
    ProcessLane,
    ProcessModel,
    ProcessNode,
    ProcessStage,
    Record,
)

_NODES = {element.tag for element in ELEMENTS.values()}
_EVENTS = {element.definition for element in ELEMENTS.values() if element.definition}


def model_from(data: bytes) -> ProcessModel:
    """The process in a file."""
    root = ET.fromstring(data)
    return _Reader(root).model()


class _Reader:
    def __init__(self, root: ET.Element) -> None:
        self.root = root
        process = root.find(_bpmn("process"))
        if process is None:
            raise ValueError("there is no process in the file")
        self.process = process
        self.names = {
            each.get("id", ""): each.get("name", "") for each in root if _local(each) in ("message", "escalation")
        }
        self.lane_of: dict[str, str] = {}
        for lane in self.process.iter(_bpmn("lane")):
            for member in lane.iter(_bpmn("flowNodeRef")):
                self.lane_of[member.text or ""] = lane.get("id", "")
        nodes = list(self.process.iter())
        self.defaults = {default for each in nodes if (default := each.get("default"))}

    def model(self) -> ProcessModel:
        """All of it."""
        process = self.process
        lanes = tuple(
            ProcessLane(lane.get("id", ""), lane.get("name", ""))
            for lane in process.iter(_bpmn("lane"))
            if lane.get("id") != HANDLER_LANE
        )
        return ProcessModel(
            name=self.root.get("name", ""),
            title=process.get("name", ""),
            id=process.get("id", ""),
            lanes=lanes,
            stages=self._stages(),
            nodes=tuple(self._node(each) for each in process if _local(each) in _NODES),
            flows=tuple(self._flow(each) for each in process if _local(each) == "sequenceFlow"),
            handlers=tuple(self._handler(each) for each in process if _local(each) == "subProcess"),
            notes=_notes(process),
            records=_records(process),
        )

    def _stages(self) -> tuple[ProcessStage, ...]:
        titles = {each.get("id", ""): each.get("value", "") for each in self.root.iter(_bpmn("categoryValue"))}
        texts = {
            each.get("id", ""): each.findtext(_bpmn("text")) or ""
            for each in self.root.iter(_bpmn("textAnnotation"))
        }
        stages = []
        for group in self.root.iter(_bpmn("group")):
            id_ = group.get("id", "").removeprefix("stage.")
            notes = tuple(texts.get(f"notes.{id_}", "").split("\n")) if f"notes.{id_}" in texts else ()
            stages.append(ProcessStage(id_, titles.get(group.get("categoryValueRef", ""), ""), notes))
        return tuple(stages)

    def _handler(self, element: ET.Element) -> ProcessHandler:
        return ProcessHandler(
            element.get("id", ""),
            element.get("name", ""),
            tuple(self._node(each) for each in element if _local(each) in _NODES),
            tuple(self._flow(each) for each in element if _local(each) == "sequenceFlow"),
            _records(element),
        )

    def _node(self, element: ET.Element) -> ProcessNode:
        event = next((each for each in element if _local(each) in _EVENTS), None)
        kind = KINDS[Element(_local(element), "" if event is None else _local(event))]
        named = (event.get("messageRef") or event.get("escalationRef") or "") if event is not None else ""
        id_ = element.get("id", "")
        stopping = element.get("cancelActivity") or element.get("isInterrupting") or "true"
        return ProcessNode(
            id=id_,
            kind=kind,
            label=element.get("name", ""),
            lane=self.lane_of.get(id_, ""),
            stage=element.get(f"{{{PLAYBOOK}}}stage", ""),
            belongs=element.get(f"{{{PLAYBOOK}}}of", ""),
            notes=_notes(element),
            records=_records(element),
            host=element.get("attachedToRef", ""),
            duration=_text(event, "timeDuration"),
            condition=_text(event, "condition"),
            message=self.names.get(named, ""),
            calls=element.get("calledElement", ""),
            loop=_loop(element),
            interrupting=stopping == "true",
        )

    def _flow(self, element: ET.Element) -> ProcessFlow:
        id_ = element.get("id", "")
        return ProcessFlow(
            id_,
            element.get("sourceRef", ""),
            element.get("targetRef", ""),
            element.get("name", ""),
            _text(element, "conditionExpression"),
            id_ in self.defaults,
            _records(element),
        )


def _loop(element: ET.Element) -> Loop | None:
    several = element.find(_bpmn("multiInstanceLoopCharacteristics"))
    if several is not None:
        return Loop(each=_text(several, "loopCardinality"))
    again = element.find(_bpmn("standardLoopCharacteristics"))
    if again is None:
        return None
    most = again.get("loopMaximum")
    return Loop(again=_text(again, "loopCondition"), at_most=int(most) if most else None)


def _notes(element: ET.Element) -> tuple[str, ...]:
    return tuple(each.text or "" for each in element.findall(_bpmn("documentation")))


def _records(element: ET.Element) -> tuple[Record, ...]:
    extension = element.find(_bpmn("extensionElements"))
    return tuple(_record(each) for each in extension) if extension is not None else ()


def _record(element: ET.Element) -> Record:
    return Record(_local(element), tuple(element.attrib.items()), tuple(_record(each) for each in element))


def _text(element: ET.Element | None, name: str) -> str:
    return (element.findtext(_bpmn(name)) or "") if element is not None else ""


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _bpmn(name: str) -> str:
    return f"{{{BPMN}}}{name}"
