"""What every build sheet carries, since a person reads it and types it in."""

from __future__ import annotations

from collections.abc import Mapping

from playbook.targets.target import FULL, Carried, Feature, part

_LISTED = part("a list of its own in the sheet, to be built beside it")
_DESCRIBED = part("in the description of the step, to be copied with it")

SHEET: Mapping[Feature, Carried] = {
    "stages": FULL,
    "offsets": part("as a number of days; dates that count from something else are told beside it"),
    "business_days": part("turned into calendar days (5 of them are 7), unless count=working is set"),
    "roles": FULL,
    "raci": _DESCRIBED,
    "dependencies": part("as the numbers of the steps ahead, to be set by hand or kept in mind"),
    "conditions": part("in words, to be built as a rule or a segment"),
    "checklists": part("in the description, and as a list of its own"),
    "descriptions": FULL,
    "means": _DESCRIBED,
    "custom_fields": part("as a list of fields to create first"),
    "approvals": _DESCRIBED,
    "for_each": _DESCRIBED,
    "repeats": _DESCRIBED,
    "slas": _DESCRIBED,
    "milestones": _LISTED,
    "handoffs": _LISTED,
    "routines": _LISTED,
    "keys": FULL,
}
"""By feature. Tools that hold more natively say so in their own declaration."""

KEY = {"template": "the last line of the description of each step"}
"""Where the stable key of a step stands in a build sheet."""
