"""GitHub Actions: findings as workflow commands, which GitHub shows beside the lines of a pull request.

It shows at most ten of each severity per step. The tenth says how many more there are, and these follow as
plain lines of the log.
"""

from __future__ import annotations

from collections import Counter

from playbook.diagnostics import Diagnostic, Severity
from playbook.report.concise import line
from playbook.report.parts.counting import by_severity, everything, plural
from playbook.report.parts.wording import note_lines
from playbook.results import Results, RuleSummary, left_out_line
from playbook.text.spans import WHOLE_FILE
from playbook.text.terminal import printable

MOST_PER_SEVERITY = 10
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def write(results: Results) -> str:
    """Workflow commands, then the findings for which there is no room, in a group of the log."""
    more = {severity: count - MOST_PER_SEVERITY for severity, count in by_severity(everything(results)).items()}
    seen: Counter[Severity] = Counter()
    commands, rest = [], []
    for finding in results.findings:
        severity = finding.severity
        seen[severity] += 1
        if seen[severity] > MOST_PER_SEVERITY:
            rest.append(f"- {_log_text(line(finding))}\n")
            continue
        is_last = seen[severity] == MOST_PER_SEVERITY and more[severity] > 0
        note = f"… and {plural(more[severity], f'more {severity.value}')}: see the log of this step"
        commands.append(_command(finding, results.rules.get(finding.code), note if is_last else ""))
    if rest:
        rest = [f"::group::{plural(len(rest), 'more finding')}\n", *rest, "::endgroup::\n"]
    return "".join(commands + rest) + (f"{left_out_line(results)}\n" if results.left_out else "")


def _command(finding: Diagnostic, rule: RuleSummary | None, note: str) -> str:
    title = f"{finding.code} {rule.name}" if rule else finding.code
    properties = {"file": finding.place.file, **_lines(finding), "title": title}
    said = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    message = "\n".join(printable(text) for text in (finding.message, *note_lines(finding), note) if text)
    return f"::{_COMMANDS[finding.severity]} {said}::{_data(message)}\n"


def _lines(finding: Diagnostic) -> dict[str, int]:
    start, end = finding.place.span.start, finding.place.span.end
    if finding.place.span == WHOLE_FILE:
        return {"line": 1}
    if start.line != end.line:
        # GitHub takes columns only within one line.
        return {"line": start.line, "endLine": end.line}
    return {"line": start.line, "col": start.column, "endLine": end.line, "endColumn": end.column}


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(printable(text)).replace(":", "%3A").replace(",", "%2C")


def _log_text(text: str) -> str:
    """A line of the log that is no command, whatever it quotes: the old kind is read anywhere in a line."""
    return text.replace("##[", "## [")
