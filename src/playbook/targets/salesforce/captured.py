"""The fields that steps capture → fields of an onboarding in Salesforce."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from playbook.language.tracking import TrackedField
from playbook.targets.salesforce.fields import CustomField, FieldType
from playbook.targets.salesforce.names import MOST_IN_TEXT, api_name, one_line
from playbook.text.ids import words_of
from playbook.workspace import Workspace

_TYPES: dict[str, FieldType] = {
    "text": "Text",
    "number": "Number",
    "integer": "Number",
    "money": "Currency",
    "boolean": "Checkbox",
    "date": "Date",
    "datetime": "DateTime",
    "duration": "Text",
    "choice": "Text",
    "list": "LongTextArea",
}
_CHOSEN: dict[str, FieldType] = {"choice": "Picklist", "list": "MultiselectPicklist"}
"""The types of those that name their values."""


def captured_fields(
    workspace: Workspace, names: Iterable[str], taken: Iterable[str] = ()
) -> tuple[CustomField, ...]:
    """A field for each name, with the type that the workspace declares; a text where it declares none.

    ``account.use_case`` becomes ``Account_Use_Case__c``. Names that would become one, or one of those that are
    ``taken``, end with a digest.
    """
    table = workspace.symbols.get("field", {})
    names = list(names)
    count = Counter([*(api_name(name).lower() for name in names), *(each[: -len("__c")].lower() for each in taken)])
    return tuple(
        _field(
            name,
            api_name(name, apart=count[api_name(name).lower()] > 1),
            table[name].value if name in table else None,
        )
        for name in names
    )


def _value(value: object) -> str:
    return one_line(str(value), MOST_IN_TEXT)


def _field(name: str, called: str, declared: object) -> CustomField:
    field = declared if isinstance(declared, TrackedField) else TrackedField()
    values = tuple({value.lower(): value for value in map(_value, reversed(field.values))}.values())[::-1]
    # A semicolon separates the values of a list.
    chosen = field.type in _CHOSEN and values and not (field.type == "list" and any(";" in each for each in values))
    type_ = _CHOSEN[field.type] if chosen else _TYPES[field.type]
    unit = f" In {field.unit}." if field.unit else ""
    return CustomField(
        f"{called}__c",
        field.title or words_of(name.rpartition(".")[2]),
        type_,
        f"{name}.{unit} {field.description or ''}".strip(),
        values=values if type_ in _CHOSEN.values() else (),
        restricted=True,
        scale=0 if field.type == "integer" else 2,
    )
