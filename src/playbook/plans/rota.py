"""Which person is given each role of an account: by the accounts file, by ``people:``, in turn, or a backup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from playbook.plans.account import Account
from playbook.plans.people import Holder, People
from playbook.plans.plan import PersonBinding

_POOLS = {
    "least_loaded": "the tool knows who has the least to do",
    "on_call": "the tool knows who is on call",
    "territory": "the tool knows the territories",
    "first_to_claim": "the first who claims it",
}
_MANY = "several people hold it, and nothing says how one is chosen (pool: round_robin lets them take turns)"

_MOST_KEPT = 4096


@dataclass(frozen=True, slots=True)
class Held:
    """Who may be given a role of one account, the first choice first.

    ``in_turn`` says that the first of those who hold it on a day is given it; else it must be only one.
    ``why`` says, where nobody is given it, why not; ``backup`` is the role from which somebody steps in.
    """

    holders: tuple[Holder, ...] = ()
    in_turn: bool = False
    why: str = ""
    backup: str = ""

    @property
    def is_limited(self) -> bool:
        """Whether it depends on the day."""
        return any(holder.is_limited for holder in self.holders)

    def on(self, day: date | None) -> PersonBinding | None:
        """Who has it on a day; ``None`` for nobody, or where several could be meant."""
        holding = [holder.person for holder in self.holders if holder.holds_on(day)]
        return holding[0] if len(holding) == 1 or (holding and self.in_turn) else None


class _Alike(NamedTuple):
    """Of some roles: who holds those that are the same for all accounts, the others, and all that are asked."""

    always: dict[str, Held]
    others: tuple[str, ...]
    asked: frozenset[str]


class Rota:
    """Gives roles to people, account after account.

    A role with ``pool: round_robin`` goes round in the order of ``people:``: the first account that needs it
    is the first holder's, the next one the second's. Accounts that name their person take no turn.
    """

    def __init__(self, people: People) -> None:
        self._people = people
        self._turns: dict[str, int] = {}
        self._always: dict[str, tuple[frozenset[str], Held | None]] = {}
        self._named: dict[str, Held] = {}
        self._in_turn: dict[tuple[str, int, str], Held] = {}
        self._limited: dict[str, bool] = {}
        self._alike: dict[tuple[str, ...], _Alike] = {}

    def copy(self) -> Rota:
        """A rota that goes on from here by itself."""
        other = Rota(self._people)
        other._turns = dict(self._turns)
        return other

    @property
    def takes_turns(self) -> bool:
        """Whether there is a role in which people take turns, so that what came before matters."""
        known = self._people
        return any(
            pool == "round_robin" and len(known.holders.get(role, ())) > 1 for role, pool in known.pools.items()
        )

    def of(self, role: str, account: Account, starts: date | None) -> Held:
        """Who may be given a role of an account whose work starts on a day. Takes the account's turn."""
        asked, always = self._always_of(role)
        if always is not None and asked.isdisjoint(account.roles):
            return always
        return self._of(role, account, starts, frozenset())

    def all_of(self, roles: tuple[str, ...], account: Account, starts: date | None) -> dict[str, Held]:
        """The same for several roles at once, each by its id."""
        alike = self._alike.get(roles)
        if alike is None:
            found = {role: self._always_of(role) for role in roles}
            always = {role: held for role, (_, held) in found.items() if held is not None}
            asked = frozenset(each for names, _ in found.values() for each in names)
            alike = self._alike[roles] = _Alike(always, tuple(role for role in roles if role not in always), asked)
        if account.roles and not alike.asked.isdisjoint(account.roles):
            return {role: self.of(role, account, starts) for role in roles}
        held = dict(alike.always)
        for role in alike.others:
            held[role] = self._of(role, account, starts, frozenset())
        return held

    def _always_of(self, role: str) -> tuple[frozenset[str], Held | None]:
        if role not in self._always:
            self._always[role] = self._same_for_all(role)
        return self._always[role]

    def _same_for_all(self, role: str) -> tuple[frozenset[str], Held | None]:
        """The roles that are asked for one, and who holds it, where that depends on no turn and no day."""
        asked, known = dict.fromkeys([role]), self._people
        while (backup := known.backups.get(next(reversed(asked)))) is not None and backup not in asked:
            asked[backup] = None
        depends = any(
            len(known.holders.get(each, ())) > 1 or any(holder.is_limited for holder in known.holders.get(each, ()))
            for each in asked
        )
        return frozenset(asked), None if depends else self._of(role, Account("", ""), None, frozenset())

    def _of(self, role: str, account: Account, starts: date | None, asked: frozenset[str]) -> Held:
        named = account.roles.get(role)
        if named is not None:
            return self._of_name(named)
        holders = self._people.holders.get(role, ())
        holding = self._holding(role, holders, starts)
        backup = self._people.backups.get(role)
        if not holding and backup is not None and backup not in asked:
            held = self._of(backup, account, starts, asked | {role})
            if held.holders:
                return Held((*held.holders, *holders), held.in_turn or bool(holders), held.why, backup)
        if not holders:
            return Held(why="nobody is bound to it")
        if len(holders) == 1:
            return Held(holders, why=_away(holding))
        pool = self._people.pools.get(role)
        if pool == "round_robin":
            turn = self._turns.get(role, 0)
            self._turns[role] = turn + 1
            return self._turn_of(role, holders, turn % len(holders), _away(holding))
        if pool is not None and len(holding) > 1:
            return Held(why=f"pool: {pool}, {_POOLS.get(pool, 'the tool knows')}")
        return Held(holders, why=_MANY if holding else _away(holding))

    def _holding(self, role: str, holders: tuple[Holder, ...], day: date | None) -> Sequence[Holder]:
        if role not in self._limited:
            self._limited[role] = any(holder.is_limited for holder in holders)
        return [holder for holder in holders if holder.holds_on(day)] if self._limited[role] else holders

    def _turn_of(self, role: str, holders: tuple[Holder, ...], first: int, why: str) -> Held:
        """The holders of a role, beginning with the one whose turn it is; made once for all accounts."""
        found = self._in_turn.get((role, first, why))
        if found is None:
            found = Held((*holders[first:], *holders[:first]), in_turn=True, why=why)
            self._in_turn[role, first, why] = found
        return found

    def _of_name(self, name: str) -> Held:
        found = self._named.get(name)
        if found is None:
            if len(self._named) >= _MOST_KEPT:
                self._named.clear()
            found = self._named[name] = Held((Holder(self._people.find(name)),))
        return found


def _away(holding: Sequence[Holder]) -> str:
    return "" if holding else "nobody holds it on that day"
