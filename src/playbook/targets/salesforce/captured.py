"""The fields that steps capture → fields of an onboarding in Salesforce."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from playbook.language.tracking import TrackedField
from playbook.targets.salesforce.fields import CustomField, FieldType
from playbook.targets.salesforce.names import MOST_IN_NAME, MOST_IN_TEXT, api_name, one_line
from playbook.targets.target import Loss
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


def field_losses(workspace: Workspace, names: Iterable[str]) -> Iterator[Loss]:
    """Fields that an onboarding does not take as they are."""
    names = tuple(names)
    if others := tuple(name for name in names if not name.startswith("account.")):
        why = "an onboarding has one value, though there may be several of what they belong to"
        yield Loss("fields of others than the account", why, others, part=True)
    if long := tuple(name for name in names if len(name) > MOST_IN_NAME):
        yield Loss("long names of fields", f"a name has at most {MOST_IN_NAME} characters", long, part=True)
    declared = {name: symbol.value for name, symbol in workspace.symbols.get("field", {}).items()}
    fields = {name: field for name in names if isinstance(field := declared.get(name), TrackedField)}
    if durations := tuple(name for name, field in fields.items() if field.type == "duration"):
        yield Loss("durations", "Salesforce has no field for them: they become texts", durations, part=True)
    lists = {name: _values(field) for name, field in fields.items() if field.type == "list"}
    if texts := tuple(name for name, values in lists.items() if not _is_chosen(values)):
        why = "they become long texts, a value a line: a picklist has values, and none with a semicolon"
        yield Loss("lists", why, texts, part=True)


def _values(field: TrackedField) -> tuple[str, ...]:
    """The values of a field, each once however it is capitalized."""
    return tuple({value.lower(): value for value in map(_value, reversed(field.values))}.values())[::-1]


def _is_chosen(values: tuple[str, ...]) -> bool:
    """Whether a list can be a picklist, which puts a semicolon between its values."""
    return bool(values) and not any(";" in each for each in values)


def _value(value: object) -> str:
    return one_line(str(value), MOST_IN_TEXT)


def _field(name: str, called: str, declared: object) -> CustomField:
    field = declared if isinstance(declared, TrackedField) else TrackedField()
    values = _values(field)
    chosen = _is_chosen(values) if field.type == "list" else field.type in _CHOSEN and values
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
