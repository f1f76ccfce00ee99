"""The files of a workspace as documents: each opened once, by whoever first wants to know of it."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from functools import cached_property

from playbook.compiler.desugar import desugar
from playbook.compiler.documents import Opened, open_document, unreadable
from playbook.compiler.outlines import Outline, outline_of
from playbook.compiler.plan import Found, references_in
from playbook.compiler.symbols import Declared, own_symbols
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

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.findings: list[Diagnostic] = list(opened.diagnostics)
        """What is wrong with it by itself."""
        model = opened.document.model
        self.declared: Declared | None = None
        if isinstance(model, Playbook):
            self.declared = own_symbols(opened.document, model, self.findings)

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


def opened(text: Text, openings: Openings) -> Opening | None:
    """The document in a text, opened once; ``None`` for a YAML file of another tool."""
    if text.key not in openings:
        openings[text.key] = _open(text)
    return openings[text.key]


def _open(text: Text) -> Opening | None:
    if text.source is None:
        return Opening(unreadable(text.name, text.diagnostics))
    document = open_document(text.source, explicit=text.explicit)
    return None if document is None else Opening(document)
