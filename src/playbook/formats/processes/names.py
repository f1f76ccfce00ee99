"""What the parts of a process are called in BPMN 2.0 XML: one table for writing and for reading.

Source: Business Process Model and Notation 2.0 (OMG, formal/2011-01-03), the schemas BPMN20, Semantic, BPMNDI, DC
and DI that belong to it.
"""

from __future__ import annotations

from dataclasses import dataclass

from playbook.shapes.process import NodeKind

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
PLAYBOOK = "urn:playbook:process:1"
"""The namespace of what we keep beside BPMN's own: an identifier, no address."""
EXPRESSIONS = "urn:playbook:expression:1"
"""The language of conditions."""


@dataclass(frozen=True, slots=True)
class Element:
    """The XML element of a kind of node, with the definition of the event in it, if it is one."""

    tag: str
    definition: str = ""


ELEMENTS: dict[NodeKind, Element] = {
    "start": Element("startEvent"),
    "message_start": Element("startEvent", "messageEventDefinition"),
    "conditional_start": Element("startEvent", "conditionalEventDefinition"),
    "end": Element("endEvent"),
    "terminate_end": Element("endEvent", "terminateEventDefinition"),
    "escalation_end": Element("endEvent", "escalationEventDefinition"),
    "message_end": Element("endEvent", "messageEventDefinition"),
    "milestone": Element("intermediateThrowEvent"),
    "timer": Element("boundaryEvent", "timerEventDefinition"),
    "task": Element("task"),
    "user_task": Element("userTask"),
    "manual_task": Element("manualTask"),
    "service_task": Element("serviceTask"),
    "send_task": Element("sendTask"),
    "call": Element("callActivity"),
    "exclusive": Element("exclusiveGateway"),
    "inclusive": Element("inclusiveGateway"),
    "parallel": Element("parallelGateway"),
}

KINDS: dict[Element, NodeKind] = {element: kind for kind, element in ELEMENTS.items()}
"""The same, from the XML to the kind."""
