"""What a comment says: ``# playbook: ignore[RCI002,HND] until=2027-03-31 reason: merger in progress``."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from playbook.text.quote import shown
from playbook.text.suggest import nearest

IGNORE = "ignore"
IGNORE_FILE = "ignore-file"
FORM = "playbook: ignore[RCI002] until=2027-03-31 reason: why"

_BEGIN = re.compile(r"#[ \t]*[Pp]laybook:[ \t]*")
_WORD = re.compile(r"[A-Za-z_-]+")
_CODES = re.compile(r"[ \t]*\[([^\[\]#]*)(\]?)")
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_UNTIL = re.compile(r"until[ \t]*[=:][ \t]*([^\s,;]*)", re.IGNORECASE)
_UNTIL_LATE = re.compile(r"(?<!\S)until[ \t]*=[ \t]*([^\s,;]*)", re.IGNORECASE)
_REASON = re.compile(r"reason[ \t]*[=:][ \t]*(.*)", re.IGNORECASE | re.DOTALL)
_ENDS = re.compile(r"[ \t]*(?:until[ \t]*[=:]|reason[ \t]*[=:]|$)", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t,;]*")


@dataclass(frozen=True, slots=True)
class Code:
    """A rule or a family of rules that a comment names; ``start`` and ``end`` as in the text of the comment."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Directive:
    """One request in a comment, from ``start`` (its ``#``) to ``end``, with ``mistake`` if it says nothing clear.

    ``mistake_at`` is the stretch that is wrong and ``expected`` what would have been right there.
    """

    start: int
    end: int
    codes: tuple[Code, ...] = ()
    whole_file: bool = False
    until: datetime.date | None = None
    reason: str = ""
    mistake: str = ""
    mistake_at: tuple[int, int] = (0, 0)
    expected: str = ""
    suggestion: str | None = None


def has_directives(text: str) -> bool:
    """Whether a text may hold a request: fast, for the many files that hold none."""
    # Nearly every document has "playbook:" as its first key; only one behind a "#" counts.
    return _BEGIN.search(text) is not None


def directives_in(comment: str) -> Iterator[Directive]:
    """The requests of a comment, which may follow other words. A comment that only mentions us has none."""
    begins = list(_BEGIN.finditer(comment))
    for number, begin in enumerate(begins):
        stop = begins[number + 1].start() if number + 1 < len(begins) else len(comment)
        stop = begin.end() + len(comment[begin.end() : stop].rstrip())
        found = _directive(comment[:stop], begin.start(), begin.end())
        if found is not None:
            yield found


def _directive(text: str, start: int, at: int) -> Directive | None:
    word = _WORD.match(text, at)
    name = word[0] if word else ""
    behind = word.end() if word else at
    codes = _CODES.match(text, behind)
    if name not in (IGNORE, IGNORE_FILE):
        near = nearest(name, (IGNORE, IGNORE_FILE)) if name else None
        if codes is None and (near is None or not _ENDS.match(text, behind)):
            return None  # a remark about a playbook
        return _mistake(text, start, f"'{shown(name)}' is nothing that a comment can ask for", (at, behind), near)
    if codes is None or not codes[2]:
        end = codes.end() if codes else behind
        message = "the bracket is not closed" if codes else f"'{name}' names no rules: all would be silent"
        return _mistake(text, start, message, (at, end), expected=f"{name}[...] with the codes of rules")
    named, wrong = _codes(text, *codes.span(1))
    if wrong is not None:
        return _mistake(text, start, f"'{shown(text[slice(*wrong)])}' is no code of a rule", wrong)
    if not named:
        message = f"'{name}[]' names no rules"
        return _mistake(text, start, message, (at, codes.end()), expected=f"{name}[...] with the codes of rules")
    return _rest(text, Directive(start, len(text), named, name == IGNORE_FILE), codes.end())


def _codes(text: str, start: int, end: int) -> tuple[tuple[Code, ...], tuple[int, int] | None]:
    """The codes between the brackets, and the first stretch that is none."""
    codes = []
    for part in re.finditer(r"[^,]+", text[start:end]):
        name = part[0].strip()
        at = start + part.start() + len(part[0]) - len(part[0].lstrip())
        if name and not _CODE.fullmatch(name):
            return (), (at, at + len(name))
        if name:
            codes.append(Code(name.upper(), at, at + len(name)))
    return tuple(codes), None


def _rest(text: str, found: Directive, at: int) -> Directive:
    """What follows the codes: a last day and a reason, each if it is there."""
    until: datetime.date | None = None
    blanks = _BLANKS.match(text, at)
    at = blanks.end() if blanks else at
    last = _UNTIL.match(text, at)
    if last is not None:
        until = _date(last[1])
        if until is None:
            message = f"'{shown(last[1])}' is not a day" if last[1] else "the last day is missing"
            return _mistake(text, found.start, message, last.span(), expected="a day such as until=2027-03-31")
        blanks = _BLANKS.match(text, last.end())
        at = blanks.end() if blanks else last.end()
    reason = _REASON.match(text, at)
    if reason is None and at < len(text):
        message = f"'{shown(text[at:])}' is neither a last day nor a reason"
        return _mistake(text, found.start, message, (at, len(text)), expected='"until=2027-03-31" or "reason: why"')
    why = reason[1].strip() if reason else ""
    late = _UNTIL_LATE.search(why)
    if late is not None:
        # Whoever writes the day behind the reason means it: as a part of the reason it would never come.
        day = _date(late[1])
        if day is None or until is not None:
            message = f"'{shown(late[0])}' is {'a second last day' if until else 'not a day'}"
            return _mistake(text, found.start, message, (at, len(text)), expected="a day such as until=2027-03-31")
        until, why = day, " ".join((why[: late.start()] + why[late.end() :]).split())
    return Directive(found.start, found.end, found.codes, found.whole_file, until, why)


def _date(text: str) -> datetime.date | None:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _mistake(
    text: str,
    start: int,
    message: str,
    at: tuple[int, int],
    suggestion: str | None = None,
    expected: str = f'"{FORM}"',
) -> Directive:
    place = at if at[0] < at[1] else (start, len(text))
    return Directive(start, len(text), mistake=message, mistake_at=place, expected=expected, suggestion=suggestion)
