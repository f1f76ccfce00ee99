"""Markdown for a comment on a pull request: a line that says it all, then a table for each file.

A comment holds fewer than 65,536 characters on GitHub. Of too many findings the gravest are shown, and how
many are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from playbook.diagnostics import Diagnostic, Severity
from playbook.report.parts.counting import (
    checked_in_words,
    everything,
    fixes_in_words,
    mended_in_words,
    plural,
    severities,
    suppressed_in_words,
)
from playbook.report.parts.markdown import code, plain
from playbook.report.parts.wording import notes
from playbook.results import Results, Suppressed

LIMIT = 65_536
_SPARE = 600
"""Room for the last lines."""
_FILES_OPEN = 5
"""Up to so many files are shown unfolded."""
_WEIGHT = {severity: weight for weight, severity in enumerate(Severity)}
_ROWS_HEAD = "| Place | Severity | Rule | Finding |\n| ---: | --- | --- | --- |\n"

Measure = Callable[[str], int]


def write(results: Results) -> str:
    """Fewer than :data:`LIMIT` characters."""
    return document(results, LIMIT - 1, len)


def document(results: Results, limit: int, size: Measure, extra: str = "") -> str:
    """At most ``limit`` of what ``size`` counts. ``extra`` stands between the head and the tables."""
    head = f"### playbook: {_title(results)}\n\n{_facts(results)}{extra}"
    tables, left = _tables(results.findings, limit - size(head) - _SPARE, size)
    hidden = _suppressed(results.suppressed, left, size)
    shown = sum(table.count("\n| ") - 2 for table in tables)
    omitted = len(everything(results)) - shown
    note = f"\n… and {plural(omitted, 'more finding')} that this list leaves out.\n" if omitted else ""
    return head + "".join(tables) + note + hidden


def _title(results: Results) -> str:
    found = everything(results)
    files = len({finding.place.file for finding in found})
    return severities(found) + (f" in {plural(files, 'file')}" if files else "")


def _facts(results: Results) -> str:
    said = (
        checked_in_words(results),
        fixes_in_words(everything(results)),
        suppressed_in_words(results.suppressed),
        mended_in_words(results),
    )
    return "".join(f"- {plain(text)}\n" for text in said if text)


def _tables(findings: Iterable[Diagnostic], room: int, size: Measure) -> tuple[list[str], int]:
    """A table for each file, of the gravest findings that there is room for, and the room left."""
    every = list(findings)
    by_file: dict[str, list[Diagnostic]] = {}
    for finding in every:
        by_file.setdefault(finding.place.file, []).append(finding)
    heads = {
        file: _fold(f"{code(file)} {severities(listed)}", is_open=len(by_file) <= _FILES_OPEN) + _ROWS_HEAD
        for file, listed in by_file.items()
    }
    rows: dict[str, list[tuple[tuple[str, int, int, str, str], str]]] = {}
    for finding in sorted(every, key=lambda finding: _WEIGHT[finding.severity]):
        file, row = finding.place.file, _row(finding)
        cost = size(row) + (0 if file in rows else size(heads[file]) + size(_UNFOLD))
        if cost > room:
            break
        room -= cost
        rows.setdefault(file, []).append((finding.sort_key, row))
    return [heads[file] + "".join(row for _, row in sorted(rows[file])) + _UNFOLD for file in sorted(rows)], room


_UNFOLD = "\n</details>\n"


def _fold(title: str, *, is_open: bool) -> str:
    return f"\n<details{' open' if is_open else ''}>\n<summary>{title}</summary>\n\n"


def _row(finding: Diagnostic) -> str:
    start = finding.place.span.start
    lines = [plain(finding.message)]
    lines += [f"{plain(lead)} {plain(words)}{plain(end)}" for lead, words, end in notes(finding)]
    severity = finding.severity.value
    strong = f"**{severity}**" if finding.severity is Severity.ERROR else severity
    return f"| {start.line}:{start.column} | {strong} | {plain(finding.code)} | {'<br>'.join(lines)} |\n"


def _suppressed(suppressed: tuple[Suppressed, ...], room: int, size: Measure) -> str:
    head = _fold(plain(suppressed_in_words(suppressed)), is_open=False)
    head += "| Place | Rule | By | Finding |\n| --- | --- | --- | --- |\n"
    room -= size(head) + size(_UNFOLD)
    rows = []
    for item in suppressed:
        row = _suppressed_row(item)
        room -= size(row)
        if room < 0:
            break
        rows.append(row)
    return head + "".join(rows) + _UNFOLD if rows else ""


def _suppressed_row(item: Suppressed) -> str:
    start = item.finding.place.span.start
    place = f"{code(item.finding.place.file)} {start.line}:{start.column}"
    why = item.by + (f" until {item.until}" if item.until else "") + (f": {item.reason}" if item.reason else "")
    return f"| {place} | {plain(item.finding.code)} | {plain(why)} | {plain(item.finding.message)} |\n"
