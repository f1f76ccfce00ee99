"""Proofs that could not be made: what was asked, and why there is no answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from playbook.proofs.choices import choices_of, segments_of
from playbook.proofs.constants import constants_of
from playbook.proofs.gaps import gaps_of
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook


@dataclass(frozen=True, slots=True)
class Unknown:
    """A question without an answer."""

    question: str
    path: KeyPath
    reason: str
    on_key: bool = False


def unknowns_of(playbook: CompiledPlaybook) -> Iterator[Unknown]:
    """All questions that the proofs of a playbook leave open."""
    for constant in playbook.remembered(constants_of):
        if constant.value == "unknown":
            question = "whether any account can meet this condition, or fail it"
            yield Unknown(question, constant.path, constant.verdict.reason)
    for gap in playbook.remembered(gaps_of):
        if gap.verdict.found == "unknown":
            question = "whether every account that comes here can enter"
            yield Unknown(question, gap.criterion, gap.verdict.reason)
    choices = playbook.remembered(choices_of)
    segments = playbook.remembered(segments_of)
    for choice in (*choices, *((segments,) if segments else ())):
        reasons = dict.fromkeys(verdict.reason for verdict in choice.unknown)
        if reasons:
            question = f"whether exactly one of these {choice.what} holds for every account"
            yield Unknown(question, choice.path, next(iter(reasons)), on_key=True)
