"""``playbook rule --test``: try the examples of the team's own rules, and say which fail."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date

import click

from playbook.checking.catalogues import rules_documents
from playbook.checking.settings import Settings
from playbook.checking.team_examples import Trial, try_examples
from playbook.cli.compiling import named_paths, paint_for, write_out
from playbook.compiler.discover import discover
from playbook.diagnostics import Place
from playbook.report.text import Paint
from playbook.text.terminal import printable
from playbook.workspace import Document

_COLOURS = {"failed": "error", "untried": "warning", "ok": "dim"}


def try_and_tell(paths: Sequence[str], as_of: date | None) -> int:
    """A line for each rule, with what has failed below it; the exit code."""
    documents = _documents(paths)
    trials = list(try_examples(documents, Settings(as_of=as_of).today))
    unread = [document for document in documents if not document.whole]
    if not trials and not unread:
        where = ", ".join(f"'{path}'" for path in paths) or "this folder"
        raise click.UsageError(f"there are no rules of your own in {where}: no document begins with 'rules:'")
    paint = paint_for(sys.stdout.isatty())
    lines = [line for trial in trials for line in _lines(trial, paint)]
    for document in unread:
        state = paint("error", "failed")
        lines.append(f"{state}   {printable(document.name)} cannot be read in full: see 'playbook check'")
    lines += _summary(trials)
    write_out("".join(f"{line}\n" for line in lines))
    return 1 if unread or any(trial.failures for trial in trials) else 0


def _documents(paths: Sequence[str]) -> list[Document]:
    found = discover(*named_paths(paths))
    return [document for files in found for document in rules_documents(files, files.selected)]


def _state(trial: Trial) -> str:
    if trial.failures:
        return "failed"
    return "untried" if trial.missing else "ok"


def _lines(trial: Trial, paint: Paint) -> list[str]:
    state = _state(trial)
    lack = "".join(f", no {key} example" for key in trial.missing)
    head = f"{paint(_COLOURS[state], f'{state:<7}')}  {paint('place', trial.code)}  {printable(trial.what)}{lack}"
    return [head, *(f"    {_told(each.place)}: {printable(each.message)}" for each in trial.failures)]


def _told(place: Place) -> str:
    return f"{printable(place.file)}:{place.span.start.line}:{place.span.start.column}"


def _summary(trials: Sequence[Trial]) -> list[str]:
    counts = Counter(map(_state, trials))
    words = {"ok": "ok", "failed": "failed", "untried": "without an example"}
    told = ", ".join(f"{counts[state]} {word}" for state, word in words.items() if counts[state])
    return [f"{len(trials)} rule{'' if len(trials) == 1 else 's'}: {told}"] if trials else []
