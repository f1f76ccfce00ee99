"""What is shown when somebody points at a word."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from playbook.editor.cursor import Cursor, cursor_at
from playbook.editor.explain import explain_symbol, type_in_words
from playbook.editor.markdown import of_rule, words
from playbook.editor.view import View
from playbook.editor.wanted import Wanted, key_at, wanted_at
from playbook.expressions.parse import parse_expression
from playbook.language.vocabulary import EVENTS, STATES
from playbook.text.quantities import UNITS, QuantityError, Timing, parse_duration, parse_timing
from playbook.views.parts.phrases import condition
from playbook.views.parts.words import when

_WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-")


def hover(view: View, offset: int) -> types.Hover | None:
    """What the word at an offset means."""
    text = view.buffer.text
    end = offset
    while end < len(text) and text[end] in _WORD:
        end += 1
    start = offset
    while start > 0 and text[start - 1] in _WORD:
        start -= 1
    cursor = cursor_at(text, end)
    if start == end and cursor.where != "value":
        return None
    parts, stretch = _explain(view, cursor, offset, (start, end))
    told = "\n\n---\n\n".join(part for part in parts if part)
    if not told:
        return None
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, told), view.buffer.range(*stretch))


def _explain(view: View, cursor: Cursor, offset: int, word: tuple[int, int]) -> tuple[list[str], tuple[int, int]]:
    if cursor.where == "comment":
        return [_rule(view, view.buffer.text[word[0] : word[1]])], word
    found = view.occurrences.at(view.file, offset) if view.is_current else None
    parts: list[str] = []
    stretch = word
    if found is not None:
        place, occurrence = found
        parts.append(explain_symbol(view, occurrence.name))
        stretch = (place.span.start.offset, place.span.end.offset)
    if cursor.where in ("value", "item") and view.kind is not None:
        wanted = wanted_at(view.kind, cursor.path, view.model_of_part)
        parts += list(_value(view, cursor, wanted, word, told=found is not None))
    if cursor.where in ("key", "item") or not any(parts):
        key = view.buffer.text[word[0] : word[1]]
        path = (*cursor.path, key) if cursor.where != "value" else cursor.path
        parts.append(_key(view, path))
    return parts, stretch


def _key(view: View, path: tuple[str | int, ...]) -> str:
    """What a key is for, and what may stand behind it."""
    key = key_at(view.kind, path, view.model_of_part) if view.kind else None
    if key is None:
        return ""
    lines = [f"**{key.name}**{' (required)' if key.required else ''}", key.description]
    allowed = [value for form in key.wanted.as_text() for value in form.values]
    if allowed:
        lines.append("One of " + ", ".join(f"`{value}`" for value in allowed) + ".")
    if any(form.expression for form in key.wanted.as_text()):
        lines.append("A condition, such as `account.seats >= 5 and kickoff.reached`.")
    examples = [str(example) for example in key.examples if isinstance(example, str | int)]
    if examples:
        lines.append("Example: " + ", ".join(f"`{example}`" for example in examples))
    return "\n\n".join(line for line in lines if line)


def _value(view: View, cursor: Cursor, wanted: Wanted, word: tuple[int, int], *, told: bool) -> Iterator[str]:
    text = _whole_value(view, cursor)
    for form in wanted.as_text():
        if form.expression:
            yield _expression(view, text)
            if not told:
                yield _name(view, view.buffer.text[word[0] : word[1]])
            return
        if form.quantity:
            yield _quantity(view, text)
            return
        if text in form.values and not told:
            yield f"`{text}`, one of " + ", ".join(f"`{value}`" for value in form.values)
            return


def _whole_value(view: View, cursor: Cursor) -> str:
    """The value that the cursor is in, as it was compiled; else what stands on its line."""
    if view.document is not None and view.is_current and view.document.source is not None:
        place = view.document.locator.place(cursor.path)
        if place.span.start.offset <= cursor.end and cursor.start <= place.span.end.offset + 1:
            shown = view.document.source.slice(place.span)
            for path, text in view.playbook.expressions if view.playbook else ():
                if path == cursor.path or path[: len(cursor.path)] == cursor.path:
                    return text
            return shown.strip().strip("\"'")
    end = view.buffer.end_of_line(view.buffer.line_of(cursor.start))
    return view.buffer.text[cursor.start : end].partition(" #")[0].strip().strip("\"'")


# -- expressions and quantities ------------------------------------------------------------------


def _expression(view: View, text: str) -> str:
    parsed = parse_expression(text)
    if parsed.tree is None:
        return "\n".join(f"not a valid expression: {words(mistake.message)}" for mistake in parsed.mistakes)
    lines = []
    if view.playbook is not None:
        lines.append(f"*{words(condition(view.playbook, text))}*")
    rows = []
    for name in dict.fromkeys(use.name for use in parsed.names):
        rows.append(f"- `{name}`: {_kind_of_name(view, name)}")
    return "\n\n".join([*lines, "\n".join(rows)] if rows else lines)


def _kind_of_name(view: View, name: str) -> str:
    type_ = view.type_of(name)
    if type_ is not None:
        return type_in_words(type_)
    if view.kind not in ("maturity", "governance"):
        return "declared nowhere"
    return "KPI" if name in view.symbols("kpi") else "a number that is measured; nothing declares it"


def _name(view: View, name: str) -> str:
    """A built-in name of an expression, or a state."""
    if name in EVENTS:
        return f"**{name}**\n\nA built-in event: it needs no declaration."
    base, _, state = name.rpartition(".")
    for kind, states in STATES.items():
        if state in states and base in view.symbols(kind):
            return explain_symbol(view, view.name_of(view.symbols(kind)[base]))
    return ""


def _quantity(view: View, text: str) -> str:
    try:
        timing: Timing | None = parse_timing(text)
    except QuantityError:
        timing = None
    if timing is not None:
        if view.playbook is not None:
            return f"*{words(when(view.playbook, timing))}*"
        return f"*{words(timing.in_words(timing.reference, timing.until or ''))}*"
    try:
        return f"*{parse_duration(text).in_words()}*"
    except QuantityError:
        return "Units: " + ", ".join(f"`{unit}` {names[1]}" for unit, names in UNITS.items())


def _rule(view: View, code: str) -> str:
    rule = view.catalogue.rules.get(code)
    if rule is None:
        return ""
    what, why = of_rule(rule)
    return f"**{rule.code}: {rule.name}** ({rule.severity.value})\n\n{what}\n\n{why}"
