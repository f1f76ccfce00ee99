"""Who holds which role: the people of the organization, as ``people:`` binds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from playbook.language.organization import Organization, Person
from playbook.plans.plan import PersonBinding
from playbook.text.suggest import nearest
from playbook.workspace import CompiledPlaybook

_NOT_IDS = ("roles", "name", "since", "until")


@dataclass(frozen=True, slots=True)
class Holder:
    """A person who holds a role from the day ``since`` to the day ``until``, both included."""

    person: PersonBinding
    since: date | None = None
    until: date | None = None

    @property
    def is_limited(self) -> bool:
        """Whether there are days on which the person does not hold the role."""
        return self.since is not None or self.until is not None

    def holds_on(self, day: date | None) -> bool:
        """Whether the person holds the role on a day; where the day is not known, whether there is such a day."""
        if day is None:
            return True
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class People:
    """The people of a workspace, in the order of the file."""

    by_key: Mapping[str, PersonBinding]
    holders: Mapping[str, tuple[Holder, ...]]
    """By the id of the role or team."""
    pools: Mapping[str, str]
    """How one of several holders is chosen, by role, where it is said."""
    backups: Mapping[str, str]
    """The role that steps in, by role."""
    of_others: frozenset[str] = frozenset()
    """The roles of customers and partners: whoever holds them is in no organization of ours."""
    _by_name: Mapping[str, PersonBinding] = field(repr=False, default_factory=dict)

    def find(self, name: str) -> PersonBinding:
        """The person of that key or name; one that nothing else is known of, if there is none."""
        return self.by_key.get(name) or self._by_name.get(name) or PersonBinding(name, name)

    def knows(self, name: str) -> bool:
        """Whether there is such a person, or nobody at all: an organization need not list its people."""
        return not self.by_key or name in self.by_key or name in self._by_name

    def nearest(self, name: str) -> str | None:
        """The person who was probably meant."""
        mailbox, at, company = name.rpartition("@")
        # Colleagues have one company in common, by which all of their addresses look alike.
        alike = [key for key in self.by_key if at and key.endswith(f"@{company}")]
        near = nearest(mailbox, (key.removesuffix(f"@{company}") for key in alike))
        others = (key for key in (*self.by_key, *self._by_name) if key not in alike)
        return f"{near}@{company}" if near is not None else nearest(name, others)


def people_of(playbook: CompiledPlaybook) -> People:
    """The people that the roles of a playbook can be bound to, worked out once."""
    return playbook.remembered(_people)


def _people(playbook: CompiledPlaybook) -> People:
    symbols = playbook.workspace_symbols
    documents = {
        id(symbol.document): symbol.document for kind in ("role", "team") for symbol in symbols[kind].values()
    }
    by_key: dict[str, PersonBinding] = {}
    holders: dict[str, list[Holder]] = {}
    for document in documents.values():
        if isinstance(document.model, Organization):
            for key, person in document.model.people.items():
                bound = by_key.setdefault(key, PersonBinding(key, person.name or key, _ids(person)))
                for role in person.roles:
                    holders.setdefault(role, []).append(Holder(bound, person.since, person.until))
    roles = {id_: found for id_ in symbols["role"] if (found := playbook.role(id_)) is not None}
    return People(
        by_key=by_key,
        holders={role: tuple(held) for role, held in holders.items()},
        pools={id_: each.pool for id_, each in roles.items() if each.pool},
        backups={id_: each.backup for id_, each in roles.items() if each.backup},
        of_others=frozenset(role for role in roles if _party_of(playbook, role) not in ("internal", "system")),
        _by_name={person.name: person for person in reversed(by_key.values())},
    )


def _party_of(playbook: CompiledPlaybook, role: str) -> str:
    team = playbook.team(playbook.team_of(role) or "")
    return team.party if team is not None else "internal"


def _ids(person: Person) -> dict[str, str]:
    ids = person.model_dump(exclude=set(_NOT_IDS), exclude_none=True)
    return {key: str(value) for key, value in ids.items()}
