"""Documents and playbooks that are read only when somebody looks at them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, cast

from playbook.compiler.outlines import Outline
from playbook.compiler.surroundings import View
from playbook.language.playbook import Playbook
from playbook.workspace import CompiledPlaybook, Document

if TYPE_CHECKING:
    from playbook.compiler.opening import Opening
    from playbook.core.process import Process
    from playbook.language.base import Document as DocumentModel
    from playbook.text.paths import KeyPath
    from playbook.text.spans import SourceText
    from playbook.workspace import Locator, Table


class OutlinedDocument(Document):
    """A document of which only the outline is known, until somebody asks for more."""

    def __init__(self, outline: Outline, read: Callable[[], Document]) -> None:
        vars(self).update(name=outline.name, kind=outline.kind, id=outline.id, _whole=outline.whole, _read=read)

    @property
    def whole(self) -> bool:
        """Whether all of the file is in the model."""
        return bool(vars(self)["_whole"])

    @property
    def model(self) -> DocumentModel | None:
        """The model; reads the document."""
        return self._document.model

    @property
    def locator(self) -> Locator:
        """Finds places; reads the document."""
        return self._document.locator

    @property
    def source(self) -> SourceText | None:
        """The text; reads the document."""
        return self._document.source

    @property
    def pruned(self) -> tuple[KeyPath, ...]:
        """What was left out of the model; reads the document."""
        return self._document.pruned

    @property
    def _document(self) -> Document:
        known: Any = vars(self)
        document: Document = known["_read"]()
        return document


class OutlinedPlaybook(CompiledPlaybook):
    """A playbook of which nothing is known but that it can be read; compiled only as far as somebody asks."""

    def __init__(self, open_: Callable[[], Opening], view: View, compile_: Callable[[], CompiledPlaybook]) -> None:
        vars(self).update(workspace_symbols=view.tables, others=view, _open=open_, _compile=compile_)

    @property
    def document(self) -> Document:
        """The document; reads it."""
        return self._opening.document

    @property
    def model(self) -> Playbook:
        """The model; reads the document."""
        return cast(Playbook, self._opening.document.model)

    @property
    def symbols(self) -> Mapping[str, Table]:
        """What it declares for itself; reads the document."""
        return self._opening.declared or {}

    @property
    def process(self) -> Process:
        """The core; reads the document."""
        return self._opening.process

    @property
    def variants(self) -> tuple[CompiledPlaybook, ...]:
        """The variants; compiles the playbook."""
        return self._compiled.variants

    @property
    def expressions(self) -> tuple[tuple[KeyPath, str], ...]:
        """Every expression; compiles the playbook."""
        return self._compiled.expressions

    @property
    def _opening(self) -> Opening:
        opening: Opening = vars(self)["_open"]()
        return opening

    @property
    def _compiled(self) -> CompiledPlaybook:
        playbook: CompiledPlaybook = vars(self)["_compile"]()
        return playbook
