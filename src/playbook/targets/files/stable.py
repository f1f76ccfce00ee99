"""Names and ids that follow from a key alone, so that every export gives the same."""

from __future__ import annotations

import re
from functools import lru_cache
from uuid import NAMESPACE_URL, UUID, uuid5

from playbook.plans.plan import Plan
from playbook.text.digests import digest

# A dot would let an account look like that of a variant: <playbook>.<variant>.<account>.
_PLAIN = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,78}[a-z0-9_-])?\Z")


def uuid_of(key: str) -> UUID:
    """The UUID of a key (version 5 of RFC 9562, of the name ``urn:playbook:<key>``)."""
    return uuid5(NAMESPACE_URL, f"urn:playbook:{key.encode('utf-8', 'backslashreplace').decode()}")


@lru_cache(maxsize=1024)
def file_stem(id_: str) -> str:
    """An id as the name of a file on any system; two ids never give one name, not even where case is ignored."""
    if _PLAIN.match(id_):
        return id_
    words = re.sub(r"[^a-z0-9._-]+", "-", id_.lower()).strip("-.")[:60].rstrip("-.")
    return f"{words or 'account'}-{digest(id_.encode('utf-8', 'backslashreplace'))[:8]}"


def account_file(plan: Plan, end: str) -> str:
    """The name of the file of an account: ``<playbook>.<account><end>``."""
    return f"{plan.template.name}.{file_stem(plan.account.id)}{end}"
