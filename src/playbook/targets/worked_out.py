"""What every plan carries, since it is worked out before a target sees it: dates, people, who does what at all."""

from __future__ import annotations

from collections.abc import Mapping

from playbook.targets.target import FULL, Carried, Feature, part

WORKED_OUT: Mapping[Feature, Carried] = {
    "offsets": part("as the dates that they lead to"),
    "business_days": FULL,
    "roles": part("as the people who hold them; a role that nobody holds is named in the text"),
    "conditions": part("what does not hold for an account is left out; what cannot be told is named in the text"),
    "for_each": FULL,
    "variants": FULL,
}
"""For the ``carries`` of targets that are given plans alone."""
