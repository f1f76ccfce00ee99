"""An independent oracle for proofs about accounts: every account there can be, in every stage of a playbook.

An account is a value for each field and event. Most fields can change at any time. What has happened has
happened; ``account.fit`` changes only in stages that fill it. So an account keeps a *memory* of these when it goes
on. What accounts can be in a stage with is found by following all ways until nothing new comes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product

from proof_samples import TODAY
from random_criteria import Plan, Stage

from playbook.expressions.evaluate import Value, holds
from playbook.expressions.parse import parse_expression

Memory = tuple[bool, bool, str]
"""Whether the first report was built, whether people were trained, and how well the account fits."""

Accounts = frozenset[int]
"""Accounts by number."""

_VALUES: tuple[dict[str, Value], ...] = tuple(
    {
        "account.big": big,
        "account.late": late,
        "account.tier": tier,
        "account.seats": seats,
        "account.first_report": report,
        "account.trained": trained,
        "account.fit": fit,
        "value.reached": report,
    }
    for big, late, tier, seats, report, trained, fit in product(
        (False, True), (False, True), "abc", range(4), (False, True), (False, True), ("good", "poor")
    )
)

MEMORIES: tuple[Memory, ...] = tuple(product((False, True), (False, True), ("good", "poor")))


def memory(account: int) -> Memory:
    """What an account keeps."""
    values = _VALUES[account]
    return values["account.first_report"], values["account.trained"], values["account.fit"]  # type: ignore[return-value]


_OF_MEMORY: dict[Memory, Accounts] = {
    each: frozenset(number for number in range(len(_VALUES)) if memory(number) == each) for each in MEMORIES
}


@cache
def _meets(text: str, segments: tuple[tuple[str, str | None], ...]) -> Accounts:
    tree = parse_expression(text).tree
    assert tree is not None, text
    own = _segments(segments) if "account.segment" in text else {}
    given = {"deal.closed_won": True, "closed_won.reached": True}
    return frozenset(
        number
        for number, values in enumerate(_VALUES)
        if holds(tree, {**given, **values, "account.segment": own.get(number)}, TODAY)
    )


@cache
def _segments(segments: tuple[tuple[str, str | None], ...]) -> dict[int, str]:
    """The one segment of each account."""
    found: dict[int, str] = {}
    for id_, when in sorted(segments, key=lambda pair: pair[1] is None):
        for number in range(len(_VALUES)) if when is None else _meets(when, ()):
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
        self.known = tuple(plan.segments.items())
        every = frozenset(range(len(_VALUES)))
        self.every = self.meets(f'account.segment == "{segment}"') if segment else every

    def meets(self, text: str) -> Accounts:
        """The accounts for which a condition holds."""
        return _meets(text, self.known)

    def meet_all(self, criteria: Iterable[tuple[str, bool]]) -> Accounts:
        """The accounts for which all criteria hold that nobody may waive."""
        found = self.every
        for text, waived in criteria:
            found = found if waived else found & self.meets(text)
        return found

    def otherwise(self, stage: Stage) -> Accounts:
        """The accounts that no way out with a condition takes."""
        return self.every.difference(*(self.meets(way.when) for way in stage.next if way.when))

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
        allowed = {memory(account) for account in self.meet_all(stage.enter)}
        return {after for before in arriving for after in _later(before) if after in allowed}

    def _arriving(self, entered: dict[str, set[Memory]]) -> list[tuple[str, set[Memory]]]:
        found = [
            (way.target, {memory(account) for account in way.accounts})
            for way in (*self._ways(entered), *self._interrupted(entered))
            if way.target in self.stages
        ]
        for index, stage in enumerate(self.plan.stages):
            if stage.overlaps and (others := self._ahead[index]):
                # It may begin once the one ahead of it has, and what that does not overlap has ended.
                ended = [{memory(each) for each in self._leaving(entered, other)} for other in others[:-1]]
                found.append((stage.id, set(_common([*ended, self._within(entered, others[-1])]))))
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
        return self.every & _with(self._within(entered, stage)) & self.meet_all(self.stages[stage].exit)

    @cached_property
    def chosen(self) -> dict[str, Accounts]:
        """The accounts that branches let into each stage, if nothing changes but what is remembered."""
        found: dict[str, Accounts] = {stage: frozenset() for stage in self.stages}
        found[self.plan.stages[0].id] = self.every
        grown = True
        while grown:
            grown = False
            for way in self.ways:
                if way.target not in found:
                    continue
                kept = frozenset.intersection(*(self._aged(found[source], source) for source in way.sources))
                taken = self._taken(way)
                new = self._aged(kept & taken if taken is not None else kept, way.target) - found[way.target]
                found[way.target] |= new
                grown = grown or bool(new)
        return found

    def _taken(self, way: Way) -> Accounts | None:
        """The accounts that a branch takes; none for a way that is no branch."""
        stage = self.stages[way.sources[0]]
        branch = next((each for each in stage.next if each.to == way.target), None)
        if branch is None:
            return None
        return self.meets(branch.when) if branch.when else self.otherwise(stage)

    def _aged(self, accounts: Accounts, stage: str) -> Accounts:
        """What becomes of accounts in a stage, if only what is remembered changes."""
        fills = self.stages[stage].fills
        count = len(MEMORIES)
        return frozenset(
            number // count * count + MEMORIES.index(after)
            for number in accounts
            for after in _later(memory(number), fills=fills)
        )

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
        for index, stage in enumerate(self.plan.stages):
            found.append(list(still_open))
            if not stage.overlaps:
                still_open = []
            elif index:
                still_open = still_open[-1:]
            if stage.next:
                still_open = []
            else:
                still_open.append(stage.id)
        return found

    def _ways(self, entered: dict[str, set[Memory]]) -> list[Way]:
        leaving = {stage: self._leaving(entered, stage) for stage in self.stages}
        found = [
            Way(tuple(ahead), stage.id, frozenset.intersection(*(leaving[each] for each in ahead)))
            for stage, ahead in zip(self.plan.stages, self._ahead, strict=True)
            if ahead
        ]
        for stage in self.plan.stages:
            for way in stage.next:
                taken = self.meets(way.when) if way.when else self.otherwise(stage)
                found.append(Way((stage.id,), way.to, leaving[stage.id] & taken))
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
    told = dict(witness)
    segments = _segments(oracle.known)

    def is_one(number: int) -> bool:
        values = {"deal.closed_won": True, **_VALUES[number], "account.segment": segments.get(number)}
        return all(_shown(values[name]) == value for name, value in told.items())

    return frozenset(filter(is_one, accounts))


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _later(before: Memory, *, fills: bool = False) -> list[Memory]:
    return [
        after
        for after in MEMORIES
        if after[0] >= before[0] and after[1] >= before[1] and (fills or after[2] == before[2])
    ]


def _with(memories: Iterable[Memory]) -> Accounts:
    return frozenset().union(*(_OF_MEMORY[each] for each in memories))


def _common(sets: list[set[Memory]]) -> list[Memory]:
    """What an account can remember that has been in several stages at once."""
    return [after for after in MEMORIES if all(any(after in _later(one) for one in each) for each in sets)]
