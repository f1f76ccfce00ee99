"""Ways to mend findings that an editor offers: fixes, all safe fixes at once, or not to be told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from lsprotocol import types

from playbook.diagnostics import Diagnostic, Edit
from playbook.editor.findings import as_diagnostic
from playbook.editor.view import View
from playbook.fixing.apply import Offer, apply
from playbook.suppression.adding import ignoring

FIX_ALL = "source.fixAll.playbook"

EditOf = Callable[[Iterable[Edit]], types.WorkspaceEdit]
"""Makes edits of files one of the editor."""

_NEVER_IGNORED = ("SCH001", "CFG", "SUP")
"""What cannot be read cannot be passed over, nor what is said of the passing over itself."""


def actions(view: View, wanted: types.CodeActionParams, edit_of: EditOf) -> list[types.CodeAction]:
    """The actions for a stretch of a document; ``wanted.context.only`` may narrow their kinds."""
    only = wanted.context.only
    results = view.results
    if results is None:
        return []
    found: list[types.CodeAction] = []
    here = [finding for finding in results.findings if finding.place.file == view.file]
    if _asked(types.CodeActionKind.QuickFix, only):
        for finding in here:
            if _touches(view, finding, wanted.range):
                found += _quick_fixes(view, finding, edit_of)
    if only and _asked(FIX_ALL, only):
        found += _fix_all(view, here, edit_of)
    return found


def _asked(kind: str, only: Iterable[str] | None) -> bool:
    """Whether a kind of action is asked for: by its own name, or that of a kind above it."""
    return only is None or any(kind == asked or kind.startswith(f"{asked}.") for asked in only)


def _touches(view: View, finding: Diagnostic, where: types.Range) -> bool:
    start, end = view.buffer.offset(where.start), view.buffer.offset(where.end)
    span = finding.place.span
    return span.start.offset <= end and start <= span.end.offset


def _quick_fixes(view: View, finding: Diagnostic, edit_of: EditOf) -> Iterator[types.CodeAction]:
    assert view.results is not None
    shown = as_diagnostic(finding, view.results.sources, lambda file: file, view.buffer.encoding)
    shown.related_information = None
    for number, fix in enumerate(finding.fixes):
        yield types.CodeAction(
            fix.title,
            types.CodeActionKind.QuickFix,
            [shown],
            is_preferred=True if fix.safe and number == 0 else None,
            edit=edit_of(fix.edits),
        )
    if finding.code not in view.results.mandatory and not finding.code.startswith(_NEVER_IGNORED):
        comment = ignoring(view.buffer.source, finding)
        if comment is not None:
            yield types.CodeAction(
                f"Ignore {finding.code} here with a comment",
                types.CodeActionKind.QuickFix,
                [shown],
                edit=edit_of([comment]),
            )


def _fix_all(view: View, findings: list[Diagnostic], edit_of: EditOf) -> Iterator[types.CodeAction]:
    """All safe fixes that change this document alone."""
    text = view.buffer.text
    offers = []
    for finding in findings:
        inside = [fix for fix in finding.fixes if fix.safe and {edit.file for edit in fix.edits} == {view.file}]
        offers += [Offer(finding, fix) for fix in inside[:1]]
    new = apply(offers, {view.file: text}).texts.get(view.file, text)
    if new != text:
        edit = Edit(view.file, 0, len(text), new)
        yield types.CodeAction("Fix all that is safe to fix", FIX_ALL, edit=edit_of(smaller(edit, text)))


def smaller(edit: Edit, text: str) -> list[Edit]:
    """One edit of a whole text as edits of the lines that change."""
    from difflib import SequenceMatcher

    before, after = text.splitlines(keepends=True), edit.text.splitlines(keepends=True)
    starts = [0]
    for line in before:
        starts.append(starts[-1] + len(line))
    changes = SequenceMatcher(None, before, after).get_opcodes()
    return [
        Edit(edit.file, starts[i1], starts[i2], "".join(after[j1:j2]))
        for tag, i1, i2, j1, j2 in changes
        if tag != "equal"
    ]
