"""Mistakes of layout: indentation, a colon too many, text behind a value that is complete."""

from __future__ import annotations

import re

from playbook.diagnostics import Diagnostic
from playbook.reader.excerpts import Excerpt, quote_hint
from playbook.reader.findings import quoted, related_place

# A: csm, R: csm; or a letter alone with what it holds.
_KEYS_WITHOUT_BRACES = re.compile(r"[A-Za-z_]+: [^,:]+(?:, [A-Za-z_]+: [^,:]+)+|[A-Z]: \w+")


def unexpected_colon(excerpt: Excerpt) -> Diagnostic | None:
    """A ``: `` where no key can stand."""
    start = excerpt.value_start(excerpt.at)
    if start <= excerpt.at and not excerpt.text[excerpt.line_start(excerpt.at) : start].isspace():
        key = excerpt.key_on_line(excerpt.at)
        if key is not None and key[1] + len(key[0]) < excerpt.at:
            return _colon_in_value(excerpt, start)
    key = excerpt.key_on_line(excerpt.at)
    above = excerpt.line_above(excerpt.at)
    if above is None or key is None:
        return excerpt.found('":" is not allowed here', expected="quotes around the value")
    owner = excerpt.key_on_line(above)
    if owner is None:
        return _no_key_above(excerpt, excerpt.value_start(above))
    if excerpt.column(key[1]) > excerpt.column(owner[1]):
        message = f"wrong indentation: {quoted(key[0])} is deeper than {quoted(owner[0])}, which has a value"
        related = (related_place(excerpt.source, "its value is here", *_value_of_line(excerpt, above)),)
        expected = f"column {excerpt.column(owner[1])}, or quotes around the value"
        return excerpt.found(message, key[1], len(key[0]), related=related, expected=expected)
    return excerpt.found("a key is not allowed here", key[1], len(key[0]), expected="a value")


def expected_key(excerpt: Excerpt) -> Diagnostic | None:
    """Something else where the next key of a mapping is due."""
    if not excerpt.first_on_line:
        return _leftover(excerpt)
    if excerpt.char in {"]", "}"}:
        return excerpt.found(f'"{excerpt.char}" closes nothing', expected="a key")
    if re.match(r"-(?:\s|$)", excerpt.text[excerpt.at : excerpt.at + 2]):
        return _wrong_indentation(excerpt, "a list item where a key is expected", "mapping")
    return _wrong_indentation(excerpt, None, "mapping")


def expected_item(excerpt: Excerpt) -> Diagnostic | None:
    """Something else where the next ``- `` of a list is due."""
    if not excerpt.first_on_line:
        return _leftover(excerpt)
    same = excerpt.opened is not None and excerpt.column(excerpt.opened) == excerpt.column(excerpt.at)
    return _wrong_indentation(excerpt, 'a key where a list item ("- ") is expected' if same else None, "list")


def _wrong_indentation(excerpt: Excerpt, message: str | None, what: str) -> Diagnostic:
    here = excerpt.column(excerpt.at)
    if message is None:
        message = f"wrong indentation: column {here} fits no line above"
    columns = [str(column) for column in excerpt.open_columns() if column != here]
    expected = f"column {' or '.join(columns[-3:])}" if columns else None
    length = max(1, len(excerpt.rest(excerpt.at).partition(":")[0]))
    return excerpt.found(message, length=length, related=excerpt.begins(what), expected=expected)


def _colon_in_value(excerpt: Excerpt, start: int) -> Diagnostic:
    value = excerpt.rest(start)
    if value[:1] in {'"', "'"}:
        message = 'unexpected ":" behind a quoted value'
        return excerpt.found(message, expected="the end of the line", suggestion=quote_hint(value))
    message = 'an unquoted value cannot contain ": "'
    if _KEYS_WITHOUT_BRACES.fullmatch(value):
        expected = "braces around keys and values that stand on one line"
        return excerpt.found(message, expected=expected, suggestion=f"{{{value}}}")
    hint = quote_hint(value)
    return excerpt.found(message, expected="quotes around the value", suggestion=hint)


def _no_key_above(excerpt: Excerpt, start: int) -> Diagnostic:
    rest = excerpt.rest(start)
    if rest[:1] in {'"', "'"}:
        return excerpt.found("a key must stand on one line", start, len(rest), expected='a quote, then ":"')
    close = re.match(r"[^\s:\"']+:(?=\S)", rest)
    if close:
        at = start + close.end() - 1
        hint = f"{rest[: close.end()]} {rest[close.end() :]}"
        return excerpt.found('missing space after ":"', at, expected='": "', suggestion=hint)
    message = f'expected ":" after {quoted(rest)}'
    return excerpt.found(message, start, max(1, len(rest)), expected='"key: value"')


def _leftover(excerpt: Excerpt) -> Diagnostic:
    """Text behind a value that is already complete on the line."""
    if excerpt.quoted is not None and not excerpt.text[excerpt.quoted[1] : excerpt.at].strip():
        return _quote_closed_late(excerpt, *excerpt.quoted)
    start = excerpt.value_start(excerpt.at)
    before = excerpt.text[start : excerpt.at]
    rest = excerpt.rest(excerpt.at)
    length = max(1, len(rest))
    for sign in ("{{", "*", "&", "!", "{", "["):
        if before.startswith(sign):
            hint = quote_hint(excerpt.rest(start))
            message = f'an unquoted value cannot begin with "{sign}"'
            if sign in "{[":
                message = f'unexpected text behind the closing "{before.rstrip()[-1:]}"'
                return excerpt.found(message, length=length, expected="the end of the line", suggestion=hint)
            return excerpt.found(message, start, len(sign), expected="quotes around the value", suggestion=hint)
    if before.rstrip()[-1:] in {'"', "'"}:
        value = excerpt.rest(start) if before[:1] in {'"', "'"} else ""
        if value[:1] == value[-1:]:  # 'don't': a quote inside its own kind
            value = value[1:-1]
        message = "unexpected text behind the closing quote"
        hint = quote_hint(value)
        return excerpt.found(message, length=length, expected="the end of the line", suggestion=hint)
    return excerpt.found(f"unexpected {quoted(rest)}", length=length, expected="the end of the line")


def _quote_closed_late(excerpt: Excerpt, start: int, end: int) -> Diagnostic:
    sign = excerpt.text[start]
    line = excerpt.source.position(end).line
    related = (related_place(excerpt.source, "closed here", end - 1, end),)
    message = f"this quote is closed only on line {line}"
    return excerpt.found(message, start, related=related, expected=f"a closing {sign} before")


def _value_of_line(excerpt: Excerpt, offset: int) -> tuple[int, int]:
    start = excerpt.value_start(offset)
    return start, start + len(excerpt.rest(start))
