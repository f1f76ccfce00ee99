"""The people and roles of an MSPDI file, and who does what."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.targets.files.stable import uuid_of
from playbook.targets.files.xml_text import Element, element, optional


class Resources:
    """The people and roles of a file, with numbers in the order in which they are met, and who does what."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._uids: dict[tuple[str, str, bool], int] = {}
        self._assigned: list[tuple[int, int]] = []

    def assign(self, task: int, name: str, email: str = "", *, role: bool = False) -> None:
        """Give a task to a person, or to whoever will hold a role."""
        uid = self._uids.setdefault((name, email, role), len(self._uids) + 1)
        self._assigned.append((task, uid))

    def elements(self) -> Iterator[Element]:
        """Every resource. A role is a generic one, to be replaced by a person."""
        for (name, email, role), uid in self._uids.items():
            yield element(
                "Resource",
                Element("UID", uid),
                Element(
                    "GUID", str(uuid_of(f"{self._key}#{'role' if role else 'person'}/{email or name}")).upper()
                ),
                Element("ID", uid),
                Element("Name", name),
                Element("Type", 1),
                Element("IsNull", 0),
                optional("EmailAddress", email),
                Element("IsGeneric", int(role)),
            )

    def assignments(self) -> Iterator[Element]:
        """Who is assigned to what, at full time, with no claim on the work that it is."""
        for uid, (task, resource) in enumerate(self._assigned, 1):
            yield element(
                "Assignment",
                Element("UID", uid),
                Element("GUID", str(uuid_of(f"{self._key}#assignment/{task}/{resource}")).upper()),
                Element("TaskUID", task),
                Element("ResourceUID", resource),
                Element("Units", 1),
            )
