"""Unquoted words that another reader of YAML takes for something else than the text that is written."""

from __future__ import annotations

import re

BOOLEANS = frozenset(
    form
    for word in ("y", "n", "yes", "no", "on", "off", "true", "false")
    for form in (word, word.title(), word.upper())
)
"""What YAML 1.1, and some of it YAML 1.2, reads as true or false."""

_DATE = re.compile(r"\d{4}-\d\d?-\d\d?\Z")
_BASE_60 = re.compile(r"[-+]?[1-9]\d*(?::[0-5]?\d)+\Z")
_NUMBER = re.compile(
    r"[-+]?(?:0[0-7_]+|0o[0-7]+|0x[0-9a-fA-F_]+|0b[01_]+|[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?)\Z"
)


def read_elsewhere_as(text: str) -> str | None:
    """What another reader makes of an unquoted text: ``true``, a number, a date; ``None`` if it reads the text.

    A number that is written out again just as it stands, such as 2026 or 1.5, changes nothing.
    """
    if len(text) > 30:
        return None
    if text in BOOLEANS:
        return "true" if text.lower() in ("y", "yes", "on", "true") else "false"
    if not text[:1].isdigit() and text[:1] not in "+-":
        return None
    if _DATE.match(text):
        return "a date with a time"
    if _BASE_60.match(text):
        return _in_base_60(text)
    if _NUMBER.match(text):
        return _other_number(text)
    return None


def _in_base_60(text: str) -> str:
    total = 0
    for part in text.lstrip("+-").split(":"):
        total = total * 60 + int(part)
    return f"the number {'-' if text[0] == '-' else ''}{total}"


def _other_number(text: str) -> str | None:
    digits = text.replace("_", "")
    try:
        if re.match(r"[-+]?0[0-7]+\Z", digits):
            value: float = int(digits, 8)
        elif re.match(r"[-+]?0[obx]", digits):
            value = int(digits, 0)
        else:
            value = float(digits) if re.search(r"[.eE]", digits) else int(digits)
    except ValueError:
        return None
    return None if str(value) == text else f"the number {value}"
