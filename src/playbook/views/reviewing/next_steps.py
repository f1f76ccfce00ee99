"""What keeps the journey alive: who looks at it again and when, the council, decisions to be looked at."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.language.governance import Council, Governance
from playbook.shapes.document import Paragraphs, Part, Section
from playbook.shapes.table import Column, Table
from playbook.text.ids import words_of
from playbook.views.parts.words import together
from playbook.views.subject import Subject
from playbook.workspace import CompiledPlaybook


def next_steps(subject: Subject) -> list[Section]:
    """The next review of the playbook, and the governance of the workspace."""
    playbook = subject.playbook
    governed = [each.model for each in subject.workspace.documents if isinstance(each.model, Governance)]
    told = [*_review(playbook)]
    told += [_council(playbook, each.council) for each in governed if each.council]
    parts: list[Part] = [Paragraphs(tuple(told), bullets=True)] if told else []
    rights = tuple(
        (words_of(id_), right)
        for each in governed
        if each.council
        for id_, right in each.council.decision_rights.items()
    )
    if rights:
        heads = (Column("subject", "What is decided"), Column("right", "Who decides, and how"))
        parts.append(Table(f"{playbook.name}.rights", "Decision rights", heads, rights))
    decisions = tuple(
        (decision.title or words_of(id_), decision.decided, str(decision.revisit))
        for each in governed
        for id_, decision in each.decisions.items()
        if decision.revisit
    )
    if decisions:
        columns = (
            Column("decision", "Decision"),
            Column("decided", "What was decided"),
            Column("revisit", "Looked at again on"),
        )
        parts.append(Table(f"{playbook.name}.decisions", "Decisions to look at again", columns, decisions))
    return [Section("Next review", tuple(parts))] if parts else []


def _review(playbook: CompiledPlaybook) -> Iterator[str]:
    review = playbook.model.review
    if review is None:
        return
    by = f" by {playbook.owner_name(review.by)}" if review.by else ""
    if review.next:
        yield f"This playbook is looked at again{by} on {review.next}."
    elif by:
        yield f"This playbook is looked at{by}."
    if review.every:
        yield f"Reviews take place every {review.every.in_words()}."


def _council(playbook: CompiledPlaybook, council: Council) -> str:
    meets = f" meets every {council.cadence.in_words()}" if council.cadence else ""
    chair = f", chaired by {playbook.owner_name(council.chair)}" if council.chair else ""
    members = together(playbook.owner_name(member) for member in council.members)
    return f"{council.title or 'The council'}{meets}{chair}{f'. Members: {members}' if members else ''}."
