"""The kinds of documents, by the key that names them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from playbook.language.base import Document

KINDS: dict[str, str] = {
    "playbook": "Playbook",
    "organization": "Organization",
    "tracking": "Tracking",
    "metrics": "Metrics",
    "governance": "Governance",
    "maturity": "Maturity",
    "calendar": "Calendar",
    "rules": "Rules",
}
"""Every kind with the name of its model, in the order that reports list them."""


def model_of(kind: str) -> type[Document]:
    """The model of a kind. Models are imported when a run first meets a document of their kind."""
    module = import_module(f"playbook.language.{kind}")
    return cast("type[Document]", getattr(module, KINDS[kind]))
