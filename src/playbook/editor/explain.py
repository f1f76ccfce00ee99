"""A declared thing explained: what it is called and for, who owns it, where it is declared."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.compiler.occurrences import Name, declared_at
from playbook.core.owners import Owners
from playbook.editor.markdown import code, words
from playbook.editor.view import View
from playbook.expressions.types import Type
from playbook.language.step import Step
from playbook.language.vocabulary import STATES
from playbook.text.paths import KeyPath, show_path
from playbook.text.quantities import Timing
from playbook.views.parts.phrases import condition
from playbook.views.parts.words import owner_names, together, when
from playbook.workspace import CompiledPlaybook, Symbol

_LETTERS = {"R": "Responsible", "A": "Accountable", "C": "Consulted", "I": "Informed"}


def explain_symbol(view: View, name: Name) -> str:
    """A declared thing: what it is called, what it is for, who owns it, where it is declared."""
    symbol = view.occurrences.symbol(name)
    if symbol is None:
        return ""
    title = next(view.titles(symbol), None)
    lines = [f"**{name.id}**: {symbol.kind}{f', “{words(title)}”' if title else ''}"]
    description = getattr(symbol.value, "description", None)
    lines.append(words(description or ""))
    lines += _about(view, symbol)
    playbook = view.occurrences.playbook(symbol.document.name) or view.playbook
    if playbook is not None:
        lines += _letters_of(playbook, symbol)
    place = declared_at(symbol)
    lines.append(f"Declared in {words(place.file)}:{place.span.start.line}")
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
        parts = (f"Team: {code(team)}" if team else "", f"backup: {code(backup)}" if backup else "")
        yield ", ".join(part for part in parts if part)
    if symbol.kind == "kpi":
        yield " · ".join(
            f"{key}: {words(str(getattr(value, key)))}"
            for key in ("kind", "target", "unit", "owner")
            if getattr(value, key, None)
        )
    for key in ("event", "field"):
        named = getattr(value, key, None) if symbol.kind in ("anchor", "milestone") else None
        if named:
            yield f"{key.capitalize()}: {code(named)}"
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
                f"Due: {words(when(playbook, step.due))}" if step.due else "",
                f"Takes: {step.takes.in_words()}" if step.takes else "",
                f"Only if: {words(condition(playbook, step.when))}" if step.when else "",
            ]
            yield " · ".join(part for part in told if part)
    elif symbol.kind == "stage":
        stage = playbook.stages.get(symbol.id)
        if stage is not None:
            due = f" · due: {words(when(playbook, stage.due))}" if stage.due else ""
            yield f"{len(stage.steps)} step{'' if len(stage.steps) == 1 else 's'}{due}"
    else:
        owners = playbook.letters.get(f"{symbol.kind}s", {}).get(symbol.id)
        if owners is not None:
            yield _raci(playbook, owners, symbol.path)
        timing = getattr(symbol.value, "due", None)
        if isinstance(timing, Timing):
            yield f"Due: {words(when(playbook, timing))}"


def _raci(playbook: CompiledPlaybook, owners: Owners, path: KeyPath) -> str:
    rows = []
    for letter, held in owners.letters():
        names = words(together(owner_names(playbook, held), choice=held.choice))
        inherited = "" if held.path[: len(path)] == path else f" *(from {_above(held.path)})*"
        rows.append(f"- **{letter}** {_LETTERS[letter]}: {names}{inherited}")
    return "\n".join(rows)


def _above(path: KeyPath) -> str:
    """Where a letter comes from that is not written at the thing itself."""
    return "the stage" if path[:1] == ("stages",) and "steps" not in path else show_path(path)


def type_in_words(type_: Type) -> str:
    """A type, as people say it."""
    if type_.moment:
        return "has happened or not"
    if type_.values:
        listed = ", ".join(code(str(value)) for value in type_.values)
        return f"{'list of' if type_.kind == 'list' else 'one of'} {listed}"
    whole = "whole number" if type_.whole else type_.kind
    return f"{whole} in {words(type_.unit)}" if type_.unit else {"boolean": "true or false"}.get(whole, whole)
