"""JUnit XML, for servers that show tests: a suite per file, a case per finding.

Errors and warnings are failures; what only informs is a case that passes, with the finding as its output;
what is suppressed is skipped. A file without findings has one case that passes: servers take an empty
report for a run that broke.
"""

from __future__ import annotations

import re
from collections import Counter
from xml.sax.saxutils import escape

from playbook.diagnostics import Diagnostic, Severity
from playbook.report.parts.counting import by_in_words, checked_in_words
from playbook.report.parts.excerpt import shown_place
from playbook.report.parts.wording import note_lines
from playbook.results import Results, Suppressed
from playbook.text.terminal import printable

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ENDING = re.compile(r"\.ya?ml$")


def write(results: Results) -> str:
    """A ``testsuites`` document."""
    cases: dict[str, list[tuple[str, str]]] = {}
    for finding in results.findings:
        kind, inner = _told(finding)
        cases.setdefault(finding.place.file, []).append((kind, _case(finding, inner)))
    for item in results.suppressed:
        case = _case(item.finding, f"      <skipped message={_attribute(_why(item))}/>\n")
        cases.setdefault(item.finding.place.file, []).append(("skipped", case))
    for file in results.files:
        cases.setdefault(file, [("passed", _passed(file, "no findings"))])
    if not cases:
        cases["playbook"] = [("passed", _passed("playbook", f"no findings: {checked_in_words(results)}"))]
    suites = [_suite(file, listed) for file, listed in sorted(cases.items())]
    kinds = Counter(kind for listed in cases.values() for kind, _ in listed)
    head = f'<testsuites name="playbook check" tests="{kinds.total()}" failures="{kinds["failure"]}" errors="0">'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}\n{"".join(suites)}</testsuites>\n'


def _suite(name: str, cases: list[tuple[str, str]]) -> str:
    kinds = Counter(kind for kind, _ in cases)
    counts = f'tests="{len(cases)}" failures="{kinds["failure"]}" errors="0" skipped="{kinds["skipped"]}"'
    return f"  <testsuite name={_attribute(name)} {counts}>\n{''.join(case for _, case in cases)}  </testsuite>\n"


def _case(finding: Diagnostic, inner: str) -> str:
    start = finding.place.span.start
    name = f"{finding.code} {start.line}:{start.column} {finding.message}"
    return f"    <testcase {_names(finding.place.file, name)}>\n{inner}    </testcase>\n"


def _passed(file: str, name: str) -> str:
    return f"    <testcase {_names(file, name)}/>\n"


def _names(file: str, name: str) -> str:
    return f"name={_attribute(name)} classname={_attribute(_ENDING.sub('', file))}"


def _told(finding: Diagnostic) -> tuple[str, str]:
    severity = finding.severity.value
    lines = [f"{shown_place(finding.place)}: {severity} {finding.code} {finding.message}", *note_lines(finding)]
    text = escape(_readable("\n".join(map(printable, lines))))
    if finding.severity is Severity.INFO:
        return "passed", f"      <system-out>{text}</system-out>\n"
    head = f"<failure type={_attribute(severity)} message={_attribute(finding.message)}>"
    return "failure", f"      {head}{text}</failure>\n"


def _why(item: Suppressed) -> str:
    until = f" until {item.until}" if item.until else ""
    return f"suppressed by {by_in_words(item.by)}{until}" + (f": {item.reason}" if item.reason else "")


def _attribute(text: str) -> str:
    escaped = escape(_readable(printable(text)), {'"': "&quot;"})
    return f'"{escaped}"'


def _readable(text: str) -> str:
    """``text`` without the characters that no XML document can hold, escaped or not."""
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)
