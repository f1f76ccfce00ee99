"""What is shown when somebody points at a word."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from playbook.compiler.occurrences import Name, declared_at
from playbook.core.owners import Owners
from playbook.editor.cursor import Cursor, cursor_at
from playbook.editor.view import View
from playbook.editor.wanted import Wanted, key_at, wanted_at
from playbook.expressions.parse import parse_expression
from playbook.expressions.types import Type
from playbook.language.step import Step
from playbook.language.vocabulary import EVENTS, STATES
from playbook.lint.registry import all_rules
from playbook.text.paths import show_path
from playbook.text.quantities import UNITS, QuantityError, Timing, parse_duration, parse_timing
from playbook.views.phrases import condition
from playbook.views.words import owner_names, together, when
from playbook.workspace import CompiledPlaybook, Symbol

_LETTERS = {"R": "Responsible", "A": "Accountable", "C": "Consulted", "I": "Informed"}
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
        return [_rule(view.buffer.text[word[0] : word[1]])], word
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
        return "\n".join(f"not a valid expression: {mistake.message}" for mistake in parsed.mistakes)
    lines = []
    if view.playbook is not None:
        lines.append(f"*{condition(view.playbook, text)}*")
    rows = []
    for name in dict.fromkeys(use.name for use in parsed.names):
        type_ = view.type_of(name)
        rows.append(f"- `{name}`: {type_in_words(type_) if type_ else 'declared nowhere'}")
    return "\n\n".join([*lines, "\n".join(rows)] if rows else lines)


def type_in_words(type_: Type) -> str:
    """A type, as people say it."""
    if type_.moment:
        return "has happened or not"
    if type_.values:
        listed = ", ".join(f"`{value}`" for value in type_.values)
        return f"{'list of' if type_.kind == 'list' else 'one of'} {listed}"
    whole = "whole number" if type_.whole else type_.kind
    return f"{whole} in {type_.unit}" if type_.unit else {"boolean": "true or false"}.get(whole, whole)


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
            return f"*{when(view.playbook, timing)}*"
        return f"*{timing.in_words(timing.reference, timing.until or '')}*"
    try:
        return f"*{parse_duration(text).in_words()}*"
    except QuantityError:
        return "Units: " + ", ".join(f"`{unit}` {names[1]}" for unit, names in UNITS.items())


def _rule(code: str) -> str:
    rule = all_rules().get(code)
    return f"**{rule.code}: {rule.name}** ({rule.severity.value})\n\n{rule.what}\n\n{rule.why}" if rule else ""


# -- what is declared ----------------------------------------------------------------------------


def explain_symbol(view: View, name: Name) -> str:
    """A declared thing: what it is called, what it is for, who owns it, where it is declared."""
    symbol = view.occurrences.symbol(name)
    if symbol is None:
        return ""
    title = next(view.titles(symbol), None)
    lines = [f"**{name.id}**: {symbol.kind}{f', “{title}”' if title else ''}"]
    description = getattr(symbol.value, "description", None)
    lines.append(description or "")
    lines += _about(view, symbol)
    playbook = view.occurrences.playbook(symbol.document.name) or view.playbook
    if playbook is not None:
        lines += _letters_of(playbook, symbol)
    place = declared_at(symbol)
    lines.append(f"Declared in {place.file}:{place.span.start.line}")
    return "\n\n".join(line for line in lines if line)


def _about(view: View, symbol: Symbol) -> Iterator[str]:
    value = symbol.value
    if symbol.kind == "field":
        type_ = view.type_of(symbol.id)
        if type_ is not None:
            yield f"Type: {type_in_words(type_)}"
    if symbol.kind == "role":
        team = getattr(value, "team", None)
        backup = getattr(value, "backup", None)
        yield ", ".join(
            part for part in (f"Team: `{team}`" if team else "", f"backup: `{backup}`" if backup else "") if part
        )
    if symbol.kind == "kpi":
        yield " · ".join(
            f"{key}: {getattr(value, key)}"
            for key in ("kind", "target", "unit", "owner")
            if getattr(value, key, None)
        )
    for key in ("event", "field"):
        named = getattr(value, key, None) if symbol.kind in ("anchor", "milestone") else None
        if named:
            yield f"{key.capitalize()}: `{named}`"
    if symbol.kind in STATES:
        yield f"States: {', '.join(f'`{symbol.id}.{state}`' for state in STATES[symbol.kind])}"


def _letters_of(playbook: CompiledPlaybook, symbol: Symbol) -> Iterator[str]:
    """The effective letters of a step or of another part, and when it is due."""
    if symbol.kind == "step":
        task = playbook.process.tasks.get(f"step.{symbol.id}")
        step = symbol.value
        if task is not None:
            yield _raci(playbook, task.owners, task.path)
        if isinstance(step, Step):
            told = [
                f"Due: {when(playbook, step.due)}" if step.due else "",
                f"Takes: {step.takes.in_words()}" if step.takes else "",
                f"Only if: {condition(playbook, step.when)}" if step.when else "",
            ]
            yield " · ".join(part for part in told if part)
    elif symbol.kind == "stage":
        stage = playbook.stages.get(symbol.id)
        if stage is not None:
            due = f" · due: {when(playbook, stage.due)}" if stage.due else ""
            yield f"{len(stage.steps)} step{'' if len(stage.steps) == 1 else 's'}{due}"
    else:
        owners = playbook.letters.get(f"{symbol.kind}s", {}).get(symbol.id)
        if owners is not None:
            yield _raci(playbook, owners, symbol.path)
        timing = getattr(symbol.value, "due", None)
        if isinstance(timing, Timing):
            yield f"Due: {when(playbook, timing)}"


def _raci(playbook: CompiledPlaybook, owners: Owners, path: tuple[str | int, ...]) -> str:
    rows = []
    for letter, held in owners.letters():
        names = together(owner_names(playbook, held), choice=held.choice)
        inherited = "" if held.path[: len(path)] == path else f" *(from {_above(held.path)})*"
        rows.append(f"- **{letter}** {_LETTERS[letter]}: {names}{inherited}")
    return "\n".join(rows)


def _above(path: tuple[str | int, ...]) -> str:
    """Where a letter comes from that is not written at the thing itself."""
    return "the stage" if path[:1] == ("stages",) and "steps" not in path else show_path(path)
