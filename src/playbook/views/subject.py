"""What a view is about: a playbook in its workspace, what was found in it, and how it is to be shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from playbook.diagnostics import Diagnostic
from playbook.views.narrowing import Selection, narrowed
from playbook.workspace import CompiledPlaybook, Workspace

LanesBy = Literal["team", "role"]


@dataclass(frozen=True)
class Subject:
    """A playbook to be shown.

    ``findings`` are those about this playbook (the review prints them); ``lanes`` says what a row of the
    swimlanes is.
    """

    playbook: CompiledPlaybook
    workspace: Workspace
    findings: tuple[Diagnostic, ...] = ()
    lanes: LanesBy = "team"


def findings_about(playbook: CompiledPlaybook, findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings in the file of a playbook that it has itself; of a variant those that this variant has."""
    file = playbook.document.name
    return tuple(
        finding
        for finding in findings
        if finding.place.file == file and (not finding.variants or playbook.variant in finding.variants)
    )


def findings_in_the_way(
    playbook: CompiledPlaybook, workspace: Workspace, findings: Iterable[Diagnostic]
) -> tuple[Diagnostic, ...]:
    """All findings that can make a view of a playbook meaningless: its own, and those of the configuration."""
    every = (*workspace.diagnostics, *findings)
    configuration = (finding for finding in every if finding.code == "CFG001")
    return tuple(dict.fromkeys([*findings_about(playbook, every), *configuration]))


def narrowed_subject(subject: Subject, selection: Selection) -> Subject:
    """The same with only what is selected. Customers see neither findings nor anything else of the workspace."""
    narrow = replace(subject, playbook=narrowed(subject.playbook, selection))
    if selection.audience == "all":
        return narrow
    alone = replace(
        subject.workspace,
        documents=(),
        playbooks=(narrow.playbook,),
        symbols=narrow.playbook.workspace_symbols,
        used=frozenset(),
        diagnostics=(),
        expressions=(),
        listing=None,
        paths={},
    )
    return replace(narrow, workspace=alone, findings=())
