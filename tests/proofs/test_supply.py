"""What is read before it is there, compared with all runs of the process."""

from __future__ import annotations

from itertools import pairwise

import pytest
from all_runs import Runs, all_runs
from proof_samples import compiled
from random_flows import TRACKING, Expected, FlowPlan, random_flow_plan

from playbook.core.process import START
from playbook.core.reach import descendants
from playbook.proofs.supply import Missing, missing_in
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook

Key = tuple[str, str, KeyPath]


class Compared:
    """A random playbook, all its runs, and what is told of it."""

    def __init__(self, seed: int, *, once: bool) -> None:
        self.plan: FlowPlan = random_flow_plan(seed, once=once)
        self.playbook: CompiledPlaybook = compiled(self.plan.text(), TRACKING)
        filling = dict.fromkeys(each.node for some in self.plan.filled.values() for each in some)
        self.bits = {node: 1 << at for at, node in enumerate(filling)}
        self.runs: Runs = all_runs(self.playbook.process, self.bits)
        self.told: dict[Key, Missing] = {
            (read.kind, read.name, read.path): missing
            for missing in missing_in(self.playbook)
            for read in (missing.read, *missing.others)
        }

    def is_reached(self, read: Expected) -> bool:
        return read.node in self.runs.before

    def is_missing(self, read: Expected) -> bool:
        """Whether it is not there in some run, for some account."""
        done_sets = (self.runs.after if read.after else self.runs.before)[read.node]
        return any(not self.is_there(read.name, done, x) for done in done_sets for x in read.when)

    def is_there(self, name: str, done: int, x: bool) -> bool:
        return any(done & self.bits[each.node] and x in each.when for each in self.plan.filled.get(name, ()))

    def check_why(self, read: Expected, missing: Missing) -> None:
        """What is told of the first of some reads of one name is so."""
        process = self.playbook.process
        nodes = [each.node for each in self.plan.filled.get(read.name, ())]
        assert {source.task.id for source in missing.sources} == set(nodes)
        after = descendants(process, read.node)
        behind = [node in after and read.node not in descendants(process, node) for node in nodes]
        assert missing.why == ("never" if not nodes else "later" if all(behind) else "sometimes")

    def check_way(self, read: Expected, missing: Missing) -> None:
        """The way is one, and comes to each of its nodes in a run in which nothing has been yielded for certain."""
        plain = [each.node for each in self.plan.filled[read.name] if len(each.when) == 2]
        assert bool(missing.way) == bool(plain), self.plan.text()
        if not missing.way:
            return
        process = self.playbook.process
        linked = {(flow.source, flow.target) for flow in process.flows if flow.mode != "stop"}
        linked |= {(f"enter.{stage}", each.target or "") for each in process.interrupts for stage in each.stages}
        assert missing.way[0] == START
        assert missing.way[-1] == read.node
        assert linked.issuperset(pairwise(missing.way))
        assert not set(missing.way[:-1]) & set(plain), self.plan.text()
        bits = sum(self.bits[node] for node in plain)
        assert all(any(not done & bits for done in self.runs.before[node]) for node in missing.way)


@pytest.mark.parametrize("hundred", range(4))
def test_what_one_step_yields_is_told_missing_if_and_only_if_a_run_lacks_it(hundred: int) -> None:
    seen = {"never": 0, "later": 0, "sometimes": 0, "there": 0}
    skipped = 0
    for seed in range(hundred * 100, hundred * 100 + 100):
        it = Compared(seed, once=True)
        if not it.runs.complete:
            skipped += 1
            continue
        for read in filter(it.is_reached, it.plan.reads):
            missing = it.told.get((read.kind, read.name, read.path))
            assert (missing is not None) == it.is_missing(read), (it.plan.text(), read)
            if missing is not None and missing.read.path == read.path:
                it.check_why(read, missing)
                if missing.why == "sometimes":
                    it.check_way(read, missing)
            seen[missing.why if missing else "there"] += 1
    assert min(seen.values()) > 5, seen
    assert skipped < 5


@pytest.mark.parametrize("hundred", range(2))
def test_nothing_that_a_run_lacks_is_passed_over(hundred: int) -> None:
    found = 0
    for seed in range(5_000 + hundred * 100, 5_100 + hundred * 100):
        it = Compared(seed, once=False)
        for read in filter(it.is_reached, it.plan.reads):
            if it.is_missing(read):
                assert (read.kind, read.name, read.path) in it.told, (it.plan.text(), read)
                found += 1
    assert found > 50


def test_what_several_steps_yield_is_told_missing_if_and_only_if_a_run_lacks_it() -> None:
    for seed in range(5_200, 5_400):
        it = Compared(seed, once=False)
        # Which conditions hold on which way together is not gone into.
        plain = {name for name, some in it.plan.filled.items() if all(len(each.when) == 2 for each in some)}
        for read in filter(it.is_reached, it.plan.reads if it.runs.complete else ()):
            told = (read.kind, read.name, read.path) in it.told
            assert read.name not in plain or told == it.is_missing(read), (it.plan.text(), read)


def test_the_way_on_which_none_of_several_steps_yields_it() -> None:
    for seed in range(5_000, 5_200):
        it = Compared(seed, once=False)
        for read in filter(it.is_reached, it.plan.reads if it.runs.complete else ()):
            missing = it.told.get((read.kind, read.name, read.path))
            if missing is not None and missing.why == "sometimes" and missing.read.path == read.path:
                it.check_way(read, missing)
