"""Findings for people: the place, the reason, the source line underlined, what was expected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from playbook.diagnostics import Diagnostic, Place, Severity
from playbook.text.spans import WHOLE_FILE, SourceText
from playbook.text.terminal import printable, width

Paint = Callable[[str, str], str]
"""Colours a text: ``paint("error", "…")``. Styles are the severities, ``place``, ``mark`` and ``dim``."""

_WINDOW = 110
"""So many characters of a long source line are shown around the place."""


def no_paint(style: str, text: str) -> str:
    """Leaves the text as it is: for files, pipes and NO_COLOR."""
    del style
    return text


def report(findings: Iterable[Diagnostic], sources: Mapping[str, SourceText], paint: Paint = no_paint) -> str:
    """All findings, each followed by an empty line."""
    return "".join(_finding(finding, sources, paint) + "\n" for finding in findings)


def summary(findings: tuple[Diagnostic, ...], documents: int, held_to: str, passed_over: int) -> str:
    """The closing line. ``held_to`` says by which rules was checked."""
    counts = Counter(finding.severity for finding in findings)
    parts = [_plural(counts[severity], severity.value) for severity in Severity if counts[severity]]
    files = len({finding.place.file for finding in findings})
    checked = _plural(documents, "document")
    where = f"in {_plural(files, 'file')}; {checked} checked"
    text = f"{', '.join(parts)} {where}" if parts else f"{checked} checked, no findings"
    text += f" ({held_to})"
    if passed_over:
        text += f"; {_plural(passed_over, 'other YAML file')} passed over"
    return text


def statistics(findings: Iterable[Diagnostic], names: Mapping[str, str]) -> str:
    """How many findings each rule has, most first."""
    counts = Counter((finding.code, finding.severity.value) for finding in findings)
    lines = [
        f"{count:>6}  {code}  {severity:<8} {names.get(code, '')}".rstrip()
        for (code, severity), count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]
    return "".join(line + "\n" for line in lines)


def _finding(finding: Diagnostic, sources: Mapping[str, SourceText], paint: Paint) -> str:
    severity = finding.severity.value
    head = f"{paint('place', _shown(finding.place))}: {paint(severity, f'{severity} {finding.code}')}: "
    lines = [head + printable(finding.message)]
    lines += _excerpt(finding.place, sources, paint, severity, hidden=finding.sensitive)
    for related in finding.related:
        lines.append(f"   {paint('dim', printable(related.message) + ':')} {_shown(related.place)}")
        lines += _excerpt(related.place, sources, paint, "dim")
    if finding.expected:
        lines.append(f"   {paint('dim', 'expected:')} {printable(finding.expected)}")
    if finding.suggestion:
        lines.append(_suggestion(finding.suggestion, paint))
    return "".join(line + "\n" for line in lines)


def _suggestion(suggestion: str, paint: Paint) -> str:
    if " " in suggestion:
        return f"   {paint('dim', 'try:')} {printable(suggestion)}"
    return f"   {paint('dim', 'did you mean')} {printable(suggestion)}{paint('dim', '?')}"


def _shown(place: Place) -> str:
    start = place.span.start
    return f"{printable(place.file)}:{start.line}:{start.column}"


def _excerpt(
    place: Place, sources: Mapping[str, SourceText], paint: Paint, style: str, *, hidden: bool = False
) -> list[str]:
    """The source line with the place underlined; nothing for a file as a whole."""
    source = sources.get(place.file)
    if source is None or place.span == WHOLE_FILE or hidden:
        return []
    start, end = place.span.start, place.span.end
    line = source.line(start.line)
    first = start.column - 1
    last = end.column - 1 if end.line == start.line else len(line.rstrip())
    cut = max(0, min(first - 20, len(line) - _WINDOW)) if len(line) > _WINDOW else 0
    before = ("…" if cut else "") + printable(line[cut:first])
    rest = printable(line[first : cut + _WINDOW]) + ("…" if len(line) > cut + _WINDOW else "")
    marked = printable(line[first : min(last, cut + _WINDOW)])
    number = f"{start.line:>5}"
    return [
        f"{paint('dim', number + ' |')} {before}{rest}".rstrip(),
        f"{paint('dim', '      |')} {' ' * width(before)}{paint(style, '^' * max(1, width(marked)))}",
    ]


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 or noun == 'info' else 's'}"
