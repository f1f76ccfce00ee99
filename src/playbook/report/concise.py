"""One line per finding, for editors, for grep, and for a long list."""

from __future__ import annotations

from playbook.diagnostics import Diagnostic
from playbook.report.parts.excerpt import shown_place
from playbook.report.parts.paint import Paint, no_paint
from playbook.results import Results, left_out_line
from playbook.text.terminal import printable


def write(results: Results, paint: Paint = no_paint) -> str:
    """``file:line:column: severity CODE message`` for each finding; a last line only if some are left out."""
    lines = [line(finding, paint) for finding in results.findings]
    return "".join(text + "\n" for text in [*lines, left_out_line(results)] if text)


def line(finding: Diagnostic, paint: Paint = no_paint) -> str:
    """One finding as one line."""
    severity = finding.severity.value
    head = f"{paint('place', shown_place(finding.place))}: {paint(severity, f'{severity} {finding.code}')}"
    return f"{head} {printable(finding.message)}"
