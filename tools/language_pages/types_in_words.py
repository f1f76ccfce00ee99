"""The type of a key in plain words, with links to what it leads to."""

from __future__ import annotations

import inspect
import types
from dataclasses import dataclass
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BeforeValidator

from language_pages.forms import link_to, names_of
from playbook.language import calendar, rules, scalars
from playbook.language.base import Model
from playbook.language.scalars import ReferenceKind, RefersTo

_REFERENCES: dict[str, tuple[str, str]] = {
    "artifact": ("[artifact](playbook.md#artifact)", "[artifacts](playbook.md#artifact)"),
    "calendar": ("[calendar](calendar.md)", "[calendars](calendar.md)"),
    "content": ("[content](governance.md#content)", "[contents](governance.md#content)"),
    "data": (
        "[artifact](playbook.md#artifact) or [field](tracking.md#field)",
        "[artifacts](playbook.md#artifact) or [fields](tracking.md#field)",
    ),
    "destination": (
        "[stage](stage.md) or [end](playbook.md#end)",
        "[stages](stage.md) or [ends](playbook.md#end)",
    ),
    "end": ("[end](playbook.md#end)", "[ends](playbook.md#end)"),
    "event": ("[event](tracking.md#event)", "[events](tracking.md#event)"),
    "field": ("[field](tracking.md#field)", "[fields](tracking.md#field)"),
    "kpi": ("[KPI](metrics.md#kpi)", "[KPIs](metrics.md#kpi)"),
    "milestone": ("[milestone](playbook.md#milestone)", "[milestones](playbook.md#milestone)"),
    "owner": (
        "[role](organization.md#role) or [team](organization.md#team)",
        "[roles](organization.md#role) or [teams](organization.md#team)",
    ),
    "part": ("part of the playbook", "parts of the playbook"),
    "playbook": ("[playbook](playbook.md)", "[playbooks](playbook.md)"),
    "point": (
        "[anchor](playbook.md#anchor), [milestone](playbook.md#milestone) or [event](tracking.md#event)",
        "anchors, milestones or events",
    ),
    "predecessor": (
        "[step](step.md), [milestone](playbook.md#milestone) or [event](tracking.md#event)",
        "[steps](step.md), [milestones](playbook.md#milestone) or [events](tracking.md#event)",
    ),
    "role": ("[role](organization.md#role)", "[roles](organization.md#role)"),
    "segment": ("[segment](playbook.md#segment)", "[segments](playbook.md#segment)"),
    "signal": (
        "[field](tracking.md#field), [event](tracking.md#event) or state",
        "[fields](tracking.md#field), [events](tracking.md#event) or states",
    ),
    "stage": ("[stage](stage.md)", "[stages](stage.md)"),
    "step": ("[step](step.md)", "[steps](step.md)"),
    "step_or_stage": ("[step](step.md) or [stage](stage.md)", "[steps](step.md) or [stages](stage.md)"),
    "system": ("[system](organization.md#system)", "[systems](organization.md#system)"),
    "team": ("[team](organization.md#team)", "[teams](organization.md#team)"),
    "window": ("window of a [calendar](calendar.md)", "windows of a [calendar](calendar.md)"),
    "workstream": ("[workstream](playbook.md)", "[workstreams](playbook.md)"),
    "moment": ("moment", "moments"),
}
"""What the id of each kind of reference leads to: one, and many."""

assert set(_REFERENCES) == set(get_args(ReferenceKind)), "a kind of reference has no words"

_LEAVES: tuple[tuple[Any, str, str], ...] = (
    (scalars.Id, "id", "ids"),
    (scalars.Name, "dotted name", "dotted names"),
    (scalars.Label, "text", "texts"),
    (scalars.Expression, "[condition](expressions.md)", "[conditions](expressions.md)"),
    (scalars.Flag, "`true` or `false`", "`true` or `false`"),
    (scalars.Whole, "whole number", "whole numbers"),
    (scalars.Count, "whole number of at least 1", "whole numbers of at least 1"),
    (scalars.Share, "number above 0, at most 1", "numbers above 0, at most 1"),
    (scalars.Number, "number", "numbers"),
    (scalars.Date, "date as `2026-10-01`", "dates as `2026-10-01`"),
    (scalars.Value, "text, number, `true` or `false`", "texts, numbers, `true` or `false`"),
    (scalars.Version, "version such as `1.0.0`", "versions"),
    (scalars.Duration, "[duration](quantities.md#durations)", "[durations](quantities.md#durations)"),
    (scalars.Timing, "[timing](quantities.md#timings)", "[timings](quantities.md#timings)"),
    (scalars.Cadence, "[cadence](quantities.md#cadences)", "[cadences](quantities.md#cadences)"),
    (rules.Condition, "[condition](../team-rules.md#conditions)", "conditions"),
    (rules.Example, "piece of a document", "pieces of documents"),
    (rules.Code, "code such as `ACME001`", "codes"),
    (calendar.Hours, "hours as `09:00-17:00`", "hours as `09:00-17:00`"),
)
_KEYS_IN_WORDS = {"id": "id", "dotted name": "dotted name", "code such as `ACME001`": "code"}


@dataclass(frozen=True, slots=True)
class Words:
    """A type in words: ``one`` value of it, and ``many``."""

    one: str
    many: str


def in_words(hint: Any, page: str) -> Words:
    """A type in words, with links as they lead from ``page``."""
    for leaf, one, many in _LEAVES:
        if hint == leaf:
            return Words(one, many)
    metadata = getattr(hint, "__metadata__", ())
    if metadata:
        return _annotated(hint.__origin__, metadata, page)
    if get_origin(hint) in (Union, types.UnionType):
        parts = [in_words(part, page) for part in get_args(hint) if part is not type(None)]
        return Words("; or ".join(part.one for part in parts), "; or ".join(part.many for part in parts))
    if get_origin(hint) is Literal:
        values = _or([f"`{value}`" for value in get_args(hint)])
        return Words(values, values)
    if get_origin(hint) is tuple:
        inner = in_words(get_args(hint)[0], page)
        return Words(f"list of {inner.many}", f"lists of {inner.many}")
    if get_origin(hint) is dict:
        key, value = get_args(hint)
        by = _KEYS_IN_WORDS.get(in_words(key, page).one, "name")
        return Words(f"map of {in_words(value, page).many} by {by}", "maps")
    if inspect.isclass(hint) and issubclass(hint, Model):
        one, many = names_of(hint)
        return Words(link_to(hint, one, page), link_to(hint, many, page))
    if hint is Any:
        return Words("any value", "values")
    if hint is str:
        return Words("text", "texts")
    raise TypeError(f"no words for the type {hint!r}")


def _annotated(base: Any, metadata: tuple[Any, ...], page: str) -> Words:
    for mark in metadata:
        if isinstance(mark, RefersTo):
            one, many = (_relative(words, page) for words in _REFERENCES[mark.kind])
            return Words(f"id of {_article(one)} {one}", f"ids of {many}")
    inner = in_words(base, page)
    if not any(isinstance(mark, BeforeValidator) for mark in metadata):
        return inner
    if get_origin(base) is tuple:
        item = in_words(get_args(base)[0], page)
        return Words(f"{item.one}, or a list of them", f"lists of {item.many}")
    short = next(mark.key for mark in metadata if isinstance(getattr(mark, "key", None), str))
    return Words(f"{inner.one}, or its `{short}` alone", f"{inner.many}, or the `{short}` of each alone")


def _relative(words: str, page: str) -> str:
    """Links to the page itself as links inside it."""
    return words.replace(f"({page}.md#", "(#")


def _article(words: str) -> str:
    """The article before a word, or before the link that begins with it."""
    return "an" if words.lstrip("[")[0] in "aeio" else "a"


def _or(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} or {parts[-1]}"
