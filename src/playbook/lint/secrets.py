"""Texts that look like secrets: the forms of well-known keys and tokens, and pairs such as ``password: ...``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Each form is looked for only in texts that contain its mark: that search is many times faster than a pattern.
# Nearly all files have no mark at all, so the marks in turn are first looked for in a sketch: the few characters
# of a text that marks have and most words have not. What is in a text is in its sketch, which is a tenth as long.
_SKETCHED = b"AIKSPVJD0kxwpghvz_-/"
_LEFT_OUT = bytes(set(range(256)) - set(_SKETCHED))


def _sketch(data: bytes) -> bytes:
    return data.translate(None, _LEFT_OUT)


_FORMS: tuple[tuple[str, bytes, bytes, re.Pattern[str]], ...] = tuple(
    (what, mark.encode(), _sketch(mark.encode()), re.compile(form))
    for what, mark, form in (
        ("a private key", "PRIVATE KEY-----", r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----"),
        ("an AWS access key", "AKIA", r"(?<![A-Za-z0-9])AKIA[A-Z0-9]{16}(?![A-Za-z0-9])"),
        ("an AWS access key", "ASIA", r"(?<![A-Za-z0-9])ASIA[A-Z0-9]{16}(?![A-Za-z0-9])"),
        ("a GitHub token", "", r"gh[pousr]_[A-Za-z0-9]{30,}"),
        ("a GitHub token", "github_pat_", r"github_pat_[A-Za-z0-9_]{22,}"),
        ("a GitLab token", "glpat-", r"glpat-[A-Za-z0-9_-]{20,}"),
        ("a Slack token", "xox", r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}"),
        ("a Slack token", "xapp-", r"\bxapp-\d-[A-Za-z0-9-]{10,}"),
        ("a Slack webhook", "hooks.slack.com/", r"hooks\.slack\.com/[a-z]+/[A-Za-z0-9/_-]{20,}"),
        ("a Stripe key", "k_live_", r"\b[sr]k_live_[A-Za-z0-9]{16,}"),
        ("a Stripe signing secret", "whsec_", r"\bwhsec_[A-Za-z0-9]{20,}"),
        ("a HubSpot token", "pat-", r"\bpat-(?:na|eu|ap)\d-[0-9a-f]{8}-[0-9a-f-]{27}"),
        ("a Google API key", "AIza", r"\bAIza[A-Za-z0-9_-]{35}"),
        ("an API key", "sk-", r"\bsk-(?:ant|proj)-[A-Za-z0-9_-]{20,}"),
        ("a signed token (JWT)", "eyJ", r"\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}"),
        ("a Salesforce session id", "00D", r"\b00D[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?![A-Za-z0-9._]{40,}"),
    )
)

_PAIR_MARKS = (b"passw", b"passphrase", b"pwd", b"key", b"token", b"secret")
_PAIR = re.compile(
    r"(?P<name>passwords?|passwd|pwd|passphrase"
    r"|(?:api|access|auth|secret|client|private|signing)[_-]?(?:key|token|secret))"
    r"[\"']?[ \t]*:[ \t]+[\"']?"
    # What only points to a secret, or is no value at all.
    r"(?!(?:null|true|false|required|recommended|optional|forbidden|redacted)\b|\$|<|\{|\[|\*|&|!|\||>|#|~|\.\.\.)"
    r"(?P<value>[^\s\"',}\]]{4,})(?=[\"']?[ \t]*(?:$|[,}\]\r\n#]))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Secret:
    """What a text looks like, where it stands, and as much of it as a message may show."""

    what: str
    start: int
    end: int
    shown: str


def secrets_in(text: str) -> Iterator[Secret]:
    """All that looks like a secret. Nothing longer than four characters of it is shown."""
    # Bytes: a single letter beyond Latin-1 makes every search of a text twice as slow.
    data = text.encode("utf-8", "replace")
    sketch = _sketch(data)
    for what, mark, sketched, form in _FORMS:
        if sketched in sketch and mark in data:
            for match in form.finditer(text):
                shown = "" if what == "a private key" else f"{match[0][:4]}..."
                yield Secret(what, match.start(), match.end(), shown)
    lowered = data.lower()
    marks = [mark.decode() for mark in _PAIR_MARKS if mark in lowered]
    for start, end in _lines_with(marks, text) if marks else ():
        for match in _PAIR.finditer(text, start, end):
            before = text[max(0, match.start() - 1) : match.start()]
            # `milestone.password` and the like are names; `db_password` is a key of its own.
            if not (before.isalnum() or before == "."):
                # The first characters of a password are too much of it.
                yield Secret(
                    f"the value of a {match['name'].lower()}", match.start("value"), match.end("value"), ""
                )


def _lines_with(marks: list[str], text: str) -> list[tuple[int, int]]:
    """Where the lines begin and end that contain one of some words, however they are written."""
    lowered = text.lower()
    if len(lowered) != len(text):
        # A letter of which the small form is two (there is one in Turkish): places would not be the same.
        return [(0, len(text))]
    found: set[tuple[int, int]] = set()
    for mark in marks:
        at = lowered.find(mark)
        while at >= 0:
            end = lowered.find("\n", at)
            end = len(text) if end < 0 else end
            found.add((lowered.rfind("\n", 0, at) + 1, end))
            at = lowered.find(mark, end)
    return sorted(found)
