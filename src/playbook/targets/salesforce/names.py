"""Names, keys and texts as Salesforce takes them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from playbook.targets.files.short_text import in_one_line, shortened
from playbook.text.digests import digest

MOST_IN_NAME = 40
MOST_IN_LABEL = 40
MOST_IN_TEXT = 255
MOST_IN_RECORD_NAME = 80
MOST_IN_COMMENTS = 32_000

_TOLD_APART = 8
_NO_NAME = re.compile(r"[^A-Za-z0-9]+")


def api_name(id_: str, most: int = MOST_IN_NAME, *, apart: bool = False) -> str:
    """An id as a developer name: ``account.use_case`` becomes ``Account_Use_Case``.

    It has only ASCII letters, digits and single underscores, begins with a letter, and depends on nothing but
    the id. One that is too long ends with a digest, so that two long ids do not become one name; so does one
    that is to be told ``apart``.
    """
    words = [word for word in _NO_NAME.split(id_) if word]
    name = "_".join(word[:1].upper() + word[1:] for word in words)
    if not name[:1].isalpha():
        name = f"X{name}"
    if len(name) <= most and id_.isascii() and not apart:
        return name
    return f"{name[: most - _TOLD_APART - 1].rstrip('_')}_{digest(id_)[:_TOLD_APART]}"


def api_names(ids: Iterable[str], most: int) -> dict[str, str]:
    """The developer names of some ids, no two of them the same however they are capitalized."""
    ids = list(ids)
    counts = Counter(api_name(id_, most).lower() for id_ in ids)
    return {id_: api_name(id_, most, apart=counts[api_name(id_, most).lower()] > 1) for id_ in ids}


def one_line(text: str, most: int) -> str:
    """A text for a field of one line; never empty."""
    return shortened(in_one_line(text), most) or "–"


def key_text(key: str) -> str:
    """A key as an external id holds it. One that is too long ends with a digest of all of it."""
    if len(key) <= MOST_IN_TEXT:
        return key
    return f"{key[: MOST_IN_TEXT - 21]}~{digest(key)[:20]}"
