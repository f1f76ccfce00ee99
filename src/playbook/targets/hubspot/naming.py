"""Internal names of HubSpot's properties, the same in every file that is written for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from playbook.plans.template import RoleTemplate, Template
from playbook.targets.files.owners import is_colleague
from playbook.targets.target import Limit, Loss, Option, Settings
from playbook.text.digests import digest

MOST = 100
"""The longest internal name that is written."""

VALID = re.compile(rf"[a-z][a-z0-9_]{{0,{MOST - 1}}}\Z")
"""What an internal name may be."""

NAME_LIMIT = Limit(
    "internal name of a property",
    MOST,
    "characters, of a-z, 0-9 and _, with a letter in front",
    "recalled",
    "HubSpot's knowledge base on properties, from memory; for events documented with 50 characters",
)

PREFIX_OPTION = Option(
    "prefix",
    "What the internal names of all properties begin with, so that they meet none of HubSpot's own.",
    "playbook_",
)


KEY_OPTION = Option(
    "key_property",
    "The task property that holds the stable key, as hubspot-properties makes it; empty for none.",
    "playbook_key",
)


def wrong_key_property(settings: Settings) -> Iterator[Loss]:
    """A chosen property that cannot be one."""
    key = settings[KEY_OPTION.name]
    if key and not VALID.match(key):
        why = f"'{key}' is no internal name: a-z, 0-9 and _, with a letter in front"
        yield Loss("the key property", why, (KEY_OPTION.name,), refused=True)


def internal_name(*parts: str) -> str:
    """Some words as an internal name: ``account.use_case`` becomes ``account_use_case``."""
    name = re.sub(r"[^a-z0-9]+", "_", "_".join(parts).lower()).strip("_")
    if not name or not name[0].isalpha():
        name = f"p_{name}" if name else f"p_{digest('_'.join(parts))[:8]}"
    return name if len(name) <= MOST else f"{name[: MOST - 9]}_{digest(name)[:8]}"


def key_name(prefix: str) -> str:
    """The property of a task that holds its stable key."""
    return internal_name(prefix, "key")


def owner_name(prefix: str, role: str) -> str:
    """The property of a record that holds the HubSpot user who has a role."""
    return internal_name(prefix, "owner", role)


def date_name(prefix: str, anchor: str) -> str:
    """The property of a record that holds the date of an anchor."""
    return internal_name(prefix, "date", anchor)


def owner_roles(templates: Iterable[Template]) -> dict[str, RoleTemplate]:
    """The roles that are assigned tasks and whose people can be users of HubSpot: those of one's own company."""
    found: dict[str, RoleTemplate] = {}
    for template in templates:
        for task in template.tasks:
            if task.owner and is_colleague(template, task.owner):
                found.setdefault(task.owner, template.roles[task.owner])
    return found
