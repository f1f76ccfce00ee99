"""Random nets, the same for the same seed: sound ones made of blocks, broken ones, and such of random playbooks."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from playbook.core.net import Net

SOURCE, SINK = 0, 1


@dataclass
class Draft:
    """A net that is still being changed. Edges are pairs; nodes 0 and 1 are source and sink."""

    join_and: list[bool] = field(default_factory=lambda: [False, False])
    split_and: list[bool] = field(default_factory=lambda: [False, False])
    edges: list[tuple[int, int]] = field(default_factory=lambda: [(SOURCE, SINK)])

    def node(self, join_and: bool = False, split_and: bool = False) -> int:
        self.join_and.append(join_and)
        self.split_and.append(split_and)
        return len(self.join_and) - 1

    def insert(self, edge: int, join_and: bool = False, split_and: bool = False) -> int:
        """Put a node on an edge."""
        source, target = self.edges[edge]
        node = self.node(join_and, split_and)
        self.edges[edge] = (source, node)
        self.edges.append((node, target))
        return node

    def into(self, node: int) -> list[int]:
        return [number for number, (_, target) in enumerate(self.edges) if target == node]

    def out(self, node: int) -> list[int]:
        return [number for number, (source, _) in enumerate(self.edges) if source == node]

    def copy(self) -> Draft:
        return Draft(list(self.join_and), list(self.split_and), list(self.edges))

    def connected(self) -> bool:
        """Whether every node lies on a way from source to sink, the first and the last of all."""
        if any(target == SOURCE or source == SINK for source, target in self.edges):
            return False
        forward: dict[int, list[int]] = {}
        backward: dict[int, list[int]] = {}
        for source, target in self.edges:
            forward.setdefault(source, []).append(target)
            backward.setdefault(target, []).append(source)
        return all(
            len(_reached(start, following)) == len(self.join_and)
            for start, following in ((SOURCE, forward), (SINK, backward))
        )

    def net(self, silent: Callable[[int], bool] = lambda node: False) -> Net:
        net = Net()
        for node, kinds in enumerate(zip(self.join_and, self.split_and, strict=True)):
            hidden = node in (SOURCE, SINK) or silent(node)
            net.node("" if hidden else f"n{node}", join_and=kinds[0], split_and=kinds[1])
        net.source, net.sink = SOURCE, SINK
        for source, target in self.edges:
            net.edge(source, target)
        return net


def _reached(start: int, following: dict[int, list[int]]) -> set[int]:
    found, pending = {start}, [start]
    while pending:
        for node in following.get(pending.pop(), ()):
            if node not in found:
                found.add(node)
                pending.append(node)
    return found


# -- sound nets of blocks --------------------------------------------------------------------------------


def structured(choose: random.Random, nodes: int) -> Draft:
    """Sequences, alternatives, work side by side and loops, nested at random, of about so many nodes. Sound."""
    draft = Draft()
    while len(draft.join_and) < nodes:
        block(choose, draft)
    return draft


def block(choose: random.Random, draft: Draft) -> None:
    """Put a block on an edge: a node, alternatives, work side by side, or a loop."""
    edge = choose.randrange(len(draft.edges))
    kind = choose.choices(("node", "split", "loop"), (35, 50, 15))[0]
    if kind == "node":
        draft.insert(edge, choose.random() < 0.5, choose.random() < 0.5)
        return
    together = kind == "split" and choose.random() < 0.5
    first = draft.insert(edge, split_and=together)
    last = draft.insert(len(draft.edges) - 1, join_and=together)
    if kind == "loop":
        draft.edges.append((last, first))
        return
    draft.edges.extend([(first, last)] * choose.choice((1, 1, 1, 2, 3)))
    # A block of nothing but edges is rare in playbooks.
    for number in draft.out(first):
        if choose.random() < 0.6:
            draft.insert(number)


def tangle(choose: random.Random, draft: Draft) -> None:
    """Put a part on an edge that has joins and splits of one kind, no cycle, and no other shape. Sound."""
    together = choose.random() < 0.5
    first = draft.insert(choose.randrange(len(draft.edges)), split_and=together)
    last = draft.insert(len(draft.edges) - 1, join_and=together)
    del draft.edges[-2]
    inner = [draft.node(together, together) for _ in range(choose.randint(2, 5))]
    ordered = [first, *inner, last]
    ways = {(choose.choice(ordered[: at + 1]), node) for at, node in enumerate(inner)}
    ways |= {(node, choose.choice(ordered[at + 2 :])) for at, node in enumerate(inner)}
    ways |= {(ordered[at], choose.choice(ordered[at + 1 :])) for at in range(choose.randint(0, len(inner)))}
    draft.edges.extend(sorted(ways))


def crossed(choose: random.Random, draft: Draft) -> None:
    """Something on one way waits for something on another, as ``overlaps`` and ``after`` make it."""
    one, other = choose.sample(range(len(draft.edges)), 2)
    fork = draft.insert(one, split_and=True)
    join = draft.insert(other, join_and=True)
    draft.edges.append((fork, join))


def fused(choose: random.Random, draft: Draft, share: float = 0.5) -> Draft:
    """Some joins that only lead to a split become one node with it."""
    edges: list[tuple[int, int] | None] = list(draft.edges)
    split, gone = list(draft.split_and), set[int]()
    for number, (_, target) in enumerate(draft.edges):
        source = (edges[number] or (SOURCE, SOURCE))[0]
        only = sum(edge is not None and (edge[0] == source or edge[1] == target) for edge in edges) == 1
        if only and source not in (SOURCE, target) and target != SINK and choose.random() < share:
            edges[number] = None
            edges = [(source, edge[1]) if edge and edge[0] == target else edge for edge in edges]
            split[source] = split[target]
            gone.add(target)
    kept = [node for node in range(len(split)) if node not in gone]
    place = {node: number for number, node in enumerate(kept)}
    return Draft(
        [draft.join_and[node] for node in kept],
        [split[node] for node in kept],
        [(place[edge[0]], place[edge[1]]) for edge in edges if edge],
    )


# -- mutations -------------------------------------------------------------------------------------------


def _flip_join(choose: random.Random, draft: Draft) -> None:
    joins = [node for node in range(2, len(draft.join_and)) if len(draft.into(node)) > 1]
    if joins:
        node = choose.choice(joins)
        draft.join_and[node] = not draft.join_and[node]


def _flip_split(choose: random.Random, draft: Draft) -> None:
    splits = [node for node in range(len(draft.split_and)) if len(draft.out(node)) > 1]
    if splits:
        node = choose.choice(splits)
        draft.split_and[node] = not draft.split_and[node]


def _redirect(choose: random.Random, draft: Draft) -> None:
    edge = choose.randrange(len(draft.edges))
    source, target = draft.edges[edge]
    node = choose.randrange(len(draft.join_and))
    draft.edges[edge] = (source, node) if choose.random() < 0.5 else (node, target)


def _add(choose: random.Random, draft: Draft) -> None:
    count = len(draft.join_and)
    draft.edges.append((choose.randrange(count), choose.randrange(count)))


def _drop(choose: random.Random, draft: Draft) -> None:
    del draft.edges[choose.randrange(len(draft.edges))]


def _way(choose: random.Random, draft: Draft) -> None:
    """A choice somewhere, of which one way leads to a merge somewhere: back, ahead, or across."""
    one, other = choose.sample(range(len(draft.edges)), 2)
    parting = draft.insert(one)
    merge = draft.insert(other)
    draft.edges.append((parting, merge))


def _jump(choose: random.Random, draft: Draft) -> None:
    """Another way from the source, as an interrupt makes it, with the tokens of what counts as done."""
    first = draft.out(SOURCE)
    edge = first[0]
    if len(first) > 1 and draft.split_and[SOURCE]:
        return
    if choose.random() < 0.5 and len(draft.edges) > 3:
        fork = draft.node(split_and=True)
        targets = choose.sample(range(len(draft.edges)), 2)
        merges = [draft.insert(target) for target in targets]
        draft.edges.append((SOURCE, fork))
        draft.edges.extend((fork, merge) for merge in merges)
    else:
        others = [number for number in range(len(draft.edges)) if number != edge]
        if others:
            merge = draft.insert(choose.choice(others))
            draft.edges.append((SOURCE, merge))
    draft.split_and[SOURCE] = False


def _end(choose: random.Random, draft: Draft) -> None:
    """One more way to the sink."""
    parting = draft.insert(choose.randrange(len(draft.edges)), split_and=choose.random() < 0.2)
    draft.edges.append((parting, SINK))


def _trap(choose: random.Random, draft: Draft) -> None:
    """A loop that is left only where it waits for something that is not on its way."""
    first = draft.insert(choose.randrange(len(draft.edges)))
    after = draft.out(first)[0]
    last = draft.insert(after)
    draft.edges.append((last, first))
    leaving = draft.out(last)[0]
    wait = draft.insert(leaving, join_and=True)
    draft.edges.append((choose.choice(range(2, len(draft.join_and))), wait))


MUTATIONS = (_flip_join, _flip_split, _redirect, _add, _drop, _way, _jump, _end, _trap)


def mutated(choose: random.Random, draft: Draft, times: int) -> Draft:
    """A draft with so many mutations that keep every node between source and sink."""
    while times:
        attempt = draft.copy()
        choose.choice(MUTATIONS)(choose, attempt)
        if attempt.connected() and len(attempt.edges) > 1:
            draft = attempt
            times -= 1
    return draft


# -- the nets of tests and benchmark ---------------------------------------------------------------------

FAMILIES = {"structured": 2, "tangled": 1, "crossed": 2, "mutated": 4, "broken": 2}
"""The families of nets, and how often each is taken."""


def random_net(seed: int) -> tuple[str, Net]:
    """A net of 5 to about 40 nodes, and its family."""
    choose = random.Random(seed)
    family = choose.choices(list(FAMILIES), list(FAMILIES.values()))[0]
    draft = structured(choose, choose.choice((choose.randint(5, 12), choose.randint(5, 26))))
    if family == "tangled" or (family in ("mutated", "broken") and choose.random() < 0.2):
        tangle(choose, draft)
    if family == "crossed":
        for _ in range(choose.randint(1, 2)):
            crossed(choose, draft)
    if choose.random() < 0.6:
        draft = fused(choose, draft)
    if family == "mutated":
        draft = mutated(choose, draft, 1)
    if family == "broken":
        draft = mutated(choose, draft, choose.randint(2, 5))
    hidden = choose.random() * 0.5
    return family, draft.net(lambda node: choose.random() < hidden)


def block_net(seed: int, blocks: int = 100, mutations: int = 0) -> Net:
    """A net of so many blocks; sound, if it has no mutations."""
    choose = random.Random(seed)
    draft = Draft()
    for _ in range(blocks):
        block(choose, draft)
    return mutated(choose, draft, mutations).net()
