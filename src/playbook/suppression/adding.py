"""The comment that keeps one finding back: what an editor offers as "ignore with a comment"."""

from __future__ import annotations

import datetime

from playbook.diagnostics import Diagnostic, Edit
from playbook.suppression.comments import layout_of
from playbook.text.spans import SourceText


def ignoring(
    source: SourceText,
    finding: Diagnostic,
    codes: tuple[str, ...] = (),
    reason: str = "",
    until: datetime.date | None = None,
) -> Edit | None:
    """The edit that adds a comment for a finding's code, or for ``codes``, behind its line.

    Where the line cannot end with a comment (inside a text over several lines), it stands above the entry.
    ``None`` if the text is no YAML, or has no such place.
    """
    layout = layout_of(source)
    if layout is None:
        return None
    comment = _comment(codes or (finding.code,), reason, until)
    start = finding.place.span.start
    line = source.line(start.line)
    end = start.offset - start.column + 1 + len(line)
    if not layout.is_inside_text(end):
        kept = line.rstrip(" \t")
        return Edit(source.name, end - len(line) + len(kept), end, f"  {comment}" if kept else comment)
    entry = layout.entry_around(start.offset)
    if entry is None:
        return None
    at = source.position(entry)
    first = at.offset - at.column + 1
    indent = source.line(at.line)[: at.column - 1]
    if indent.strip(" \t"):
        return None  # inside brackets, or behind a dash
    ending = "\r\n" if "\r\n" in source.text else "\n"
    return Edit(source.name, first, first, f"{indent}{comment}{ending}")


def _comment(codes: tuple[str, ...], reason: str, until: datetime.date | None) -> str:
    parts = [f"# playbook: ignore[{', '.join(codes)}]"]
    parts += [f"until={until.isoformat()}"] if until else []
    parts += [f"reason: {' '.join(reason.split())}"] if reason.strip() else []
    return " ".join(parts)
