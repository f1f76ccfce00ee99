"""The text of a new baseline: what is found now, and what this run could not find of the one that is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from playbook.diagnostics import Diagnostic
from playbook.results import Results, unnumbered
from playbook.suppression.baseline import Baseline, Entry, read_baseline, seen_from, written
from playbook.text.paths import file_name

_NEVER = ("CFG", "SUP")
_Rows = Counter[tuple[str, str, str, str]]


def baseline_text(
    results: Results, file: Path, home: Path, paths: Mapping[str, Path] | None = None
) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """The text of a baseline of all that results have found, or why ``file`` must not be written over.

    Rules that did not run, and files that were not checked or could not be read, keep their entries. What is
    mandatory has none. ``home`` is the folder from which file names are told, ``paths`` where files are.
    """
    path = home / file
    before: Baseline | None = None
    if path.exists():
        before, findings = read_baseline(path, file_name(file))
        if before is None:
            return None, findings
    seen = _Seen(path.parent, home, paths or {})
    found = (
        *results.findings,
        *results.left_out,
        *(each.finding for each in results.suppressed if each.by == "baseline"),
    )
    rows = _rows(tuple(each for each in found if _may_be_known(each, results)), results, seen)
    if before is not None:
        _take_over(rows, before, results, seen)
    return written(_merged(rows)), ()


class _Seen:
    """Names of files seen from the folder of the baseline."""

    def __init__(self, folder: Path, home: Path, paths: Mapping[str, Path]) -> None:
        self.folder = folder
        self._home = home
        self._paths = paths

    def name(self, file: str) -> str:
        return seen_from(self.folder, self._paths.get(file, self._home / file))


def _may_be_known(finding: Diagnostic, results: Results) -> bool:
    return finding.code not in results.mandatory and not finding.code.startswith(_NEVER)


def _rows(found: tuple[Diagnostic, ...], results: Results, seen: _Seen) -> _Rows:
    names = {each: seen.name(each) for each in {finding.place.file for finding in found}}
    rows: _Rows = Counter()
    for finding, print_ in zip(found, unnumbered(found, results.sources, names), strict=True):
        rows[names[finding.place.file], finding.code, finding.message, print_] += 1
    return rows


def _take_over(rows: _Rows, before: Baseline, results: Results, seen: _Seen) -> None:
    """Add the entries of the baseline that is there which this run could not find."""
    unread = {each.place.file for each in results.findings if each.code == "SCH001"}
    checked = {seen.name(file) for file in results.files if file not in unread}

    def stays(entry: Entry) -> bool:
        if entry.code not in results.rules or entry.code in results.mandatory:
            return False
        if entry.code not in results.applied:
            return True
        return entry.file not in checked and (seen.folder / entry.file).exists()

    for entry in before.entries:
        if stays(entry):
            rows[entry.file, entry.code, entry.message, entry.fingerprint] += entry.count


def _merged(rows: _Rows) -> _Rows:
    """Of one fingerprint one row: messages may differ in their numbers."""
    merged: dict[tuple[str, str, str], tuple[str, int]] = {}
    for (file, code, message, print_), count in sorted(rows.items()):
        first, before = merged.get((file, code, print_), (message, 0))
        merged[file, code, print_] = (first, before + count)
    return Counter({(file, code, first, print_): n for (file, code, print_), (first, n) in merged.items()})
