"""Findings as an editor shows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lsprotocol import types

from playbook.diagnostics import Diagnostic, Edit, Fix, Place, Severity
from playbook.editor.buffers import Encoding, range_of
from playbook.report.parts.wording import note_lines
from playbook.text.spans import SourceText

SOURCE = "playbook"
UriOf = Callable[[str], str]
"""Gives the address of a file from the name that messages use."""

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
_NEEDLESS = frozenset({"REF003", "SUP001", "SUP002"})
"""Rules that find what nobody needs: an editor greys it out."""


def as_diagnostic(
    finding: Diagnostic, sources: Mapping[str, SourceText], uri_of: UriOf, encoding: Encoding
) -> types.Diagnostic:
    """A finding as the editor shows it."""

    def located(place: Place) -> types.Location:
        return types.Location(uri_of(place.file), range_of(place, sources.get(place.file), encoding))

    related = [types.DiagnosticRelatedInformation(located(each.place), each.message) for each in finding.related]
    fixes = [_fix_data(fix, sources, uri_of, encoding) for fix in finding.fixes]
    return types.Diagnostic(
        range=range_of(finding.place, sources.get(finding.place.file), encoding),
        message="\n".join([finding.message, *note_lines(finding)]),
        severity=_SEVERITIES[finding.severity],
        code=finding.code,
        source=SOURCE,
        tags=[types.DiagnosticTag.Unnecessary] if finding.code in _NEEDLESS else None,
        related_information=related or None,
        data={"fixes": fixes} if fixes else None,
    )


def _fix_data(fix: Fix, sources: Mapping[str, SourceText], uri_of: UriOf, encoding: Encoding) -> dict[str, Any]:
    edits = []
    for edit in fix.edits:
        if edit.file in sources:
            where = text_edit(edit, sources[edit.file], encoding).range
            start = {"line": where.start.line, "character": where.start.character}
            end = {"line": where.end.line, "character": where.end.character}
            new = {"range": {"start": start, "end": end}, "newText": edit.text}
            edits.append({"uri": uri_of(edit.file), **new})
    return {"title": fix.title, "safe": fix.safe, "edits": edits}


def text_edit(edit: Edit, source: SourceText, encoding: Encoding) -> types.TextEdit:
    """An edit of a text as the editor counts."""
    where = range_of(Place(edit.file, source.span(edit.start, edit.end)), source, encoding)
    return types.TextEdit(where, edit.text)
