"""Texts that are to stand in markup."""

from __future__ import annotations

import re

# XML 1.0 has no other control characters, and bidirectional overrides would turn the lines around them.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def for_xml(text: str) -> str:
    """A text with a replacement character for each that XML forbids, or that would turn the text around it."""
    return _FORBIDDEN.sub("\ufffd", text)
