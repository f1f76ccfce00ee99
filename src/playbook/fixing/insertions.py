"""New values, entries and items, in the style of what stands around them."""

from __future__ import annotations

from playbook.fixing.stretches import Stretch
from playbook.fixing.values import entry as entry_lines
from playbook.fixing.values import in_style, on_one_line, plain
from playbook.fixing.values import item as item_lines
from playbook.fixing.written import CannotEditError, Found, Written, has_merge
from playbook.reader.concrete import ALIAS, Collection, Entry, Leaf
from playbook.text.emit import scalar
from playbook.text.paths import KeyPath
from playbook.text.scalars import NULLS, resolve_plain


def put(written: Written, path: KeyPath, value: object) -> list[Stretch]:
    """A value at a path, in place of what is there or as a new entry."""
    found, value = written.find(path), plain(value)
    part = found.part
    if not found.rest:
        return [_replaced(written, found, value)]
    if isinstance(part, Leaf):
        if not is_nothing(part):
            raise CannotEditError
        return [_replaced(written, found, _nested(found.rest, value))]
    if part.is_mapping:
        if not isinstance(found.rest[0], str) or has_merge(part):
            raise CannotEditError
        return [_inserted(written, found, part, found.rest[0], _nested(found.rest[1:], value))]
    if found.rest[0] != len(part.entries):
        raise CannotEditError
    return [_appended(written, part, _nested(found.rest[1:], value))]


def add(written: Written, path: KeyPath, value: object) -> list[Stretch]:
    """One more item for the list at a path."""
    found, value = written.find(path), plain(value)
    part = found.part
    if found.rest or (isinstance(part, Leaf) and is_nothing(part)):
        return put(written, path, [value])
    if isinstance(part, Collection) and not part.is_mapping:
        return [_appended(written, part, value)]
    return _in_new_brackets(written, part, value)


def is_nothing(leaf: Leaf) -> bool:
    """Whether a leaf says that there is no value."""
    return not leaf.style and not leaf.properties and leaf.value in NULLS


def _nested(path: KeyPath, value: object) -> object:
    """A value inside the mappings and lists that lead to it."""
    for step in reversed(path):
        if isinstance(step, int) and step:
            raise CannotEditError
        value = [value] if isinstance(step, int) else {step: value}
    return value


# -- in the place of something -------------------------------------------------------------------


def _replaced(written: Written, found: Found, value: object) -> Stretch:
    part, home = found.part, found.home
    if written.has_aliased_inside(part) or part.properties or home is None:
        raise CannotEditError
    if isinstance(part, Collection) and not part.flow:
        return _replaced_block(written, found, part, value)
    end = len(written.text[: part.end].rstrip(" \t\r\n")) if isinstance(part, Leaf) and part.is_block else part.end
    if written.comments_in(part.start, end):
        raise CannotEditError
    if isinstance(part, Leaf) and part.is_empty:
        return _filled(written, found, part, value)
    if isinstance(part, Leaf) and part.style in {"'", '"'} and type(value) is str:
        return part.start, end, in_style(value, part.style, in_brackets=home.flow)
    return part.start, end, _at_value(written, found, value)


def _at_value(written: Written, found: Found, value: object) -> str:
    """A value behind its key; a map of things goes to the lines below it, where there is nothing else."""
    entry, home = found.entry, found.home
    assert entry is not None
    assert home is not None
    short = on_one_line(value, in_brackets=home.flow)
    if home.flow or entry.key is None or not isinstance(value, dict):
        return short
    lines = entry_lines("key", value, home.column)
    line_end = written.line_end(entry.end)
    if len(lines) == 1 or written.text[entry.end : line_end].strip(" \t"):
        return short
    return written.newline.join(["", *lines[1:]])


def _filled(written: Written, found: Found, leaf: Leaf, value: object) -> Stretch:
    """A value where only its key, or its dash, is written."""
    entry = found.entry
    assert entry is not None
    sign = ":" if entry.key is not None else "-"
    if written.text[leaf.start - 1 : leaf.start] != sign:
        raise CannotEditError
    text = _at_value(written, found, value)
    return leaf.start, leaf.end, text if text.startswith(("\n", "\r")) else f" {text}"


def _replaced_block(written: Written, found: Found, part: Collection, value: object) -> Stretch:
    entry, home = found.entry, found.home
    if entry is None or home is None or not isinstance(entry.key, Leaf):
        raise CannotEditError
    colon = written.text.find(":", entry.key.end)
    end = len(written.text[: part.end].rstrip(" \t\r\n"))
    if written.text[entry.key.end : colon].strip() or written.comments_in(colon, end):
        raise CannotEditError
    if isinstance(value, dict) and len(lines := entry_lines("key", value, home.column)) > 1:
        return colon + 1, end, written.newline.join(["", *lines[1:]])
    return colon + 1, end, f" {on_one_line(value)}"


# -- beside something ----------------------------------------------------------------------------


def _inserted(written: Written, found: Found, part: Collection, key: str, value: object) -> Stretch:
    """A new entry of a mapping, where the language has its place."""
    if part.flow:
        text = f"{scalar(key, True)}: {on_one_line(value, True)}"
        return _between_brackets(written, part, text, found)
    before = written.before(part, found.shape, key)
    lines = entry_lines(key, value, part.column)
    if before is None:
        first = part.entries[0]
        if written.source.position(first.start).column - 1 != part.column:
            raise CannotEditError
        return first.start, first.start, written.newline.join(lines) + written.newline + " " * part.column
    return _below(written, part, before, lines)


def _appended(written: Written, part: Collection, value: object) -> Stretch:
    """A new item at the end of a list."""
    if part.flow:
        return _between_brackets(written, part, on_one_line(value, True), None)
    last = part.entries[-1]
    short = isinstance(last.value, Collection) and last.value.flow
    return _below(written, part, last, item_lines(value, part.column, short=short))


def _below(written: Written, part: Collection, before: Entry, lines: list[str]) -> Stretch:
    """Lines below an entry of a block, in its column."""
    if written.keeps_line_ends(before):
        raise CannotEditError
    end = written.end_of(before)
    pad = " " * part.column
    apart = written.newline if len(lines) > 1 and _are_set_apart(written, part, before) else ""
    return end, end, written.newline + apart + pad + written.newline.join(lines)


def _are_set_apart(written: Written, part: Collection, before: Entry) -> bool:
    """Whether blank lines stand between the blocks of a document, and this is one of them."""
    blocks = [entry for entry in part.entries if isinstance(entry.value, Collection) and not entry.value.flow]
    if part is not written.document.root or before not in blocks:
        return False
    return any(written.is_set_apart(entry) for entry in part.entries[1:])


def _between_brackets(written: Written, part: Collection, text: str, found: Found | None) -> Stretch:
    if written.text[part.start : part.start + 1] not in {"{", "["}:
        raise CannotEditError  # a pair in a list without brackets of its own
    if not part.entries:
        if written.comments_in(part.start, part.end):
            raise CannotEditError
        return part.start + 1, part.end - 1, text
    before = part.entries[-1]
    if found is not None:
        key = text.partition(":")[0]
        earlier = written.before(part, found.shape, key)
        if earlier is None:
            first = part.entries[0]
            return first.start, first.start, f"{text}, "
        before = earlier
    return before.end, before.end, f", {text}"


def _in_new_brackets(written: Written, part: Leaf | Collection, value: object) -> list[Stretch]:
    """A single value and a new one as a list."""
    if part.properties or part.anchor is not None or written.has_aliased_inside(part):
        raise CannotEditError
    raw = written.text[part.start : part.end]
    if isinstance(part, Collection):
        if not part.flow or not raw.startswith("{") or written.comments_in(part.start, part.end):
            raise CannotEditError
        first = raw
    else:
        if part.style == ALIAS or part.is_block or "\n" in raw or "\r" in raw:
            raise CannotEditError
        first = raw if part.style else scalar(resolve_plain(part.value), True)
    return [(part.start, part.end, f"[{first}, {on_one_line(value, True)}]")]
