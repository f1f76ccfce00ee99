"""A part of a playbook, shown as if it were all: what customers may see, the work of one role, one stage.

What comes out is an ordinary, smaller playbook, so that no view can show more by forgetting to leave it out.
"""

from __future__ import annotations

from playbook.views.narrowing.excerpt import Excerpt, elsewhere, is_blank, stage_numbers
from playbook.views.narrowing.selection import Selection, narrowed

__all__ = ["Excerpt", "Selection", "elsewhere", "is_blank", "narrowed", "stage_numbers"]
