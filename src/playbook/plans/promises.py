"""What holds of the work of a step beside its date, in English: approval, SLA, how often it is done."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.language.step import ForEach, Repeat, Rework, Sla, Step
from playbook.letters import letter_at
from playbook.views.parts.phrases import condition
from playbook.views.parts.words import end_title, moment_name, owner_names, together
from playbook.workspace import CompiledPlaybook

_SILENCE = {
    "escalate": "no answer in time is escalated",
    "approve": "no answer in time counts as a yes",
    "reject": "no answer in time counts as a no",
    "wait": "",
}


def approval_in_words(playbook: CompiledPlaybook, step: Step) -> str:
    """``Director or VP within 2 business days; no answer in time is escalated; a no leads back to Draft plan``.

    Empty if nobody approves.
    """
    approval = step.approval
    if approval is None:
        return ""
    approvers = letter_at(approval.by, ())
    parts = [together(owner_names(playbook, approvers), choice=approvers.choice)]
    if approval.within:
        parts = [f"{parts[0]} within {approval.within.in_words()}", _SILENCE[approval.on_silence]]
    if approval.vote:
        open_for = f", open for {approval.vote.within.in_words()}" if approval.vote.within else ""
        parts.append(f"{approval.vote.share * 100:.4g}% of the votes carry{open_for}")
    parts.append(_rejected(playbook, approval.on_reject))
    return "; ".join(part for part in parts if part)


def _rejected(playbook: CompiledPlaybook, rework: Rework | None) -> str:
    if rework is None:
        return ""
    end = f"to the end {end_title(playbook, rework.end)}" if rework.end else ""
    if rework.back_to is None:
        return f"a no leads {end}" if end else ""
    most = f", at most {_times(rework.at_most)}" if rework.at_most else ""
    back = f"a no leads back to {moment_name(playbook, rework.back_to)}{most}"
    return f"{back}, then {end}" if end else back


def sla_in_words(playbook: CompiledPlaybook, sla: Sla | None) -> str:
    """``within 5 business days; warned of after 3 business days; a breach goes to Director, then VP``; or empty."""
    if sla is None:
        return ""
    since = f" of {moment_name(playbook, sla.starts)}" if sla.starts else ""
    parts = [
        f"within {sla.breach.in_words()}{since}",
        f"warned of after {sla.warn.in_words()}" if sla.warn else "",
        f"a breach goes to {', then '.join(map(playbook.owner_name, sla.escalate))}" if sla.escalate else "",
        f"the clock stands still while {condition(playbook, sla.pause_while)}" if sla.pause_while else "",
    ]
    return "; ".join(part for part in parts if part)


def repeat_in_words(playbook: CompiledPlaybook, repeat: Repeat | None) -> str:
    """``every 2 weeks until Live, at most 6 times, then every month``; empty for what is done once."""
    return ", then ".join(_rhythms(playbook, repeat))


def _rhythms(playbook: CompiledPlaybook, repeat: Repeat | None) -> Iterator[str]:
    while repeat is not None:
        words = f"every {repeat.every.in_words()}"
        if repeat.lasts:
            words += f" for {repeat.lasts.in_words()}"
        if repeat.until:
            words += f" until {condition(playbook, repeat.until)}"
        if repeat.at_most:
            words += f", at most {_times(repeat.at_most)}"
        yield words
        repeat = repeat.then


def for_each_in_words(playbook: CompiledPlaybook, for_each: ForEach | None) -> str:
    """What a step is done for each of: ``contacts where Role is admin``; empty if it is done once."""
    if for_each is None:
        return ""
    name = for_each.of.replace("_", " ")
    return f"{name} where {condition(playbook, for_each.where)}" if for_each.where else name


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
