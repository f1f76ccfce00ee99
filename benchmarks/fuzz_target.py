"""What is fuzzed: bytes of a file, all the way to the findings, the reports and the formatted text."""

from __future__ import annotations

import datetime
import re
import tempfile
import zlib
from pathlib import Path

from playbook.checking.run import Settings, results_of
from playbook.compiler.compile import compile_paths
from playbook.compiler.documents import open_document
from playbook.formatting import format_document
from playbook.lint.examples import SAMPLE
from playbook.reader import decode
from playbook.report.registry import FORMATS
from playbook.text.spans import SourceText

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

    def __call__(self, data: bytes) -> tuple[bool, bool]:
        """Try one input: whether it was read as a document, and whether it went the whole way.

        All are read, and the places of their findings worked out. Of those that are documents one in ten goes on
        to the rules, the reports and the formatter, of the others one in a hundred: there is less to find there.
        """
        source, _ = decode(data, NAME)
        if source is None:
            return False, False
        opened = open_document(source, explicit=True)
        is_read = opened is not None and opened.document.model is not None
        if zlib.crc32(data) % (10 if is_read else 100):
            return is_read, False
        results = results_of(compile_paths([self._path], self._root, source), self._settings)
        for form in FORMATS.values():
            found = _CONTROL.search(form.write(results))
            if found:
                raise ControlCharacterError(f"{found[0]!r} in {form.name}")
        _formatted(source)
        return is_read, True


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
