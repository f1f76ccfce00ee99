"""Syntax errors in clear words: what is wrong, where, what would be right, and the edit that mends it."""

from __future__ import annotations

import re
from collections.abc import Callable

from playbook.diagnostics import Diagnostic
from playbook.reader.events import Problem
from playbook.reader.excerpts import Excerpt, quote_hint
from playbook.reader.findings import quoted, related_place
from playbook.reader.layout import expected_item, expected_key, unexpected_colon
from playbook.reader.source import first_forbidden
from playbook.text.spans import SourceText


def explain(
    source: SourceText,
    problem: Problem,
    bracket: int | None = None,
    quoted_text: tuple[int, int] | None = None,
) -> Diagnostic:
    """The finding for a parser's complaint.

    ``bracket`` is the innermost bracket open there, ``quoted_text`` the last quoted text of several lines.
    """
    at = problem.at
    if at is None:
        at = first_forbidden(source.text) or 0
    excerpt = Excerpt(source, problem, min(at, len(source.text)), problem.opened, bracket, quoted_text)
    for pattern, rule in _RULES:
        if pattern.search(problem.text) or pattern.search(problem.context):
            found = rule(excerpt)
            if found is not None:
                return found
    return excerpt.found(f"this is not valid YAML: {problem.text}")


def cannot_begin(excerpt: Excerpt, start: int, sign: str) -> Diagnostic:
    """The finding for an unquoted value whose first character means something else to YAML."""
    value = excerpt.rest(start)
    hint = quote_hint(value)
    message = f'an unquoted value cannot begin with "{sign}"'
    return excerpt.found(message, start, len(sign), expected="quotes around the value", suggestion=hint)


def _tab(excerpt: Excerpt) -> Diagnostic | None:
    if excerpt.char != "\t":
        return None
    length = len(excerpt.text[excerpt.at :]) - len(excerpt.text[excerpt.at :].lstrip("\t"))
    return excerpt.found("tab used for indentation; use spaces", length=length, expected="spaces")


def _bad_start(excerpt: Excerpt) -> Diagnostic | None:
    return cannot_begin(excerpt, excerpt.at, excerpt.char) if excerpt.char.strip() else None


def _bad_name(excerpt: Excerpt) -> Diagnostic | None:
    """An alias, an anchor or a tag that is none: ``*``, ``&&``, ``!!``."""
    start = excerpt.at if excerpt.opened is None else excerpt.opened
    sign = excerpt.text[start : start + 1]
    return cannot_begin(excerpt, start, sign) if sign and sign in "*&!" else None


def _block_header(excerpt: Excerpt) -> Diagnostic | None:
    """``target: >= 45``: text behind the sign of a block text."""
    start = excerpt.at if excerpt.opened is None else excerpt.opened
    sign = excerpt.text[start : start + 1]
    return cannot_begin(excerpt, start, sign) if sign in {"|", ">"} else None


def _missing_colon(excerpt: Excerpt) -> Diagnostic | None:
    """A line where a key is needed, without ``: `` in it."""
    start = excerpt.at if excerpt.opened is None else excerpt.opened
    rest = excerpt.rest(start)
    if rest[:1] in {'"', "'"}:
        return excerpt.found("a key must stand on one line", start, len(rest), expected='a quote, then ":"')
    close = re.match(r"[^\s:]+:(?=\S)", rest)
    if close:
        return missing_space(excerpt, start, rest)
    return excerpt.found(f'expected ":" after {quoted(rest)}', start, len(rest), expected='"key: value"')


def missing_space(excerpt: Excerpt, start: int, rest: str) -> Diagnostic:
    """``due:5bd``, placed at its colon."""
    key, _, value = rest.partition(":")
    hint = f"{key}: {value}"
    at = start + len(key)
    return excerpt.found('missing space after ":"', at, expected='": "', suggestion=hint)


def _flow_colon(excerpt: Excerpt) -> Diagnostic | None:
    return excerpt.found('missing space after ":"', expected='": "') if excerpt.char == ":" else None


def _unclosed_quote(excerpt: Excerpt) -> Diagnostic | None:
    if excerpt.opened is None:
        return None
    sign = excerpt.text[excerpt.opened : excerpt.opened + 1]
    if sign not in {'"', "'"}:
        return None
    hint = "close it, or write the apostrophe inside double quotes" if sign == "'" else None
    return excerpt.found(
        "this quote is never closed", excerpt.opened, expected=f"a closing {sign}", suggestion=hint
    )


def _brackets(excerpt: Excerpt) -> Diagnostic | None:
    start = excerpt.bracket if excerpt.opened is None else excerpt.opened
    sign = "" if start is None else excerpt.text[start : start + 1]
    if start is None or sign not in {"[", "{"}:
        return None
    closing = "]" if sign == "[" else "}"
    here = excerpt.source.position(excerpt.at).line
    first = excerpt.source.position(start).line
    if excerpt.at_end or (here != first and (excerpt.char == ":" or excerpt.first_on_line)):
        return unclosed(excerpt, start)
    what = "list" if sign == "[" else "mapping"
    related = (related_place(excerpt.source, f"the {what} starts here", start, start + 1),)
    if excerpt.char == ":":
        message = 'an unquoted value cannot contain ": "'
        return excerpt.found(message, related=related, expected="quotes around the value")
    shown = quoted(excerpt.rest(excerpt.at) or excerpt.char)
    return excerpt.found(
        f'expected "," or "{closing}" before {shown}', related=related, expected=f'"," or "{closing}"'
    )


def unclosed(excerpt: Excerpt, start: int) -> Diagnostic:
    """The finding for a bracket that is never closed, placed at the bracket."""
    sign = excerpt.text[start : start + 1]
    closing = "]" if sign == "[" else "}"
    return excerpt.found(f'"{sign}" is never closed', start, expected=f'a closing "{closing}"')


def _no_content(excerpt: Excerpt) -> Diagnostic | None:
    if excerpt.at_end and excerpt.bracket is not None:
        return unclosed(excerpt, excerpt.bracket)
    if excerpt.at_end or not excerpt.char:
        return excerpt.found("the file ends where a value is expected", expected="a value")
    if excerpt.char in "]}":
        return excerpt.found(f'"{excerpt.char}" closes nothing', expected="a value")
    return excerpt.found(f'expected a value, found "{excerpt.char}"', expected="a value")


def _escape(excerpt: Excerpt) -> Diagnostic:
    start = excerpt.text.rfind("\\", 0, excerpt.at + 1)
    match = re.match(r"\\(?:x\w{0,2}|u\w{0,4}|U\w{0,8}|.)", excerpt.text[start:]) if start >= 0 else None
    if match is None:
        return excerpt.found("invalid escape in double quotes")
    escape = match[0]
    if escape[1] in "xuU":
        message, hint = f'escape "{escape}" is no character', "write the character itself"
    else:
        message, hint = f'unknown escape "{escape}" in double quotes', "write \\\\ or use single quotes"
    return excerpt.found(message, start, len(escape), suggestion=hint)


def _list_on_key_line(excerpt: Excerpt) -> Diagnostic:
    if excerpt.first_on_line:
        return excerpt.found("a list item is not allowed here", expected="the indentation of a list above")
    hint = f'put "{excerpt.rest(excerpt.at)}" on the next line, or quote it'
    return excerpt.found("a list cannot begin on the line of its key", suggestion=hint)


def _question(excerpt: Excerpt) -> Diagnostic:
    return cannot_begin(excerpt, excerpt.at, excerpt.char or "?")


def _directive(excerpt: Excerpt) -> Diagnostic:
    start = excerpt.line_start(excerpt.at)
    return excerpt.found('a line cannot begin with "%"', start, expected="quotes around the value")


def _second_root(excerpt: Excerpt) -> Diagnostic:
    return excerpt.found("the document ends before this text", expected="one mapping at the left margin")


_Rule = Callable[[Excerpt], Diagnostic | None]
_RULES: tuple[tuple[re.Pattern[str], _Rule], ...] = tuple(
    (re.compile(pattern), rule)
    for pattern, rule in (
        ("tab character|cannot start any token", _tab),
        ("cannot start any token", _bad_start),
        ("block scalar", _block_header),
        ("alias|anchor|tag|expected alphabetic", _bad_name),
        ("escape|hexdecimal|hexadecimal", _escape),
        ("end of stream|document (?:indicator|separator)", _unclosed_quote),
        ("directive", _directive),
        ("could not find expected ':'", _missing_colon),
        ("unexpected ':'", _flow_colon),
        ("expected ','", _brackets),
        ("mapping values are not allowed", unexpected_colon),
        ("mapping keys are not allowed", _question),
        ("sequence entries are not allowed", _list_on_key_line),
        ("expected (?:the )?node content", _no_content),
        ("block mapping", expected_key),
        ("block collection|block sequence", expected_item),
        ("document start", _second_root),
    )
)
