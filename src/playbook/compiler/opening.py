"""The files of a workspace as documents: each opened once, by whoever first wants to know of it."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from playbook.compiler.desugar import desugar
from playbook.compiler.documents import Opened, open_document, reopen_document, unreadable
from playbook.compiler.outlines import Outline, outline_of
from playbook.compiler.plan import Found, references_in
from playbook.compiler.symbols import Declared, own_symbols
from playbook.compiler.value_text import value_in, value_text
from playbook.core.process import Process
from playbook.diagnostics import Diagnostic
from playbook.language.playbook import Playbook
from playbook.text.digests import digest
from playbook.text.spans import SourceText
from playbook.workspace import Document


@dataclass(frozen=True)
class Text:
    """A file's text, or the findings that say why it cannot be had. ``explicit``: it was asked for by name."""

    name: str
    source: SourceText | None
    diagnostics: tuple[Diagnostic, ...] = ()
    explicit: bool = False

    @cached_property
    def digest(self) -> str:
        """What the document and all that follows from it alone depend on."""
        content = self.source.text if self.source is not None else repr(self.diagnostics)
        return digest(content)

    @property
    def key(self) -> tuple[str, str, bool]:
        """What tells it from every other text."""
        return self.name, self.digest, self.explicit


class Opening:
    """A document with what follows from it alone."""

    def __init__(self, opened: Opened, value: str | None = None) -> None:
        self.opened = replace(opened, value=None)
        self.value = value
        """The text of its plain value, for another time (see :mod:`playbook.compiler.value_text`)."""

    @cached_property
    def _declarations(self) -> tuple[Declared | None, list[Diagnostic]]:
        model = self.document.model
        findings: list[Diagnostic] = []
        declared = own_symbols(self.document, model, findings) if isinstance(model, Playbook) else None
        return declared, findings

    @property
    def declared(self) -> Declared | None:
        """What a playbook declares for itself."""
        return self._declarations[0]

    @property
    def findings(self) -> list[Diagnostic]:
        """What is wrong with it by itself."""
        return [*self.opened.diagnostics, *self._declarations[1]]

    @property
    def document(self) -> Document:
        """The document itself."""
        return self.opened.document

    @cached_property
    def outline(self) -> Outline:
        """What the others can know of it."""
        return outline_of(self.opened, self.declared)

    @cached_property
    def references(self) -> list[Found]:
        """All that it names."""
        return references_in(self.document.model) if self.document.model is not None else []

    @cached_property
    def process(self) -> Process:
        """The core of a playbook."""
        model = self.document.model
        assert isinstance(model, Playbook), f"{self.document.name} is no playbook"
        return desugar(model)


Openings = MutableMapping[tuple[str, str, bool], Opening | None]
"""Documents by the name and digest of their text, and whether they were asked for by name."""


class Known(Protocol):
    """What is known of texts from before."""

    def outline(self, text: Text) -> Outline | bool:
        """The outline of the document in a text; ``False`` if it is none of ours, ``True`` if it must be read."""

    def value(self, text: Text) -> str | None:
        """The text of the plain value of the document in a text."""

    @property
    def keeps_values(self) -> bool:
        """Whether the plain values of documents are to be kept for another time."""


class Unknown:
    """Nothing is known from before, and nothing is to be kept."""

    keeps_values = False

    def outline(self, text: Text) -> Outline | bool:
        """Every text must be read."""
        del text
        return True

    def value(self, text: Text) -> str | None:
        """No value is known."""
        del text
        return None


def opened(text: Text, openings: Openings, known: Known | None = None) -> Opening | None:
    """The document in a text, opened once; ``None`` for a YAML file of another tool."""
    if text.key not in openings:
        openings[text.key] = _open(text, known or Unknown())
    return openings[text.key]


def _open(text: Text, known: Known) -> Opening | None:
    if text.source is None:
        return Opening(unreadable(text.name, text.diagnostics))
    value = known.value(text)
    document = reopen_document(value_in(value), text.source) if value is not None else None
    if document is not None:
        return Opening(document, value)
    document = open_document(text.source, explicit=text.explicit)
    if document is None:
        return None
    is_kept = known.keeps_values and document.value is not None
    return Opening(document, value_text(document.value) if is_kept else None)
