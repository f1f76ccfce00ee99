"""The people of one account: who has which role on which day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from playbook.plans.plan import PersonBinding, PlannedTask, PlanNote
from playbook.plans.situation import Situation
from playbook.workspace import CompiledPlaybook


class Members:
    """Who is assigned the tasks of an account."""

    def __init__(self, situation: Situation, playbook: CompiledPlaybook) -> None:
        self._held = situation.held
        self._playbook = playbook
        self._starts = situation.today
        self._always: dict[str, PersonBinding] = {}
        self._limited = False
        for role, held in situation.held.items():
            if held.is_limited:
                self._limited = True
            else:
                person = held.on(None)
                if person is not None:
                    self._always[role] = person
        self._kept: dict[tuple[str, ...], Mapping[str, PersonBinding]] = {}

    def on(self, roles: tuple[str, ...], day: date | None) -> Mapping[str, PersonBinding]:
        """Who has each of some roles on a day; by default, when the account starts. Nobody stands for none."""
        if self._limited:
            return {
                role: person for role in roles if (person := self._held[role].on(day or self._starts)) is not None
            }
        found = self._kept.get(roles)
        if found is None:
            always = self._always
            found = self._kept[roles] = {role: always[role] for role in roles if role in always}
        return found

    def notes(self, tasks: Iterable[PlannedTask]) -> Iterator[PlanNote]:
        """The roles of which tasks are given to nobody, and those for which somebody steps in."""
        asked = dict.fromkeys((planned.task.owner, planned.owner is None) for planned in tasks)
        for role, is_nobody in asked:
            if role is None:
                continue
            held = self._held[role]
            if is_nobody:
                yield PlanNote("owner", role, held.why or "nobody holds it on some days")
            elif held.backup:
                yield PlanNote("backup", role, f"{self._playbook.owner_name(held.backup)} steps in")
