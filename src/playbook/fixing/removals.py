"""Entries and items taken out, with the comments that are about them and with nothing else."""

from __future__ import annotations

from playbook.fixing.stretches import Stretch
from playbook.fixing.written import CannotEditError, Written, has_merge
from playbook.reader.concrete import Collection, Entry
from playbook.text.paths import KeyPath


def remove(written: Written, path: KeyPath) -> list[Stretch]:
    """Take out what stands at a path; a block that would be left empty goes as a whole."""
    found = written.find(path)
    entry, home = found.entry, found.home
    if found.rest or entry is None or home is None or written.has_aliased_inside(found.part):
        raise CannotEditError
    if has_merge(home):
        raise CannotEditError  # what is taken over may have the same key
    if home.flow:
        return [_out_of_brackets(written, home, entry)]
    while len(home.entries) == 1:
        if home not in written.owner or home.properties:
            raise CannotEditError
        entry, home = written.owner[home]
        if home.flow or entry.key is None:
            raise CannotEditError
    return [_lines(written, home, entry)]


def _out_of_brackets(written: Written, home: Collection, entry: Entry) -> Stretch:
    index = home.entries.index(entry)
    if len(home.entries) == 1:
        if written.text[home.start : home.start + 1] not in {"{", "["}:
            raise CannotEditError
        start, end = home.start + 1, home.end - 1
    elif index + 1 < len(home.entries):
        start, end = entry.start, home.entries[index + 1].start
    else:
        start, end = home.entries[index - 1].end, entry.end
    if written.comments_in(start, end):
        raise CannotEditError
    return start, end, ""


def _lines(written: Written, home: Collection, entry: Entry) -> Stretch:
    """The lines of an entry of a block."""
    index = home.entries.index(entry)
    if any(written.keeps_line_ends(each) for each in home.entries[max(0, index - 1) : index + 1]):
        raise CannotEditError
    end = written.end_of(entry)
    line_start = written.line_start(entry.start)
    if written.text[line_start : entry.start].strip(" \t"):
        return _first_behind_dash(written, home, entry)
    start = _start_of_comments(written, entry, line_start)
    below = written.behind_break(end)
    if end == len(written.text):
        # The line before gets to be the last, and has as little a line break as this one had.
        above = written.text[:start]
        return len(above) - len(_last_break(above)), end, ""
    if _is_blank_above(written, start) and _is_blank(written, below):
        below = written.behind_break(written.line_end(below))
    return start, below, ""


def _first_behind_dash(written: Written, home: Collection, entry: Entry) -> Stretch:
    """The first entry of an item, on the line of its dash: the second moves up."""
    index = home.entries.index(entry)
    if index or len(home.entries) < 2:
        raise CannotEditError
    following = home.entries[1]
    if written.comments_in(entry.end, following.start):
        raise CannotEditError
    return entry.start, following.start, ""


def _start_of_comments(written: Written, entry: Entry, start: int) -> int:
    """Where the comments begin that stand directly above an entry."""
    if written.document.after_blank(entry.start):
        return start
    for comment in reversed(written.attached.leading.get(entry, [])):
        if comment.start > entry.start or not comment.own_line:
            continue
        start = written.line_start(comment.start)
        if comment.after_blank:
            break
    return start


def _last_break(text: str) -> str:
    return next((sign for sign in ("\r\n", "\n", "\r") if text.endswith(sign)), "")


def _is_blank(written: Written, start: int) -> bool:
    return start < len(written.text) and not written.text[start : written.line_end(start)].strip(" \t")


def _is_blank_above(written: Written, start: int) -> bool:
    number = written.source.position(start).line
    return number == 1 or not written.source.line(number - 1).strip(" \t")
