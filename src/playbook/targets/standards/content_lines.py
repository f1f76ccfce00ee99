"""Content lines of iCalendar (RFC 5545, section 3.1): escaped, folded after 75 octets, ended by CRLF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_MOST = 75
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def line(name: str, value: str) -> bytes:
    """A line with a value that needs no escaping: a date, a number, an id."""
    return _folded(f"{name}:{_FORBIDDEN.sub('', value)}".encode())


def text_line(name: str, text: str) -> bytes:
    """A line with a text. Control characters, which may not stand in one, are left out."""
    return line(name, escaped(text))


def texts_line(name: str, texts: tuple[str, ...]) -> bytes:
    """A line with several texts, such as the categories."""
    return line(name, ",".join(escaped(text) for text in texts if text))


def date_line(name: str, day: date) -> bytes:
    """A line with a day without a time."""
    return line(f"{name};VALUE=DATE", day.strftime("%Y%m%d"))


def person_line(name: str, common_name: str, email: str) -> bytes:
    """An attendee or an organizer. Quotes cannot stand in a parameter, so they become apostrophes."""
    quoted = re.sub(r"\s+", " ", _FORBIDDEN.sub("", common_name)).replace('"', "'")
    return line(f'{name};CN="{quoted}"', f"mailto:{email}")


def escaped(text: str) -> str:
    """A text as a value of the type TEXT (section 3.3.11)."""
    return _FORBIDDEN.sub("", text).replace("\r\n", "\n").replace("\r", "\n").translate(_ESCAPES)


def _folded(data: bytes) -> bytes:
    return b"\r\n ".join(_pieces(data)) + b"\r\n"


def _pieces(data: bytes) -> Iterator[bytes]:
    """Pieces of at most 75 octets, of which a later one has a space in front; no character is cut in two."""
    start, room = 0, _MOST
    while len(data) - start > room:
        end = start + room
        # A byte 10xxxxxx goes on with the character of the byte before it.
        while data[end] & 0xC0 == 0x80:
            end -= 1
        yield data[start:end]
        start, room = end, _MOST - 1
    yield data[start:]
