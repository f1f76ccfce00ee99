"""JSON that people can read with the eye and with grep: one finding per line, and no control character."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_DELETE = "\x7f"
# What could steer a terminal or turn its text around, and halves of characters; JSON itself escapes U+0000-1F.
_UNSAFE = re.compile("[\x7f-\x9f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
_encoder = json.JSONEncoder(ensure_ascii=False, check_circular=False)


def json_text(value: dict[str, Any] | Iterator[Any]) -> str:
    """``value`` as JSON, indented; an iterator in it is an array of which each item takes one line.

    A hundred thousand findings are never held as values all at once.
    """
    return "".join(_pieces(value, "\n")) + "\n"


def _encode(value: Any) -> str:
    text = _encoder.encode(value)
    if text.isascii() and _DELETE not in text:
        return text
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _pieces(value: Any, line: str) -> Iterator[str]:
    inner = line + "  "
    if isinstance(value, Iterator):
        items = f",{inner}".join(map(_encode, value))
        yield f"[{inner}{items}{line}]" if items else "[]"
    elif not value or not isinstance(value, dict | list):
        yield _encode(value)
    elif isinstance(value, dict):
        lead = "{"
        for name, item in value.items():
            yield f"{lead}{inner}{_encode(name)}: "
            yield from _pieces(item, inner)
            lead = ","
        yield line + "}"
    else:
        lead = "["
        for item in value:
            yield lead + inner
            yield from _pieces(item, inner)
            lead = ","
        yield line + "]"
