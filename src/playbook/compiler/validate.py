"""Plain values to a model: every mistake as a finding, and the rest of the document kept."""

from __future__ import annotations

import copy
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

from playbook.compiler.remedies import key_remedy, unit_remedy, value_remedy
from playbook.diagnostics import Diagnostic, Severity
from playbook.fixing.changes import offered
from playbook.language.calendar import COUNTRY_PATTERN, HOURS_PATTERN
from playbook.language.scalars import CODE_PATTERN, ID_PATTERN, NAME_PATTERN
from playbook.language.synonyms import meant_key
from playbook.text.paths import KeyPath, original_path
from playbook.text.quote import quoted, shown
from playbook.text.scalars import INTEGER, Plain
from playbook.text.suggest import nearest

if TYPE_CHECKING:
    from playbook.workspace import Locator

_FORMS = {
    CODE_PATTERN: "2 to 12 capital letters and three digits, such as ACME001",
    COUNTRY_PATTERN: "the code of a country, two capital letters (ISO 3166-1), such as DE or US",
    HOURS_PATTERN: "from and to as hours and minutes, such as 09:00-17:00",
}
"""The patterns of texts in words, where they are no ids or names."""

_ROUNDS = 20
"""How often a document is read again without its mistaken parts before it is given up."""


@dataclass(frozen=True, slots=True)
class Validated:
    """A model (``None`` if too little is left), the findings, and the key paths left out of the model."""

    model: BaseModel | None
    diagnostics: tuple[Diagnostic, ...]
    pruned: tuple[KeyPath, ...]
    misspelled: tuple[str, ...] = ()
    """Ids that were no ids (``write-brief``); the model has what they were meant to be."""


def validate(model: type[BaseModel], value: object, locator: Locator) -> Validated:
    """Read ``value`` as ``model``. A mistaken part is reported, cut out, and the rest read again."""
    try:
        return Validated(model.model_validate(value), (), ())
    except ValidationError as error:
        return _without_mistakes(model, value, error, locator)


def _without_mistakes(model: type[BaseModel], value: object, error: ValidationError, locator: Locator) -> Validated:
    rest = copy.deepcopy(value)
    diagnostics: list[Diagnostic] = []
    pruned: list[KeyPath] = []
    misspelled: list[str] = []
    for _ in range(_ROUNDS):
        cuts: list[KeyPath] = []
        for problem in error.errors(include_url=False):
            path, on_key = _real_path(problem["loc"], rest)
            original = original_path(path, pruned)
            # What is missing only because it was just cut out is no mistake of the author's.
            if not (problem["type"] == "missing" and any(cut[: len(original)] == original for cut in pruned)):
                diagnostics.append(_diagnostic(problem, model, path, original, on_key, locator))
            meant = _meant_id(problem, path, on_key)
            if meant is not None:
                misspelled.append(str(_part(rest, path[:-1])[path[-1]]))
                _part(rest, path[:-1])[path[-1]] = meant
            else:
                cuts.append(_existing(path[:-1] if problem["type"] == "missing" else path, rest))
        if () in cuts:
            return Validated(None, tuple(diagnostics), ((),))
        originals = [original_path(cut, pruned) for cut in cuts]
        _cut(rest, cuts)
        pruned.extend(originals)
        try:
            left_out = tuple(dict.fromkeys(pruned))
            return Validated(model.model_validate(rest), tuple(diagnostics), left_out, tuple(misspelled))
        except ValidationError as next_error:
            error = next_error
    return Validated(None, tuple(diagnostics), ((),))


def _meant_id(problem: Any, path: KeyPath, on_key: bool) -> str | None:
    """What an id with a hyphen or a capital was meant to be: the step that has it is no worse for it."""
    is_id = path[-1:] == ("id",) or len(path) == 1
    if on_key or not is_id or problem["type"] != "string_pattern_mismatch":
        return None
    return as_id(str(problem.get("input"))) if problem["ctx"].get("pattern") == ID_PATTERN else None


def _part(value: Any, path: KeyPath) -> Any:
    """What stands at a path."""
    for key in path:
        value = value[key]
    return value


def _real_path(loc: tuple[str | int, ...], value: object) -> tuple[KeyPath, bool]:
    """Where an error is in ``value``, without pydantic's own tags; and whether it is about a key.

    One value may stand without brackets where a list is meant: the index that pydantic gives it is no
    part of its path.
    """
    path: list[str | int] = []
    on_key = False
    for number, part in enumerate(loc):
        last = number == len(loc) - 1
        unbracketed = isinstance(part, int) and not isinstance(value, list)
        if isinstance(value, dict) and part in value:
            # What the author wrote comes first: a key may look like a tag.
            path.append(part)
            value = value[part]
        elif part == "[key]":
            on_key = True
        elif not unbracketed and (last or not str(part).startswith("<")):
            path.append(part)
            value = value[part] if isinstance(value, list) and isinstance(part, int) and part < len(value) else None
    return tuple(path), on_key


def _existing(path: KeyPath, value: object) -> KeyPath:
    """The longest part of a path that exists in ``value``."""
    found: list[str | int] = []
    for key in path:
        keys = range(len(value)) if isinstance(value, list) else value if isinstance(value, dict) else ()
        if key not in keys:
            break
        value = value[key]  # type: ignore[index]
        found.append(key)
    return tuple(found)


def _cut(value: Any, paths: list[KeyPath]) -> None:
    """Delete what the paths name. A part shared by an alias is deleted once."""
    targets: dict[tuple[int, str | int], Any] = {}
    for path in paths:
        container = _part(value, path[:-1])
        targets[(id(container), path[-1])] = container
    for (_, key), container in sorted(
        targets.items(), key=lambda item: item[0][1] if isinstance(item[0][1], int) else -1, reverse=True
    ):
        del container[key]


# -- messages ------------------------------------------------------------------------------------


def _diagnostic(
    problem: Any, model: type[BaseModel], path: KeyPath, original: KeyPath, on_key: bool, locator: Locator
) -> Diagnostic:
    kind = problem["type"]
    context = problem.get("ctx", {})
    given = problem.get("input")
    if kind == "extra_forbidden":
        return _unknown_key(model, path, original, given, locator)
    if kind == "missing":
        owner = _model_at(model, path[:-1])
        return Diagnostic(
            "SCH003",
            Severity.ERROR,
            f'required key "{path[-1]}" is missing{_in(owner)}',
            locator.place(original[:-1]),
            expected=_describe_field(owner, str(path[-1])),
        )
    if kind in ("quantity", "quantity_unit"):
        return Diagnostic(
            "SCH007" if kind == "quantity_unit" else "SCH003",
            Severity.ERROR,
            context["message"],
            locator.place(original, within=(context["start"], context["end"])),
            expected=context["expected"],
            suggestion=context["suggestion"] or None,
            fixes=offered(locator, unit_remedy(original, given, context)) if kind == "quantity_unit" else (),
        )
    if on_key:
        given = path[-1]
    message, expected, suggestion = _explain(kind, context, given)
    return Diagnostic(
        "SCH003",
        Severity.ERROR,
        message,
        locator.place(original, key=on_key),
        expected=expected,
        suggestion=suggestion,
        fixes=offered(locator, value_remedy(kind, original, given, suggestion, on_key=on_key)),
    )


def _unknown_key(
    model: type[BaseModel], path: KeyPath, original: KeyPath, given: object, locator: Locator
) -> Diagnostic:
    owner = _model_at(model, path[:-1])
    keys = [info.alias or name for name, info in owner.model_fields.items()] if owner else []
    key = str(path[-1])
    near = meant_key(key, keys)
    suggestion = near
    if near == "raci" and nearest(key, keys) is None:
        # Who owns something is no letter by itself: renaming the key would not do.
        near, suggestion = None, "raci: {A: who answers for it, R: who does it}"
    elif near is None and given is None:
        # {when: account.arr > 10,000} has a key "000".
        suggestion = f'if "{shown(key)}" belongs to the value before it, put quotes around all of that value'
    return Diagnostic(
        "SCH002",
        Severity.ERROR,
        f'unknown key "{shown(str(path[-1]))}"{_in(owner)}',
        locator.place(original, key=True),
        expected="one of " + ", ".join(keys) if keys else None,
        suggestion=suggestion,
        fixes=offered(locator, key_remedy(original, near, keys)),
    )


_EXPECTED = {
    "string_type": "a text",
    "model_type": "a mapping of keys and values",
    "model_attributes_type": "a mapping of keys and values",
    "dict_type": "a mapping of keys and values",
    "tuple_type": "a list",
    "list_type": "a list",
    "flag": "true or false",
    "whole_number": "a whole number",
    "number": "a number",
    "date": "a date such as 2026-10-01",
    "scalar": "a single text, number or true/false",
    "share": "a share above 0 and at most 1",
    "string_too_short": "at least one character",
}


def _explain(kind: str, context: dict[str, Any], given: object) -> tuple[str, str | None, str | None]:
    """The message, what was expected, and a near match."""
    named = describe(given)
    if kind == "literal_error":
        options = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        return (
            f"{named} is not one of the values allowed here",
            "one of " + ", ".join(options),
            nearest(given, options) if isinstance(given, str) else None,
        )
    if kind == "string_pattern_mismatch":
        return _explain_pattern(str(context.get("pattern")), given, named)
    if kind == "quantity_type":
        return f"{named} stands where a text is wanted", context["expected"], None
    if kind in ("too_short", "too_long"):
        least = context.get("min_length", 1)
        return "the list is too short", f"at least {least} item{'' if least == 1 else 's'}", None
    if kind in ("greater_than", "greater_than_equal", "less_than", "less_than_equal"):
        limit = next(iter(context.values()), "")
        return (
            f"{named} is out of range",
            f"{kind.replace('_', ' ').replace('equal', 'or equal to')} {limit}",
            None,
        )
    expected = _EXPECTED.get(kind)
    if expected is None:
        return f"{named} does not fit here", None, None
    if kind in ("number", "whole_number") and isinstance(given, Plain) and INTEGER.match(given):
        return f"{named} is too large", expected, None
    return f"expected {expected}, found {named}", expected, _as_scalar(kind, given) or _as_list(kind, given)


def _as_list(kind: str, given: object) -> str | None:
    """How entries that stand under keys are written as a list: each id in its entry."""
    if kind not in ("tuple_type", "list_type") or not isinstance(given, dict):
        return None
    if not given or not all(isinstance(key, str) and isinstance(entry, dict) for key, entry in given.items()):
        return None
    first = next(iter(given))
    return f'"- id: {shown(first)}" in the place of "{shown(first)}:", and so on for each entry'


_FLAGS = {"yes": "true", "on": "true", "no": "false", "off": "false", "true": "true", "false": "false"}


def _as_scalar(kind: str, given: object) -> str | None:
    """The number or flag that a text probably stands for."""
    if not isinstance(given, str) or isinstance(given, Plain) or len(given) > 30:
        return None
    if kind == "flag":
        return _FLAGS.get(given.lower())
    bare = given.replace("_", "").replace(",", "")
    return bare if kind in ("number", "whole_number") and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", bare) else None


def _explain_pattern(pattern: str, given: object, named: str) -> tuple[str, str, str | None]:
    text = str(given)
    if pattern == ID_PATTERN:
        return (
            f"{named} is not an id",
            "an id in snake_case: a-z, 0-9 and _, beginning with a letter",
            as_id(text),
        )
    if pattern == NAME_PATTERN:
        return (
            f"{named} is not the dotted name of a field or event",
            "a name such as account.use_case: snake_case parts joined by dots",
            None,
        )
    expected = _FORMS.get(str(pattern), f"a text that matches {pattern}")
    suggestion = text.upper() if pattern == COUNTRY_PATTERN and re.fullmatch("[A-Za-z]{2}", text) else None
    return f"{named} does not have the form wanted here", expected, suggestion


def as_id(text: str) -> str | None:
    """The id that a label or hyphenated name probably stands for."""
    plain = unicodedata.normalize("NFKD", text[:100].casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    id_ = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    return re.sub(r"^[0-9_]+", "", id_) or None


def describe(value: object) -> str:
    """A value as messages quote it: short texts in quotes, the rest by its kind."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    return quoted(str(value))


def _in(owner: type[BaseModel] | None) -> str:
    if owner is None:
        return ""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", owner.__name__).lower()
    return f" in {'the' if words in ('raci', 'sla') else 'this'} {words}"


def _describe_field(owner: type[BaseModel] | None, key: str) -> str | None:
    if owner is None:
        return None
    for name, info in owner.model_fields.items():
        if (info.alias or name) == key and info.description:
            return f'"{key}": {info.description}'
    return None


# -- which model a path leads to -----------------------------------------------------------------


def _model_at(model: type[BaseModel], path: KeyPath) -> type[BaseModel] | None:
    """The model that stands at a path, for naming its keys."""
    current: list[Any] = [model]
    for key in path:
        current = [inner for annotation in current for inner in _below(annotation, key)]
    models = [found for annotation in current for found in _models(annotation)]
    return models[0] if models else None


def _below(annotation: Any, key: str | int) -> list[Any]:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _below(get_args(annotation)[0], key)
    if origin is dict:
        return [get_args(annotation)[1]]
    if origin is tuple:
        inner = get_args(annotation)[0]
        # One value may stand without brackets, and then has no index.
        return [inner] if isinstance(key, int) else _below(inner, key)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, info in annotation.model_fields.items():
            if (info.alias or name) == key:
                return [info.annotation]
        return []
    return [inner for option in get_args(annotation) for inner in _below(option, key)]


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if get_origin(annotation) is Annotated:
        return _models(get_args(annotation)[0])
    return [found for option in get_args(annotation) for found in _models(option)]
