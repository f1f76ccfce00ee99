"""Files and bytes into source texts: size, kind of file, encoding, forbidden characters."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from playbook.diagnostics import Diagnostic
from playbook.reader.findings import file_finding, finding
from playbook.reader.limits import MAX_BYTES
from playbook.text.files import read_at_most
from playbook.text.spans import SourceText

Loaded = tuple[SourceText | None, tuple[Diagnostic, ...]]

# YAML 1.2.2, 5.1 "Character Set" and 5.2: what c-printable leaves out, and a byte order mark inside the text.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_CONTROL_BYTES = bytes(code for code in (*range(32), 127) if code not in b"\t\n\r")
_ENCODED = (  # the longer marks first: UTF-32-LE begins like UTF-16-LE
    (b"\xff\xfe\x00\x00", "UTF-32 (little-endian)"),
    (b"\x00\x00\xfe\xff", "UTF-32 (big-endian)"),
    (b"\xff\xfe", "UTF-16 (little-endian)"),
    (b"\xfe\xff", "UTF-16 (big-endian)"),
)
_SAMPLE = 64  # bytes from which an encoding without a mark is told


def load_file(path: Path, name: str) -> Loaded:
    """A file's text under the name that messages show, or the finding that says why it cannot be read."""
    data, findings = read_file(path, name)
    return decode(data, name) if data is not None else (None, findings)


def read_file(path: Path, name: str, most: int = MAX_BYTES) -> tuple[bytes | None, tuple[Diagnostic, ...]]:
    """The bytes of a file, or the finding that says why it cannot be read.

    Never raises and never blocks: folders, pipes and devices are not opened, and at most ``most`` bytes
    and one are read, even when a file grows meanwhile.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            kind = "a folder" if stat.S_ISDIR(status.st_mode) else "not a regular file"
            return None, (file_finding(name, f"cannot read {name}: it is {kind}", expected="a file"),)
        if status.st_size > most:
            return _too_large(name)
        data = read_at_most(path, most)
    except FileNotFoundError:
        return None, (file_finding(name, f"cannot read {name}: no such file"),)
    except PermissionError:
        return None, (file_finding(name, f"cannot read {name}: permission denied"),)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or str(error)
        return None, (file_finding(name, f"cannot read {name}: {reason}"),)
    return data, ()


def decode(data: bytes, name: str) -> Loaded:
    """The text of bytes (of a file, or of standard input), or the finding that says why it is no YAML text.

    UTF-8 with or without a byte order mark; the mark is not part of the text.
    """
    if len(data) > MAX_BYTES:
        return _too_large(name)
    encoding = _other_encoding(data)
    if encoding is not None:
        message = f"the file is encoded in {encoding}, not in UTF-8"
        suggestion = "save the file as UTF-8"
        return None, (file_finding(name, message, expected="UTF-8", suggestion=suggestion),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, (_invalid_utf8(data, name, error),)
    source = SourceText(name, text)
    forbidden = _first_forbidden(data, text)
    return (source, ()) if forbidden is None else (None, (_forbidden_character(source, forbidden),))


def first_forbidden(text: str) -> int | None:
    """The offset of the first character that YAML does not allow in a text."""
    match = _FORBIDDEN.search(text)
    return match.start() if match else None


def _first_forbidden(data: bytes, text: str) -> int | None:
    # On plain ASCII this is ten times faster than the pattern, and every file passes here.
    if data.isascii() and len(data.translate(None, _CONTROL_BYTES)) == len(data):
        return None
    return first_forbidden(text)


def _too_large(name: str) -> tuple[None, tuple[Diagnostic, ...]]:
    limit = f"at most {MAX_BYTES:,} bytes"
    message = f"the file is too large to be a playbook: the limit is {MAX_BYTES:,} bytes"
    suggestion = "split it into several files"
    return None, (file_finding(name, message, expected=limit, suggestion=suggestion),)


def _other_encoding(data: bytes) -> str | None:
    """The name of a wider encoding, told by its mark or by the NUL bytes between ASCII characters."""
    for mark, encoding in _ENCODED:
        if data.startswith(mark):
            return encoding
    sample = data[: min(_SAMPLE, len(data) // 4 * 4)] or data[:2]
    if b"\x00" not in sample:
        return None
    nul = [not any(sample[place::4]) for place in range(4)]
    patterns = {
        (False, True, True, True): "UTF-32 (little-endian)",
        (True, True, True, False): "UTF-32 (big-endian)",
        (False, True, False, True): "UTF-16 (little-endian)",
        (True, False, True, False): "UTF-16 (big-endian)",
    }
    return patterns.get((nul[0], nul[1], nul[2], nul[3])) if len(sample) >= 4 else None


def _invalid_utf8(data: bytes, name: str, error: UnicodeDecodeError) -> Diagnostic:
    # With a mark the decoder counts from behind it in its `object`, so the position is taken from there.
    valid = error.object[: error.start].decode("utf-8")
    bad = error.object[error.start]
    # The bad byte becomes one character, so that the place has a width to underline.
    source = SourceText(name, valid.removeprefix("\ufeff") + "\ufffd")
    offset = len(source.text) - 1
    hint = None
    if b"\x00" not in data and (0x80 <= bad <= 0x9F or bad >= 0xA0):
        character = bytes([bad]).decode("cp1252", errors="replace")
        shown = "" if character == "\ufffd" else f' (there the byte is "{character}")'
        hint = f"the file looks like Windows-1252/Latin-1{shown}: save it as UTF-8"
    message = f"byte 0x{bad:02X} is not valid UTF-8"
    return finding(source, message, offset, offset + 1, expected="UTF-8", suggestion=hint)


def _forbidden_character(source: SourceText, offset: int) -> Diagnostic:
    char = source.text[offset]
    if char == "\ufeff":
        message = "byte order mark (U+FEFF) inside the text"
        hint = "delete this invisible character; it often stays behind when files are joined"
        return finding(source, message, offset, offset + 1, suggestion=hint)
    message = f"character U+{ord(char):04X} is not allowed in YAML"
    hint = "the file looks binary" if char == "\0" else "delete it, or write an escape in double quotes"
    return finding(source, message, offset, offset + 1, expected="printable text", suggestion=hint)
