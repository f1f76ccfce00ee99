"""The model of a document if it is of some kind, without importing the models of kinds that are not there."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from playbook.workspace import Document

if TYPE_CHECKING:
    from playbook.language.calendar import Calendar
    from playbook.language.governance import Governance
    from playbook.language.maturity import Maturity
    from playbook.language.metrics import Metrics
    from playbook.language.tracking import Tracking


def metrics_of(document: Document) -> Metrics | None:
    """The KPI library that a document is, if it is one."""
    return cast("Metrics", document.model) if document.kind == "metrics" else None


def governance_of(document: Document) -> Governance | None:
    """The governance document that it is, if it is one."""
    return cast("Governance", document.model) if document.kind == "governance" else None


def maturity_of(document: Document) -> Maturity | None:
    """The maturity matrix that a document is, if it is one."""
    return cast("Maturity", document.model) if document.kind == "maturity" else None


def tracking_of(document: Document) -> Tracking | None:
    """The tracking plan that a document is, if it is one."""
    return cast("Tracking", document.model) if document.kind == "tracking" else None


def calendar_of(document: Document) -> Calendar | None:
    """The calendar that a document is, if it is one."""
    return cast("Calendar", document.model) if document.kind == "calendar" else None
