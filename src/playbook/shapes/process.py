"""A process with exact meaning, for tools that draw and execute it: the parts of BPMN 2.0, without its XML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

NodeKind = Literal[
    "start",
    "message_start",
    "conditional_start",
    "end",
    "terminate_end",
    "escalation_end",
    "message_end",
    "milestone",
    "timer",
    "task",
    "user_task",
    "manual_task",
    "service_task",
    "send_task",
    "call",
    "exclusive",
    "inclusive",
    "parallel",
]
"""A ``timer`` hangs on the border of a task; a ``call`` runs another process; a ``milestone`` is passed and only
says that it was. ``terminate_end`` drops all work that is still open, ``escalation_end`` tells somebody."""

GATEWAYS: frozenset[NodeKind] = frozenset(("exclusive", "inclusive", "parallel"))
ACTIVITIES: frozenset[NodeKind] = frozenset(
    ("task", "user_task", "manual_task", "service_task", "send_task", "call")
)


@dataclass(frozen=True, slots=True)
class Record:
    """What the source of a process says beyond BPMN, kept so that it can be read back: names with values."""

    name: str
    values: tuple[tuple[str, str], ...] = ()
    parts: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True)
class ProcessLane:
    """A row of the pool: who does what lies in it."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class ProcessStage:
    """A stretch of the process with a title; ``notes`` are what must hold to enter and to leave it."""

    id: str
    label: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Loop:
    """A task is done several times: once for each of ``each`` (an expression that counts them), or again while
    ``again`` holds, ``at_most`` so many times."""

    each: str = ""
    again: str = ""
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class ProcessNode:
    """An event, a task or a gateway. Ids are unique in the model and XML names.

    ``belongs`` is the id of the thing in the source that it is a part of: a step that may be left out becomes
    a task between two gateways. ``notes`` are its documentation. ``host`` is the task that a timer hangs on,
    ``duration`` its time (ISO 8601), ``interrupting`` whether the task (or the whole process) is then over.
    ``condition`` and ``message`` are what events wait for, or whom an escalation tells; ``calls`` is the id of
    the process that a call runs.
    """

    id: str
    kind: NodeKind
    label: str = ""
    lane: str = ""
    stage: str = ""
    belongs: str = ""
    notes: tuple[str, ...] = ()
    records: tuple[Record, ...] = ()
    host: str = ""
    duration: str = ""
    condition: str = ""
    message: str = ""
    calls: str = ""
    loop: Loop | None = None
    interrupting: bool = True


@dataclass(frozen=True, slots=True)
class ProcessFlow:
    """A sequence flow. ``label`` says the condition in English, ``condition`` is the expression itself; the
    ``default`` one is taken if no other of the same gateway is."""

    id: str
    source: str
    target: str
    label: str = ""
    condition: str = ""
    default: bool = False
    records: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True)
class ProcessHandler:
    """What is done when something happens at any time (BPMN: an event sub-process). Its first node waits for it."""

    id: str
    label: str
    nodes: tuple[ProcessNode, ...]
    flows: tuple[ProcessFlow, ...]
    records: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True)
class ProcessModel:
    """A process in one pool. All tuples are in reading order; timers stand behind their hosts.

    ``id`` is the name by which calls know it. ``records`` are of what is in the source and in no drawn part.
    """

    name: str
    title: str
    id: str = "process"
    lanes: tuple[ProcessLane, ...] = ()
    stages: tuple[ProcessStage, ...] = ()
    nodes: tuple[ProcessNode, ...] = ()
    flows: tuple[ProcessFlow, ...] = ()
    handlers: tuple[ProcessHandler, ...] = ()
    notes: tuple[str, ...] = ()
    records: tuple[Record, ...] = ()
