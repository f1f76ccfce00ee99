"""A document written in the one style, as edits of the lines that change."""

from __future__ import annotations

from lsprotocol import types

from playbook.compiler.documents import open_document
from playbook.diagnostics import Edit
from playbook.editor.actions import smaller
from playbook.editor.buffers import Buffer
from playbook.editor.findings import text_edit
from playbook.formatting import format_document, is_surely


def formatted(buffer: Buffer) -> list[types.TextEdit]:
    """The edits that format a text; none where its YAML has mistakes, or where it is none of ours."""
    source = buffer.source
    opened = open_document(source, explicit=False) if source.text.strip() else None
    if opened is None or opened.document.kind is None:
        return []
    kind = opened.document.kind
    if any(finding.code == "SCH001" for finding in opened.diagnostics):
        return []
    if opened.diagnostics and not is_surely(source, kind):
        return []
    result = format_document(source, kind)
    if result.fault or result.text == source.text:
        return []
    whole = Edit(source.name, 0, len(source.text), result.text)
    return [text_edit(edit, source, buffer.encoding) for edit in smaller(whole, source.text)]
