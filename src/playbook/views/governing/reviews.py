"""What is to be looked at again, and by when: playbooks, content, decisions."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from playbook.language.governance import Governance
from playbook.text.ids import words_of
from playbook.views.parts.shared_names import owner_title, owner_titles
from playbook.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is looked at again on a day, or before it."""

    day: datetime.date
    subject: str
    what: str
    who: str | tuple[str, ...]


def reviews_due(workspace: Workspace, governance: Governance) -> list[Due]:
    """All that has a day, the nearest first. No day is called overdue: the paper is the same on every day."""
    return sorted(_every(workspace, governance), key=lambda due: (due.day, due.what, due.subject))


def _every(workspace: Workspace, governance: Governance) -> Iterator[Due]:
    symbols = workspace.symbols
    for playbook in workspace.playbooks:
        review = playbook.model.review
        if review is not None and review.next is not None:
            yield Due(review.next, playbook.title, "playbook", owner_title(symbols, review.by))
    for id_, content in governance.content.items():
        if content.review is not None:
            kind = content.kind or "content"
            yield Due(content.review, content.title or words_of(id_), kind, owner_title(symbols, content.owner))
    for id_, decision in governance.decisions.items():
        if decision.revisit is not None:
            by = owner_titles(symbols, decision.by)
            yield Due(decision.revisit, decision.title or words_of(id_), "decision", by)
