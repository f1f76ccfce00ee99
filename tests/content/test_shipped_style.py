"""Everything that is shipped is written in the style of `playbook fmt`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from shipped_content import REPOSITORY

from playbook.formatting import format_document
from playbook.language.documents import KINDS
from playbook.reader import load_file

FILES = [
    path
    for folder in ("playbooks", "examples", "src/playbook/templates")
    for path in sorted((REPOSITORY / folder).rglob("*.yaml"))
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(REPOSITORY).as_posix())
def test_the_file_is_formatted(path: Path) -> None:
    source, _ = load_file(path, path.name)
    assert source is not None
    kind = next(kind for kind in KINDS if re.search(rf"^{kind}:", source.text, re.MULTILINE))
    assert format_document(source, kind).text == source.text
