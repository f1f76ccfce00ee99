"""Markdown for the summary page of a GitHub Actions job, which takes up to 1 MiB: rules first, then files.

``playbook check --format github-summary >> "$GITHUB_STEP_SUMMARY"``
"""

from __future__ import annotations

from collections import Counter

from playbook.report.markdown import document
from playbook.report.parts.counting import everything, plural
from playbook.report.parts.markdown import plain
from playbook.results import Results

LIMIT = 1024 * 1024
"""Bytes of UTF-8. GitHub shows nothing at all of a longer summary."""
_ROOM_OF_RULES = LIMIT // 4
"""The rules of a team say as much of themselves as it likes; the findings need room too."""


def write(results: Results) -> str:
    """The comment of the pull request, with more room and a table of the rules."""
    return document(results, LIMIT - 1, _bytes, _rules(results))


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _rules(results: Results) -> str:
    counts = Counter(finding.code for finding in everything(results))
    if not counts:
        return ""
    rows: list[str] = []
    room = _ROOM_OF_RULES
    for code, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        rule = results.rules.get(code)
        row = f"| {count:,} | {plain(code)} | {plain(rule.what if rule else '')} |\n"
        room -= _bytes(row)
        if room < 0:
            break
        rows.append(row)
    more = len(counts) - len(rows)
    note = f"\n… and {plural(more, 'more rule')}.\n" if more else ""
    return "\n| Findings | Rule | What it finds |\n| ---: | --- | --- |\n" + "".join(rows) + note
