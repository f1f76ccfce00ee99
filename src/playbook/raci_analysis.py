"""The RACI matrix of a playbook in numbers: who holds how many of which letter, and where.

Down a column (vertical analysis) it shows who has too much and who has nothing; along the stages, who takes
part in them. Rules judge by these numbers and views print them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from playbook.core.owners import Letter
from playbook.core.process import Task
from playbook.language.organization import Role
from playbook.workspace import CompiledPlaybook

LetterName = Literal["R", "A", "C", "I"]
LETTERS: tuple[LetterName, ...] = ("R", "A", "C", "I")

_LETTER: dict[LetterName, Callable[[Task], Letter | None]] = {
    "R": lambda task: task.owners.responsible,
    "A": lambda task: task.owners.accountable,
    "C": lambda task: task.owners.consulted,
    "I": lambda task: task.owners.informed,
}


@dataclass(frozen=True, slots=True)
class Column:
    """What one role or team holds in a playbook: on how many steps it has which letter.

    ``steps`` is the number of steps on which it has any; ``by_stage`` are these by the stage, where there are
    some.
    """

    owner: str
    responsible: int
    accountable: int
    consulted: int
    informed: int
    steps: int
    by_stage: dict[str, int]

    @property
    def busiest(self) -> str | None:
        """The stage in which it has letters on the most steps, the first of several."""
        return max(self.by_stage, key=self.by_stage.__getitem__) if self.by_stage else None


class RaciAnalysis:
    """The numbers of one playbook, each worked out when it is first asked for.

    Letters count as they hold in effect, those inherited from a stage included.
    """

    def __init__(self, playbook: CompiledPlaybook) -> None:
        self._playbook = playbook
        self._tasks = list(playbook.process.tasks.values())

    @property
    def steps(self) -> int:
        """The number of steps."""
        return len(self._tasks)

    @cached_property
    def columns(self) -> dict[str, Column]:
        """All who hold a letter on a step, in the order of the organization: roles, then teams."""
        counts = [self._count(letter) for letter in LETTERS]
        places = self._places()
        return {
            owner: Column(
                owner,
                responsible=counts[0][owner],
                accountable=counts[1][owner],
                consulted=counts[2][owner],
                informed=counts[3][owner],
                steps=sum(places[owner].values()),
                by_stage=places[owner],
            )
            for owner in self._in_order(list(places))
        }

    @cached_property
    def accountable(self) -> Counter[str]:
        """The number of steps that each role answers for."""
        return self._count("A")

    def share(self, owner: str) -> float:
        """The share of all steps that a role answers for, from 0 to 1."""
        return self.accountable[owner] / self.steps if self.steps else 0.0

    def overloaded(self, share: float) -> list[str]:
        """Who answers for more than a share of all steps."""
        return [owner for owner, count in self.accountable.items() if count > share * self.steps]

    @cached_property
    def empty(self) -> tuple[str, ...]:
        """The roles of the organization that hold no letter on any step: empty columns."""
        held = {holder for holders in self.holders.values() for holder in holders}
        return tuple(role for role in self._playbook.workspace_symbols["role"] if role not in held)

    @cached_property
    def without_backup(self) -> tuple[str, ...]:
        """The roles of our side that answer for a step, and that nobody steps in for."""
        return tuple(owner for owner in self.accountable if lacks_backup(self._playbook, owner))

    @cached_property
    def holders(self) -> dict[str, frozenset[str]]:
        """All who hold a letter on a step of a stage, by stage."""
        return {stage: _holders(tasks) for stage, tasks in self._playbook.tasks_by_stage.items()}

    def _count(self, name: LetterName) -> Counter[str]:
        letter_of = _LETTER[name]
        found: Counter[str] = Counter()
        for task in self._tasks:
            letter = letter_of(task)
            if letter is not None:
                for holder in letter.holders if len(letter.holders) == 1 else dict.fromkeys(letter.holders):
                    found[holder] += 1
        return found

    def _places(self) -> dict[str, dict[str, int]]:
        """The number of steps on which each holds a letter, by stage."""
        found: dict[str, dict[str, int]] = {}
        for task in self._tasks:
            for holder in task.owners.everyone():
                on_stages = found.setdefault(holder, {})
                on_stages[task.stage] = on_stages.get(task.stage, 0) + 1
        return found

    def _in_order(self, owners: list[str]) -> list[str]:
        tables = (self._playbook.workspace_symbols["role"], self._playbook.workspace_symbols["team"])
        order = {owner: index for index, owner in enumerate([id_ for table in tables for id_ in table])}
        # What nothing declares comes last, by name: it is found in no certain order.
        return sorted(owners, key=lambda owner: (order.get(owner, len(order)), owner))


def raci_analysis(playbook: CompiledPlaybook) -> RaciAnalysis:
    """The analysis of a playbook; ask with ``playbook.remembered(raci_analysis)``."""
    return RaciAnalysis(playbook)


def _holders(tasks: list[Task]) -> frozenset[str]:
    """All who hold a letter on one of the tasks."""
    found: set[str] = set()
    seen: set[int] = set()
    for task in tasks:
        owners = task.owners
        for letter in (owners.accountable, owners.responsible, owners.consulted, owners.informed):
            # Steps share the letters that they inherit.
            if letter is not None and id(letter) not in seen:
                seen.add(id(letter))
                found.update(letter.holders)
    return frozenset(found)


def lacks_backup(playbook: CompiledPlaybook, owner: str) -> bool:
    """Whether a role of our side has nobody to step in: no other role, and no other holder."""
    role = playbook.role(owner)
    if role is None or has_backup(owner, role):
        return False
    team = playbook.team(role.team or "")
    return team is None or team.party == "internal"


def has_backup(id_: str, role: Role) -> bool:
    """Whether somebody steps in for a role: another role, or another of several holders."""
    return (role.backup is not None and role.backup != id_) or role.pool is not None or (role.at_least or 0) > 1
