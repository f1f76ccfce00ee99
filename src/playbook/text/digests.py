"""Short names for texts and bytes: two that differ have different ones."""

from __future__ import annotations

from hashlib import blake2b

_SIZE = 20


def digest(content: bytes | str) -> str:
    """The digest of some content, in hexadecimal."""
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return blake2b(data, digest_size=_SIZE).hexdigest()
