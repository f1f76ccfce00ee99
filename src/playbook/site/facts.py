"""What stands at the head of a playbook's page and on its card."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from playbook.site.contents import Area, Entry, Family
from playbook.site.findings import counts, in_words
from playbook.text.ids import words_of
from playbook.views.parts.words import criteria_in_words, when
from playbook.workspace import CompiledPlaybook


@dataclass(frozen=True)
class Card:
    """A playbook at a glance."""

    title: str
    path: str
    outcome: str
    figures: tuple[tuple[str, str], ...]
    status: str
    findings: list[tuple[str, int]]
    words: str
    variants: tuple[tuple[str, str], ...]


def card(family: Family) -> Card:
    """The card of a playbook on the start page."""
    entry = family.main
    playbook = entry.playbook
    found = [finding for each in family.members for finding in each.subject.findings]
    unique = list(dict.fromkeys(found))
    return Card(
        playbook.title,
        entry.path,
        outcome(playbook),
        tuple(figures(playbook)),
        status(playbook),
        counts(unique),
        in_words(unique),
        tuple((variant_title(each), each.path) for each in family.variants),
    )


def status(playbook: CompiledPlaybook) -> str:
    """The status, with the version if there is one."""
    version = f", version {playbook.model.version}" if playbook.model.version else ""
    return f"{playbook.model.status}{version}"


def outcome(playbook: CompiledPlaybook) -> str:
    """What the journey is to lead to, in the customer's words."""
    model = playbook.model
    return (model.outcome.statement if model.outcome else None) or model.description or ""


def figures(playbook: CompiledPlaybook) -> Iterator[tuple[str, str]]:
    """Who owns it and how large it is."""
    ownership = playbook.model.ownership
    if ownership and ownership.accountable:
        yield "Owner", playbook.owner_name(ownership.accountable)
    yield "Stages", str(len(playbook.stages))
    yield "Steps", str(len(playbook.process.tasks))


def overview(playbook: CompiledPlaybook) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What else the overview says, as pairs of what and texts."""
    model = playbook.model
    if model.outcome:
        if model.outcome.achieved:
            yield "Achieved when", (criteria_in_words(playbook, model.outcome.achieved),)
        if model.outcome.within:
            yield "Within", (when(playbook, model.outcome.within),)
    for heading, entries in (("Milestones", model.milestones), ("Ends", model.ends)):
        titles = tuple(each.title or words_of(id_) for id_, each in entries.items())
        if titles:
            yield heading, titles
    if playbook.segments:
        yield "For", tuple(_segment(playbook, id_) for id_ in playbook.segments)


def variant_title(entry: Entry) -> str:
    """What a variant is called beside its playbook."""
    return entry.playbook.variant_title or words_of(entry.playbook.variant or "")


def family_of(entry: Entry, area: Area) -> Family:
    """The playbook with its variants that an entry belongs to."""
    return next(family for family in area.families if entry in family.members)


def _segment(playbook: CompiledPlaybook, id_: str) -> str:
    segment = playbook.model.segments.get(id_)
    return (segment.title if segment else None) or words_of(id_)
