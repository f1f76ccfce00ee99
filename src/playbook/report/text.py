"""Findings for people: the place, the reason, the source line underlined, what was expected, how to mend it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby

from playbook.diagnostics import Diagnostic
from playbook.report.parts.counting import (
    everything,
    fixes_in_words,
    has_safe_fix,
    mended_in_words,
    plural,
    severities,
    suppressed_in_words,
)
from playbook.report.parts.excerpt import excerpt, shown_place
from playbook.report.parts.paint import Paint, no_paint
from playbook.report.parts.wording import notes, secret_lines
from playbook.results import Results, left_out_line
from playbook.text.spans import SourceText
from playbook.text.terminal import printable

__all__ = ["Paint", "closing", "no_paint", "report", "statistics", "summary", "write"]

_Secrets = frozenset[tuple[str, int]]


def write(results: Results, paint: Paint = no_paint, *, quiet: bool = False) -> str:
    """All findings by file, then the closing lines. ``quiet`` leaves these out."""
    secrets = secret_lines([*results.findings, *(item.finding for item in results.suppressed)])
    files = [(file, list(group)) for file, group in groupby(results.findings, lambda finding: finding.place.file)]
    # A head is of use only where it tells files apart.
    has_heads = 1 < len(files) < len(results.findings)
    parts = []
    for file, findings in files:
        if has_heads:
            parts.append(f"── {paint('place', printable(file))}: {severities(findings)}\n\n")
        parts += [_finding(finding, results.sources, paint, secrets) + "\n" for finding in findings]
    return "".join(parts) + ("" if quiet else closing(results))


def report(findings: Iterable[Diagnostic], sources: Mapping[str, SourceText], paint: Paint = no_paint) -> str:
    """Some findings, each followed by an empty line."""
    listed = list(findings)
    secrets = secret_lines(listed)
    return "".join(_finding(finding, sources, paint, secrets) + "\n" for finding in listed)


def closing(results: Results) -> str:
    """What was found in all, what can be mended, and what is suppressed: a line each."""
    found = everything(results)
    fixes = fixes_in_words(found)
    lines = [
        left_out_line(results),
        summary(found, results.documents, results.held_to, len(results.passed_over)),
        f"[*] {fixes}" if fixes else "",
        suppressed_in_words(results.suppressed),
        mended_in_words(results),
    ]
    return "".join(printable(line) + "\n" for line in lines if line)


def summary(findings: tuple[Diagnostic, ...], documents: int, held_to: str, passed_over: int) -> str:
    """The first closing line. ``held_to`` says by which rules was checked."""
    checked = f"{plural(documents, 'document')} checked"
    if findings:
        files = len({finding.place.file for finding in findings})
        text = f"{severities(findings)} in {plural(files, 'file')}; {checked}"
    else:
        text = f"{checked}, no findings"
    text += f" ({held_to})" if held_to else ""
    if passed_over:
        text += f"; {plural(passed_over, 'other YAML file')} passed over"
    return text


def statistics(findings: Iterable[Diagnostic], names: Mapping[str, str]) -> str:
    """How many findings each rule has, most first; ``[*]`` stands where ``--fix`` can mend some."""
    listed = list(findings)
    counts = Counter((finding.code, finding.severity.value) for finding in listed)
    mendable = {(finding.code, finding.severity.value) for finding in listed if has_safe_fix(finding)}
    lines = []
    for key, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        code, severity = key
        mark = ("[*] " if key in mendable else "    ") if mendable else ""
        lines.append(f"{count:>6}  {code}  {mark}{severity:<8} {names.get(code, '')}".rstrip())
    return "".join(line + "\n" for line in lines)


def _finding(finding: Diagnostic, sources: Mapping[str, SourceText], paint: Paint, secrets: _Secrets) -> str:
    severity = finding.severity.value
    head = f"{paint('place', shown_place(finding.place))}: {paint(severity, f'{severity} {finding.code}')}: "
    lines = [head + printable(finding.message)]
    if (finding.place.file, finding.place.span.start.line) not in secrets:
        lines += excerpt(finding.place, sources, paint, severity)
    for related in finding.related:
        lines.append(f"   {paint('dim', printable(related.message) + ':')} {shown_place(related.place)}")
        if (related.place.file, related.place.span.start.line) not in secrets:
            lines += excerpt(related.place, sources, paint, "dim")
    for lead, words, end in notes(finding, "fix [*]:", "fix:"):
        lines.append(f"   {paint('dim', lead)} {printable(words)}{paint('dim', end) if end else ''}")
    return "".join(line + "\n" for line in lines)
