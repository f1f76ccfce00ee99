"""The custom objects and fields of an onboarding, which metadata makes and data files fill."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from playbook.targets.files.short_text import shortened
from playbook.targets.files.xml_text import Element, element, optional
from playbook.targets.salesforce.metadata import document
from playbook.targets.salesforce.names import MOST_IN_LABEL, MOST_IN_TEXT, one_line

FieldType = Literal[
    "Checkbox",
    "Currency",
    "Date",
    "DateTime",
    "LongTextArea",
    "Lookup",
    "MultiselectPicklist",
    "Number",
    "Picklist",
    "Text",
]

_LONG = 32_768
_MOST_IN_HELP = 510


@dataclass(frozen=True, slots=True)
class CustomField:
    """A field of a custom object or of activities; ``name`` ends with ``__c``.

    ``values`` are those of a picklist, which takes others too unless it is ``restricted``. ``scale`` are the
    decimals of a number. ``refers_to`` and ``children`` are the object of a lookup, and what its records call those
    that look it up. A ``key`` is an external id by which records are matched; it is unique where the object allows
    that.
    """

    name: str
    label: str
    type: FieldType = "Text"
    help: str = ""
    values: tuple[str, ...] = ()
    restricted: bool = False
    scale: int = 0
    refers_to: str = ""
    children: str = ""
    key: bool = False
    unique: bool = False

    def document(self) -> bytes:
        """Its metadata."""
        return document("CustomField", self._elements())

    def _elements(self) -> Iterator[Element | None]:
        yield Element("fullName", self.name)
        yield Element("caseSensitive", True) if self.unique else None
        yield Element("defaultValue", "false") if self.type == "Checkbox" else None
        yield Element("deleteConstraint", "SetNull") if self.type == "Lookup" else None
        yield Element("externalId", True) if self.key else None
        yield optional("inlineHelpText", shortened(self.help, _MOST_IN_HELP))
        yield Element("label", one_line(self.label, MOST_IN_LABEL))
        yield Element("length", MOST_IN_TEXT if self.type == "Text" else _LONG) if self.type in _LENGTHS else None
        yield Element("precision", 18) if self.type in _NUMBERS else None
        yield from self._reference()
        yield Element("required", False) if self.type != "Checkbox" else None
        yield Element("scale", self.scale) if self.type in _NUMBERS else None
        yield Element("type", self.type)
        yield Element("unique", True) if self.unique else None
        yield self._value_set() if self.type in _PICKLISTS else None
        yield Element("visibleLines", _LINES[self.type]) if self.type in _LINES else None

    def _reference(self) -> Iterator[Element]:
        if self.refers_to:
            yield Element("referenceTo", self.refers_to)
            yield Element("relationshipLabel", self.children.replace("_", " "))
            yield Element("relationshipName", self.children)

    def _value_set(self) -> Element:
        values = (
            element("value", Element("fullName", value), Element("default", False), Element("label", value))
            for value in self.values
        )
        return element(
            "valueSet",
            Element("restricted", self.restricted),
            element("valueSetDefinition", Element("sorted", False), *values),
        )


_LENGTHS = frozenset({"Text", "LongTextArea"})
_NUMBERS = frozenset({"Number", "Currency"})
_PICKLISTS = frozenset({"Picklist", "MultiselectPicklist"})
_LINES: dict[str, int] = {"LongTextArea": 8, "MultiselectPicklist": 4}

KEY = "Playbook_Key__c"
"""The external id of every record that comes from a playbook."""

ONBOARDING = "Onboarding__c"
ONBOARDING_TASK = "Onboarding_Task__c"


def onboarding_fields(
    stages: Iterable[str] = (), statuses: Iterable[str] = (), ends: Iterable[str] = ()
) -> tuple[CustomField, ...]:
    """The fields of ``Onboarding__c``, with the titles of the stages, the statuses of work and the ends."""
    return (
        CustomField(KEY, "Playbook key", help="The stable key; do not change it.", key=True, unique=True),
        CustomField("Account__c", "Account", "Lookup", refers_to="Account", children="Onboardings"),
        CustomField("Account_Key__c", "Account key", help="The account as the accounts file names it."),
        CustomField("Playbook__c", "Playbook"),
        CustomField("Playbook_Version__c", "Playbook version"),
        CustomField("Stage__c", "Stage", "Picklist", values=tuple(stages)),
        CustomField("Work_Status__c", "Status of the work", "Picklist", values=tuple(statuses)),
        CustomField("Result__c", "Result", "Picklist", "How it ended; empty while it runs.", values=tuple(ends)),
        CustomField("Start_Date__c", "Start", "Date"),
        CustomField("Dates__c", "Dates", "LongTextArea", "Anchors and milestones as planned."),
    )


ACTIVITY_FIELDS = (
    CustomField(KEY, "Playbook key", help="The stable key; do not change it.", key=True),
    CustomField("Playbook_Stage__c", "Playbook stage"),
    CustomField("Playbook_Role__c", "Playbook role", help="The role whose task it is."),
    CustomField("Playbook_Start__c", "Playbook start", "Date", "The day on which work starts."),
)
"""The fields of tasks and events that come from a playbook. Activities take no long texts and few fields."""

TASK_FIELDS = (
    CustomField(KEY, "Playbook key", help="The stable key; do not change it.", key=True, unique=True),
    CustomField("Onboarding__c", "Onboarding", "Lookup", refers_to=ONBOARDING, children="Onboarding_Tasks"),
    CustomField("Title__c", "Title"),
    CustomField("Stage__c", "Stage"),
    CustomField("Role__c", "Role", help="The role whose task it is."),
    CustomField("Start_Date__c", "Start", "Date"),
    CustomField("Due_Date__c", "Due", "Date"),
    CustomField("Status__c", "Status", "Picklist", values=("Not Started", "In Progress", "Completed")),
    CustomField("Priority__c", "Priority", "Picklist", values=("High", "Normal", "Low")),
    CustomField("Notes__c", "Notes", "LongTextArea"),
)
"""The fields of ``Onboarding_Task__c``, for those who keep tasks in an object of their own."""
