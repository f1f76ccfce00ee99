"""An independent oracle for data flow: every run of a process, as a token game on its flows.

A state is the flows that hold a token, and which of some nodes have been done. A node can be done once all
flows that go together have brought a token to it, or one alternative has; it then gives a token to all flows
that go together out of it, or to one alternative. An interrupt drops all tokens of a run that has entered one of
its stages; that something is done before it happens can only make more known, so it happens at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from playbook.core.process import START, Flow, Process

Token = Flow | str
"""On a flow; or, of the start and of interrupts, at the node that it leads to."""

State = tuple[frozenset[Token], int]


@dataclass
class Runs:
    """For each node the sets of nodes that may have been done when it is come to, as bits; and right after it."""

    before: dict[str, set[int]] = field(default_factory=dict)
    after: dict[str, set[int]] = field(default_factory=dict)
    complete: bool = True


def all_runs(process: Process, bits: dict[str, int], most: int = 4_000) -> Runs:
    """Play every run, up to so many states. ``bits`` are the nodes to be remembered."""
    found = Runs()
    jumps: dict[str, list[str]] = {}
    for interrupt in process.interrupts:
        for stage in interrupt.stages:
            jumps.setdefault(f"enter.{stage}", []).extend([interrupt.target] if interrupt.target else [])
    first: State = (frozenset({START}), 0)
    seen, pending = {first}, [first]
    for tokens, done in pending:
        if len(seen) > most:
            found.complete = False
            break
        for node in {token if isinstance(token, str) else token.target for token in tokens}:
            for taken in _takings(process, node, tokens):
                now = done | bits.get(node, 0)
                found.before.setdefault(node, set()).add(done)
                found.after.setdefault(node, set()).add(now)
                left = tokens - taken
                following = [left | given for given in _givings(process, node) if not left & given]
                following += [frozenset({target}) for target in jumps.get(node, ())]
                for state in ((each, now) for each in following):
                    if state not in seen:
                        seen.add(state)
                        pending.append(state)
    return found


def _takings(process: Process, node: str, tokens: frozenset[Token]) -> Iterator[frozenset[Token]]:
    flows = process.predecessors[node]
    together = frozenset(flow for flow in flows if flow.mode == "together")
    if together and together <= tokens:
        yield together
    for token in (node, *(flow for flow in flows if flow.mode == "alternative")):
        if token in tokens:
            yield frozenset({token})


def _givings(process: Process, node: str) -> Iterator[frozenset[Token]]:
    flows = process.successors[node]
    together: frozenset[Token] = frozenset(flow for flow in flows if flow.mode == "together")
    alternatives = [flow for flow in flows if flow.mode == "alternative"]
    if together or not alternatives:
        yield together
    for flow in alternatives:
        yield frozenset({flow})
