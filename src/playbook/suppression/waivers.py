"""Waivers: ``governance:`` documents say which rule may be broken where, why and until when."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from playbook.diagnostics import Diagnostic, Place, Severity
from playbook.lint.catalogue import Catalogue
from playbook.suppression.mandatory import Mandatory
from playbook.text.quote import shown

if TYPE_CHECKING:
    from playbook.language.governance import Governance
    from playbook.workspace import Document, Workspace


@dataclass(frozen=True)
class Waiver:
    """One waiver. ``files`` are those of the playbook that it is for; ``None`` if it is for all."""

    document: Document
    id: str
    rule: str
    files: frozenset[str] | None
    reason: str
    until: datetime.date

    @property
    def place(self) -> Place:
        """Where it is written."""
        return self.document.locator.place(("waivers", self.id), key=True)

    def covers(self, finding: Diagnostic, as_of: datetime.date, catalogue: Catalogue) -> bool:
        """Whether it keeps a finding back on a day; the last day is one of them."""
        if as_of > self.until or finding.code not in catalogue.matching(self.rule):
            return False
        return self.files is None or finding.place.file in self.files


def waivers_in(workspace: Workspace) -> tuple[Waiver, ...]:
    """All waivers of a workspace, expired ones too, in the order of its documents."""
    files: dict[str | None, set[str]] = {}
    for document in workspace.documents:
        if document.kind == "playbook":
            files.setdefault(document.id, set()).add(document.name)
    return tuple(
        Waiver(
            document,
            id_,
            waiver.rule.strip().upper(),
            None if waiver.playbook is None else frozenset(files.get(waiver.playbook, ())),
            waiver.reason,
            waiver.until,
        )
        for document in workspace.documents
        if document.kind == "governance" and document.model is not None
        for id_, waiver in cast("Governance", document.model).waivers.items()
    )


def mistakes_of(waivers: tuple[Waiver, ...], mandatory: Mandatory, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Findings for waivers of rules that there are not (SUP004) or that are mandatory (SUP007)."""
    for waiver in waivers:
        place = waiver.document.locator.place(("waivers", waiver.id, "rule"))
        if catalogue.is_unknown(waiver.rule):
            yield Diagnostic(
                "SUP004",
                Severity.ERROR,
                f"the waiver '{shown(waiver.id)}' is for '{shown(waiver.rule)}', which is no rule",
                place,
                expected="the code of a rule that 'playbook rule' lists",
                suggestion=catalogue.nearest(waiver.rule, families=False),
            )
        elif mandatory.refuses(waiver.rule):
            yield mandatory.attempt(waiver.rule, place, f"the waiver '{shown(waiver.id)}' names")
