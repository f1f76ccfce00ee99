"""Parts of a net between one node and another in which only ``and``, or only ``xor``, is found.

An acyclic part of one kind with one way in and one way out is always sound, whatever its shape; it can
stand as one node. Source: J. Vanhatalo, H. Völzer and F. Leymann, "Faster and more focused control-flow
analysis for business process models through SESE decomposition" (2007), where such parts are the
unstructured fragments that are decided by their kinds of gateways alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Region:
    """Nodes from ``first`` to ``last``, in an order in which they can happen."""

    first: int
    last: int
    nodes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class View:
    """What of a net is needed to find regions: kinds, edges and their ends."""

    join_and: Sequence[bool]
    split_and: Sequence[bool]
    target: Sequence[int]
    into: Sequence[Sequence[int]]
    out: Sequence[Sequence[int]]


def region_from(net: View, first: int) -> Region | None:
    """The smallest region of one kind that begins with the split ``first``, if there is one.

    Nodes are taken in once all edges into them come from inside, so that there is no cycle in a region.
    It is closed where all edges out of it leave one node.
    """
    kind = net.split_and[first]
    nodes = [first]
    inside = {first}
    open_edges = set(net.out[first])
    arrived: dict[int, int] = {}
    ready: list[int] = []

    def leave(node: int) -> None:
        for edge in net.out[node]:
            target = net.target[edge]
            arrived[target] = arrived.get(target, 0) + 1
            if arrived[target] == len(net.into[target]) and target not in inside:
                ready.append(target)

    leave(first)
    while ready:
        node = ready.pop()
        if len(net.into[node]) > 1 and net.join_and[node] != kind:
            continue
        open_edges.difference_update(net.into[node])
        inside.add(node)
        nodes.append(node)
        if not open_edges:
            return Region(first, node, tuple(nodes)) if net.out[node] else None
        if len(net.out[node]) > 1 and net.split_and[node] != kind:
            # A split of another kind can only be where a region ends.
            open_edges.update(net.out[node])
            continue
        open_edges.update(net.out[node])
        leave(node)
    return None
