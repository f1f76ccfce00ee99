"""Messages to customers: what a playbook sends them, when, and which of it reaches one person on one day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from playbook.core.process import Task
from playbook.core.reach import descendants
from playbook.language.step import Step
from playbook.proofs.axioms import find
from playbook.proofs.conditions import trees_of
from playbook.proofs.due import moment_of
from playbook.workspace import CompiledPlaybook

_SENT = frozenset({"chat", "email", "in_product", "survey"})
"""Channels by which something comes to people unasked; a meeting or call is agreed on."""


@dataclass(frozen=True, slots=True)
class Message:
    """A step that sends something to customers. ``day`` is when it is due, counted from ``anchor``."""

    task: Task
    step: Step
    audience: tuple[str, ...]
    channel: str
    team: str
    anchor: str
    day: float


@dataclass(frozen=True, slots=True)
class Collision:
    """Two messages that reach the same people within a time, ``personas``, one ``days`` after the other."""

    first: Message
    second: Message
    personas: tuple[str, ...]
    days: float


def messages_of(playbook: CompiledPlaybook) -> tuple[Message, ...]:
    """The messages of a playbook with a known time, in the order of the document."""
    return playbook.remembered(_messages_of)


def _messages_of(playbook: CompiledPlaybook) -> tuple[Message, ...]:
    return tuple(_all(playbook))


def _all(playbook: CompiledPlaybook) -> Iterator[Message]:
    for task in playbook.process.tasks.values():
        step = playbook.steps[task.step]
        touch = step.touch
        # What customers do themselves is sent by nobody, in whatever channel they do it.
        if touch is None or touch.kind not in _SENT or step.due is None or step.party == "customer":
            continue
        if step.need == "forbidden" or not touch.audience:
            continue
        audience = tuple(who for who in touch.audience if _is_customer(playbook, who))
        moment = moment_of(playbook, step.due) if audience else None
        if moment is not None and moment.latest is not None:
            letter = task.owners.accountable
            team = playbook.team_of(letter.holders[0]) if letter is not None else None
            yield Message(task, step, audience, touch.kind, team or "", moment.anchor, moment.latest.usual_days)


def _is_customer(playbook: CompiledPlaybook, owner: str) -> bool:
    team = playbook.team(playbook.team_of(owner) or "")
    return team is not None and team.party == "customer"


def collisions_within(playbook: CompiledPlaybook, days: float) -> Iterator[Collision]:
    """Pairs of messages to the same people of which the second is sent less than ``days`` after the first."""
    messages = messages_of(playbook)
    if len(messages) < 2:
        return
    in_time = sorted(messages, key=lambda message: (message.anchor, message.day))
    for number, first in enumerate(in_time):
        for second in in_time[number + 1 :]:
            gap = second.day - first.day
            if second.anchor != first.anchor or gap >= days:
                break
            personas = tuple(who for who in first.audience if who in second.audience)
            if personas and _can_both_be_sent(playbook, first, second):
                yield Collision(first, second, personas, gap)


def _can_both_be_sent(playbook: CompiledPlaybook, first: Message, second: Message) -> bool:
    """Whether one account may get both: not if they stand on two branches, or under opposite conditions."""
    return _share_a_path(playbook, first.task, second.task) and not _exclude_each_other(playbook, first, second)


def _share_a_path(playbook: CompiledPlaybook, first: Task, second: Task) -> bool:
    one, other = playbook.stages[first.stage], playbook.stages[second.stage]
    if one is other:
        return not any({first.step, second.step} <= set(choice.one_of) for choice in one.choose or ())
    if any(overlap.stage == other.id for overlap in one.overlaps):
        return True
    if any(overlap.stage == one.id for overlap in other.overlaps):
        return True
    process = playbook.process
    return second.id in descendants(process, first.id) or first.id in descendants(process, second.id)


def _exclude_each_other(playbook: CompiledPlaybook, first: Message, second: Message) -> bool:
    if not first.step.when or not second.step.when:
        return False
    conditions = trees_of((first.step.when, second.step.when))
    verdict = find(playbook, conditions) if len(conditions) == 2 else None
    return verdict is not None and verdict.found == "no"
