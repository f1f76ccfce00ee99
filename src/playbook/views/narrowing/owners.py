"""Who does what, as customers may see it."""

from __future__ import annotations

from dataclasses import replace

from playbook.core.owners import Letter, Owners
from playbook.language.organization import Role, Team
from playbook.views.narrowing.reach import is_customer
from playbook.workspace import CompiledPlaybook

_US = ""
"""In the place of an old id: nothing that is declared."""


class CustomerOwners:
    """The roles and teams that customers see, with new ids; gathered while letters are asked for."""

    def __init__(self, playbook: CompiledPlaybook) -> None:
        self._playbook = playbook
        self._roles: dict[str, Role] = {}
        self._teams: dict[str, Team] = {}
        self.ids: dict[str, str] = {}
        """The new ids by the old ones."""

    def letters(self, owners: Owners, *, ours: bool) -> Owners:
        """The letters of a step: of customers all, of us and partners those who do it or answer for it.

        A step of ours (``ours``) that no person has is our team's: that its owner is a tool, or is missing, is
        internal.
        """
        seen = Owners(
            accountable=self._letter(owners.accountable),
            responsible=self._letter(owners.responsible),
            consulted=self._letter(owners.consulted, theirs=True),
            informed=self._letter(owners.informed, theirs=True),
        )
        if not ours or seen.accountable or seen.responsible:
            return seen
        return replace(seen, responsible=Letter((self._us(),), ("stages",)))

    def theirs(self, holders: tuple[str, ...]) -> tuple[str, ...]:
        """Those holders who are on the customer's side."""
        return tuple(self._id(holder) for holder in holders if is_customer(self._playbook, holder))

    def _letter(self, letter: Letter | None, *, theirs: bool = False) -> Letter | None:
        if letter is None:
            return None
        seen = [
            holder
            for holder in letter.holders
            if (is_customer(self._playbook, holder) if theirs else not self._is_system(holder))
        ]
        return Letter(tuple(map(self._id, seen)), ("stages",), letter.choice) if seen else None

    def _is_system(self, holder: str) -> bool:
        """Whether it is a tool: which ones we use is internal."""
        team = self._playbook.team(self._playbook.team_of(holder) or "")
        return team is not None and team.party == "system"

    def _id(self, holder: str) -> str:
        if holder not in self.ids:
            self.ids[holder] = f"owner_{len(self.ids) + 1}"
            self._add(holder)
        return self.ids[holder]

    def _us(self) -> str:
        """All of us, without a name."""
        if _US not in self.ids:
            self.ids[_US] = f"owner_{len(self.ids) + 1}"
            self._teams[_US] = Team.model_construct(title="Our team", party="internal")
        return self.ids[_US]

    def _add(self, holder: str) -> None:
        playbook = self._playbook
        team = playbook.team(holder)
        title = playbook.owner_name(holder)
        if team is not None and playbook.role(holder) is None:
            self._teams[holder] = Team.model_construct(title=title, party=team.party)
            return
        of = playbook.team_of(holder)
        known = of is not None and playbook.team(of) is not None
        self._roles[holder] = Role.model_construct(title=title, team=self._id(of) if of and known else None)

    def roles(self) -> dict[str, Role]:
        """The roles by their new ids, in the order of the organization."""
        return {self.ids[id_]: self._roles[id_] for id_ in self._in_order("role") if id_ in self._roles}

    def teams(self) -> dict[str, Team]:
        """The teams by their new ids, in the order of the organization."""
        return {self.ids[id_]: self._teams[id_] for id_ in self._in_order("team") if id_ in self._teams}

    def _in_order(self, kind: str) -> list[str]:
        declared = list(self._playbook.workspace_symbols[kind])
        return [*declared, *(id_ for id_ in self.ids if id_ not in declared)]
