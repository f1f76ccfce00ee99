"""Whether what is read has been captured or produced by then, on every way that leads there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from playbook.core.reach import descendants
from playbook.language.tracking import TrackedField
from playbook.language.vocabulary import BUILT_IN_FIELDS
from playbook.proofs.axioms import find, of_variant
from playbook.proofs.conditions import any_of, negated, trees_of
from playbook.proofs.facts import Facts, Source, facts_of
from playbook.proofs.reads import Read, reads_of
from playbook.workspace import CompiledPlaybook

Why = Literal["never", "later", "sometimes", "waits"]


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is read and may not be there.

    ``never``: nothing yields it. ``later``: only steps behind the read do. ``sometimes``: on ``way`` (process
    nodes from the start on) none does, or only under a condition. ``waits``: a condition asks whether
    something has happened that only happens behind it. ``sources`` are the steps that yield it.
    """

    read: Read
    why: Why
    sources: tuple[Source, ...] = ()
    way: tuple[str, ...] = ()
    others: tuple[Read, ...] = ()


def missing_in(playbook: CompiledPlaybook) -> list[Missing]:
    """All that is read too early, by kind of read and name; ask with ``playbook.remembered(missing_in)``."""
    return list(_Supply(playbook).missing())


class _Supply:
    def __init__(self, playbook: CompiledPlaybook) -> None:
        self.playbook = playbook
        self.facts: Facts = playbook.remembered(facts_of)
        self.outside = self._from_outside()
        self.behind: dict[str, set[str]] = {}

    def missing(self) -> Iterator[Missing]:
        found: dict[tuple[str, str], list[Missing]] = {}
        for read in reads_of(self.playbook):
            missing = self._state(read) if self._is_state(read.name) else self._data(read)
            if missing is not None:
                found.setdefault((read.kind, read.name), []).append(missing)
        for first, *others in found.values():
            yield Missing(first.read, first.why, first.sources, first.way, tuple(other.read for other in others))

    def _from_outside(self) -> set[str]:
        """What is there from the start: given by the one who runs the playbook, or owed by other functions."""
        model = self.playbook.model
        found = set(BUILT_IN_FIELDS)
        found.update(model.interface.needs if model.interface else ())
        for entry in model.inputs.values():
            found.update(entry.data)
        found.update(table.sets for table in model.decisions.values() if table.sets)
        return found

    def _is_from_elsewhere(self, name: str) -> bool:
        """Whether what no step yields comes from a system, or from work that another playbook describes.

        A part or a programme follows such work; a journey begins where it begins.
        """
        symbol = self.playbook.workspace_symbols["field"].get(name)
        if symbol is not None and symbol.value.system is not None:  # type: ignore[attr-defined]
            return True
        return self.playbook.model.scope != "journey" and self.playbook.is_yielded_elsewhere(name)

    # -- data ------------------------------------------------------------------------------------

    def _data(self, read: Read) -> Missing | None:
        if read.name in self.outside or not self._is_kept(read.name):
            return None
        sources = tuple(self.facts.sources.get(read.name, ()))
        if not sources:
            return None if self._is_from_elsewhere(read.name) else Missing(read, "never")
        if read.node is None:
            return None
        knowledge = self.facts.knowledge
        known = knowledge.after(read.node) if read.after else knowledge.before(read.node)
        sure = [source for source in sources if known & source.bit and not source.perhaps]
        if any(source.condition is None for source in sure) or self._is_implied(sure, known, read):
            return None
        if all(self._is_behind(read.node, source.task.id) for source in sources):
            return Missing(read, "later", sources)
        plain = {source.bit for source in sources if source.condition is None and not source.perhaps}
        way = knowledge.way_without(read.node, sum(plain)) if plain else ()
        return Missing(read, "sometimes", sources, way)

    def _is_kept(self, name: str) -> bool:
        """Whether a name is an artifact, or a field of which nothing says that it comes from elsewhere."""
        if name in self.playbook.symbols["artifact"]:
            return True
        symbol = self.playbook.workspace_symbols["field"].get(name)
        return symbol is not None and isinstance(symbol.value, TrackedField) and symbol.value.captured is None

    def _is_implied(self, sources: list[Source], known: int, read: Read) -> bool:
        """Whether it is read only where the conditions of the steps that yield it hold."""
        conditions = trees_of(source.condition for source in sources if source.condition)
        if not conditions:
            return False
        assumed = [*self.facts.held(known), *of_variant(self.playbook)]
        if read.given is not None:
            assumed.append(read.given)
        verdict = find(self.playbook, [negated(any_of(conditions))], assumed)
        return verdict is None or verdict.found == "no"

    # -- states ----------------------------------------------------------------------------------

    def _is_state(self, name: str) -> bool:
        type_ = self.playbook.type_of(name)
        return type_ is not None and type_.moment

    def _state(self, read: Read) -> Missing | None:
        """Of what has happened: whether it can, ahead of the place that waits for it."""
        base, _, state = read.name.rpartition(".")
        if read.node is None:
            return None
        if base in self.playbook.symbols["artifact"]:
            sources = tuple(self.facts.sources.get(base, ()))
            if base in self.outside or (not sources and self._is_from_elsewhere(base)):
                return None
            if not sources:
                return Missing(read, "never")
            behind = all(self._is_behind(read.node, source.task.id) for source in sources)
            return Missing(read, "waits", sources) if behind else None
        if read.whole and read.path[2:3] == ("exit",) and f"step.{base}" in self.playbook.process.tasks:
            left_out = self._may_be_left_out(read, base, state)
            if left_out is not None:
                return left_out
        node = self._node_of(base, state)
        if node is not None and node != read.node and self._is_behind(read.node, node):
            return Missing(read, "waits", (), (node,))
        return None

    def _may_be_left_out(self, read: Read, id_: str, state: str) -> Missing | None:
        """Of an exit that asks for a step: whether that step need not be done."""
        step, task = self.playbook.steps[id_], self.playbook.process.tasks[f"step.{id_}"]
        if state not in ("started", "completed", "approved") or self._is_behind(read.node or "", task.id):
            return None
        source = Source(task, 0, step.when, perhaps=step.need != "required")
        known = self.facts.knowledge.before(read.node or "")
        if source.perhaps or (step.when and not self._is_implied([source], known, read)):
            return Missing(read, "sometimes", (source,))
        return None

    def _node_of(self, base: str, state: str) -> str | None:
        nodes = self.playbook.process.nodes
        if base in self.playbook.symbols["stage"]:
            base_node = f"exit.{base}" if state == "exited" else f"enter.{base}"
            return base_node if base_node in nodes else None
        handoff = self.playbook.model.handoffs.get(base)
        if handoff is not None:
            place = next((node for node in (f"step.{handoff.at}", f"exit.{handoff.at}") if node in nodes), None)
            # The exit of a stage may wait for the handoff that happens at its end.
            return None if place is None or place.startswith("exit.") else place
        return f"step.{base}" if f"step.{base}" in nodes else None

    def _is_behind(self, node: str, other: str) -> bool:
        """Whether ``other`` comes only after ``node``."""
        return other in self._after(node) and node not in self._after(other)

    def _after(self, node: str) -> set[str]:
        if node not in self.behind:
            self.behind[node] = descendants(self.playbook.process, node)
        return self.behind[node]
