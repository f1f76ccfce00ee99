"""Recurring work in words: its rhythm, its days, and what is not known of it."""

from __future__ import annotations

from datetime import date

from playbook.language.step import Repeat
from playbook.schedule.recurring import Recurring
from playbook.shapes.agenda import AgendaRecurring
from playbook.text.ids import words_of
from playbook.text.quantities import Cadence
from playbook.views.parts.phrases import condition
from playbook.views.parts.words import doer, moment_name, owner_names, together
from playbook.workspace import CompiledPlaybook


def recurring_line(
    playbook: CompiledPlaybook, each: Recurring, since: date | None, person: str | None
) -> AgendaRecurring:
    """Recurring work with its days from ``since`` on; ``person`` is who does it, if the account says so."""
    days = tuple(day for day in each.found.days if since is None or day >= since)
    note = _note(playbook, each)
    if each.kind == "step":
        step = playbook.steps[each.id]
        assert step.repeat is not None
        who = person or doer(playbook, playbook.process.tasks[f"step.{each.id}"])
        rhythm = _rhythm(step.repeat)
        return AgendaRecurring("step", each.id, step.label, who, rhythm, days, each.found.goes_on, note)
    routine = playbook.model.routines[each.id]
    owners = playbook.letters["routines"][each.id]
    letter = owners.responsible or owners.accountable
    who = together(owner_names(playbook, letter), choice=bool(letter and letter.choice))
    rhythm = _every(routine.every) if routine.every else "once"
    rhythm += f", {routine.during}" if routine.during else ""
    title = routine.do or routine.title or words_of(each.id)
    return AgendaRecurring("routine", each.id, title, who, rhythm, days, each.found.goes_on, note)


def _rhythm(repeat: Repeat) -> str:
    words = _every(repeat.every)
    words += f" for {repeat.lasts.in_words()}" if repeat.lasts else ""
    words += f", at most {repeat.at_most} times" if repeat.at_most else ""
    return f"{words}, then {_rhythm(repeat.then)}" if repeat.then else words


def _every(every: Cadence) -> str:
    return f"every {every.in_words()}"


def _note(playbook: CompiledPlaybook, each: Recurring) -> str:
    """What is not known of recurring work."""
    notes = [f"needs a date of {together(moment_name(playbook, id_) for id_ in each.needs)}"] if each.needs else []
    if each.unless:
        notes.append(f"when {condition(playbook, each.unless)}; nobody knows on which day")
    notes += [f"until {condition(playbook, until)}" for until in each.found.until]
    notes += [each.found.unread] if each.found.unread else []
    return "; ".join(notes)
