"""Plain data → JSON, as people read it."""

from __future__ import annotations

import json
from typing import Any


def json_bytes(value: Any) -> bytes:
    """Indented JSON in UTF-8 with a line end behind it; keys stay in the order in which they were put."""
    return (json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode(
        "utf-8", "backslashreplace"
    )
