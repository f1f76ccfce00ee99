"""The picture in a BPMN file (diagram interchange): bounds of shapes and labels, bends of flows."""

from __future__ import annotations

from playbook.formats.layout.processes.arrangement import HANDLER_LANE, Arrangement, Bounds
from playbook.formats.processes.xml import Tag
from playbook.shapes.process import ProcessModel, ProcessNode


def add_picture(root: Tag, model: ProcessModel, arranged: Arrangement) -> None:
    """Add the picture of a process to its definitions."""
    diagram = root.add("bpmndi:BPMNDiagram", {"id": "diagram"})
    plane = diagram.add("bpmndi:BPMNPlane", {"id": "plane", "bpmnElement": "collaboration"})
    _shape(plane, "pool", arranged.pool, isHorizontal="true")
    for lane in (*(each.id for each in model.lanes), *([HANDLER_LANE] if model.handlers else [])):
        _shape(plane, lane, arranged.lanes[lane], isHorizontal="true")
    for node in model.nodes:
        _node(plane, node, arranged)
    for handler in model.handlers:
        _shape(plane, handler.id, arranged.shapes[handler.id], isExpanded="true")
        for node in handler.nodes:
            _node(plane, node, arranged)
    for flow in (*model.flows, *(each for handler in model.handlers for each in handler.flows)):
        edge = plane.add("bpmndi:BPMNEdge", {"id": f"{flow.id}-edge", "bpmnElement": flow.id})
        for x, y in arranged.lines[flow.id]:
            edge.add("di:waypoint", {"x": _number(x), "y": _number(y)})
        _label(edge, arranged.labels.get(flow.id))
    for stage in model.stages:
        id_ = f"stage.{stage.id}"
        _label(_shape(plane, id_, arranged.stages[stage.id]), arranged.labels[id_])
        if stage.notes:
            _shape(plane, f"notes.{stage.id}", arranged.notes[stage.id])


def _node(plane: Tag, node: ProcessNode, arranged: Arrangement) -> None:
    more = {"isMarkerVisible": "true"} if node.kind == "exclusive" else {}
    more |= {"isExpanded": "false"} if node.kind == "call" else {}
    _label(_shape(plane, node.id, arranged.shapes[node.id], **more), arranged.labels.get(node.id))


def _shape(plane: Tag, id_: str, bounds: Bounds, **more: str) -> Tag:
    shape = plane.add("bpmndi:BPMNShape", {"id": f"{id_}-shape", "bpmnElement": id_, **more})
    _bounds(shape, bounds)
    return shape


def _label(parent: Tag, bounds: Bounds | None) -> None:
    if bounds is not None:
        _bounds(parent.add("bpmndi:BPMNLabel"), bounds)


def _bounds(parent: Tag, bounds: Bounds) -> None:
    values = {"x": bounds.x, "y": bounds.y, "width": bounds.width, "height": bounds.height}
    parent.add("dc:Bounds", {name: _number(value) for name, value in values.items()})


def _number(value: float) -> str:
    return str(round(value))
