"""Every document that we ship keeps its meaning and its findings."""

from __future__ import annotations

from pathlib import Path

import pytest

from playbook.compiler.documents import open_document
from playbook.formatting import format_document
from playbook.formatting.document import same
from playbook.reader import read_values
from playbook.text.spans import SourceText

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("playbooks", "examples", "src/playbook/templates")
    for path in (ROOT / folder).rglob("*.yaml")
)


@pytest.mark.parametrize("name", FILES)
def test_a_shipped_document(name: str) -> None:
    source = SourceText(name, (ROOT / name).read_text(encoding="utf-8"))
    opened = open_document(source, explicit=True)
    assert opened is not None
    assert opened.document.kind is not None
    result = format_document(source, opened.document.kind)
    assert result.fault == ""
    after = SourceText(name, result.text)
    assert same(read_values(after).value, read_values(source).value)
    assert format_document(after, opened.document.kind).text == result.text
    reopened = open_document(after, explicit=True)
    assert reopened is not None
    assert reopened.document.model == opened.document.model
    assert sorted(found.message for found in reopened.diagnostics) == sorted(
        found.message for found in opened.diagnostics
    )


def test_a_changed_meaning_is_found() -> None:
    one: dict[str, object] = {"a": ["1", {"b": None}]}
    assert same(one, {"a": ["1", {"b": None}]})
    for other in ({"a": ["1"]}, {"a": [{"b": None}, "1"]}, {"a": ["1", {"b": ""}]}, {"a": ["1", {}]}, None):
        assert not same(one, other)
    assert not same(read_values(SourceText("f", "1")).value, "1")
