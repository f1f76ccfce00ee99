"""What is decided about an account before anything is dated: its segment, its variant, its steps and its people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from playbook.core.process import Task
from playbook.expressions.evaluate import Value
from playbook.plans.account import Account
from playbook.plans.conditions import Values, anchors_of, condition_of, start_of, values_of
from playbook.plans.people import people_of
from playbook.plans.plan import PlanNote
from playbook.plans.rota import Held, Rota
from playbook.plans.templating import template_of
from playbook.plans.ways import has_branches, passed_by
from playbook.signals import SEGMENT
from playbook.views.parts.words import together
from playbook.workspace import CompiledPlaybook

NOT_MET = "its condition is not met"
ANOTHER_WAY = "the account takes another way"

_LONG_AGO = date(1900, 1, 1)
"""Today, where neither a day is given nor the start is known: ``days_since`` is then missing for everything."""


@dataclass(frozen=True)
class Situation:
    """An account with all that is decided about it. ``playbook`` is the variant of its segment, or the base."""

    account: Account
    playbook: CompiledPlaybook
    anchors: Mapping[str, date]
    values: Values
    today: date
    segment: str | None
    left_out: Mapping[str, str]
    """Why steps are not done, by step id."""
    held: Mapping[str, Held]
    """By the id of every role that holds a letter."""
    notes: tuple[PlanNote, ...]


def situation_of(playbook: CompiledPlaybook, account: Account, rota: Rota, today: date | None = None) -> Situation:
    """What is decided about an account; takes its turns of the ``rota``.

    ``today`` is the day for which conditions are asked; by default the day on which the account starts.
    """
    notes: list[PlanNote] = []
    begun = _begun(playbook, account, today, notes)
    chosen, values = begun.playbook, begun.values
    anchors = anchors_of(chosen, account) if chosen is not playbook else begun.anchors
    _effective(chosen, begun.starts, notes)
    left_out = steps_left_out(chosen, values, begun.day, notes)
    held = rota.all_of(tuple(template_of(chosen).roles), account, begun.starts)
    return Situation(account, chosen, anchors, values, begun.day, begun.segment, left_out, held, tuple(notes))


def take_turns(playbook: CompiledPlaybook, account: Account, rota: Rota, today: date | None = None) -> None:
    """Take the turns of an account, as :func:`situation_of` does, without deciding anything else."""
    begun = _begun(playbook, account, today, [])
    rota.all_of(tuple(template_of(begun.playbook).roles), account, begun.starts)


class _Begun(NamedTuple):
    """What is known of an account first. ``playbook`` is the variant of its segment, or the base."""

    playbook: CompiledPlaybook
    anchors: dict[str, date]
    starts: date | None
    day: date
    values: dict[str, Value | None]
    segment: str | None


def _begun(playbook: CompiledPlaybook, account: Account, today: date | None, notes: list[PlanNote]) -> _Begun:
    anchors = anchors_of(playbook, account)
    starts = start_of(playbook, anchors)
    day = today or starts or _LONG_AGO
    values = values_of(playbook, account, anchors, day)
    segment = _segment(playbook, account, values, day, notes)
    if segment is not None:
        values[SEGMENT] = segment
    chosen = next((each for each in playbook.variants if segment in each.segments), playbook)
    return _Begun(chosen, anchors, starts, day, values, segment)


def rota_of(playbook: CompiledPlaybook) -> Rota:
    """A rota in which nobody has had a turn."""
    return Rota(people_of(playbook))


def _segment(
    playbook: CompiledPlaybook, account: Account, values: Values, today: date, notes: list[PlanNote]
) -> str | None:
    """The segment of an account: as the accounts file says, else the one whose condition holds."""
    segments = playbook.model.segments
    given = account.fields.get(SEGMENT)
    if isinstance(given, str) and given in segments:
        return given
    if not segments:
        return None
    truths = {id_: condition_of(each.when).truth(values, today) for id_, each in segments.items() if each.when}
    holding = [id_ for id_, truth in truths.items() if truth is True]
    if len(holding) > 1:
        text = f"it belongs to several segments ({', '.join(holding)}); the first one is taken"
        notes.append(PlanNote("segment", holding[0], text))
    if holding:
        return holding[0]
    unknown = [id_ for id_, truth in truths.items() if truth is None]
    if unknown:
        missing = dict.fromkeys(
            name for id_ in unknown for name in condition_of(segments[id_].when or "").missing(values)
        )
        text = f"its segment is not known: {together(missing)} {'are' if len(missing) > 1 else 'is'} missing"
        notes.append(PlanNote("segment", "", text))
        return None
    rest = next((id_ for id_, each in segments.items() if each.otherwise), None)
    if rest is None:
        notes.append(PlanNote("segment", "", "no segment is for it"))
    return rest


def _effective(playbook: CompiledPlaybook, starts: date | None, notes: list[PlanNote]) -> None:
    effective = playbook.model.effective
    if effective is None or starts is None:
        return
    if starts < effective.since:
        text = f"it starts before this version holds, which is from {effective.since} on"
        notes.append(PlanNote("effective", "", text))
    elif effective.until is not None and starts > effective.until:
        text = f"it starts when this version holds no longer, which is until {effective.until}"
        notes.append(PlanNote("effective", "", text))


def steps_left_out(
    playbook: CompiledPlaybook, values: Values, today: date, notes: list[PlanNote] | None = None
) -> dict[str, str]:
    """Why steps of a playbook are not done for an account with such values, by step id.

    A step whose condition is not known is done; a note tells it.
    """
    found = {}
    branches, doubtful = playbook.remembered(_doubtful)
    passed = passed_by(playbook.process, values, today) if branches else frozenset()
    truths: dict[str, bool | None] = {}
    for task in playbook.process.tasks.values() if branches else doubtful:
        if task.id in passed:
            found[task.step] = ANOTHER_WAY
        elif task.condition is not None:
            if task.condition not in truths:
                truths[task.condition] = condition_of(task.condition).truth(values, today)
            truth = truths[task.condition]
            if truth is False:
                found[task.step] = NOT_MET
            elif truth is None and notes is not None:
                notes.append(
                    PlanNote("condition", task.step, "whether its condition holds is not known; it is planned")
                )
    return found


def _doubtful(playbook: CompiledPlaybook) -> tuple[bool, tuple[Task, ...]]:
    """Whether there are branches, and the steps that have a condition."""
    conditional = tuple(task for task in playbook.process.tasks.values() if task.condition is not None)
    return has_branches(playbook.process), conditional
