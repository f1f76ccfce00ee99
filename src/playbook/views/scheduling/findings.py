"""Conflicts of a dated schedule as findings: what is late, why, and what would be right."""

from __future__ import annotations

import math

from playbook.diagnostics import Diagnostic, Place, Related, Severity
from playbook.schedule.dated_times import Conflict, DatedSchedule, Link
from playbook.text.paths import KeyPath
from playbook.text.quantities import Timing
from playbook.views.parts.words import moment_name, when
from playbook.workspace import CompiledPlaybook

CODES = {"too_long": "PLN001", "before_start": "PLN002", "window": "PLN003"}
TIGHT = {"too_close": "PLN005"}
"""Of what only just fits; all else is PLN004."""
_LONGEST_CHAIN = 8
_LEAST = 0.25
"""In working days: what takes less is not told."""


def findings_of_plan(playbook: CompiledPlaybook, dated: DatedSchedule) -> tuple[Diagnostic, ...]:
    """The conflicts as errors, and what only just fits as information."""
    errors = (conflict_finding(playbook, conflict) for conflict in dated.conflicts)
    told = (conflict_finding(playbook, conflict, tight=True) for conflict in dated.tight)
    return (*errors, *told)


def conflict_finding(playbook: CompiledPlaybook, conflict: Conflict, *, tight: bool = False) -> Diagnostic:
    """A conflict at the place of the date that cannot be kept."""
    return Diagnostic(
        code_of(conflict, tight=tight),
        Severity.INFO if tight else Severity.ERROR,
        _message(playbook, conflict, tight=tight),
        _place(playbook, conflict.what, conflict.id),
        _related(playbook, conflict),
        expected=_expected(playbook, conflict),
    )


def code_of(conflict: Conflict, *, tight: bool) -> str:
    """The code of a conflict."""
    return TIGHT.get(conflict.kind, "PLN004") if tight else CODES[conflict.kind]


def chain_in_words(chain: tuple[Link, ...]) -> str:
    """The chain of work with the working days of each part: ``write_brief 1 → agree_plan 5``.

    What takes next to no time is not told, but for the last one, which is late.
    """
    chain = tuple(link for link in chain if link.days >= _LEAST or link is chain[-1])
    shown = chain if len(chain) <= _LONGEST_CHAIN else (*chain[:3], None, *chain[-4:])
    parts = [f"{link.id} {days_in_words(link.days)}" if link else f"{len(chain) - 7} more" for link in shown]
    return " → ".join(parts)


def days_in_words(days: float) -> str:
    """A number of days, in half days where there are few."""
    return f"{math.floor(days * 2 + 0.5) / 2:g}" if days < 10 else f"{days:.0f}"


def named(playbook: CompiledPlaybook, what: str, id_: str) -> str:
    """What is late, as people call it."""
    if what == "outcome":
        return "The outcome"
    label = playbook.steps[id_].label if what == "step" else playbook.stages[id_].label
    return f'"{label}"' if what == "step" else f'Stage "{label}"'


def _message(playbook: CompiledPlaybook, conflict: Conflict, *, tight: bool) -> str:
    late = named(playbook, conflict.what, conflict.id)
    said = when(playbook, _timing(playbook, conflict.what, conflict.id))
    due = f"{late} is due on {conflict.due}" + (f", {said}" if said else "")
    start = moment_name(playbook, conflict.start)
    if conflict.kind == "before_start":
        return f"{due}; that is before {start} on {conflict.since}" + _others(conflict)
    if conflict.kind == "window":
        window = f'the change window "{conflict.window}"'
        return f"{due}, but {window} has no day until then: the next one is {conflict.earliest}"
    if conflict.kind == "too_close":
        ahead = f"{named(playbook, 'step', conflict.chain[0].id)} is done before its own due date, {conflict.since}"
        told = f"{due}, and is in time only if {ahead}: else it may last until {conflict.earliest}"
        return told + _others(conflict, "tight")
    needs = f"{days_in_words(conflict.days)} working day{'' if conflict.days == 1 else 's'}"
    work = f"the work from {start} ({conflict.since}) needs {needs}, and there are {conflict.room}"
    chain = f": {chain_in_words(conflict.chain)}{_between(conflict)}" if conflict.chain else ""
    if tight:
        told = f"{due}, and is in time only if work takes less than it may: {work}{chain}"
        return told + _others(conflict, "tight")
    return f"{due}, but cannot be done before {conflict.earliest}: {work}{chain}" + _others(conflict)


def _between(conflict: Conflict) -> str:
    """The days that no work of the chain takes: until a handoff is accepted, or a wait is over."""
    rest = round(conflict.days - sum(link.days for link in conflict.chain if link.days >= _LEAST))
    return f", and {rest} between them (handoffs, waits)" if rest > 0 and len(conflict.chain) > 1 else ""


def _others(conflict: Conflict, what: str = "late") -> str:
    count = len(conflict.others)
    if not count:
        return ""
    names = ", ".join(conflict.others[:3]) + (", …" if count > 3 else "")
    return f"; {count} more {'is' if count == 1 else 'are'} {what} for the same reason ({names})"


def _expected(playbook: CompiledPlaybook, conflict: Conflict) -> str:
    anchor = moment_name(playbook, conflict.anchor)
    if conflict.kind == "before_start":
        return f"a date that is not before {moment_name(playbook, conflict.start)}"
    if conflict.kind == "window":
        return f"a due date from {conflict.earliest} on, or a window with another day"
    if conflict.kind == "too_close":
        return f"{named(playbook, 'step', conflict.chain[0].id)} due sooner, or {anchor} later"
    more = f"{conflict.short} more working day{'' if conflict.short == 1 else 's'}"
    move = f"{anchor} later, " if conflict.anchor != conflict.start else ""
    return f"{more}: {move}less work on the way, or steps side by side"


def _related(playbook: CompiledPlaybook, conflict: Conflict) -> tuple[Related, ...]:
    if len(conflict.chain) < 2 or conflict.kind == "before_start":
        return ()
    if conflict.kind == "too_close":
        return (Related("what it waits for", _place(playbook, "step", conflict.chain[0].id)),)
    longest = max(conflict.chain, key=lambda link: link.days)
    if longest.days <= 0 or (longest.kind, longest.id) == (conflict.what, conflict.id):
        return ()
    place = _place(playbook, longest.kind, longest.id, first="takes")
    return (Related(f"the longest part of it, {days_in_words(longest.days)} working days", place),)


def _timing(playbook: CompiledPlaybook, what: str, id_: str) -> Timing | None:
    if what == "outcome":
        return playbook.model.outcome.within if playbook.model.outcome else None
    return playbook.steps[id_].due if what == "step" else playbook.stages[id_].due


def _place(playbook: CompiledPlaybook, what: str, id_: str, first: str = "due") -> Place:
    """The place of the date that is written, or else of how long it takes, or else of its id."""
    locator = playbook.document.locator
    if what == "outcome":
        return locator.place(("outcome", "within"))
    holder = playbook.steps[id_] if what == "step" else playbook.stages[id_]
    path: KeyPath = playbook.symbols[what][id_].path
    # The path of a declared id may lead to the key ``id`` itself.
    path = path[:-1] if path and path[-1] == "id" else path
    for key in dict.fromkeys((first, "due", "takes")):
        if getattr(holder, key) is not None:
            return locator.place((*path, key))
    return locator.place((*path, "id"))
