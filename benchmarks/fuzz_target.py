"""What is fuzzed: bytes of a file, all the way to the findings, the reports and the formatted text."""

from __future__ import annotations

import datetime
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playbook.checking.run import Settings, results_of
from playbook.compiler.compile import Compiled, compile_paths
from playbook.compiler.documents import open_document
from playbook.formatting import format_document
from playbook.lint.examples import SAMPLE
from playbook.reader import decode
from playbook.report.registry import FORMATS
from playbook.text.spans import SourceText
from playbook.workspace import Document

NAME = "x.yaml"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class ControlCharacterError(Exception):
    """A report would have sent a control character to the terminal."""


class FormattingError(Exception):
    """A document would have been changed by formatting, or cannot make up its mind."""


class Target:
    """A small workspace in which one document is always another."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="fuzz-workspace-")
        root = Path(self._folder.name)
        (root / "playbook.toml").write_text('profile = "certified"\n')
        for kind in ("organization", "tracking"):
            (root / f"{kind}.yaml").write_text(SAMPLE[kind])
        self._root = root
        self._path = root / NAME
        self._settings = Settings(as_of=datetime.date(2026, 10, 1))

    def __call__(self, data: bytes) -> bool:
        """Check one input; whether it was read as a document."""
        source, _ = decode(data, NAME)
        if source is None:
            return False
        compiled = compile_paths([self._path], self._root, source)
        results = results_of(compiled, self._settings)
        for form in FORMATS.values():
            found = _CONTROL.search(form.write(results))
            if found:
                raise ControlCharacterError(f"{found[0]!r} in {form.name}")
        _formatted(source)
        return any(document.model is not None for item in compiled for document in _documents(item))


def _documents(compiled: Compiled) -> Iterator[Document]:
    return (document for document in compiled.workspace.documents if document.name == NAME)


def _formatted(source: SourceText) -> None:
    """Format it, where it can be: the result must be a document again, and stay as it is."""
    opened = open_document(source, explicit=True)
    if opened is None or opened.document.kind is None:
        return
    if any(finding.code == "SCH001" for finding in opened.diagnostics):
        return
    once = format_document(source, opened.document.kind)
    if once.fault:
        raise FormattingError(once.fault)
    if format_document(SourceText(NAME, once.text), opened.document.kind).text != once.text:
        raise FormattingError("formatting again changes it again")
