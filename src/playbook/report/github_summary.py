"""Markdown for the summary page of a GitHub Actions job, which takes up to 1 MiB: rules first, then files.

``playbook check --format github-summary >> "$GITHUB_STEP_SUMMARY"``
"""

from __future__ import annotations

from collections import Counter

from playbook.report.markdown import document
from playbook.report.parts.counting import everything
from playbook.report.parts.markdown import plain
from playbook.results import Results

LIMIT = 1024 * 1024
"""Bytes of UTF-8. GitHub shows nothing at all of a longer summary."""


def write(results: Results) -> str:
    """The comment of the pull request, with more room and a table of the rules."""
    return document(results, LIMIT - 1, _bytes, _rules(results))


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _rules(results: Results) -> str:
    counts = Counter(finding.code for finding in everything(results))
    if not counts:
        return ""
    rows = []
    for code, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        rule = results.rules.get(code)
        rows.append(f"| {count:,} | {plain(code)} | {plain(rule.what if rule else '')} |\n")
    return "\n| Findings | Rule | What it finds |\n| ---: | --- | --- |\n" + "".join(rows)
