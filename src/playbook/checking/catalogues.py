"""The rules of a workspace of which nothing else is read: for commands that check nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from playbook.compiler.discover import WorkspaceFiles
from playbook.compiler.documents import open_document, unreadable
from playbook.lint.catalogue import Catalogue, catalogue_of
from playbook.reader import load_file
from playbook.workspace import Document

_RULES = re.compile(r"^[\"']?rules[\"']?[ ]*:", re.MULTILINE)


def catalogue_in(files: WorkspaceFiles) -> Catalogue:
    """The rules that there are for the workspace of some files."""
    return catalogue_of(rules_documents(files), files.config, files.root.as_posix())


def rules_documents(files: WorkspaceFiles, names: Iterable[str] | None = None) -> Iterator[Document]:
    """The documents of a workspace, or of some of its files, that describe rules."""
    for name in sorted(files.files if names is None else names):
        source, findings = load_file(files.files[name], name)
        if source is None:
            yield unreadable(name, findings).document
        elif _RULES.search(source.text):
            opened = open_document(source, explicit=name in files.explicit)
            if opened is not None and opened.document.kind in ("rules", None):
                yield opened.document
