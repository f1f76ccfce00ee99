"""``check --fix`` and ``--diff``: mend what can be mended, and say what was done and what is left."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

import click

from playbook.checking.mend import Compile, Mended, mend
from playbook.cli.asked import NAMELESS, Asked
from playbook.cli.compiling import paint_for, write_out
from playbook.cli.reporting import Reporting
from playbook.cli.writing import CannotWrite
from playbook.compiler.compile import Compiled, compile_paths
from playbook.fixing.apply import Offer
from playbook.fixing.disk import CannotRewriteError, Rewrite, write_all
from playbook.fixing.patch import patch
from playbook.report.text import Paint
from playbook.text.spans import SourceText
from playbook.text.terminal import printable


def mend_and_report(asked: Asked, reports: Reporting, *, unsafe: bool, diff: bool) -> int:
    """Make the fixes, or show them; then report what is left. The exit code.

    A text from standard input comes out mended on standard output, and the report goes to standard error.
    """
    results = asked.results()  # says at once if there is nothing to check
    if asked.unread:
        return reports.tell(results, to_error=True)
    mended = mend(_compile(asked), asked.settings, unsafe=unsafe)
    if diff:
        return _show(asked, mended, reports)
    from_stdin = asked.overlay is not None
    if from_stdin:
        assert asked.overlay is not None
        write_out(_only(mended.texts, asked.overlay.text))
    else:
        _write(mended)
    status = reports.tell(mended.results, to_error=from_stdin)
    if not reports.quiet:
        _say(mended, paint_for(sys.stderr.isatty()))
    return status


def _compile(asked: Asked) -> Compile:
    overlay = asked.overlay

    def compile_(texts: Mapping[str, str]) -> Sequence[Compiled]:
        if overlay is None:
            return compile_paths(asked.named, asked.home, overlays=texts)
        return compile_paths(asked.named, asked.home, SourceText(overlay.name, _only(texts, overlay.text)))

    return compile_


def _only(texts: Mapping[str, str], unchanged: str) -> str:
    """The new text of the only file that may change, which is called as the compiler calls it."""
    return next(iter(texts.values()), unchanged)


def _write(mended: Mended) -> None:
    rewrites = [
        Rewrite(mended.paths[name], name, mended.sources[name].text, text) for name, text in mended.texts.items()
    ]
    try:
        write_all(rewrites)
    except CannotRewriteError as error:
        raise CannotWrite(str(error)) from None


def _show(asked: Asked, mended: Mended, reports: Reporting) -> int:
    """The patch on standard output, and nothing else there: other programs read it."""
    for name, text in mended.texts.items():
        shown = NAMELESS if asked.overlay is not None else name
        write_out(patch(shown, mended.sources[name].text, text))
    if not reports.quiet:
        _say(mended, paint_for(sys.stderr.isatty()), would=True)
    return 1 if mended.texts else 0


def _say(mended: Mended, paint: Paint, *, would: bool = False) -> None:
    files = len(mended.texts)
    count = len(mended.applied)
    done = "would be mended" if would else "mended"
    lines = [
        f"{_findings(count)} {done} in {files} file{'' if files == 1 else 's'}" if count else f"nothing {done}"
    ]
    lines += _left(mended.conflicting, "not mended, since another fix changes the same place", paint)
    lines += _left(mended.taken_back, "taken back, since it mended nothing or broke something", paint)
    for line in lines:
        click.echo(line, err=True)


def _left(offers: Sequence[Offer], why: str, paint: Paint) -> list[str]:
    if not offers:
        return []
    lines = [f"{_findings(len(offers))} {why}:"]
    for offer in offers:
        start = offer.finding.place.span.start
        place = f"{printable(offer.finding.place.file)}:{start.line}:{start.column}"
        lines.append(f"  {paint('place', place)}: {offer.finding.code}: {printable(offer.fix.title)}")
    return lines


def _findings(count: int) -> str:
    return f"{count:,} finding{'' if count == 1 else 's'}"
