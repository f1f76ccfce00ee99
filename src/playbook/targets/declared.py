"""What the declarations of targets say, in words: for ``playbook targets`` and its page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from playbook.targets.registry import all_targets
from playbook.targets.target import Carried, Certainty, Feature, Limit, Target

COMPARED: dict[Feature, str] = {
    "stages": "stages",
    "offsets": "offsets",
    "business_days": "business days",
    "roles": "roles",
    "people": "people",
    "dependencies": "dependencies",
    "lags": "lags",
    "raci": "RACI",
    "checklists": "checklists",
    "custom_fields": "custom fields",
}
"""The features by which targets are compared, with their short names."""

FEATURES: dict[Feature, str] = {
    "keys": "the stable key of a task",
    "stages": "stages",
    "offsets": "relative due dates",
    "business_days": "counting in business days",
    "start_dates": "start dates",
    "durations": "durations",
    "roles": "roles as owners",
    "people": "people as owners",
    "raci": "RACI letters beside the owner",
    "dependencies": "what waits for what",
    "lags": "how long it waits",
    "conditions": "conditions",
    "checklists": "checklists",
    "descriptions": "descriptions",
    "means": "channels, tools, content and results of steps",
    "custom_fields": "fields that steps fill",
    "approvals": "approvals",
    "for_each": "work done for each of several things",
    "repeats": "repeated work",
    "slas": "SLAs",
    "milestones": "milestones",
    "handoffs": "handoffs",
    "routines": "routines",
    "variants": "variants",
}
"""All features, as people call them."""

CERTAINTY: dict[Certainty, str] = {
    "proven": "a schema or somebody else's reader checks it in our tests",
    "documented": "read in the vendor's own text",
    "reported": "read in somebody else's code or text",
    "recalled": "without a source: try it before you rely on it",
}

MARKS = {"full": "●", "part": "◐", "none": "–"}
"""How far something is carried, in one character."""


def by_group() -> Iterator[tuple[str, tuple[Target, ...]]]:
    """The targets under the kind of tool that they are for, in the order of the list."""
    for group, targets in groupby(all_targets(), key=lambda target: target.group):
        yield group, tuple(targets)


def mark(target: Target, feature: Feature) -> str:
    """How far a target carries a feature; ``·`` where it has no part in what the target writes."""
    if feature not in target.carries and target.modes == ("workspace",):
        return "·"
    return MARKS[target.carried(feature).extent]


def sure(target: Target) -> Certainty:
    """How sure we are of the form of what is written: the first piece of evidence."""
    return target.evidence[0].sure if target.evidence else "recalled"


def modes_of(target: Target) -> str:
    """What it can be given."""
    return ", ".join(target.modes)


def in_words(carried: Carried) -> str:
    """How far something is carried, and what becomes of the rest."""
    words = {"full": "yes", "part": "in part", "none": "no"}[carried.extent]
    if carried.mode:
        words = f"yes; in a {carried.mode} {words}"
    return f"{words}: {carried.how}" if carried.how else words


def matched_by(target: Target) -> Iterator[str]:
    """Where the stable key stands, as a sentence for each place: ``Matched by column Key (template, plan).``"""
    places: dict[str, list[str]] = {}
    for mode, where in target.keys.items():
        places.setdefault(where, []).append(mode)
    return (f"Matched by {where} ({', '.join(modes)})." for where, modes in places.items())


def limit_in_words(limit: Limit) -> str:
    """``tasks in a file: at most 1,048,576 rows``."""
    return f"{limit.what}: at most {limit.most:,} {limit.unit}"
