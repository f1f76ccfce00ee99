"""Files of plain data (YAML, and JSON, which is YAML 1.2) that are no documents of the language."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from playbook.compiler.locate import NoLocator, SourceLocator
from playbook.diagnostics import Diagnostic
from playbook.reader import load_file, read_values
from playbook.text.paths import file_name
from playbook.text.spans import SourceText
from playbook.workspace import Locator


@dataclass(frozen=True)
class PlainData:
    """What a file says. With findings there is no value.

    Scalars are texts: whoever knows what is wanted reads them (see :mod:`playbook.text.scalars`).
    """

    value: object
    locator: Locator
    findings: tuple[Diagnostic, ...]
    source: SourceText | None


def read_plain(path: Path) -> PlainData:
    """The data of a file. Never raises: every mistake is a finding."""
    name = file_name(path)
    source, findings = load_file(path, name)
    if source is None:
        return PlainData(None, NoLocator(name), findings, None)
    values = read_values(source)
    found = tuple(values.diagnostics) if values.failed else ()
    return PlainData(None if values.failed else values.value, SourceLocator(source), found, source)
