"""What 'playbook export' and 'playbook targets' are asked for by a name that there is not: what was meant?"""

from __future__ import annotations

import re
from collections.abc import Iterable

import click

from playbook.text.quote import shown
from playbook.text.suggest import nearest
from playbook.text.terminal import printable

_MOST = 8
"""A word that more targets have in common says nothing about which is meant."""
_CALLED = {
    "excel": "checklist",
    "google-calendar": "icalendar",
    "ics": "icalendar",
    "mpp": "ms-project",
    "mspdi": "ms-project",
    "outlook": "icalendar",
    "sfdc": "salesforce",
    "spreadsheet": "checklist",
}
"""What people call what a target writes, and the word by which it is found."""


def no_such_target(name: str) -> click.UsageError:
    """The error for a name that is no target's."""
    from playbook.targets.registry import MODULES

    hint = _meant(name, MODULES) or " 'playbook targets' lists them."
    return click.UsageError(f"there is no target '{printable(shown(name))}'.{hint}")


def no_such_view(name: str) -> click.UsageError:
    """The error for a name that is neither a view's nor a target's."""
    from playbook.targets.registry import MODULES
    from playbook.views.registry import VIEWS

    hint = _meant(name, (*VIEWS, *MODULES))
    lists = f" Views are: {', '.join(VIEWS)}; 'playbook targets' lists the targets."
    return click.UsageError(f"there is no view or target '{printable(shown(name))}'.{hint or lists}")


def _meant(name: str, known: Iterable[str]) -> str:
    """A sentence that says what is near to a name, or has to do with what it names; empty if nothing is."""
    about = _about(name)
    if about and (len(about) > 1 or about[0].startswith(name.casefold())):
        return f" Did you mean {' or '.join(filter(None, (', '.join(about[:-1]), about[-1])))}?"
    near = nearest(name, known) or next(iter(about), None)
    return f" Did you mean {near}?" if near else ""


def _about(word: str) -> list[str]:
    """The targets that have the word in their name, or else in what they say of themselves."""
    from playbook.targets.registry import MODULES, all_targets

    sought = word.casefold().replace(" ", "-").replace("_", "-").strip("-")
    sought = _CALLED.get(sought, sought)
    if len(sought) < 3:
        return []
    named = [name for name in MODULES if f"-{name}".find(f"-{sought}") >= 0]
    if named:
        return named
    begins = re.compile(rf"\b{re.escape(sought.replace('-', ' '))}")
    told = [
        target.name
        for target in all_targets()
        if begins.search(f"{target.title} {target.tool} {target.form} {target.group}".casefold())
    ]
    return told if len(told) <= _MOST else []
