"""The token game of a process: what starts what, and what waits for what.

A net is a workflow graph (Sadiq and Orlowska, "Analyzing process models using graph reduction
techniques", 2000). Its edges carry tokens. A node that joins with ``and`` waits for a token on every edge
into it, one that joins with ``xor`` for a token on any; it then puts a token on every edge out of it
(``and``) or on one of them (``xor``).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from playbook.core.process import Flow


@dataclass
class Net:
    """Nodes and edges by number. ``source`` has no edge into it, ``sink`` none out of it.

    ``origin`` is the process node that a net node stands for, or ``""`` for a node that only parts or
    joins; ``flow`` is the process flow that an edge stands for, if it does.
    """

    origin: list[str] = field(default_factory=list)
    join_and: list[bool] = field(default_factory=list)
    split_and: list[bool] = field(default_factory=list)
    edges: list[tuple[int, int]] = field(default_factory=list)
    flow: list[Flow | None] = field(default_factory=list)
    source: int = 0
    sink: int = 1

    def node(self, origin: str = "", *, join_and: bool = False, split_and: bool = False) -> int:
        """Add a node and give its number."""
        self.origin.append(origin)
        self.join_and.append(join_and)
        self.split_and.append(split_and)
        return len(self.origin) - 1

    def edge(self, source: int, target: int, flow: Flow | None = None) -> int:
        """Add an edge and give its number."""
        self.edges.append((source, target))
        self.flow.append(flow)
        return len(self.edges) - 1
