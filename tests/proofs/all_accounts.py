"""An independent oracle for proofs about accounts: every account there can be, in every stage of a playbook.

An account is a value for each field and event. Most fields can change at any time. What has happened has
happened; ``account.fit`` changes only in stages that fill it. So an account keeps a *memory* of these when it goes
on. What accounts can be in a stage with is found by following all ways until nothing new comes.

Sets of accounts are numbers with a bit for each account, so that a playbook takes a few milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property, reduce
from itertools import product
from operator import and_, or_
from typing import Any

from proof_samples import TODAY
from random_criteria import Plan, Stage

from playbook.expressions.evaluate import holds
from playbook.expressions.parse import parse_expression

Memory = tuple[bool, bool, str]
"""Whether the first report was built, whether people were trained, and how well the account fits."""

Accounts = int
"""A bit for each account."""

MEMORIES: tuple[Memory, ...] = tuple(product((False, True), (False, True), ("good", "poor")))

_VALUES: tuple[dict[str, Any], ...] = tuple(
    {
        "account.big": big,
        "account.late": late,
        "account.tier": tier,
        "account.seats": seats,
        "account.first_report": report,
        "account.trained": trained,
        "account.fit": fit,
        "value.reached": report,
        "deal.closed_won": True,
        "closed_won.reached": True,
    }
    for big, late, tier, seats, (report, trained, fit) in product(
        (False, True), (False, True), "abc", range(4), MEMORIES
    )
)
"""The memory turns fastest: accounts that differ in nothing else stand together."""

EVERY: Accounts = (1 << len(_VALUES)) - 1


def _those(numbers: Iterable[int]) -> Accounts:
    return reduce(or_, (1 << number for number in numbers), 0)


_OF_MEMORY: dict[Memory, Accounts] = {
    each: _those(range(at, len(_VALUES), len(MEMORIES))) for at, each in enumerate(MEMORIES)
}

Segments = tuple[tuple[str, str | None], ...]


@cache
def _meets(text: str, segments: Segments) -> Accounts:
    parsed = parse_expression(text)
    assert parsed.tree is not None, text
    own = _segments(segments) if segments else {}
    names = {use.name for use in parsed.names}
    answers: dict[tuple[Any, ...], bool] = {}
    found = []
    for number, values in enumerate(_VALUES):
        read = {name: own.get(number) if name == "account.segment" else values[name] for name in names}
        key = tuple(read.values())
        if key not in answers:
            answers[key] = holds(parsed.tree, read, TODAY)
        if answers[key]:
            found.append(number)
    return _those(found)


@cache
def _segments(segments: Segments) -> dict[int, str]:
    """The one segment of each account."""
    found: dict[int, str] = {}
    for id_, when in sorted(segments, key=lambda pair: pair[1] is None):
        accounts = EVERY if when is None else _meets(when, ())
        for number in range(len(_VALUES)):
            if accounts >> number & 1:
                assert when is None or number not in found
                found.setdefault(number, id_)
    return found


@dataclass(frozen=True)
class Way:
    """A way into a stage or an end, and the accounts that take it. ``sources`` are the stages left."""

    sources: tuple[str, ...]
    target: str
    accounts: Accounts


class AllAccounts:
    """Every account of a playbook, or of its variant for one segment."""

    def __init__(self, plan: Plan, segment: str | None = None) -> None:
        self.plan = plan
        self.stages = {stage.id: stage for stage in plan.stages}
        self.known: Segments = tuple(plan.segments.items())
        self.every = self.meets(f'account.segment == "{segment}"') if segment else EVERY

    def meets(self, text: str) -> Accounts:
        """The accounts for which a condition holds."""
        return _meets(text, self.known if "account.segment" in text else ())

    def meet_all(self, criteria: Iterable[tuple[str, bool]]) -> Accounts:
        """The accounts for which all criteria hold that nobody may waive."""
        return reduce(and_, (self.meets(text) for text, waived in criteria if not waived), self.every)

    def taking(self, stage: Stage, to: str) -> Accounts:
        """The accounts that a branch is for."""
        taken = {way.to: self.meets(way.when) for way in stage.next if way.when}
        return taken[to] if to in taken else EVERY & ~reduce(or_, taken.values(), 0)

    # -- what accounts are in a stage with -------------------------------------------------------

    @cached_property
    def entered(self) -> dict[str, set[Memory]]:
        """The memories with which accounts enter each stage."""
        found: dict[str, set[Memory]] = {stage: set() for stage in self.stages}
        first = self.plan.stages[0]
        found[first.id] = self._entering(first, MEMORIES)
        grown = True
        while grown:
            grown = False
            for target, arriving in self._arriving(found):
                new = self._entering(self.stages[target], arriving) - found[target]
                found[target] |= new
                grown = grown or bool(new)
        return found

    def _entering(self, stage: Stage, arriving: Iterable[Memory]) -> set[Memory]:
        """Who arrives waits until the criteria hold."""
        allowed = _memories(self.meet_all(stage.enter))
        return {after for before in arriving for after in _later(before) if after in allowed}

    def _arriving(self, entered: dict[str, set[Memory]]) -> list[tuple[str, set[Memory]]]:
        found = [
            (way.target, _memories(way.accounts))
            for way in (*self._ways(entered), *self._interrupted(entered))
            if way.target in self.stages
        ]
        for index, stage in enumerate(self.plan.stages):
            if stage.overlaps and (others := self._ahead[index]):
                # It may begin once the one ahead of it has, and what that does not overlap has ended.
                ended = [_memories(self._leaving(entered, other)) for other in others[:-1]]
                found.append((stage.id, _common([*ended, self._within(entered, others[-1])])))
        return found

    def _within(self, entered: dict[str, set[Memory]], stage: str) -> set[Memory]:
        """The memories that accounts can have in a stage."""
        fills = self.stages[stage].fills
        return {after for before in entered[stage] for after in _later(before, fills=fills)}

    def inside(self, stage: str) -> Accounts:
        """The accounts that can be in a stage."""
        return self.every & _with(self._within(self.entered, stage))

    def leaving(self, stage: str) -> Accounts:
        """The accounts that can leave a stage."""
        return self._leaving(self.entered, stage)

    def _leaving(self, entered: dict[str, set[Memory]], stage: str) -> Accounts:
        return _with(self._within(entered, stage)) & self.meet_all(self.stages[stage].exit)

    def chosen(self, *, age: bool = True) -> dict[str, Accounts]:
        """The accounts that branches let into each stage, if nothing changes but what is remembered.

        Unless they ``age``, not even that changes.
        """
        aged = self._aged if age else lambda accounts, stage: accounts
        found: dict[str, Accounts] = dict.fromkeys(self.stages, 0)
        found[self.plan.stages[0].id] = self.every
        grown = True
        while grown:
            grown = False
            for way in self.ways:
                if way.target in found:
                    kept = reduce(and_, (aged(found[source], source) for source in way.sources))
                    stage = self.stages[way.sources[0]]
                    taken = kept & self.taking(stage, way.target) if stage.next else kept
                    new = aged(taken, way.target) | found[way.target]
                    grown = grown or new != found[way.target]
                    found[way.target] = new
        return found

    def _aged(self, accounts: Accounts, stage: str) -> Accounts:
        """What becomes of accounts in a stage, if only what is remembered changes."""
        found = 0
        for at, before in enumerate(MEMORIES):
            those = (accounts & _OF_MEMORY[before]) >> at
            for after in _later(before, fills=self.stages[stage].fills) if those else ():
                found |= those << MEMORIES.index(after)
        return found

    # -- ways ------------------------------------------------------------------------------------

    @cached_property
    def ways(self) -> list[Way]:
        """All ways between stages, with those who take them."""
        return self._ways(self.entered)

    @cached_property
    def interrupted(self) -> list[Way]:
        """The way of the interrupt, out of each of its stages, with those who take it."""
        return self._interrupted(self.entered)

    @cached_property
    def _ahead(self) -> list[list[str]]:
        """The stages that each stage follows or overlaps, in the order of the file."""
        found: list[list[str]] = []
        still_open: list[str] = []
        for stage in self.plan.stages:
            found.append(still_open)
            # What it overlaps is the stage ahead of it, if that leads on to it at all.
            still_open = [*(still_open[-1:] if stage.overlaps else ()), *(() if stage.next else (stage.id,))]
        return found

    def _ways(self, entered: dict[str, set[Memory]]) -> list[Way]:
        leaving = {stage: self._leaving(entered, stage) for stage in self.stages}
        found = [
            Way(tuple(ahead), stage.id, reduce(and_, (leaving[each] for each in ahead)))
            for stage, ahead in zip(self.plan.stages, self._ahead, strict=True)
            if ahead
        ]
        for stage in self.plan.stages:
            for way in stage.next:
                found.append(Way((stage.id,), way.to, leaving[stage.id] & self.taking(stage, way.to)))
        return found

    def _interrupted(self, entered: dict[str, set[Memory]]) -> list[Way]:
        interrupt = self.plan.interrupt
        if interrupt is None:
            return []
        hit = self.every & self.meets(interrupt.when)
        return [
            Way((stage,), interrupt.to, hit & _with(self._within(entered, stage))) for stage in interrupt.stages
        ]


def matching(accounts: Accounts, witness: Iterable[tuple[str, str]], oracle: AllAccounts) -> Accounts:
    """Those of some accounts that are as a witness says."""
    for name, value in witness:
        accounts &= _is(name, value, oracle.known)
    return accounts


@cache
def _is(name: str, shown: str, segments: Segments) -> Accounts:
    own = _segments(segments) if name == "account.segment" else {}
    return _those(
        number for number, values in enumerate(_VALUES) if _shown(own[number] if own else values[name]) == shown
    )


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _memories(accounts: Accounts) -> set[Memory]:
    return {each for each in MEMORIES if accounts & _OF_MEMORY[each]}


@cache
def _later(before: Memory, *, fills: bool = False) -> tuple[Memory, ...]:
    return tuple(
        after
        for after in MEMORIES
        if after[0] >= before[0] and after[1] >= before[1] and (fills or after[2] == before[2])
    )


def _with(memories: Iterable[Memory]) -> Accounts:
    return reduce(or_, (_OF_MEMORY[each] for each in memories), 0)


def _common(sets: list[set[Memory]]) -> set[Memory]:
    """What an account can remember that has been in several stages at once."""
    return {after for after in MEMORIES if all(any(after in _later(one) for one in each) for each in sets)}
