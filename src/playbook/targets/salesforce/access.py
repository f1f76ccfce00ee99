"""The permission set without which nobody sees the fields that are made, and no import fills them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from playbook.targets.files.xml_text import Element, element
from playbook.targets.salesforce.fields import CustomField
from playbook.targets.salesforce.metadata import document

_ALLOWED = {
    "allowCreate": True,
    "allowDelete": False,
    "allowEdit": True,
    "allowRead": True,
    "modifyAllRecords": False,
    "viewAllRecords": False,
}


def permission_set(objects: Mapping[str, tuple[CustomField, ...]]) -> bytes:
    """Reading and writing of the custom objects and of all fields; deleting is left to others.

    Fields of activities are named as those of tasks and of events, which both have them.
    """
    return document("PermissionSet", _elements(objects))


def _elements(objects: Mapping[str, tuple[CustomField, ...]]) -> Iterator[Element]:
    yield Element("description", "Reads and writes the onboardings that come from playbooks.")
    for object_, fields in objects.items():
        for name in ("Task", "Event") if object_ == "Activity" else (object_,):
            for field in fields:
                yield element(
                    "fieldPermissions",
                    Element("editable", True),
                    Element("field", f"{name}.{field.name}"),
                    Element("readable", True),
                )
    yield Element("hasActivationRequired", False)
    yield Element("label", "Playbook Onboarding")
    for object_ in objects:
        if object_ != "Activity":
            flags = (Element(name, value) for name, value in _ALLOWED.items())
            yield element("objectPermissions", *flags, Element("object", object_))
